// «Inloggning»: the company's own identity provider, set up, tried and turned on.
import { Skeleton } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconKey } from '@tabler/icons-react';
import { sessionQuery } from '@/api/queries';
import { identityProviderQuery, type IdentityProvider } from '@/api/signIn';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Dangers } from './Dangers';
import { Fault } from './Fault';
import { ProviderForm } from './ProviderForm';
import classes from './SignIn.module.css';

const route = getRouteApi('/frame/settings/sign-in');

export function SignInPage() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.signIn')} />
      {session.company.sandboxOf ? <Notice icon={IconKey} title={t('portal.signIn.sandbox')} /> : <Body mayChange={session.scopes.includes('companies:write')} />}
    </div>
  );
}

function Body({ mayChange }: { mayChange: boolean }) {
  const { t } = useWords();
  const { problem } = route.useSearch();
  const { data, error, refetch } = useQuery(identityProviderQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} mt="md" />;
  return (
    <div className={classes.body}>
      <p className={frame.lead}>{t('portal.signIn.lead')}</p>
      {problem && <Fault code={problem} />}
      <State provider={data} />
      {!mayChange && <p className={classes.quiet}>{t('portal.signIn.mayNot')}</p>}
      {mayChange && <ProviderForm key={data.changedAt ?? 'none'} provider={data} />}
      {mayChange && data.issuer !== null && <Dangers bound={data.boundUsers} />}
    </div>
  );
}

// What holds today, in words.
function State({ provider }: { provider: IdentityProvider }) {
  const { t, number } = useWords();
  const domains = provider.domains.filter(({ confirmedAt }) => confirmedAt !== null).map(({ domain }) => domain);
  const words = !provider.active ? 'stateOff' : provider.alone ? 'stateAlone' : 'stateOn';
  return (
    <div className={classes.state} data-on={provider.active || undefined}>
      <p className={classes.mark}>{t(provider.active ? 'portal.signIn.on' : 'portal.signIn.off')}</p>
      <p>{t(`portal.signIn.${words}`, { domains: domains.join(', ') })}</p>
      {provider.boundUsers > 0 && <p className={classes.quiet}>{t('portal.signIn.bound', { count: provider.boundUsers, number: number(provider.boundUsers) })}</p>}
      {provider.issuer === null && <p className={classes.quiet}>{t('portal.signIn.noneWhy')}</p>}
    </div>
  );
}
