// One's own exports: those that are being made, and those that can be taken home.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconFileExport, IconList, IconX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { exportsQuery, isUnderWay, type Export } from '@/api/exports';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { readListSearch } from '../documents/listSearch';
import { ExportState } from './ExportState';
import classes from './Exports.module.css';

export function ExportsPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(exportsQuery);
  return (
    <div className={classes.page}>
      <PageHead title={t('portal.exports.title')} />
      <p className={classes.lead}>{t('portal.exports.lead')}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Notice icon={IconFileExport} title={t('portal.exports.none')} action={<Link to="/documents">{t('portal.exports.toList')}</Link>}>
          {t('portal.exports.noneText')}
        </Notice>
      )}
      {data && data.items.length > 0 && (
        <ul className={classes.list}>
          {data.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ one }: { one: Export }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => api.delete('/api/v1/exports/{exportId}', { path: { exportId: one.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  const form = t(`portal.exports.form.${one.form}`);
  const when = dateTimeOf(one.askedAt);
  const { direction, ...filter } = one.filter;
  const path = direction ? (`/documents/${direction}` as const) : '/documents';
  return (
    <li>
      <span className={classes.what}>
        {form}
        <span className={classes.quiet}>{when}</span>
      </span>
      <ExportState one={one} />
      <span className={classes.actions}>
        <Button size="compact-sm" variant="subtle" leftSection={<IconList size={16} stroke={1.75} />} onClick={() => void navigate({ to: path, search: readListSearch(filter) })}>
          {t('portal.exports.list')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} stroke={1.75} />}
          loading={remove.isPending}
          aria-label={isUnderWay(one) ? undefined : t('portal.exports.removeNamed', { form, when })}
          onClick={() => remove.mutate()}
        >
          {t(isUnderWay(one) ? 'portal.exports.giveUp' : 'portal.exports.remove')}
        </Button>
      </span>
    </li>
  );
}
