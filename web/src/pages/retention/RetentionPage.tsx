// Gallring: how long each kind is kept, what is erased when, what holds it, and what is held about a person.
import { NativeSelect, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { forecastQuery, retentionQuery, type Retention } from '@/api/retention';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { Holds } from './Holds';
import { Person } from './Person';
import { Rules } from './Rules';
import classes from './Retention.module.css';

export function RetentionPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(retentionQuery);
  const mayChange = useMay('companies:write');
  const mayFindPeople = useMay('users:write');
  return (
    <div className={classes.page}>
      <PageHead title={t('portal.settings.retention')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && (
        <>
          <p className={classes.lead}>{t('portal.retention.lead')}</p>
          {!mayChange && <p className={classes.quiet}>{t('portal.retention.mayNot')}</p>}
          <FinancialYear retention={data} mayChange={mayChange} />
          <Rules rules={data.rules} mayChange={mayChange} />
          <Forecast retention={data} />
          <Holds holds={data.holds} mayChange={mayChange} />
          {mayFindPeople && <Person />}
        </>
      )}
    </div>
  );
}

function FinancialYear({ retention, mayChange }: { retention: Retention; mayChange: boolean }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (yearEnd: number) => api.put('/api/v1/retention', { body: { yearEnd } }),
    onSuccess: (answer) => {
      client.setQueryData(retentionQuery.queryKey, answer);
      void client.invalidateQueries({ queryKey: forecastQuery.queryKey });
    },
  });
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return (
    <NativeSelect
      className={classes.year}
      size="sm"
      label={t('portal.retention.yearEnd')}
      disabled={!mayChange || change.isPending}
      value={String(change.isPending ? change.variables : retention.yearEnd)}
      onChange={(event) => change.mutate(Number(event.currentTarget.value))}
      data={Array.from({ length: 12 }, (_, month) => ({ value: String(month + 1), label: name.format(Date.UTC(2026, month, 15)) }))}
    />
  );
}

function Forecast({ retention }: { retention: Retention }) {
  const { t, number } = useWords();
  const { data, error, refetch } = useQuery(forecastQuery);
  return (
    <section className={classes.section} aria-labelledby="retention-forecast">
      <h2 id="retention-forecast">{t('portal.retention.forecast')}</h2>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={80} />}
      {data?.items.length === 0 && (
        <Notice icon={IconTrash} title={t('portal.retention.nothing')}>
          {t('portal.retention.nothingWhy')}
        </Notice>
      )}
      <ul className={classes.list}>
        {data?.items.map((one) => (
          <li key={`${one.kind} ${one.from}`}>
            <span>{t(`portal.type.${one.kind}`)}</span>
            <span>{t('portal.retention.forecastRow', { count: one.documents, number: number(one.documents), from: one.from })}</span>
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        {retention.erased > 0 && t('portal.retention.erased', { count: retention.erased, number: number(retention.erased) })} {retention.lastRunOn && t('portal.retention.lastRun', { day: retention.lastRunOn })}
      </p>
    </section>
  );
}
