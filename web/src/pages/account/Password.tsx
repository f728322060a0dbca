import { useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { ownSessionsQuery } from '@/api/people';
import { FaultLine } from '@/pages/users/FaultLine';
import { useWords } from '@/texts/useWords';
import classes from './Account.module.css';

export function Password({ email }: { email: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const change = useMutation({
    mutationFn: () => api.post('/api/v1/me/password', { body: { password: old, newPassword: chosen } }),
    onSuccess: () => {
      setOld('');
      setChosen('');
      return client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
  });
  const eye = { 'aria-label': t('portal.login.showPassword') };
  return (
    <form
      className={classes.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (!change.isPending) change.mutate();
      }}
    >
      <h2 className={classes.heading}>{t('portal.account.password')}</h2>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput size="sm" label={t('portal.account.passwordNow')} autoComplete="current-password" required withAsterisk={false} value={old} onChange={(event) => setOld(event.currentTarget.value)} visibilityToggleButtonProps={eye} />
      <PasswordInput size="sm" label={t('portal.account.passwordNew')} description={t('portal.entrance.passwordRule')} autoComplete="new-password" required withAsterisk={false} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)} visibilityToggleButtonProps={eye} />
      <FaultLine error={change.error} />
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={change.isPending} disabled={!old || !chosen}>
          {t('portal.account.passwordChange')}
        </Button>
        {change.isSuccess && !chosen && (
          <span role="status" className={classes.quiet}>
            {t('portal.account.passwordChanged')}
          </span>
        )}
      </div>
    </form>
  );
}
