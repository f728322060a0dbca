// Who changed what, when; and the way back.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { filterVersionsQuery, type Filter } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { dateTimeOf } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { Folded } from '../correction/Editor';
import classes from './Filters.module.css';

export function Versions({ filter, onRestored }: { filter: Filter; onRestored: (filter: Filter) => void }) {
  const { t, language } = useWords();
  const { data, error, refetch } = useQuery(filterVersionsQuery(filter.id));
  const restore = useMutation({
    mutationFn: (version: number) => api.post('/api/v1/filters/{filterId}/restore', { path: { filterId: filter.id }, body: { version } }),
    onSuccess: onRestored,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <section className={classes.section} aria-labelledby="versions">
      <div className={classes.sectionHead}>
        <h2 id="versions">{t('portal.filters.versions')}</h2>
      </div>
      {restore.error && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(restore.error)).what}
        </p>
      )}
      <ol className={classes.versions}>
        {data?.items.map((version) => (
          <li key={version.version}>
            <div className={classes.versionHead}>
              <strong>{t('portal.filters.version', { number: version.version })}</strong>
              <DateText date={dateTimeOf(version.at)} />
              <span>{version.by ?? ''}</span>
              <span className={classes.quiet}>{[t(version.active ? 'portal.filters.state.on' : 'portal.filters.state.off'), version.comment].filter(Boolean).join(' · ')}</span>
              {version.version === filter.version ? (
                <span className={classes.current}>{t('portal.filters.current')}</span>
              ) : (
                <Button className={classes.restore} loading={restore.isPending && restore.variables === version.version} onClick={() => restore.mutate(version.version)}>
                  {t('portal.filters.restore')}
                </Button>
              )}
            </div>
            <Folded title={t('portal.filters.demandsCount', { count: version.rules.length })}>
              <ul className={`${classes.sentences} prose`}>
                {version.sentences[language].map((sentence, index) => (
                  <li key={index}>{plainWords(sentence)}</li>
                ))}
              </ul>
            </Folded>
          </li>
        ))}
      </ol>
    </section>
  );
}
