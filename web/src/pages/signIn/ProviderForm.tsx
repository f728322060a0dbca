// The provider's particulars, its domains, who is let in; saved, then tried, then turned on.
import { useState } from 'react';
import { Button, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { identityProviderQuery, type IdentityProvider, type IdentityProviderChange } from '@/api/signIn';
import { useWords } from '@/texts/useWords';
import { Copied } from './Copied';
import { Domains } from './Domains';
import { Fault } from './Fault';
import { Trial } from './Trial';
import classes from './SignIn.module.css';

const roles = ['reader', 'support', 'clerk'] as const;
type FirstRole = IdentityProvider['firstRole'];

export function ProviderForm({ provider }: { provider: IdentityProvider }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [issuer, setIssuer] = useState(provider.issuer ?? '');
  const [clientId, setClientId] = useState(provider.clientId ?? '');
  const [secret, setSecret] = useState('');
  const [domains, setDomains] = useState(provider.domains.map(({ domain }) => domain));
  const [firstRole, setFirstRole] = useState<FirstRole>(provider.firstRole);
  const [alone, setAlone] = useState(provider.alone);
  const [active, setActive] = useState(provider.active);
  const isOther = issuer.trim() !== (provider.issuer ?? '') || clientId.trim() !== (provider.clientId ?? '') || secret !== '';
  const isChanged = isOther || alone !== provider.alone || active !== provider.active || firstRole !== provider.firstRole || domains.join() !== provider.domains.map(({ domain }) => domain).join();
  const ready = !isOther && provider.triedAt !== null && provider.domains.some(({ domain, confirmedAt }) => confirmedAt !== null && domains.includes(domain));

  const save = useMutation({
    mutationFn: () => {
      const body: IdentityProviderChange = { issuer: issuer.trim(), clientId: clientId.trim(), domains, firstRole, alone, active: active && ready, ...(secret ? { clientSecret: secret } : {}) };
      return api.put('/api/v1/identity-provider', { body });
    },
    onSuccess: (answer) => client.setQueryData(identityProviderQuery.queryKey, answer),
  });

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <section className={classes.section}>
        <h2>{t('portal.signIn.service')}</h2>
        {provider.redirectUri === null ? (
          <p className={classes.fault}>{t('portal.signIn.noPublicUrl')}</p>
        ) : (
          <div className={classes.labelled}>
            <p className={classes.label}>{t('portal.signIn.redirectUri')}</p>
            <p className={classes.why}>{t('portal.signIn.redirectUriWhy')}</p>
            <Copied value={provider.redirectUri} />
          </div>
        )}
        <TextInput size="sm" required type="url" maxLength={500} label={t('portal.signIn.issuer')} description={t('portal.signIn.issuerWhy')} placeholder="https://login.example.com" value={issuer} onChange={(event) => setIssuer(event.currentTarget.value)} />
        <TextInput size="sm" required maxLength={300} label={t('portal.signIn.clientId')} autoComplete="off" value={clientId} onChange={(event) => setClientId(event.currentTarget.value)} />
        <PasswordInput
          size="sm"
          maxLength={1000}
          label={t('portal.signIn.secret')}
          description={t(provider.hasSecret ? 'portal.signIn.secretKept' : 'portal.signIn.secretWhy')}
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('portal.login.showPassword') }}
        />
      </section>
      <Domains provider={provider} domains={domains} onChange={setDomains} />
      <section className={classes.section}>
        <h2>{t('portal.signIn.who')}</h2>
        <Select
          size="sm"
          label={t('portal.signIn.firstRole')}
          allowDeselect={false}
          data={[{ value: 'none', label: t('portal.signIn.firstRoleNone') }, ...roles.map((role) => ({ value: role, label: t('portal.signIn.firstRoleOf', { role: t(`portal.users.roles.${role}`).toLowerCase() }) }))]}
          value={firstRole ?? 'none'}
          onChange={(value) => setFirstRole(roles.find((role) => role === value) ?? null)}
        />
        <Switch label={t('portal.signIn.alone')} description={t('portal.signIn.aloneWhy')} checked={alone} onChange={(event) => setAlone(event.currentTarget.checked)} />
        <Switch label={t('portal.signIn.active')} description={t('portal.signIn.activeWhy')} checked={active && ready} disabled={!ready} onChange={(event) => setActive(event.currentTarget.checked)} />
      </section>
      <Fault error={save.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!isChanged}>
          {t('portal.signIn.save')}
        </Button>
      </div>
      {provider.issuer !== null && <Trial provider={provider} isChanged={isChanged} />}
    </form>
  );
}
