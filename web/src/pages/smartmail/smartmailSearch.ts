// What the page of Smartmail shows, as it stands in its address.
import type { SmartmailQuery, SmartmailState, SummaryQuery } from '@/api/smartmail';
import { isDate, plusDays } from '@/format/dates';
import { text } from '@/search';

export const tabs = ['waiting', 'opened', 'posted', 'bounced', 'failed'] as const satisfies readonly SmartmailState[];
export type Tab = (typeof tabs)[number];

export interface SmartmailSearch {
  tab?: Tab | undefined; // none: waiting
  query?: string | undefined;
  counterpart?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  sort?: 'deadline' | 'sentAt' | undefined; // none: as the tab is read
  panel?: 'trial' | undefined;
}

export const periodDays = 30; // what the page shows unless a period is chosen

const date = (value: unknown) => {
  const written = text(value);
  return isDate(written) ? written : undefined;
};

export function readSmartmailSearch(search: Record<string, unknown>): SmartmailSearch {
  const tab = tabs.find((name) => name === search.tab && name !== 'waiting');
  const usual = usualSort(tab ?? 'waiting');
  const found: SmartmailSearch = {
    tab,
    query: text(search.query),
    counterpart: text(search.counterpart),
    from: date(search.from),
    to: date(search.to),
    sort: (['deadline', 'sentAt'] as const).find((name) => name === search.sort && name !== usual),
    panel: search.panel === 'trial' ? 'trial' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export const usualSort = (tab: Tab): 'deadline' | 'sentAt' => (tab === 'waiting' ? 'deadline' : 'sentAt');

const given = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

// Whose and which, without the period: what waits now, whenever it was sent.
export function nowOf({ query, counterpart, from, to }: SmartmailSearch): SummaryQuery {
  return given({ query, counterpart, from, to }) as SummaryQuery;
}

// The same over the period: as chosen, otherwise the latest thirty days.
export function periodOf(search: SmartmailSearch, today: string): SummaryQuery {
  const chosen = search.from !== undefined || search.to !== undefined;
  return { ...nowOf(search), ...(chosen ? {} : { from: plusDays(today, 1 - periodDays) }) };
}

export function listOf(search: SmartmailSearch, today: string): SmartmailQuery {
  const tab = search.tab ?? 'waiting';
  const which = tab === 'waiting' ? nowOf(search) : periodOf(search, today);
  return { ...which, state: [tab], sort: search.sort ?? usualSort(tab) };
}

export const isFiltered = ({ query, counterpart, from, to }: SmartmailSearch) => [query, counterpart, from, to].some((value) => value !== undefined);
