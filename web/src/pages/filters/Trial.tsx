// Prova på historiken: what the demands would have stopped, out of how many, from whom, each to open.
import { useEffect, useRef, useState } from 'react';
import { Button, Progress, Select } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import { api } from '@/api/client';
import { readBackQuery, trialDocumentsQuery, trialQuery, type Rule, type Trial as TrialState } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import tables from '@/ui/Table.module.css';
import { findingWords } from '../correction/findingWords';
import classes from './Filters.module.css';

const firstShown = 10; // what follows stays within reach

interface TrialProps {
  rules: Rule[];
  filterId: string | undefined;
}

interface Tried {
  rules: Rule[];
  months: string;
}

export function Trial({ rules, filterId }: TrialProps) {
  const { t } = useWords();
  const [months, setMonths] = useState('12');
  const start = useMutation({
    mutationFn: (tried: Tried) => api.post('/api/v1/filters/trials', { body: { rules: tried.rules, months: Number(tried.months), ...(filterId ? { filterId } : {}) } }),
  });
  // Every edit is tried by itself: nothing is switched on that nobody has seen the effect of.
  const { mutate, reset } = start;
  const asTheyStood = useRef(JSON.stringify(rules));
  const asked = JSON.stringify(rules);
  useEffect(() => {
    if (asked === asTheyStood.current) return;
    asTheyStood.current = asked;
    const wanted = JSON.parse(asked) as Rule[];
    if (wanted.length > 0) mutate({ rules: wanted, months });
    else reset();
  }, [asked, months, mutate, reset]);
  const tried = start.data?.id;
  const { data, error } = useQuery({ ...trialQuery(tried ?? ''), enabled: tried !== undefined });
  const state = data ?? start.data;
  const done = state?.state === 'done';
  // A trial that nobody waits for any more is ended.
  useEffect(() => {
    if (!tried) return;
    return () => void api.delete('/api/v1/filters/trials/{trialId}', { path: { trialId: tried } }).catch(() => undefined);
  }, [tried]);
  const fault = start.error ?? error;
  return (
    <section className={classes.section} aria-labelledby="trial">
      <div className={classes.sectionHead}>
        <h2 id="trial">{t('portal.filters.trial')}</h2>
        <div className={classes.sectionActions}>
          <Select
            size="xs"
            aria-label={t('portal.filters.trialPeriod')}
            className={classes.months}
            allowDeselect={false}
            data={['1', '3', '6', '12'].map((value) => ({ value, label: t('portal.filters.months', { count: Number(value) }) }))}
            value={months}
            onChange={(value) => {
              setMonths(value ?? '12');
              if (state) start.mutate({ rules, months: value ?? '12' });
            }}
          />
          <Button
            leftSection={<IconHistory size={16} stroke={1.75} aria-hidden />}
            disabled={rules.length === 0}
            loading={start.isPending || state?.state === 'running'}
            onClick={() => start.mutate({ rules, months })}
          >
            {t('portal.filters.tryIt')}
          </Button>
        </div>
      </div>
      {!state && !fault && <p className={classes.quiet}>{t('portal.filters.trialWhy')}</p>}
      {fault && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}
        </p>
      )}
      {state?.state === 'failed' && (
        <p role="alert" className={classes.fault}>
          {t('portal.filters.trialFailed')}
        </p>
      )}
      {state?.state === 'running' && <Running trial={state} />}
      {done && <TrialResult trial={state} rules={start.variables?.rules ?? []} />}
    </section>
  );
}

function Running({ trial }: { trial: TrialState }) {
  const { t, number } = useWords();
  const share = trial.total === 0 ? 0 : (trial.done * 100) / trial.total;
  return (
    <div className={classes.running}>
      <Progress value={share} size={4} aria-label={t('portal.filters.trial')} />
      <p className={classes.quiet}>{t('portal.filters.trialRunning', { done: number(trial.done), total: number(trial.total) })}</p>
    </div>
  );
}

