// Everything the company owns as one zip: made while one does something else, then taken home.
import { Button, Progress } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { address, api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { useWords } from '@/texts/useWords';
import classes from './Imports.module.css';

type Archive = components['schemas']['Archive'];
const bytesInMegabyte = 1_000_000;
const askedEach = 1_000;

const archivesQuery = queryOptions({
  queryKey: ['archives'],
  queryFn: ({ signal }) => api.get('/api/v1/archives', { signal }),
  refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === 'making') ? askedEach : false),
});

export function Archives() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(archivesQuery);
  const make = useMutation({
    mutationFn: () => api.post('/api/v1/archives', { query: { language } }),
    onSettled: () => void client.invalidateQueries({ queryKey: archivesQuery.queryKey }),
  });
  const fault = make.error ? problemWords(t, asProblem(make.error)) : undefined;
  return (
    <section className={classes.section} aria-labelledby="archives">
      <h2 id="archives">{t('portal.archives.title')}</h2>
      <p className={classes.quiet}>{t('portal.archives.lead')}</p>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <ul className={classes.archives}>
        {data?.items.map((one) => (
          <li key={one.id}>
            <span className={classes.quiet}>{t('portal.archives.started', { by: one.by ?? '', day: one.startedAt.slice(0, 10) })}</span>
            <State archive={one} />
          </li>
        ))}
      </ul>
      <Button size="sm" mt="sm" loading={make.isPending} disabled={data?.items.some((one) => one.state === 'making') ?? true} onClick={() => make.mutate()}>
        {t('portal.archives.make')}
      </Button>
    </section>
  );
}

function State({ archive }: { archive: Archive }) {
  const { t, number } = useWords();
  if (archive.state === 'removed') return <span>{t('portal.archives.removed')}</span>;
  if (archive.state === 'failed') return <span className={classes.faultText}>{t('portal.archives.failed')}</span>;
  if (archive.state === 'making') {
    const said = archive.total === 0 ? t('portal.archives.counting') : t('portal.archives.making', { documents: number(archive.documents), total: number(archive.total) });
    return (
      <span role="status">
        {said}
        <Progress size={4} value={archive.total === 0 ? 0 : (archive.documents * 100) / archive.total} aria-label={t('portal.archives.title')} />
      </span>
    );
  }
  return (
    <span>
      {t('portal.archives.done', { count: archive.documents, number: number(archive.documents), size: number(Math.ceil((archive.size ?? 0) / bytesInMegabyte)) })}{' '}
      <a href={address('/api/v1/archives/{archiveId}/file', { path: { archiveId: archive.id } })} download>
        <IconDownload size={16} stroke={1.75} aria-hidden /> {t('portal.archives.download')}
      </a>{' '}
      {archive.keptUntil && <span className={classes.quiet}>{t('portal.archives.until', { day: archive.keptUntil.slice(0, 10) })}</span>}
    </span>
  );
}
