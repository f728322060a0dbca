// Drift: what is failing right now over all customers, by cause, with one act for each group. For staff.
import { Button, Skeleton } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCircleCheck } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { dateTimeOf, timeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { reasonWords } from '@/ui/words';
import frame from '@/ui/SettingsPage.module.css';
import classes from './Operations.module.css';

type Operations = components['schemas']['Operations'];
type Failure = Operations['failures'][number];
type Dead = Operations['dead'][number];

const refetch_ms = 15_000;

const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => api.get('/api/v1/operations', { signal }),
  refetchInterval: refetch_ms,
});

export function OperationsPage() {
  const { t, number } = useWords();
  const { data, error, refetch } = useQuery(operationsQuery);
  const calm = data && data.failures.length === 0 && data.dead.length === 0 && data.hostsDown.length === 0 && data.printBatches.length === 0 && data.lateLetters === 0;
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.operations.title')} quiet={data && timeOf(data.at)} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} mt="md" />}
      {calm && (
        <Notice icon={IconCircleCheck} title={t('portal.operations.calm')}>
          {t('portal.operations.calmWhy')}
        </Notice>
      )}
      {data && data.lateLetters > 0 && (
        <p role="status" className={classes.late}>
          {t('portal.operations.late', { count: data.lateLetters, number: number(data.lateLetters) })}
        </p>
      )}
      {data && !calm && <Failures failures={data.failures} partial={data.partial} />}
      {data && data.printBatches.length > 0 && <Batches batches={data.printBatches} />}
      {data && data.hostsDown.length > 0 && <Hosts hosts={data.hostsDown} />}
      {data && data.dead.length > 0 && <DeadJobs dead={data.dead} />}
      {data && <Queues queues={data.queues} />}
    </div>
  );
}

function Failures({ failures, partial }: { failures: readonly Failure[]; partial: boolean }) {
  const { t } = useWords();
  return (
    <section className={classes.section} aria-labelledby="failures">
      <h2 id="failures">{t('portal.operations.failures')}</h2>
      {failures.length === 0 ? (
        <p className={classes.quiet}>{t('portal.operations.failuresNone')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('portal.operations.cause')}</th>
              <th scope="col" className={classes.wide}>
                {t('portal.operations.channel')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('portal.operations.documents')}
              </th>
              <th scope="col" className={`${classes.figure} ${classes.wide}`}>
                {t('portal.operations.companies')}
              </th>
              <th scope="col" className={classes.wide}>
                {t('portal.operations.latest')}
              </th>
              <th />
            </tr>
          </thead>
          <tbody>
            {failures.map((failure) => (
              <FailureRow key={`${failure.cause} ${failure.channel ?? ''}`} failure={failure} />
            ))}
          </tbody>
        </table>
      )}
      {partial && <p className={classes.quiet}>{t('portal.operations.partial')}</p>}
    </section>
  );
}

function FailureRow({ failure }: { failure: Failure }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const cause = reasonWords(t, failure.cause);
  const retry = useMutation({
    mutationFn: () => api.post('/api/v1/operations/retry', { body: { cause: failure.cause, channel: failure.channel } }),
    onSettled: () => client.invalidateQueries({ queryKey: operationsQuery.queryKey }),
  });
  const done = retry.data?.items.filter((item) => item.done).length ?? 0;
  const rest = retry.data?.items.find((item) => !item.done)?.problem;
  const [newest] = failure.newest;
  return (
    <tr>
      <th scope="row">
        {newest ? (
          <Link to="/documents/$id" params={{ id: newest }}>
            {cause}
          </Link>
        ) : (
          cause
        )}
        {retry.data && (
          <p role="status" className={classes.said}>
            {t('portal.operations.retried', { count: retry.data.items.length, done: number(done) })}
            {rest && ` ${t('portal.operations.notRetried', { why: problemWords(t, rest).what })}`}
          </p>
        )}
        {retry.error && (
          <p role="alert" className={classes.fault}>
            {problemWords(t, asProblem(retry.error)).what}
          </p>
        )}
      </th>
      <td className={classes.wide}>
        <Channel channel={failure.channel} />
      </td>
      <td className={classes.figure}>{number(failure.documents)}</td>
      <td className={`${classes.figure} ${classes.wide}`}>{number(failure.companies)}</td>
      <td className={classes.wide}>
        <DateText date={dateTimeOf(failure.newestAt)} />
      </td>
      <td className={classes.act}>
        <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()} aria-label={t('portal.operations.retryOf', { cause })}>
          {t('portal.operations.retry')}
        </Button>
      </td>
    </tr>
  );
}

