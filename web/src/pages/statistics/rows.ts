// A row of statistics: what it is called, and which documents are behind it.
import type { TFunction } from 'i18next';
import type { Group, StatisticsList, StatisticsRow } from '@/api/statistics';
import { plusDays } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import type { ListSearch } from '@/pages/documents/listSearch';
import { isTime, lastOfMonth, type StatisticsSearch } from './statisticsSearch';

type Named = { identifier: string | null; name: string | null };

export function labelOf(t: TFunction, by: Group, row: StatisticsRow, country: (code: string) => string): string {
  const value = (row as Record<string, unknown>)[by];
  if (by === 'company' || by === 'group' || by === 'counterpart') {
    const { name, identifier } = (value ?? {}) as Partial<Named>;
    if (name) return name;
    if (identifier) return identifierText(identifier);
    return by === 'counterpart' ? t('portal.statistics.none.counterpart') : t('portal.statistics.unknown');
  }
  if (by === 'internal') return t(`portal.statistics.internal.${value === true}`);
  if (typeof value !== 'string') return t(`portal.statistics.none.${by}`);
  if (by === 'channel') return t(`channel.${value}`, { defaultValue: value });
  if (by === 'direction') return t(`portal.direction.${value}`);
  if (by === 'type') return t(`portal.type.${value}`, { defaultValue: value });
  if (by === 'status') return t(`status.document.${value}`, { defaultValue: value });
  if (by === 'country') return country(value);
  return value;
}

const quarterMonths = 3;
const weekMs = 604_800_000;

// The days of a week, a month, a quarter or a year, as the server names them.
export function daysOfLabel(by: Group, label: string): { from: string; to: string } | undefined {
  if (by === 'day') return { from: label, to: label };
  if (by === 'month') return { from: `${label}-01`, to: lastOfMonth(`${label}-01`) };
  if (by === 'year') return { from: `${label}-01-01`, to: `${label}-12-31` };
  if (by === 'quarter') {
    const [year = '', number = '1'] = label.split('-Q');
    const month = (at: number) => `${year}-${String(at).padStart(2, '0')}-01`;
    const last = Number(number) * quarterMonths;
    return { from: month(last - quarterMonths + 1), to: lastOfMonth(month(last)) };
  }
  if (by !== 'week') return undefined;
  const [year = '', number = '1'] = label.split('-W');
  // The fourth of January is in the first week, whichever day it is.
  const fourth = new Date(`${year}-01-04T00:00:00Z`);
  const monday = 1 - (fourth.getUTCDay() || 7);
  const from = plusDays(`${year}-01-04`, monday + (Number(number) - 1) * 7);
  return { from, to: plusDays(from, 6) };
}

// The week, the month, the quarter or the year of a day, as the server names it.
export function labelOfDay(by: Group, day: string): string {
  const [year = '', month = '1'] = day.split('-');
  if (by === 'month') return day.slice(0, 7);
  if (by === 'year') return year;
  if (by === 'quarter') return `${year}-Q${Math.ceil(Number(month) / quarterMonths)}`;
  if (by !== 'week') return day;
  // A week belongs to the year of its Thursday.
  const thursday = plusDays(day, 4 - (new Date(`${day}T00:00:00Z`).getUTCDay() || 7));
  const since = Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`);
  return `${thursday.slice(0, 4)}-W${String(1 + Math.floor(since / weekMs)).padStart(2, '0')}`;
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);

// The list with the same filter; nothing where a list knows no such filter.
export function documentsOf(search: StatisticsSearch, by: Group, row: StatisticsRow | undefined, period: StatisticsList['period']): ListSearch | undefined {
  const list: ListSearch = {};
  if (period) Object.assign(list, { from: period.from, to: period.to });
  if (search.company) list.company = search.company;
  if (search.channel) list.channel = [search.channel];
  if (search.direction) list.direction = search.direction;
  if (search.internal !== undefined) list.internal = search.internal;
  if (!row) return list;
  const value = (row as Record<string, unknown>)[by];
  if (isTime(by)) {
    const days = typeof value === 'string' ? daysOfLabel(by, value) : undefined;
    if (!days) return undefined;
    return { ...list, from: later(days.from, list.from ?? days.from), to: earlier(days.to, list.to ?? days.to) };
  }
  if (by === 'internal') return { ...list, internal: value === true };
  if (by === 'company' || by === 'counterpart') {
    const { identifier } = (value ?? {}) as Partial<Named>;
    if (!identifier) return undefined;
    return by === 'company' ? { ...list, company: identifier } : { ...list, counterpart: identifier };
  }
  if (typeof value !== 'string') return undefined;
  if (by === 'channel') return { ...list, channel: [value] };
  if (by === 'type') return { ...list, type: [value] };
  if (by === 'status') return { ...list, status: [value] };
  if (by === 'direction') return { ...list, direction: value === 'sent' ? 'sent' : 'received' };
  return undefined;
}

// Every period between the first and the last, so that an empty one is a gap and no other's neighbour.
export function withGaps(by: Group, rows: readonly StatisticsRow[]): StatisticsRow[] {
  if (!isTime(by) || rows.some((row) => typeof (row as Record<string, unknown>)[by] !== 'string')) return [...rows];
  const of = (row: StatisticsRow) => String((row as Record<string, unknown>)[by]);
  const known = new Map(rows.map((row) => [of(row), row]));
  const first = rows[0] && of(rows[0]);
  const last = rows.at(-1) && of(rows.at(-1) as StatisticsRow);
  const all: StatisticsRow[] = [];
  if (first === undefined || last === undefined) return all;
  const next = (at: string) => labelOfDay(by, plusDays(daysOfLabel(by, at)?.to ?? at, 1));
  for (let at = first; at <= last && all.length < 1000; at = next(at)) all.push(known.get(at) ?? ({ [by]: at } as StatisticsRow));
  return all;
}
