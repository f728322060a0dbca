// What is measured, by what, over which days, and of what alone. All of it stands in the address.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import type { Group, Measure } from '@/api/statistics';
import { today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { DayInput } from './DayInput';
import { firstOfMonth, groupsOf, measures, periods, type Period, type StatisticsSearch } from './statisticsSearch';
import classes from './Statistics.module.css';

export function Controls({ search, onChange }: { search: StatisticsSearch; onChange: (next: StatisticsSearch) => void }) {
  const { t } = useWords();
  const companies = useQuery(sessionQuery).data?.companies ?? [];
  const { measure = 'documents', by = 'month', period = 'last-12-months' } = search;
  const set = (change: StatisticsSearch) => onChange({ ...search, ...change });
  const allowed = groupsOf(measure);
  const choose = (name: Measure) => set({ measure: name, ...(groupsOf(name).includes(by) ? {} : { by: undefined }) });
  const chooseperiod = (name: Period) => set(name === 'own' ? { period: name, from: firstOfMonth(today()), to: today() } : { period: name, from: undefined, to: undefined });
  const option = (value: string, label: string) => ({ value, label });
  return (
    <div className={classes.controls}>
      <NativeSelect size="xs" label={t('portal.statistics.whatToShow')} value={measure} onChange={(event) => choose(event.currentTarget.value as Measure)} data={measures.map((name) => option(name, t(`portal.statistics.measure.${name}`)))} />
      <NativeSelect size="xs" label={t('portal.statistics.per')} value={by} onChange={(event) => set({ by: event.currentTarget.value as Group })} data={allowed.map((name) => option(name, t(`portal.statistics.by.${name}`)))} />
      <NativeSelect size="xs" label={t('portal.statistics.period.label')} value={period} onChange={(event) => chooseperiod(event.currentTarget.value as Period)} data={periods.map((name) => option(name, t(`portal.statistics.period.${name}`)))} />
      {period === 'own' && (
        <>
          <DayInput label={t('portal.statistics.from')} given={search.from} max={search.to} onTake={(from) => set({ from })} />
          <DayInput label={t('portal.statistics.to')} given={search.to} min={search.from} onTake={(to) => set({ to })} />
        </>
      )}
      {companies.length > 1 && (
        <NativeSelect
          size="xs"
          label={t('portal.statistics.company')}
          value={search.company ?? ''}
          onChange={(event) => set({ company: event.currentTarget.value || undefined })}
          data={[option('', t('portal.statistics.companyAll')), ...companies.map(({ identifier, name }) => option(identifier, name))]}
        />
      )}
      <NativeSelect
        size="xs"
        label={t('portal.statistics.channel')}
        value={search.channel ?? ''}
        onChange={(event) => set({ channel: event.currentTarget.value || undefined })}
        data={[option('', t('portal.statistics.channelAll')), ...Object.keys(tokens.colour.channel).map((name) => option(name, t(`channel.${name}`)))]}
      />
      <NativeSelect
        size="xs"
        label={t('portal.statistics.direction')}
        value={search.direction ?? ''}
        onChange={(event) => set({ direction: (event.currentTarget.value || undefined) as StatisticsSearch['direction'] })}
        data={[option('', t('portal.statistics.directionAll')), option('sent', t('portal.direction.sent')), option('received', t('portal.direction.received'))]}
      />
      <NativeSelect
        size="xs"
        label={t('portal.statistics.internalLabel')}
        value={search.internal === undefined ? '' : String(search.internal)}
        onChange={(event) => set({ internal: event.currentTarget.value === '' ? undefined : event.currentTarget.value === 'true' })}
        data={[option('', t('portal.statistics.internal.all')), option('true', t('portal.statistics.internal.true')), option('false', t('portal.statistics.internal.false'))]}
      />
    </div>
  );
}
