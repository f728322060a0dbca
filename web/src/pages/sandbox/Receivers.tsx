// Who receives in the sandbox, what becomes of what they are sent, and a test invoice to each of them or to us.
import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { api } from '@/api/client';
import type { SandboxDocument, SandboxState, TestReceiver } from '@/api/sandbox';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Fault } from './Fault';
import classes from './Sandbox.module.css';

export function Receivers({ state }: { state: SandboxState }) {
  const { t } = useWords();
  return (
    <section className={classes.section} aria-labelledby="test-receivers">
      <h2 id="test-receivers">{t('portal.sandbox.receivers')}</h2>
      <p className={classes.quiet}>{t('portal.sandbox.receiversWhy')}</p>
      {!state.inside && <p className={classes.quiet}>{t('portal.sandbox.inside')}</p>}
      <ul className={classes.receivers}>
        {state.receivers.map((receiver) => (
          <Receiver key={receiver.key} receiver={receiver} inside={state.inside} />
        ))}
      </ul>
      <h2>{t('portal.sandbox.receive')}</h2>
      <p className={classes.quiet}>{t('portal.sandbox.receiveWhy')}</p>
      <Receive inside={state.inside} />
    </section>
  );
}

function Receiver({ receiver, inside }: { receiver: TestReceiver; inside: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => api.post('/api/v1/sandbox/send', { body: { receiver: receiver.key } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['documents'] }),
  });
  return (
    <li>
      <div className={classes.who}>
        <p className={classes.name}>{receiver.name}</p>
        <p>{t(`portal.sandbox.fate.${receiver.key}`)}</p>
        <Copied value={receiver.identifier} shown={identifierText(receiver.identifier)} />
        <Copied value={receiver.email} shown={receiver.email} />
        <Fault error={send.error} />
        {send.data && <Made document={send.data} words="sent" />}
      </div>
      <Button size="sm" disabled={!inside} loading={send.isPending} onClick={() => send.mutate()} aria-label={t('portal.sandbox.sendTo', { name: receiver.name })}>
        {t('portal.sandbox.send')}
      </Button>
    </li>
  );
}

function Receive({ inside }: { inside: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const receive = useMutation({
    mutationFn: () => api.post('/api/v1/sandbox/receive', { body: { kind: 'invoice' } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['documents'] }),
  });
  return (
    <>
      <Fault error={receive.error} />
      {receive.data && <Made document={receive.data} words="received" />}
      <Button size="sm" disabled={!inside} loading={receive.isPending} onClick={() => receive.mutate()}>
        {t('portal.sandbox.receive')}
      </Button>
    </>
  );
}

function Made({ document, words }: { document: SandboxDocument; words: 'sent' | 'received' }) {
  const { t } = useWords();
  return (
    <p role="status">
      <Link to="/documents/$id" params={{ id: document.id }}>
        {t(`portal.sandbox.${words}`, { number: document.number })}
      </Link>
    </p>
  );
}

function Copied({ value, shown }: { value: string; shown: string }) {
  const { t } = useWords();
  return (
    <p className={classes.copied}>
      <span>{shown}</span>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon size="sm" variant="subtle" onClick={copy} aria-label={copied ? t('portal.sandbox.copied') : t('portal.sandbox.copy', { value })}>
            {copied ? <IconCheck size={14} stroke={1.75} aria-hidden /> : <IconCopy size={14} stroke={1.75} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </p>
  );
}
