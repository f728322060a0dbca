// Nobody could be told: a task for somebody, with what is missing and where it is filled in.
import { useState } from 'react';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUserX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { StoppedItem } from '@/api/stops';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Stopped.module.css';

export function Unreachable({ items }: { items: readonly StoppedItem[] }) {
  const { t } = useWords();
  const senders = new Map<string, StoppedItem[]>();
  for (const item of items) {
    if (item.notice?.state !== 'unreachable' && item.notice?.state !== 'bounced') continue;
    const key = item.sender.identifier ?? item.sender.name ?? '';
    senders.set(key, [...(senders.get(key) ?? []), item]);
  }
  if (senders.size === 0) return null;
  return (
    <section className={classes.task} aria-labelledby="unreachable">
      <IconUserX size={18} stroke={1.75} aria-hidden />
      <div>
        <h2 id="unreachable">{t('portal.stopped.unreachable', { count: senders.size })}</h2>
        <ul>
          {[...senders].map(([key, stops]) => (
            <Untold key={key} stops={stops} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Untold({ stops }: { stops: StoppedItem[] }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [verified, setVerified] = useState(false);
  const { sender, notice } = stops[0] as StoppedItem;
  const identifier = sender.identifier;
  const tell = useMutation({
    mutationFn: async () => {
      if (!identifier) return;
      await api.put('/api/v1/partners/{identifier}', { path: { identifier }, body: { name: sender.name ?? identifierText(identifier), email: email.trim(), emailVerified: verified } });
      for (const stop of stops) await api.post('/api/v1/documents/{id}/notices', { path: { id: stop.id } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['stopped'] }),
  });
  const fault = tell.error ? problemWords(t, asProblem(tell.error)) : undefined;
  const good = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
  const bounced = notice?.state === 'bounced';
  // Where the operator has no mail server, no address reaches anybody.
  const addressHelps = !notice?.missing.includes('mail-server');
  return (
    <li>
      <p>
        <strong>{sender.name ?? t('portal.documents.noCounterpart')}</strong>{' '}
        {bounced
          ? t('portal.stopped.bounced', { address: notice.address ?? '' })
          : (notice?.missing.length ? notice.missing : ['email']).map((what) => t(`portal.notice.missing.${what}`, { defaultValue: what })).join(' ')}{' '}
        <span className={classes.quiet}>{t('portal.stopped.concerns', { numbers: stops.map((stop) => stop.number ?? t('portal.documents.noNumber')).join(', ') })}</span>
      </p>
      {identifier && addressHelps && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (good) tell.mutate();
          }}
        >
          <TextInput
            type="email"
            size="xs"
            aria-label={t('portal.stopped.emailOf', { name: sender.name ?? identifierText(identifier) })}
            placeholder={t('portal.stopped.emailHint')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            maxLength={254}
          />
          <Checkbox
            label={t('portal.stopped.verified')}
            checked={verified}
            onChange={(event) => setVerified(event.currentTarget.checked)}
          />
          <Button type="submit" loading={tell.isPending} disabled={!good}>
            {t('portal.stopped.tell')}
          </Button>
        </form>
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </li>
  );
}
