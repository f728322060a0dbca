// The second step of signing in: the app's code, or a recovery code.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import classes from '@/pages/login/LoginPage.module.css';
import { useEnter } from '@/pages/login/useEnter';
import { Fault } from './Entrance';

export default function SecondStep({ pending, to, onBack }: { pending: string; to: string | undefined; onBack: () => void }) {
  const { t } = useWords();
  const enter = useEnter();
  const [code, setCode] = useState('');
  useTitle(t('portal.entrance.code'));
  const send = useMutation({
    mutationFn: () => api.post('/api/v1/session/second-factor', { body: { pending, code: code.trim() } }),
    onSuccess: (session) => enter(session, to),
    onError: () => setCode(''),
  });
  const over = send.error !== null && asProblem(send.error).code === 'sign-in-over';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending) send.mutate();
      }}
    >
      <h1 className={classes.title}>{t('portal.entrance.code')}</h1>
      <Fault error={send.error} />
      <p className={classes.help}>{t('portal.entrance.codeWhy')}</p>
      <TextInput size="sm" label={t('portal.entrance.codeLabel')} autoComplete="one-time-code" required withAsterisk={false} autoFocus maxLength={64} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      {!over && (
        <Button type="submit" variant="filled" size="sm" fullWidth loading={send.isPending}>
          {t('portal.entrance.codeSubmit')}
        </Button>
      )}
      <Button variant="subtle" size="sm" onClick={onBack}>
        {t('portal.entrance.back')}
      </Button>
    </form>
  );
}
