// What is held back from erasure: everything, or one document, with the reason and by whom.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { retentionQuery, type RetentionHold } from '@/api/retention';
import { useWords } from '@/texts/useWords';
import classes from './Retention.module.css';

export function Holds({ holds, mayChange }: { holds: readonly RetentionHold[]; mayChange: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const release = useMutation({
    mutationFn: (held: string) => api.delete('/api/v1/retention/holds/{held}', { path: { held } }),
    onSettled: () => void client.invalidateQueries({ queryKey: retentionQuery.queryKey }),
  });
  return (
    <section className={classes.section} aria-labelledby="retention-holds">
      <h2 id="retention-holds">{t('portal.retention.holds')}</h2>
      <p className={classes.quiet}>{t('portal.retention.holdsWhy')}</p>
      {holds.length === 0 && <p className={classes.quiet}>{t('portal.retention.noHolds')}</p>}
      <ul className={classes.list}>
        {holds.map((hold) => {
          const what = hold.document ?? t('portal.retention.everything');
          return (
            <li key={hold.document ?? 'all'}>
              <span className={classes.what}>
                {what}
                <span className={classes.quiet}>{t('portal.retention.since', { by: hold.by ?? '', day: hold.since.slice(0, 10) })}</span>
              </span>
              <span className={classes.rule}>
                <span>{hold.reason}</span>
                {mayChange && (
                  <Button size="compact-sm" variant="subtle" loading={release.isPending && release.variables === (hold.document ?? 'all')} aria-label={t('portal.retention.releaseOf', { what })} onClick={() => release.mutate(hold.document ?? 'all')}>
                    {t('portal.retention.release')}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {mayChange && <HoldForm />}
    </section>
  );
}

function HoldForm() {
  const { t } = useWords();
  const client = useQueryClient();
  const [document, setDocument] = useState('');
  const [reason, setReason] = useState('');
  const hold = useMutation({
    mutationFn: () => api.put('/api/v1/retention/holds/{held}', { path: { held: document.trim() || 'all' }, body: { reason: reason.trim() } }),
    onSuccess: (answer) => {
      client.setQueryData(retentionQuery.queryKey, answer);
      setDocument('');
      setReason('');
    },
  });
  const fault = hold.error ? problemWords(t, asProblem(hold.error)) : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        hold.mutate();
      }}
    >
      <TextInput size="sm" label={t('portal.retention.document')} description={t('portal.retention.documentHint')} value={document} onChange={(event) => setDocument(event.currentTarget.value)} />
      <TextInput size="sm" label={t('portal.retention.reason')} required maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <span className={classes.buttons}>
        <Button type="submit" size="sm" loading={hold.isPending} disabled={reason.trim() === ''}>
          {t(document.trim() ? 'portal.retention.hold' : 'portal.retention.holdAll')}
        </Button>
      </span>
    </form>
  );
}
