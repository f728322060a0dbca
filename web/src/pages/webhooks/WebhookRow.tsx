// One webhook: what it is told of, how that has gone, and what can be done about it.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { messagesKey, webhooksQuery, type Webhook, type WebhookEventType } from '@/api/webhooks';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { deliveryLook } from '@/ui/icons';
import { Messages } from './Messages';
import { TestAnswer } from './TestAnswer';
import { WebhookForm } from './WebhookForm';
import { eventWords } from './words';
import classes from './Webhooks.module.css';

interface WebhookRowProps {
  webhook: Webhook;
  eventTypes: WebhookEventType[];
  mayWrite: boolean;
  onSecret: (secret: string) => void;
}
type Open = 'form' | 'messages' | 'remove' | 'rotate';

export function WebhookRow({ webhook, eventTypes, mayWrite, onSecret }: WebhookRowProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const [testId, setTestId] = useState<string>();
  const path = { webhookId: webhook.id };
  const listAgain = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey, exact: true });
  const turn = useMutation({ mutationFn: () => api.patch('/api/v1/webhooks/{webhookId}', { path, body: { active: !webhook.active } }), onSuccess: listAgain });
  const remove = useMutation({ mutationFn: () => api.delete('/api/v1/webhooks/{webhookId}', { path }), onSuccess: listAgain });
  const rotate = useMutation({
    mutationFn: () => api.post('/api/v1/webhooks/{webhookId}/rotate-secret', { path, body: {} }),
    onSuccess: async (answer) => {
      setOpen(undefined);
      if (answer.secret) onSecret(answer.secret);
      await listAgain();
    },
  });
  const test = useMutation({
    mutationFn: () => api.post('/api/v1/webhooks/{webhookId}/test', { path }),
    onSuccess: async ({ id }) => {
      setTestId(id);
      await client.invalidateQueries({ queryKey: messagesKey(webhook.id) });
    },
  });
  const error = turn.error ?? remove.error ?? rotate.error ?? test.error;
  const fault = error ? problemWords(t, asProblem(error)) : undefined;
  const toggle = (what: Open) => setOpen(open === what ? undefined : what);
  const named = (action: string) => `${action}: ${webhook.description ?? webhook.url}`;
  return (
    <article className={classes.webhook} aria-label={webhook.description ?? webhook.url}>
      <div className={classes.head}>
        <div>
          <h3>{webhook.description ?? webhook.url}</h3>
          {webhook.description && <p className={classes.where}>{webhook.url}</p>}
          <p className={classes.quiet}>{webhook.events.map((event) => eventWords(t, event)).join(' · ')}</p>
        </div>
        <Health webhook={webhook} />
      </div>
      {webhook.previousSecretUntil && <p className={classes.quiet}>{t('portal.webhooks.bothSign', { when: dateTimeOf(webhook.previousSecretUntil) })}</p>}
      <div className={classes.buttons}>
        <Button size="xs" aria-expanded={open === 'messages'} aria-label={named(t('portal.webhooks.messages'))} onClick={() => toggle('messages')}>
          {t('portal.webhooks.messages')}
        </Button>
        {mayWrite && (
          <>
            <Button size="xs" loading={test.isPending} aria-label={named(t('portal.webhooks.test'))} onClick={() => test.mutate()}>
              {t('portal.webhooks.test')}
            </Button>
            <Button size="xs" variant="subtle" aria-expanded={open === 'form'} aria-label={named(t('portal.webhooks.change'))} onClick={() => toggle('form')}>
              {t('portal.webhooks.change')}
            </Button>
            <Button size="xs" variant="subtle" loading={turn.isPending} aria-label={named(t(webhook.active ? 'portal.webhooks.turnOff' : 'portal.webhooks.turnOn'))} onClick={() => turn.mutate()}>
              {t(webhook.active ? 'portal.webhooks.turnOff' : 'portal.webhooks.turnOn')}
            </Button>
            <Button size="xs" variant="subtle" aria-expanded={open === 'rotate'} aria-label={named(t('portal.webhooks.rotate'))} onClick={() => toggle('rotate')}>
              {t('portal.webhooks.rotate')}
            </Button>
            <Button size="xs" variant="subtle" aria-expanded={open === 'remove'} aria-label={named(t('portal.webhooks.remove'))} onClick={() => toggle('remove')}>
              {t('portal.webhooks.remove')}
            </Button>
          </>
        )}
      </div>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {testId && <TestAnswer webhookId={webhook.id} messageId={testId} />}
      {open === 'rotate' && <Sure words={t('portal.webhooks.rotateWhy')} action={t('portal.webhooks.rotate')} isPending={rotate.isPending} onSure={() => rotate.mutate()} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <Sure words={t('portal.webhooks.removeWhy')} action={t('portal.webhooks.remove')} isPending={remove.isPending} onSure={() => remove.mutate()} onClose={() => setOpen(undefined)} />}
      {open === 'form' && <WebhookForm webhook={webhook} eventTypes={eventTypes} onClose={() => setOpen(undefined)} onSaved={() => setOpen(undefined)} />}
      {open === 'messages' && <Messages webhook={webhook} mayWrite={mayWrite} />}
    </article>
  );
}

// How the last day went: a word, a colour and an icon.
function Health({ webhook }: { webhook: Webhook }) {
  const { t, number } = useWords();
  const { delivered, failed, lastAt } = webhook.health;
  const state = !webhook.active ? 'off' : webhook.failingSince ? 'failing' : lastAt ? 'good' : 'new';
  const { Icon: Mark, colour } = deliveryLook(({ off: 'expired', failing: 'failed', good: 'delivered', new: 'queued' } as const)[state]);
  const why = webhook.offReason ? t(`portal.webhooks.offWhy.${webhook.offReason}`) : webhook.failingSince && webhook.active ? t('portal.webhooks.since', { when: dateTimeOf(webhook.failingSince) }) : '';
  return (
    <div className={classes.health}>
      <p>
        <Mark size={18} stroke={1.75} color={`var(--st-${colour})`} aria-hidden /> <strong>{t(`portal.webhooks.health.${state}`)}</strong>
      </p>
      {why && <p className={classes.quiet}>{why}</p>}
      <p className={classes.quiet}>{t('portal.webhooks.lastDay', { delivered: number(delivered), failed: number(failed) })}</p>
    </div>
  );
}

function Sure({ words, action, isPending, onSure, onClose }: { words: string; action: string; isPending: boolean; onSure: () => void; onClose: () => void }) {
  const { t } = useWords();
  return (
    <div role="group" aria-label={action} className={classes.form}>
      <p>{words}</p>
      <div className={classes.buttons}>
        <Button size="sm" variant="filled" loading={isPending} onClick={onSure}>
          {action}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.webhooks.cancel')}
        </Button>
      </div>
    </div>
  );
}
