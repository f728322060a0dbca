// Where a counterpart's mail and letters go. An address that cannot be posted to says what is wrong with it.
import { useState } from 'react';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { partnerQuery, type Partner } from '@/api/queries';
import type { components } from '@/api/schema';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { isAddress } from '../settings/smartmailForm';
import classes from './Partners.module.css';

type PartnerChange = components['schemas']['PartnerChange'];
type Address = components['schemas']['PostalAddress'];

const none: Address = { street: '', postalCode: '', city: '', country: '' };
const isEmpty = (address: Address) => !address.street && !address.postalCode && !address.city;

export function Reach({ partner }: { partner: Partner }) {
  const { t } = useWords();
  const client = useQueryClient();
  const saved = { email: partner.email ?? '', verified: partner.emailVerifiedAt != null, address: partner.postalAddress ?? none };
  const [draft, setDraft] = useState(saved);
  const save = useMutation({
    mutationFn: (change: PartnerChange) => api.put('/api/v1/partners/{identifier}', { path: { identifier: partner.identifier }, body: change }),
    onSuccess: (answer) => {
      client.setQueryData(partnerQuery(partner.identifier).queryKey, answer);
      for (const key of [['partners'], ['partner', partner.identifier, 'lookup'], ['smartmail']]) void client.invalidateQueries({ queryKey: key });
    },
  });
  const email = draft.email.trim();
  const emailFault = email && !isAddress(email) ? t('portal.smartmail.settings.fault.address') : undefined;
  const country = draft.address.country.trim().toUpperCase();
  const countryFault = !isEmpty(draft.address) && country && !/^[A-Z]{2}$/.test(country) ? t('portal.partner.countryFault') : undefined;
  const changed = JSON.stringify(draft) !== JSON.stringify(saved);
  const setAddress = (name: keyof Address, value: string) => setDraft((now) => ({ ...now, address: { ...now.address, [name]: value } }));
  const words = save.error && problemWords(t, asProblem(save.error));

  const submit = () => {
    if (emailFault || countryFault || !changed) return;
    const { street, postalCode, city } = draft.address;
    const address = isEmpty(draft.address) ? null : { street: street.trim(), postalCode: postalCode.trim(), city: city.trim(), country: country || 'SE' };
    save.mutate({ name: partner.name, email: email || null, postalAddress: address, ...(email ? { emailVerified: draft.verified } : {}) });
  };
  return (
    <form
      className={classes.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{t('portal.partner.reach')}</h2>
      <TextInput
        type="email"
        size="sm"
        label={t('portal.partner.email')}
        description={t('portal.partner.emailWhy')}
        maxLength={254}
        value={draft.email}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setDraft((now) => ({ ...now, email: typed, verified: saved.verified && typed.trim() === saved.email }));
        }}
        error={emailFault}
      />
      {email && !emailFault && (
        <Checkbox
          label={t('portal.partner.verified')}
          description={
            partner.emailVerifiedAt && draft.email === saved.email
              ? t('portal.partner.verifiedBy', { name: partner.emailVerifiedBy ?? '', date: dateOf(partner.emailVerifiedAt) })
              : t('portal.partner.verifiedWhy')
          }
          checked={draft.verified}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setDraft((now) => ({ ...now, verified: checked }));
          }}
        />
      )}
      <TextInput size="sm" label={t('portal.partner.street')} maxLength={200} value={draft.address.street} onChange={(event) => setAddress('street', event.currentTarget.value)} />
      <div className={classes.place}>
        <TextInput size="sm" label={t('portal.partner.postalCode')} maxLength={20} value={draft.address.postalCode} onChange={(event) => setAddress('postalCode', event.currentTarget.value)} />
        <TextInput size="sm" label={t('portal.partner.city')} maxLength={100} value={draft.address.city} onChange={(event) => setAddress('city', event.currentTarget.value)} />
        <TextInput size="sm" label={t('portal.partner.country')} placeholder="SE" maxLength={2} value={draft.address.country} onChange={(event) => setAddress('country', event.currentTarget.value)} error={countryFault} />
      </div>
      {!changed && <PostalFaults partner={partner} />}
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant={changed ? 'filled' : 'default'} loading={save.isPending} disabled={!changed || emailFault !== undefined || countryFault !== undefined}>
          {t('portal.notices.save')}
        </Button>
        {save.isSuccess && !changed && (
          <span role="status" className={classes.quiet}>
            {t('portal.filters.saved')}
          </span>
        )}
      </div>
    </form>
  );
}

function PostalFaults({ partner }: { partner: Partner }) {
  const { t } = useWords();
  if (partner.postalFaults.length === 0) return null;
  return (
    <div className={classes.postalFaults} role="status">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        <p>{t('portal.partner.cannotPost')}</p>
        <ul>
          {partner.postalFaults.map((code) => (
            <li key={code}>{t(`postal.fault.${code}`, { defaultValue: code })}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
