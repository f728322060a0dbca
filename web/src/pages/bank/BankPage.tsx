// Internet banks: who has applied to get our invoices there, the applications that wait first, and the files to the hub.
import { useRef, useState } from 'react';
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconFileImport } from '@tabler/icons-react';
import { agreementsQuery, bankSettingsQuery, importAgreements, type BankSettings } from '@/api/bank';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Application } from './Application';
import { Agreements } from './Agreements';
import { BankFiles } from './BankFiles';
import classes from './Bank.module.css';

export function BankPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(bankSettingsQuery);
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.settings.bank')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && (
        <div className={classes.body}>
          <p className={frame.lead}>{t('portal.bank.lead')}</p>
          <Connection settings={data} />
          <Waiting />
          <Acceptance settings={data} />
          <Agreements />
          <Import />
          <BankFiles settings={data} />
        </div>
      )}
    </div>
  );
}

function Connection({ settings }: { settings: BankSettings }) {
  const { t } = useWords();
  if (settings.hub === null) return <p className={classes.fault}>{t('portal.bank.off')}</p>;
  if (settings.issuer === null) return <p className={classes.fault}>{t('portal.bank.notConnected')}</p>;
  return <p className={classes.quiet}>{t('portal.bank.issuer', { issuer: settings.issuer, hub: settings.hub })}</p>;
}

// What somebody must answer stands before everything else.
function Waiting() {
  const { t, number } = useWords();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(agreementsQuery('applied'));
  const applications = data?.pages.flatMap((page) => page.items) ?? [];
  const count = data?.pages[0]?.counts.applied ?? 0;
  if (applications.length === 0) return null;
  return (
    <section className={classes.waiting} aria-labelledby="bank-waiting">
      <h2 id="bank-waiting">{t('portal.bank.waiting', { count, number: number(count) })}</h2>
      <ul className={classes.rows}>
        {applications.map((one) => (
          <Application key={one.id} application={one} />
        ))}
      </ul>
      {hasNextPage && (
        <Button size="sm" variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.bank.more')}
        </Button>
      )}
    </section>
  );
}

function Acceptance({ settings }: { settings: BankSettings }) {
  const { t } = useWords();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (acceptance: BankSettings['acceptance']) => api.put('/api/v1/bank-agreements/settings', { body: { acceptance } }),
    onSuccess: (answer) => client.setQueryData(bankSettingsQuery.queryKey, answer),
  });
  const chosen = change.isPending ? change.variables : settings.acceptance;
  return (
    <section className={classes.section} aria-labelledby="bank-acceptance">
      <h2 id="bank-acceptance">{t('portal.bank.acceptance')}</h2>
      <SegmentedControl
        size="sm"
        aria-labelledby="bank-acceptance"
        value={chosen}
        onChange={(value) => change.mutate(value as BankSettings['acceptance'])}
        data={(['automatic', 'by-hand'] as const).map((value) => ({ value, label: t(`portal.bank.acceptanceIs.${value}`) }))}
      />
      <p className={classes.quiet}>{t(`portal.bank.acceptanceWhy.${chosen}`)}</p>
      {change.error && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(change.error)).what}
        </p>
      )}
      {change.isSuccess && (
        <p role="status" className={classes.quiet}>
          {t('portal.bank.saved')}
        </p>
      )}
    </section>
  );
}

function Import() {
  const { t, number } = useWords();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [round, setRound] = useState(0); // the same file may be chosen twice
  const take = useMutation({
    mutationFn: importAgreements,
    onSuccess: () => client.invalidateQueries({ queryKey: ['bank', 'agreements'] }),
  });
  const fault = take.error ? problemWords(t, asProblem(take.error)) : undefined;
  return (
    <div className={classes.import}>
      <input
        key={round}
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,.xlsx"
        aria-label={t('portal.bank.import')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) take.mutate(file);
          setRound(round + 1);
        }}
      />
      <Button size="sm" leftSection={<IconFileImport size={16} stroke={1.75} aria-hidden />} loading={take.isPending} onClick={() => input.current?.click()}>
        {t('portal.bank.import')}
      </Button>
      <p className={classes.quiet}>{t('portal.bank.importWhy')}</p>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {take.data && <p role="status">{t('portal.bank.imported', { added: number(take.data.added), changed: number(take.data.changed) })}</p>}
    </div>
  );
}
