// *Ta emot en testfaktura*: it goes the way of a real one, and what happens is seen here as it happens.
import { useState } from 'react';
import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { handoverTestsQuery, waitingQuery, type HandoverKind, type HandoverSettings, type HandoverTest } from '@/api/handover';
import { asProblem, problemWords } from '@/api/problem';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { deliveryLook } from '@/ui/icons';
import classes from './Handover.module.css';

const shownAtMost = 5;
const kinds: HandoverKind[] = ['invoice', 'credit-note', 'other'];

export function Tests({ saved }: { saved: HandoverSettings }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [kind, setKind] = useState<HandoverKind>('invoice');
  const { data } = useQuery(handoverTestsQuery);
  const start = useMutation({
    mutationFn: () => api.post('/api/v1/handovers/test', { body: { kind } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: handoverTestsQuery.queryKey });
      await client.invalidateQueries({ queryKey: waitingQuery.queryKey });
    },
  });
  const isInbox = saved.items.find((item) => item.kind === kind)?.effective.way === 'inbox';
  const fault = start.error ? problemWords(t, asProblem(start.error)) : undefined;
  const tests = data?.items.slice(0, shownAtMost) ?? [];
  return (
    <section className={classes.section} aria-labelledby="handover-test">
      <h2 id="handover-test">{t('portal.handover.test')}</h2>
      <p className={classes.quiet}>{t('portal.handover.testWhy')}</p>
      <div className={classes.ask}>
        <Select
          size="sm"
          label={t('portal.handover.testKind')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`portal.handover.kind.${value}`) }))}
          value={kind}
          onChange={(value) => {
            start.reset();
            setKind((value ?? 'invoice') as HandoverKind);
          }}
        />
        <Button size="sm" variant="filled" disabled={isInbox} loading={start.isPending} onClick={() => start.mutate()}>
          {t('portal.handover.test')}
        </Button>
      </div>
      {isInbox && <p className={classes.quiet}>{t('portal.handover.testInbox')}</p>}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <h3>{t('portal.handover.tests')}</h3>
      {tests.length === 0 && <p className={classes.quiet}>{t('portal.handover.noTests')}</p>}
      <ul className={classes.list} aria-live="polite">
        {tests.map((test) => (
          <Test key={test.id} test={test} />
        ))}
      </ul>
    </section>
  );
}

const lookOf = { sending: 'sending', waiting: 'queued', sent: 'sent', delivered: 'delivered', failed: 'failed' } as const;

function Test({ test }: { test: HandoverTest }) {
  const { t } = useWords();
  const { Icon: Mark, colour } = deliveryLook(lookOf[test.state]);
  const told = test.state === 'waiting' ? (test.fetchedAt ? 'fetched' : 'waiting') : test.evidence;
  const words = told ? t(`portal.handover.told.${told}`, { defaultValue: '' }) : '';
  return (
    <li className={classes.test}>
      <Mark size={18} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
      <div>
        <p>
          <strong>{t(`portal.handover.state.${test.state}`)}</strong> {test.number}
        </p>
        <p className={classes.quiet}>
          {[t(`portal.handover.ways.${test.way}`), words].filter(Boolean).join('. ')} {test.state === 'failed' && test.detail}
        </p>
        <p className={classes.quiet}>
          <DateText date={dateTimeOf(test.startedAt)} />
        </p>
      </div>
    </li>
  );
}
