// The domains that the provider may speak for, each with the record that proves it.
import { useState } from 'react';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { api } from '@/api/client';
import { sessionQuery } from '@/api/queries';
import { identityProviderQuery, type IdentityProvider, type SignInDomain } from '@/api/signIn';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Copied } from './Copied';
import { Fault } from './Fault';
import classes from './SignIn.module.css';

interface DomainsProps {
  provider: IdentityProvider;
  domains: string[];
  onChange: (domains: string[]) => void;
}

export function Domains({ provider, domains, onChange }: DomainsProps) {
  const { t } = useWords();
  const [added, setAdded] = useState('');
  const name = added.trim().toLowerCase().replace(/^.*@/, '');
  const add = () => {
    if (name && !domains.includes(name)) onChange([...domains, name]);
    setAdded('');
  };
  return (
    <section className={classes.section}>
      <h2>{t('portal.signIn.domains')}</h2>
      <p className={classes.quiet}>{t('portal.signIn.domainsWhy')}</p>
      {domains.length === 0 && <p className={classes.quiet}>{t('portal.signIn.noDomains')}</p>}
      {domains.length > 0 && (
        <ul className={classes.domains}>
          {domains.map((domain) => (
            <li key={domain}>
              <Domain domain={domain} saved={provider.domains.find((each) => each.domain === domain)} onRemove={() => onChange(domains.filter((each) => each !== domain))} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.adding}>
        <TextInput
          size="sm"
          label={t('portal.signIn.addDomain')}
          placeholder="nordhamn.example"
          maxLength={253}
          value={added}
          onChange={(event) => setAdded(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button size="sm" disabled={!name} onClick={add}>
          {t('portal.signIn.add')}
        </Button>
      </div>
    </section>
  );
}

function Domain({ domain, saved, onRemove }: { domain: string; saved: SignInDomain | undefined; onRemove: () => void }) {
  const { t } = useWords();
  const state = !saved ? t('portal.signIn.unsaved') : saved.confirmedAt ? t('portal.signIn.confirmed', { when: dateTimeOf(saved.confirmedAt) }) : t('portal.signIn.unconfirmed');
  return (
    <>
      <div className={classes.head}>
        <p>
          <b>{domain}</b> <span className={classes.when}>{state}</span>
        </p>
        <ActionIcon size="sm" variant="subtle" onClick={onRemove} aria-label={t('portal.signIn.removeDomain', { domain })}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      {saved && !saved.confirmedAt && <Proof domain={saved} />}
    </>
  );
}

function Proof({ domain }: { domain: SignInDomain }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const confirm = useMutation({
    mutationFn: (by: 'dns' | 'staff') => api.post('/api/v1/identity-provider/domains/{domain}/confirmation', { path: { domain: domain.domain }, body: { by } }),
    onSuccess: (answer) => client.setQueryData(identityProviderQuery.queryKey, answer),
  });
  return (
    <div className={classes.proof}>
      <dl className={classes.record}>
        <dt>{t('portal.signIn.recordName')}</dt>
        <dd>
          <Copied value={domain.record.name} />
        </dd>
        <dt>{t('portal.signIn.recordValue')}</dt>
        <dd>
          <Copied value={domain.record.value} />
        </dd>
      </dl>
      <Fault error={confirm.error} />
      <div className={classes.buttons}>
        <Button size="xs" loading={confirm.isPending} onClick={() => confirm.mutate('dns')}>
          {t('portal.signIn.check')}
        </Button>
        {session.reason !== null && (
          <Button size="xs" variant="subtle" disabled={confirm.isPending} onClick={() => confirm.mutate('staff')}>
            {t('portal.signIn.vouch')}
          </Button>
        )}
      </div>
    </div>
  );
}
