// What the link of an invitation leads to: a new user chooses name and password, one that there is already gives its own.
import { lazy, Suspense, useState } from 'react';
import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { api } from '@/api/client';
import { isAsked } from '@/api/people';
import type { components } from '@/api/schema';
import classes from '@/pages/login/LoginPage.module.css';
import { useEnter } from '@/pages/login/useEnter';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { Entrance, Fault } from './Entrance';

const SecondStep = lazy(() => import('./SecondStep'));

export function InvitationPage() {
  const { t } = useWords();
  const token = useLocation().hash || '-';
  useTitle(t('portal.entrance.invited'));
  const link = useQuery({
    queryKey: ['invitation-link', token],
    queryFn: ({ signal }) => api.get('/api/v1/invitation-links/{token}', { path: { token }, signal }),
    retry: false,
    staleTime: Infinity,
  });
  return (
    <Entrance>
      {link.data ? (
        <Accept token={token} invited={link.data} />
      ) : (
        <div className={classes.form}>
          <h1 className={classes.title}>{t('portal.entrance.invited')}</h1>
          <Fault error={link.error} />
          {link.isPending && <Skeleton height={120} />}
        </div>
      )}
    </Entrance>
  );
}

function Accept({ token, invited }: { token: string; invited: components['schemas']['InvitationLink'] }) {
  const { t } = useWords();
  const enter = useEnter();
  const [name, setName] = useState(invited.name);
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState<string>();
  const accept = useMutation({
    mutationFn: () => api.post('/api/v1/invitation-links/{token}', { path: { token }, body: { ...(invited.known ? {} : { name }), password } }),
    onSuccess: async (answer) => {
      if (isAsked(answer)) setPending(answer.pending);
      else await enter(answer);
    },
  });
  if (pending !== undefined)
    return (
      <Suspense>
        <SecondStep pending={pending} to="/" onBack={() => window.location.assign('/login')} />
      </Suspense>
    );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!accept.isPending) accept.mutate();
      }}
    >
      <h1 className={classes.title}>{t('portal.entrance.invited')}</h1>
      <Fault error={accept.error} />
      <p className={classes.help}>{t('portal.entrance.invitedWhy', { by: invited.invitedBy, email: invited.email, companies: invited.companies.join(', ') })}</p>
      {invited.known && <p className={classes.help}>{t('portal.entrance.invitedKnown')}</p>}
      {!invited.known && <TextInput size="sm" label={t('portal.entrance.name')} autoComplete="name" required withAsterisk={false} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
      <input type="email" autoComplete="username" value={invited.email} readOnly hidden />
      <PasswordInput
        size="sm"
        label={t('portal.login.password')}
        description={invited.known ? undefined : t('portal.entrance.passwordRule')}
        autoComplete={invited.known ? 'current-password' : 'new-password'}
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('portal.login.showPassword') }}
      />
      <Button type="submit" variant="filled" size="sm" fullWidth loading={accept.isPending}>
        {t('portal.entrance.accept')}
      </Button>
    </form>
  );
}
