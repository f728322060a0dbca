// The questions about leads, with their cache keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Lead = Schemas['Lead'];
export type LeadDetail = Schemas['LeadDetail'];
export type LeadNote = LeadDetail['notes'][number];
export type LeadState = Schemas['LeadState'];
export type LeadChange = Schemas['LeadChange'];
export type LeadCustomer = Schemas['LeadCustomer'];
export type LeadBecame = Schemas['LeadBecame'];

export interface LeadFilter {
  state?: LeadState | undefined;
  query?: string | undefined;
  mine?: '1' | undefined;
}

const asked = ({ state, query, mine }: LeadFilter) => ({ ...(state ? { state: [state] } : {}), ...(query ? { query } : {}), ...(mine ? { assignedTo: 'me' } : {}) });

export const leadsQuery = (filter: LeadFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', 'list', filter],
    queryFn: ({ signal, pageParam }) => api.get('/api/v1/leads', { query: { limit: 50, ...asked(filter), ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });

export const leadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['leads', 'one', leadId],
    queryFn: ({ signal }) => api.get('/api/v1/leads/{leadId}', { path: { leadId }, signal }),
  });

export const leadSettingsQuery = queryOptions({
  queryKey: ['leads', 'settings'],
  queryFn: ({ signal }) => api.get('/api/v1/leads/settings', { signal }),
});

export const leadsFile = (filter: LeadFilter, language: string) => address('/api/v1/leads/export', { query: { ...asked(filter), language } });
