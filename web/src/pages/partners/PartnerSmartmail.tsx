// What holds for this counterpart's Smartmail: as the company has it, but for what is its own.
import { useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { partnerSmartmailQuery, smartmailSettingsQuery, type SmartmailChange, type SmartmailSettings } from '@/api/smartmail';
import type { components } from '@/api/schema';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { draftOf, faultsOf, fieldAt, fieldNames, partnerChange, type Draft, type FieldName } from '../settings/smartmailForm';
import { faultWords, SmartmailFields } from '../settings/SmartmailFields';
import classes from './Partners.module.css';

type Saved = components['schemas']['PartnerSmartmail'];

export function PartnerSmartmail({ identifier }: { identifier: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(partnerSmartmailQuery(identifier));
  const company = useQuery(smartmailSettingsQuery);
  const fault = error ?? company.error;
  return (
    <section className={classes.section}>
      <h2>{t('portal.nav.smartmail')}</h2>
      {fault && !(data && company.data) && <ErrorNotice error={fault} onRetry={() => void Promise.all([refetch(), company.refetch()])} />}
      {!fault && !(data && company.data) && <Skeleton height={320} />}
      {data && company.data && <OwnForm key={JSON.stringify(data.own)} saved={data} company={company.data.effective} />}
    </section>
  );
}

export const ownNames = (own: SmartmailChange | null): Set<FieldName> => new Set(fieldNames.filter((name) => own?.[name] !== undefined));

function OwnForm({ saved, company }: { saved: Saved; company: SmartmailSettings }) {
  const { t } = useWords();
  const client = useQueryClient();
  const first = draftOf(saved.effective, saved.own?.addresses);
  const [draft, setDraft] = useState(first);
  const [own, setOwn] = useState(() => ownNames(saved.own));
  const path = { identifier: saved.identifier };
  const save = useMutation({
    mutationFn: async (change: SmartmailChange) => {
      if (Object.keys(change).length > 0) return api.put('/api/v1/partners/{identifier}/smartmail', { path, body: change });
      await api.delete('/api/v1/partners/{identifier}/smartmail', { path });
      return { ...saved, own: null, effective: company };
    },
    onSuccess: (answer) => {
      client.setQueryData(partnerSmartmailQuery(saved.identifier).queryKey, answer);
      void client.invalidateQueries({ queryKey: ['smartmail'] });
    },
  });
  const change = (to: Partial<Draft>) => {
    save.reset();
    setDraft((now) => ({ ...now, ...to }));
    setOwn((now) => new Set([...now, ...fieldNames.filter((name) => name in to)]));
  };
  const inherit = (names: readonly FieldName[]) => {
    const inherited = draftOf(company);
    setDraft((now) => ({ ...now, ...Object.fromEntries(names.map((name) => [name, inherited[name]])) }));
    setOwn((now) => new Set([...now].filter((name) => !names.includes(name))));
  };
  const typed = faultsOf(draft);
  const refused = save.error ? asProblem(save.error) : undefined;
  const refusedAt = fieldAt(refused?.where);
  const words = refused && problemWords(t, refused);
  const faults = Object.fromEntries(Object.entries(typed).map(([name, fault]) => [name, faultWords(t, fault)])) as Partial<Record<FieldName | 'addresses', string>>;
  if (words && refusedAt) faults[refusedAt] ??= `${words.what} ${words.advice}`;
  const wanted = partnerChange(draft, own);
  const good = Object.keys(typed).length === 0;
  const changed = JSON.stringify(wanted) !== JSON.stringify(partnerChange(first, ownNames(saved.own)));
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (good && changed) save.mutate(wanted);
      }}
    >
      <p className={classes.quiet}>
        {t('portal.partner.smartmailWhy')} <Link to="/settings/smartmail">{t('portal.smartmail.toSettings')}</Link>
      </p>
      <TextInput
        size="sm"
        label={t('portal.smartmail.settings.addresses')}
        description={t('portal.smartmail.settings.addressesWhy')}
        maxLength={2600}
        value={draft.addresses}
        onChange={(event) => change({ addresses: event.currentTarget.value })}
        error={faults.addresses}
      />
      <SmartmailFields draft={draft} faults={faults} inheritance={{ own, company, onInherit: inherit }} onChange={change} />
      {words && !refusedAt && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant={changed ? 'filled' : 'default'} loading={save.isPending} disabled={!changed || !good}>
          {t('portal.notices.save')}
        </Button>
        {!changed && saved.own !== null && (
          <Button size="sm" variant="subtle" color="gray" loading={save.isPending} onClick={() => save.mutate({})}>
            {t('portal.partner.asCompany')}
          </Button>
        )}
      </div>
    </form>
  );
}