function Batches({ batches }: { batches: Operations['printBatches'] }) {
  const { t, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="batches">
      <h2 id="batches">{t('portal.operations.batches')}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('portal.operations.batch')}</th>
            <th scope="col" className={classes.wide}>
              {t('portal.operations.cutOff')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.letters')}
            </th>
            <th scope="col" className={`${classes.figure} ${classes.wide}`}>
              {t('portal.operations.attempts')}
            </th>
            <th scope="col">{t('portal.operations.trouble')}</th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr key={batch.id}>
              <th scope="row">{batch.id}</th>
              <td className={classes.wide}>
                <DateText date={dateTimeOf(batch.cutOff)} />
              </td>
              <td className={classes.figure}>{number(batch.letters)}</td>
              <td className={`${classes.figure} ${classes.wide}`}>{number(batch.attempts)}</td>
              <td>{batch.trouble ?? t('portal.operations.batchWaits')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Hosts({ hosts }: { hosts: Operations['hostsDown'] }) {
  const { t, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="hosts">
      <h2 id="hosts">{t('portal.operations.hosts')}</h2>
      <p className={classes.quiet}>{t('portal.operations.hostsWhy')}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('portal.operations.host')}</th>
            <th scope="col" className={classes.wide}>
              {t('portal.operations.since')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.attempts')}
            </th>
            <th scope="col">{t('portal.operations.nextTry')}</th>
            <th scope="col" className={classes.wide}>
              {t('portal.operations.hostWords')}
            </th>
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <tr key={host.host}>
              <th scope="row">{host.host}</th>
              <td className={classes.wide}>
                <DateText date={dateTimeOf(host.since)} />
              </td>
              <td className={classes.figure}>{number(host.attempts)}</td>
              <td>{timeOf(host.nextTryAt)}</td>
              <td className={classes.wide} lang="en">
                {host.words ?? t('portal.operations.none')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const kindWords = (t: ReturnType<typeof useWords>['t'], kind: string) => t(`portal.operations.kind.${kind}`, { defaultValue: kind });

function DeadJobs({ dead }: { dead: readonly Dead[] }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: (kind: string) => api.post('/api/v1/operations/jobs/retry', { body: { kind } }),
    onSettled: () => client.invalidateQueries({ queryKey: operationsQuery.queryKey }),
  });
  return (
    <section className={classes.section} aria-labelledby="dead">
      <h2 id="dead">{t('portal.operations.deadTitle')}</h2>
      <p className={classes.quiet}>{t('portal.operations.deadWhy')}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('portal.operations.queue')}</th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.jobs')}
            </th>
            <th scope="col">{t('portal.operations.reason')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {dead.map(({ kind, reason, jobs }) => (
            <tr key={`${kind} ${reason}`}>
              <th scope="row">{kindWords(t, kind)}</th>
              <td className={classes.figure}>{number(jobs)}</td>
              <td lang="en">{reason}</td>
              <td className={classes.act}>
                <Button size="xs" loading={again.isPending && again.variables === kind} onClick={() => again.mutate(kind)} aria-label={t('portal.operations.againOf', { kind: kindWords(t, kind) })}>
                  {t('portal.operations.again')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Queues({ queues }: { queues: Operations['queues'] }) {
  const { t, number } = useWords();
  if (queues.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="queues">
      <h2 id="queues">{t('portal.operations.queues')}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('portal.operations.queue')}</th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.waiting')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.leased')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('portal.operations.dead')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('portal.operations.oldest')}
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.kind}>
              <th scope="row">{kindWords(t, queue.kind)}</th>
              <td className={classes.figure}>{number(queue.waiting)}</td>
              <td className={classes.figure}>{number(queue.leased)}</td>
              <td className={classes.figure}>{number(queue.dead)}</td>
              <td className={classes.wide}>{queue.oldestDueAt ? <DateText date={dateTimeOf(queue.oldestDueAt)} /> : <span className={classes.quiet}>{t('portal.operations.none')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
