// Behind the link in the confirmation: all of it goes, once somebody has said so. Opening the link does nothing by itself,
// for programs open links too.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Welcome.module.css';

export function Withdraw({ token, onKeep }: { token: string; onKeep: () => void }) {
  const { t } = useWords();
  const erase = useMutation({ mutationFn: () => api.post('/api/v1/leads/withdrawal', { body: { token } }) });
  const fault = erase.error ? problemWords(t, asProblem(erase.error)) : undefined;
  return (
    <section className={classes.withdraw} aria-labelledby="withdraw">
      <h1 id="withdraw" className={classes.askTitle}>
        {t(erase.isSuccess ? 'portal.welcome.withdrawn' : 'portal.welcome.withdrawTitle')}
      </h1>
      <p role="status">{t(erase.isSuccess ? 'portal.welcome.withdrawnWhy' : 'portal.welcome.withdrawWhy')}</p>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {!erase.isSuccess && (
        <div className={classes.buttons}>
          <Button size="sm" variant="filled" color="red" loading={erase.isPending} onClick={() => erase.mutate()}>
            {t('portal.welcome.withdraw')}
          </Button>
          <Button size="sm" variant="subtle" onClick={onKeep}>
            {t('portal.welcome.keep')}
          </Button>
        </div>
      )}
    </section>
  );
}
