// Who gets one mail a morning with what failed, is stopped or unanswered.
import { useState } from 'react';
import { Button, SegmentedControl, Skeleton, Switch, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import classes from './Settings.module.css';

type MorningList = components['schemas']['MorningList'];

const morningListQuery = queryOptions({
  queryKey: ['morning-list'],
  queryFn: ({ signal }) => api.get('/api/v1/settings/morning-list', { signal }),
});

export function MorningPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(morningListQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.morning')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} mt="md" />}
      {data && <MorningForm saved={data} />}
    </div>
  );
}

const lines = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter(Boolean);

function MorningForm({ saved }: { saved: MorningList }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [addresses, setAddresses] = useState(saved.addresses.join('\n'));
  const [at, setAt] = useState(saved.at);
  const [bankDaysOnly, setBankDaysOnly] = useState(saved.bankDaysOnly);
  const [language, setLanguage] = useState(saved.language);
  const body = { addresses: lines(addresses), at, bankDaysOnly, language };
  const save = useMutation({
    mutationFn: () => api.put('/api/v1/settings/morning-list', { body }),
    onSuccess: (answer) => client.setQueryData(morningListQuery.queryKey, answer),
  });
  const { addresses: to, at: when, bankDaysOnly: days, language: tongue } = saved;
  const changed = JSON.stringify(body) !== JSON.stringify({ addresses: to, at: when, bankDaysOnly: days, language: tongue });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  return (
    <form
      className={classes.morning}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className={`${frame.lead} ${classes.lead}`}>{t('portal.morning.lead')}</p>
      {!saved.mailIsOn && <p className={classes.fault}>{t('portal.morning.mailOff')}</p>}
      <Textarea label={t('portal.morning.addresses')} description={t('portal.morning.addressesWhy')} size="sm" autosize minRows={2} maxLength={2600} value={addresses} onChange={(event) => setAddresses(event.currentTarget.value)} />
      <div className={classes.days}>
        <TextInput type="time" label={t('portal.morning.at')} size="sm" required value={at} onChange={(event) => setAt(event.currentTarget.value)} />
        <SegmentedControl
          size="sm"
          aria-label={t('portal.morning.language')}
          value={language}
          onChange={(value) => setLanguage(value as MorningList['language'])}
          data={(['sv', 'en'] as const).map((value) => ({ value, label: t(`portal.notices.in.${value}`) }))}
        />
      </div>
      <Switch label={t('portal.morning.bankDays')} checked={bankDaysOnly} onChange={(event) => setBankDaysOnly(event.currentTarget.checked)} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!changed}>
          {t('portal.morning.save')}
        </Button>
        {save.isSuccess && !changed && (
          <span role="status" className={classes.quiet}>
            {t('portal.morning.saved')}
          </span>
        )}
      </div>
    </form>
  );
}
