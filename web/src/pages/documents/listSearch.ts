// What a list of documents shows, as it stands in the address.
import { isDate } from '@/format/dates';
import { list, text } from '@/search';
import type { DocumentFilter, DocumentQuery } from '@/api/queries';

export type Sort = NonNullable<DocumentQuery['sort']>;
export const sorts: readonly Sort[] = ['-receivedAt', 'receivedAt', '-dueDate', 'dueDate', '-amount', 'amount'];
export const pageSize = 50;

export interface ListSearch {
  query?: string;
  direction?: 'sent' | 'received';
  status?: string[];
  channel?: string[];
  type?: string[];
  counterpart?: string;
  from?: string;
  to?: string;
  dueFrom?: string;
  dueTo?: string;
  amountFrom?: string;
  amountTo?: string;
  sort?: Sort;
  cursor?: string;
  at?: number; // how many rows stand before this page; only shown
}

const given = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

const date = (value: unknown) => {
  const written = text(value);
  return isDate(written) ? written : undefined;
};
const number = (value: unknown) => {
  const written = text(value);
  return written && /^-?\d+(\.\d+)?$/.test(written) ? written : undefined;
};

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const sort = text(search.sort);
  const at = Number(search.at ?? 0);
  return given<Required<ListSearch>>({
    query: text(search.query),
    direction: search.direction === 'sent' || search.direction === 'received' ? search.direction : undefined,
    status: list(search.status),
    channel: list(search.channel),
    type: list(search.type),
    counterpart: text(search.counterpart),
    from: date(search.from),
    to: date(search.to),
    dueFrom: date(search.dueFrom),
    dueTo: date(search.dueTo),
    amountFrom: number(search.amountFrom),
    amountTo: number(search.amountTo),
    sort: sorts.find((known) => known === sort && known !== '-receivedAt'),
    cursor: text(search.cursor),
    at: Number.isInteger(at) && at > 0 ? at : undefined,
  }) as ListSearch;
}

const unfiltering: (keyof ListSearch)[] = ['sort', 'cursor', 'at'];

function narrowing(search: ListSearch): Partial<ListSearch> {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !unfiltering.some((other) => other === name)));
}

// The filter alone: what counts and sums are asked with.
export function filterOf(search: ListSearch, direction: 'sent' | 'received' | undefined): DocumentFilter {
  return { ...narrowing(search), ...(direction ? { direction } : {}) } as DocumentFilter;
}

export function queryOf(search: ListSearch, direction: 'sent' | 'received' | undefined): DocumentQuery {
  return {
    ...filterOf(search, direction),
    sort: search.sort ?? '-receivedAt',
    limit: pageSize,
    ...(search.cursor ? { cursor: search.cursor } : {}),
  };
}

export function isFiltered(search: ListSearch): boolean {
  return Object.keys(narrowing(search)).length > 0;
}
