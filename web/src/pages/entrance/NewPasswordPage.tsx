// What the link of a forgotten password leads to.
import { useState } from 'react';
import { Button, PasswordInput, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { api } from '@/api/client';
import classes from '@/pages/login/LoginPage.module.css';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { Entrance, Fault } from './Entrance';

export function NewPasswordPage() {
  const { t } = useWords();
  const token = useLocation().hash || '-';
  const [password, setPassword] = useState('');
  useTitle(t('portal.entrance.newPassword'));
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: async ({ signal }) => {
      await api.get('/api/v1/password-links/{token}', { path: { token }, signal });
      return true;
    },
    retry: false,
  });
  const save = useMutation({ mutationFn: () => api.post('/api/v1/password-links/{token}', { path: { token }, body: { password } }) });

  if (save.isSuccess)
    return (
      <Entrance>
        <div className={classes.form} role="status">
          <h1 className={classes.title}>{t('portal.entrance.saved')}</h1>
          <p className={classes.help}>{t('portal.entrance.savedWhy')}</p>
          <Link to="/login" className={classes.forgotten}>
            {t('portal.entrance.toLogin')}
          </Link>
        </div>
      </Entrance>
    );
  return (
    <Entrance>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        <h1 className={classes.title}>{t('portal.entrance.newPassword')}</h1>
        <Fault error={link.error ?? save.error} />
        {link.isPending && <Skeleton height={80} />}
        {link.isSuccess && (
          <>
            <PasswordInput
              size="sm"
              label={t('portal.entrance.newPasswordLabel')}
              description={t('portal.entrance.passwordRule')}
              autoComplete="new-password"
              required
              withAsterisk={false}
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('portal.login.showPassword') }}
            />
            <Button type="submit" variant="filled" size="sm" fullWidth loading={save.isPending}>
              {t('portal.entrance.save')}
            </Button>
          </>
        )}
        {link.error && (
          <Link to="/forgotten" className={classes.forgotten}>
            {t('portal.entrance.send')}
          </Link>
        )}
      </form>
    </Entrance>
  );
}
