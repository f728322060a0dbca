// What the list of partners shows, as it stands in the address.
import { list, text } from '@/search';

export const standings = ['active', 'new', 'long-silent', 'stopped', 'not-reachable', 'no-documents'] as const;
export type Standing = (typeof standings)[number];
export const partnerSorts = ['activity', 'name', 'documents', 'amount'] as const;
export type PartnerSort = (typeof partnerSorts)[number];
export const partnerChannels = ['network', 'system', 'peppol', 'email', 'bank', 'print'] as const;

export interface PartnerSearch {
  query?: string;
  status?: Standing[];
  channel?: string;
  paymentChanged?: true;
  sort?: PartnerSort; // absent: activity
  cursor?: string;
}

export function readPartnerSearch(search: Record<string, unknown>): PartnerSearch {
  const read: PartnerSearch = {};
  const query = text(search.query);
  const status = (list(search.status) ?? []).filter((one): one is Standing => (standings as readonly string[]).includes(one));
  const channel = text(search.channel);
  const sort = partnerSorts.find((one) => one === search.sort && one !== 'activity');
  const cursor = text(search.cursor);
  if (query) read.query = query;
  if (status.length > 0) read.status = status;
  if (channel && /^[a-z][a-z0-9-]{0,39}$/.test(channel)) read.channel = channel;
  if (search.paymentChanged === true || search.paymentChanged === 'true') read.paymentChanged = true;
  if (sort) read.sort = sort;
  if (cursor) read.cursor = cursor;
  return read;
}

export const isFiltered = ({ query, status, channel, paymentChanged }: PartnerSearch): boolean => Boolean(query ?? status ?? channel ?? paymentChanged);
