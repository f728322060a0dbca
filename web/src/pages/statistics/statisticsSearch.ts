// What the page of statistics shows, as it stands in its address, and what that asks.
import type { Group, Measure, StatisticsQuery } from '@/api/statistics';
import { isDate, today } from '@/format/dates';
import { text } from '@/search';

export const measures = ['documents', 'amount', 'cost', 'pages', 'delivered', 'opened', 'stopped', 'timeToDelivered', 'timeToOpened'] as const satisfies readonly Measure[];
export const periods = ['this-month', 'last-month', 'last-12-months', 'own'] as const;
export type Period = (typeof periods)[number];
export const times = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Group[];
const wholes = ['company', 'group', 'counterpart', 'channel', 'direction', 'type', 'status', 'format', 'country', 'internal'] as const satisfies readonly Group[];
export const groups: readonly Group[] = [...times, ...wholes];
const shown = 15; // bars, before the rest of them

export interface StatisticsSearch {
  measure?: Measure | undefined; // none: documents
  by?: Group | undefined; // none: by month
  period?: Period | undefined; // none: twelve months
  from?: string | undefined; // of an own period
  to?: string | undefined;
  company?: string | undefined; // an identifier
  channel?: string | undefined;
  direction?: 'sent' | 'received' | undefined;
  internal?: boolean | undefined;
}

// A day that somebody may mean: years of three figures are on their way to four.
export const isDay = (written: string | undefined): written is string => isDate(written) && written >= '1990' && written < '2200';
const date = (value: unknown) => {
  const written = text(value);
  return isDay(written) ? written : undefined;
};

export function readStatisticsSearch(search: Record<string, unknown>): StatisticsSearch {
  const internal = String(search.internal ?? '');
  const found: StatisticsSearch = {
    measure: measures.find((name) => name === search.measure && name !== 'documents'),
    by: groups.find((name) => name === search.by && name !== 'month'),
    period: periods.find((name) => name === search.period && name !== 'last-12-months'),
    from: date(search.from),
    to: date(search.to),
    company: text(search.company),
    channel: text(search.channel),
    direction: search.direction === 'sent' || search.direction === 'received' ? search.direction : undefined,
    internal: internal === 'true' ? true : internal === 'false' ? false : undefined,
  };
  if (found.period !== 'own') delete found.from;
  if (found.period !== 'own') delete found.to;
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export const isTime = (by: Group): boolean => (times as readonly Group[]).includes(by);
export const isOfTimes = (measure: Measure): boolean => measure === 'timeToDelivered' || measure === 'timeToOpened';

// What a measure can be divided by: the cubes of the server know times by fewer groups.
export function groupsOf(measure: Measure): readonly Group[] {
  if (!isOfTimes(measure)) return groups;
  return groups.filter((by) => !['counterpart', 'status', 'format', 'country'].includes(by));
}

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
export function lastOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

// An own period that is not chosen yet is this month so far.
function daysOf(search: StatisticsSearch, by: Group): Pick<StatisticsQuery, 'from' | 'to' | 'period'> {
  const period = search.period ?? 'last-12-months';
  if (period !== 'own') return { period };
  const to = search.to ?? today();
  const from = search.from ?? firstOfMonth(to);
  const [first, last] = from <= to ? [from, to] : [to, from];
  return by === 'counterpart' ? { from: firstOfMonth(first), to: lastOfMonth(last) } : { from: first, to: last };
}

const given = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

// The whole of the period, beside the one before it.
export function totalOf(search: StatisticsSearch): StatisticsQuery {
  const { measure = 'documents', by = 'month', company, channel, direction, internal } = search;
  return given({
    measures: [measure],
    ...daysOf(search, by),
    company,
    channel: channel ? [channel] : undefined,
    direction,
    internal,
    compare: 'previous',
  }) as StatisticsQuery;
}

// By groups: each beside what it was before; by months, each beside the one in the same place of the period before.
export function questionOf(search: StatisticsSearch): StatisticsQuery {
  const { by = 'month' } = search;
  return given({ ...totalOf(search), groupBy: [by], ...(isTime(by) ? {} : { top: shown }) }) as StatisticsQuery;
}

export const isFiltered = ({ company, channel, direction, internal }: StatisticsSearch) => [company, channel, direction, internal].some((value) => value !== undefined);
