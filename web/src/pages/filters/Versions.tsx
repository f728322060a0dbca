// Who changed what, when; and the way back.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { api } from '@/api/client';
import { filterVersionsQuery, type Filter, type FilterVersion } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { dateOf, dateTimeOf } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { Folded } from '../correction/Editor';
import { changedSentences } from './conditions';
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
        {data?.items.map((version, index) => (
          <li key={version.version}>
            <div className={classes.versionHead}>
              <strong>{t('portal.filters.version', { number: version.version })}</strong>
              <DateText date={dateTimeOf(version.at)} />
              <span>{version.by ?? ''}</span>
              <span className={classes.quiet}>{[stateWords(t, version), version.comment].filter(Boolean).join(' · ')}</span>
              {version.version === filter.versionInForce && <span className={classes.current}>{t('portal.filters.current')}</span>}
              {version.version !== filter.version && (
                <Button className={classes.restore} loading={restore.isPending && restore.variables === version.version} onClick={() => restore.mutate(version.version)}>
                  {t('portal.filters.restore')}
                </Button>
              )}
            </div>
            <Changes version={version} before={data.items[index + 1]} />
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

function stateWords(t: ReturnType<typeof useWords>['t'], { active, activeFrom }: FilterVersion): string {
  if (!active) return t('portal.filters.state.off');
  return activeFrom ? t('portal.filters.state.plannedFrom', { date: dateOf(activeFrom) }) : t('portal.filters.state.on');
}

// What this version changed of the one before it, in the demands' own words.
function Changes({ version, before }: { version: FilterVersion; before: FilterVersion | undefined }) {
  const { t, language } = useWords();
  if (!before) return null;
  const { added, removed } = changedSentences(before.sentences[language], version.sentences[language]);
  if (added.length + removed.length === 0 && before.name === version.name) return null;
  return (
    <ul className={`${classes.changes} prose`} aria-label={t('portal.filters.changes', { number: version.version })}>
      {before.name !== version.name && <li>{t('portal.filters.renamed', { before: before.name, after: version.name })}</li>}
      {removed.map((sentence) => (
        <li key={`-${sentence}`} data-change="removed">
          <IconMinus size={14} stroke={1.75} role="img" aria-label={t('portal.filters.removedDemand')} />
          <span>{plainWords(sentence)}</span>
        </li>
      ))}
      {added.map((sentence) => (
        <li key={`+${sentence}`} data-change="added">
          <IconPlus size={14} stroke={1.75} role="img" aria-label={t('portal.filters.addedDemand')} />
          <span>{plainWords(sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
