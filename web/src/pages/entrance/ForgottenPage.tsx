// Whoever has forgotten the password asks for a link. The answer is the same whether the address is a user's.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { api } from '@/api/client';
import classes from '@/pages/login/LoginPage.module.css';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { Entrance, Fault } from './Entrance';

export function ForgottenPage() {
  const { t } = useWords();
  const typed = useLocation({ select: ({ state }) => state.email });
  const [email, setEmail] = useState(typed ?? '');
  useTitle(t('portal.entrance.forgotten'));
  const ask = useMutation({ mutationFn: () => api.post('/api/v1/password-links', { body: { email: email.trim() } }) });
  const back = (
    <Link to="/login" className={classes.forgotten}>
      {t('portal.entrance.back')}
    </Link>
  );
  if (ask.isSuccess)
    return (
      <Entrance>
        <div className={classes.form} role="status">
          <h1 className={classes.title}>{t('portal.entrance.sent')}</h1>
          <p className={classes.help}>{t('portal.entrance.sentWhy')}</p>
          {back}
        </div>
      </Entrance>
    );
  return (
    <Entrance>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ask.isPending) ask.mutate();
        }}
      >
        <h1 className={classes.title}>{t('portal.entrance.forgotten')}</h1>
        <Fault error={ask.error} />
        <p className={classes.help}>{t('portal.entrance.forgottenWhy')}</p>
        <TextInput size="sm" type="email" label={t('portal.login.email')} autoComplete="username" required withAsterisk={false} autoFocus maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <Button type="submit" variant="filled" size="sm" fullWidth loading={ask.isPending}>
          {t('portal.entrance.send')}
        </Button>
        {back}
      </form>
    </Entrance>
  );
}
