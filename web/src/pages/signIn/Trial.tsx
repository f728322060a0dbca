// A whole sign-in that lets nobody in, and what the provider said the last time.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { problemWords } from '@/api/problem';
import type { IdentityProvider, ProviderTrial } from '@/api/signIn';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Fault } from './Fault';
import classes from './SignIn.module.css';

export function Trial({ provider, isChanged }: { provider: IdentityProvider; isChanged: boolean }) {
  const { t } = useWords();
  const begin = useMutation({
    mutationFn: () => api.post('/api/v1/identity-provider/try', {}),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <section className={classes.section}>
      <h2>{t('portal.signIn.try')}</h2>
      <p className={classes.quiet}>{t(isChanged ? 'portal.signIn.tryFirstSave' : 'portal.signIn.tryWhy')}</p>
      {provider.lastTry && <Shown trial={provider.lastTry} provider={provider} />}
      <Fault error={begin.error} />
      <div className={classes.buttons}>
        <Button size="sm" disabled={isChanged || provider.redirectUri === null} loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
          {t('portal.signIn.try')}
        </Button>
      </div>
    </section>
  );
}

function Shown({ trial, provider }: { trial: ProviderTrial; provider: IdentityProvider }) {
  const { t } = useWords();
  const Mark = trial.good ? IconCircleCheck : IconCircleX;
  // As it is now: the domain may have been confirmed since.
  const isOwn = provider.domains.some(({ domain, confirmedAt }) => confirmedAt !== null && trial.email?.endsWith(`@${domain}`));
  const as = !isOwn ? 'asOther' : trial.known ? 'asKnown' : provider.firstRole === null ? 'asInvited' : 'asNew';
  const fault = trial.good ? undefined : problemWords(t, { type: '', title: '', status: 400, code: trial.code ?? '', detail: trial.detail ?? '' });
  return (
    <div className={classes.shown} role="status">
      <p className={classes.outcome}>
        <Mark size={18} stroke={1.75} color={`var(--st-${trial.good ? 'green' : 'red'})`} aria-hidden />
        <b>{t(trial.good ? 'portal.signIn.triedGood' : 'portal.signIn.triedBad')}</b>
        <span className={classes.quiet}>{t('portal.signIn.triedBy', { by: trial.by, when: dateTimeOf(trial.at) })}</span>
      </p>
      {fault && (
        <>
          <p>
            {fault.what} {fault.advice}
          </p>
          {trial.detail && trial.detail !== fault.what && (
            <p className={classes.quiet} lang="en">
              {trial.detail}
            </p>
          )}
        </>
      )}
      {trial.good && (
        <dl className={classes.record}>
          <dt>{t('portal.signIn.claimEmail')}</dt>
          <dd>{trial.email}</dd>
          {trial.name && (
            <>
              <dt>{t('portal.signIn.claimName')}</dt>
              <dd>{trial.name}</dd>
            </>
          )}
          <dt>{t('portal.signIn.claimSubject')}</dt>
          <dd>{trial.subject}</dd>
          <dt>{t('portal.signIn.claimUser')}</dt>
          <dd>{t(`portal.signIn.${as}`)}</dd>
        </dl>
      )}
    </div>
  );
}
