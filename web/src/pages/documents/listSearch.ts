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
  company?: string; // its documents alone
  number?: string; // exactly; the fields after it in part
  counterpartName?: string;
  customerNumber?: string;
  orgNumber?: string;
  buyerReference?: string;
  orderReference?: string;
  paymentReference?: string;
  line?: string; // in lines and notes
  attachment?: string; // file names
  finding?: string;
  ticket?: string;
  internal?: boolean; // between companies of one group, or not
  from?: string;
  to?: string;
  dueFrom?: string;
  dueTo?: string;
  amountFrom?: string;
  amountTo?: string;
  sort?: Sort;
  cursor?: string;
  at?: number; // how many rows stand before this page; only shown
  find?: boolean; // the form of the advanced search is open
}

export const textFields = ['number', 'counterpartName', 'customerNumber', 'orgNumber', 'buyerReference', 'orderReference', 'paymentReference', 'line', 'attachment', 'finding', 'ticket'] as const;
export type TextField = (typeof textFields)[number];
const textMost = 200; // as the API takes them

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

// In an address everything is a text.
const yesNo = (value: unknown) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined);
const words = (value: unknown) => text(typeof value === 'number' ? String(value) : value)?.trim().slice(0, textMost) || undefined;

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
    company: text(search.company),
    ...(Object.fromEntries(textFields.map((name) => [name, words(search[name])])) as Record<TextField, string | undefined>),
    internal: yesNo(search.internal),
    from: date(search.from),
    to: date(search.to),
    dueFrom: date(search.dueFrom),
    dueTo: date(search.dueTo),
    amountFrom: number(search.amountFrom),
    amountTo: number(search.amountTo),
    sort: sorts.find((known) => known === sort && known !== '-receivedAt'),
    cursor: text(search.cursor),
    at: Number.isInteger(at) && at > 0 ? at : undefined,
    find: yesNo(search.find) || undefined,
  }) as ListSearch;
}

const unfiltering: (keyof ListSearch)[] = ['sort', 'cursor', 'at', 'find'];

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
