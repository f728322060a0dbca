import { lazy, Suspense, useState, type FormEvent } from 'react';
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { isAsked } from '@/api/people';
import { domainProviderQuery } from '@/api/signIn';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import { withAllWords } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import classes from './LoginPage.module.css';
import { domainIn, pendingIn, startAddress } from './provider';
import { useEnter } from './useEnter';

const SecondStep = lazy(() => withAllWords(import('@/pages/entrance/SecondStep')));

const route = getRouteApi('/login');

export function LoginPage() {
  const { t } = useWords();
  const { to, problem } = route.useSearch();
  const enter = useEnter();
  const [pending, setPending] = useState(() => pendingIn(window.location.hash));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  useTitle(t('portal.login.title'));

  const signIn = useMutation({
    mutationFn: () => api.post('/api/v1/session', { body: { email: email.trim(), password } }),
    onSuccess: async (answer) => {
      if (isAsked(answer)) setPending(answer.pending);
      else await enter(answer, to);
    },
  });
  // Whether addresses of that domain sign in at their company's; asked when the address has been written.
  const [asked, setAsked] = useState('');
  const [byPassword, setByPassword] = useState(false);
  const { data: provider } = useQuery({ ...domainProviderQuery(asked), enabled: asked !== '' });
  const company = asked !== '' && asked === domainIn(email) ? provider?.company : undefined;
  const elsewhere = company && !(byPassword && !provider?.alone);
  const ask = (address: string) => setAsked(domainIn(address));

  const returned = problem && !signIn.isSuccess && !signIn.isPending ? { code: problem, detail: t('problem.identity-refused'), type: '', title: '', status: 400 } : undefined;
  const error = signIn.error ? asProblem(signIn.error) : returned;
  const fault = error ? problemWords(t, error) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (elsewhere) window.location.assign(startAddress(email, to));
    else if (!signIn.isPending) signIn.mutate();
  };

  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageMenu />
      </header>
      <main className={classes.main}>
        {pending !== undefined && (
          <Suspense>
            <SecondStep
              pending={pending}
              to={to}
              onBack={() => {
                setPending(undefined);
                setPassword('');
              }}
            />
          </Suspense>
        )}
        <form className={classes.form} onSubmit={submit} hidden={pending !== undefined}>
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
            onBlur={(event) => ask(event.currentTarget.value)}
          />
          {elsewhere && (
            <>
              <p className={classes.help} role="status">
                {t(provider?.alone ? 'portal.login.alone' : 'portal.login.elsewhere', { company, domain: asked })}
              </p>
              <Button type="submit" variant="filled" size="sm" fullWidth classNames={{ root: classes.onwards, label: classes.onwardsLabel }}>
                {t('portal.login.continue', { company })}
              </Button>
              {!provider?.alone && (
                <Button variant="subtle" size="sm" onClick={() => setByPassword(true)}>
                  {t('portal.login.usePassword')}
                </Button>
              )}
            </>
          )}
          {!elsewhere && (
            <>
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
              <Link to="/forgotten" state={{ email: email.trim() }} className={classes.forgotten}>
                {t('portal.login.forgotten')}
              </Link>
            </>
          )}
          <p className={classes.help}>{t('portal.login.help')}</p>
        </form>
      </main>
      <footer className={classes.foot}>
        <Link to="/welcome" preload={false}>
          {t('portal.login.welcome')}
        </Link>
        <Link to="/developers" preload={false}>
          {t('portal.login.developers')}
        </Link>
      </footer>
    </div>
  );
}
