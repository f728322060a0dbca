// What a webhook was told, message by message, with its attempts; and telling it again.
import { useState } from 'react';
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { messageQuery, messagesKey, messagesQuery, type Webhook, type WebhookMessage, type WebhookMessageState } from '@/api/webhooks';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { deliveryLook } from '@/ui/icons';
import { Attempt } from './Attempts';
import { eventWords } from './words';
import classes from './Webhooks.module.css';

const shown = ['all', 'failed', 'given-up', 'delivered', 'waiting'] as const;
type Shown = (typeof shown)[number];
const lookOf: Record<WebhookMessageState, 'queued' | 'bounced' | 'delivered' | 'failed'> = { waiting: 'queued', failed: 'bounced', delivered: 'delivered', 'given-up': 'failed' };

export function Messages({ webhook, mayWrite }: { webhook: Webhook; mayWrite: boolean }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const [state, setState] = useState<Shown>('all');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(messagesQuery(webhook.id, state === 'all' ? undefined : state));
  const replay = useMutation({
    mutationFn: () => api.post('/api/v1/webhooks/{webhookId}/replay', { path: { webhookId: webhook.id }, body: { state: 'failed' } }),
    onSuccess: () => client.invalidateQueries({ queryKey: messagesKey(webhook.id) }),
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.form} aria-label={t('portal.webhooks.messages')}>
      <SegmentedControl size="xs" aria-label={t('portal.webhooks.messages')} value={state} onChange={(value) => setState(value as Shown)} data={shown.map((value) => ({ value, label: t(`portal.webhooks.shown.${value}`) }))} />
      {mayWrite && webhook.active && (
        <div className={classes.buttons}>
          <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('portal.webhooks.replayFailed')}
          </Button>
          {replay.data && <span role="status">{t('portal.webhooks.replayed', { count: replay.data.replayed, number: number(replay.data.replayed) })}</span>}
        </div>
      )}
      {mayWrite && !webhook.active && <p className={classes.quiet}>{t('portal.webhooks.replayOff')}</p>}
      {replay.error && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(replay.error)).what}
        </p>
      )}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={120} />}
      {data && items.length === 0 && <p className={classes.quiet}>{t(state === 'all' ? 'portal.webhooks.noMessages' : 'portal.webhooks.noSuchMessages')}</p>}
      <ul className={classes.messages}>
        {items.map((message) => (
          <li key={message.id}>
            <Message webhook={webhook} message={message} mayWrite={mayWrite} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="sm" variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.webhooks.more')}
        </Button>
      )}
    </section>
  );
}

function Message({ webhook, message, mayWrite }: { webhook: Webhook; message: WebhookMessage; mayWrite: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const replay = useMutation({
    mutationFn: () => api.post('/api/v1/webhooks/{webhookId}/messages/{messageId}/replay', { path: { webhookId: webhook.id, messageId: message.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: messagesKey(webhook.id) }),
  });
  const { Icon: Mark, colour } = deliveryLook(lookOf[message.state]);
  return (
    <>
      <div className={classes.head}>
        <div className={classes.attempt}>
          <Mark size={18} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
          <div>
            <p>
              <strong>{eventWords(t, message.type)}</strong> <span>{t(`portal.webhooks.state.${message.state}`)}</span>
            </p>
            <p className={classes.quiet}>
              <DateText date={dateTimeOf(message.createdAt)} /> · {t('portal.webhooks.attempts', { count: message.attempts })}
              {message.state === 'failed' && message.nextTryAt && ` · ${t('portal.webhooks.nextTry', { when: dateTimeOf(message.nextTryAt) })}`}
            </p>
          </div>
        </div>
        <div className={classes.buttons}>
          {message.documentId && (
            <Button size="xs" variant="subtle" renderRoot={(props) => <Link to="/documents/$id" params={{ id: message.documentId ?? '' }} {...props} />}>
              {t('portal.webhooks.document')}
            </Button>
          )}
          <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('portal.webhooks.show')}
          </Button>
          {mayWrite && webhook.active && (
            <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>
              {t('portal.webhooks.replay')}
            </Button>
          )}
        </div>
      </div>
      {replay.error && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(replay.error)).what}
        </p>
      )}
      {isOpen && <Detail webhookId={webhook.id} messageId={message.id} />}
    </>
  );
}

function Detail({ webhookId, messageId }: { webhookId: string; messageId: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(messageQuery(webhookId, messageId));
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={80} />;
  return (
    <div className={classes.detail}>
      {data.tried.length === 0 && <p className={classes.quiet}>{t('portal.webhooks.notTried')}</p>}
      {data.tried.map((attempt) => (
        <Attempt key={attempt.number} attempt={attempt} />
      ))}
      <h4>{t('portal.webhooks.payload')}</h4>
      <pre className={classes.answer} tabIndex={0} role="region" aria-label={t('portal.webhooks.payload')}>
        {JSON.stringify(data.payload, null, 2)}
      </pre>
    </div>
  );
}
