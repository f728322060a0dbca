import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { ownSessionsQuery, type OwnSession } from '@/api/people';
import { dateTimeOf } from '@/format/dates';
import { FaultLine } from '@/pages/users/FaultLine';
import { useWords } from '@/texts/useWords';
import classes from './Account.module.css';

export function Sessions() {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, error } = useQuery(ownSessionsQuery);
  const endOthers = useMutation({ mutationFn: () => api.delete('/api/v1/sessions'), onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }) });
  return (
    <section className={classes.part}>
      <h2 className={classes.heading}>{t('portal.account.sessions')}</h2>
      <FaultLine error={error ?? endOthers.error} />
      {!data && !error && <Skeleton height={80} />}
      {data && (
        <ul className={classes.sessions}>
          {data.items.map((session) => (
            <Row key={session.id} session={session} />
          ))}
        </ul>
      )}
      {data && data.items.length > 1 ? (
        <div className={classes.buttons}>
          <Button size="sm" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('portal.account.endOthers')}
          </Button>
        </div>
      ) : (
        data && <p className={classes.quiet}>{t('portal.account.endOthersNone')}</p>
      )}
    </section>
  );
}

function Row({ session }: { session: OwnSession }) {
  const { t } = useWords();
  const client = useQueryClient();
  const device = session.device ?? t('portal.account.unknownDevice');
  const end = useMutation({
    mutationFn: () => api.delete('/api/v1/sessions/{sessionId}', { path: { sessionId: session.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  });
  return (
    <li>
      <div>
        <p>
          {device} <span className={classes.quiet}>{session.address}</span> {session.current && <b>{t('portal.account.thisOne')}</b>}
        </p>
        <p className={classes.quiet}>{t('portal.account.since', { date: dateTimeOf(session.startedAt), seen: dateTimeOf(session.lastSeenAt) })}</p>
        <FaultLine error={end.error} />
      </div>
      {!session.current && (
        <Button loading={end.isPending} onClick={() => end.mutate()} aria-label={t('portal.account.endOf', { device, address: session.address })}>
          {t('portal.account.end')}
        </Button>
      )}
    </li>
  );
}