// Of several demands, how many each would have caught; one that catches nothing is said, too.
function ByDemand({ trial, rules }: { trial: TrialState; rules: readonly Rule[] }) {
  const { t, language, number } = useWords();
  const back = useQuery({ ...readBackQuery([...rules]), enabled: rules.length > 1 });
  if (rules.length < 2 || !back.data) return null;
  const caught = (rule: Rule) => trial.demands.find((one) => one.id === rule.id)?.stopped ?? 0;
  return (
    <ul className={`${classes.byDemand} prose`} aria-label={t('portal.filters.byDemand')}>
      {rules.map((rule, index) => (
        <li key={rule.id ?? index}>
          <span>{plainWords(back.data.sentences[language][index] ?? '')}</span>
          <strong>{number(caught(rule))}</strong>
        </li>
      ))}
    </ul>
  );
}

function TrialResult({ trial, rules }: { trial: TrialState; rules: readonly Rule[] }) {
  const { t, language, number, amount } = useWords();
  const caught = trial.stopped + trial.held;
  const [all, setAll] = useState(false);
  const further = useInfiniteQuery({ ...trialDocumentsQuery(trial.id, trial.documentsCursor ?? ''), enabled: false });
  const listed = [...trial.documents, ...(further.data?.pages.flatMap((page) => page.items) ?? [])];
  const shown = all ? listed : listed.slice(0, firstShown);
  const more = further.data ? further.hasNextPage : trial.documentsCursor !== null;
  const fetchMore = () => void (further.data ? further.fetchNextPage() : further.refetch());
  return (
    <div role="status">
      <p className={classes.verdict}>
        {t('portal.filters.wouldStop', { stopped: number(trial.stopped), total: number(trial.total), senders: t('portal.filters.fromSenders', { count: trial.senders.length }) })}{' '}
        {trial.held > 0 && t('portal.filters.wouldHold', { count: trial.held, number: number(trial.held) })}{' '}
        {trial.warned > 0 && t('portal.filters.wouldWarn', { count: trial.warned, number: number(trial.warned) })}
      </p>
      <p className={classes.quiet}>
        <DateText date={trial.from} /> – <DateText date={trial.to} />
      </p>
      <ByDemand trial={trial} rules={rules} />
      {trial.senders.length > 0 && (
        <ul className={classes.bars}>
          {trial.senders.slice(0, 10).map((sender) => (
            <li key={sender.identifier ?? sender.name}>
              <span>{sender.name ?? sender.identifier}</span>
              <i style={{ inlineSize: `${(sender.stopped * 100) / Math.max(1, trial.senders[0]?.stopped ?? 1)}%` }} aria-hidden />
              <span className={classes.quiet}>{t('portal.stopped.of', { part: number(sender.stopped), whole: number(sender.documents) })}</span>
            </li>
          ))}
        </ul>
      )}
      {trial.documents.length > 0 && (
        <table className={`${tables.table} ${tables.rows} ${classes.table}`} aria-label={t('portal.filters.caught')}>
          <tbody>
            {shown.map((document) => (
              <tr key={document.id}>
                <th scope="row">
                  <Link to="/documents/$id" params={{ id: document.id }}>
                    {document.number ?? t('portal.documents.noNumber')}
                  </Link>
                </th>
                <td className={classes.name}>{document.sender.name ?? t('portal.documents.noCounterpart')}</td>
                <td className={`${classes.name} ${classes.wide}`}>{findingWords(t, document.finding, language).what}</td>
                <td className={`${classes.date} ${classes.wide}`}>{document.issueDate ? <DateText date={document.issueDate} /> : t('portal.missing')}</td>
                <td className={classes.amount}>{document.amount ? amount(document.amount) : t('portal.missing')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < listed.length && (
        <Button variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {t('portal.filters.showCaught', { number: number(listed.length) })}
        </Button>
      )}
      {all && more && (
        <>
          <p className={classes.quiet}>{t('portal.stopped.firstOf', { shown: number(listed.length), count: caught })}</p>
          <Button variant="subtle" loading={further.isFetching} onClick={fetchMore}>
            {t('portal.partners.more')}
          </Button>
          {further.error && (
            <p role="alert" className={classes.fault}>
              {problemWords(t, asProblem(further.error)).what} {problemWords(t, asProblem(further.error)).advice}
            </p>
          )}
        </>
      )}
    </div>
  );
}
