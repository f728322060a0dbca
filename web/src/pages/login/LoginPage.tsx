import { useState, type FormEvent } from 'react';
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { sessionQuery, takeSession } from '@/api/queries';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import { changeLanguage, chosenLanguage } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import classes from './LoginPage.module.css';

const route = getRouteApi('/login');

export function LoginPage() {
  const { t } = useWords();
  const { to } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  useTitle(t('portal.login.title'));

  const signIn = useMutation({
    mutationFn: () => api.post('/api/v1/session', { body: { email: email.trim(), password } }),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, takeSession(session));
      if (!chosenLanguage()) await changeLanguage(session.user.language, false);
      await navigate({ href: to ?? '/' });
    },
  });
  const fault = signIn.error ? problemWords(t, asProblem(signIn.error)) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };

  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageMenu />
      </header>
      <main className={classes.main}>
        <form className={classes.form} onSubmit={submit}>
          <h1 className={classes.title}>{t('portal.login.title')}</h1>
          {fault && (
            <Alert
              role="alert"
              variant="default"
              className={classes.fault}
              icon={<IconAlertCircle size={18} stroke={1.75} />}
              title={fault.what}
            >
              {fault.advice}
            </Alert>
          )}
          <TextInput
            size="sm"
            label={t('portal.login.email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            size="sm"
            label={t('portal.login.password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('portal.login.showPassword') }}
          />
          <Button type="submit" variant="filled" size="sm" fullWidth loading={signIn.isPending}>
            {t('portal.login.submit')}
          </Button>
          <p className={classes.help}>{t('portal.login.help')}</p>
        </form>
      </main>
    </div>
  );
}
