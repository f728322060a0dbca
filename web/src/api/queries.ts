// Every question the portal asks, with its cache key. Live events (live.ts) refresh them by these keys.
import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { api, setCsrfToken } from './client';
import { ApiProblem } from './problem';
import { setServerTime } from '@/format/dates';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type Session = Schemas['Session'];
export type DocumentSummary = Schemas['DocumentSummary'];
export type Party = Schemas['Party'];
export type Document = Schemas['Document'];
export type DocumentEvent = Schemas['Event'];
export type Delivery = Schemas['Delivery'];
export type Term = Schemas['Term'];
export type Finding = Schemas['Finding'];
export type Facets = Schemas['Facets'];
export type Overview = Schemas['Overview'];
export type Partner = Schemas['PartnerCounted'];
export type PartnerDetail = Schemas['PartnerDetail'];
export type CopyKind = Schemas['CopyKind'];
export type DocumentFilter = NonNullable<paths['/api/v1/documents/facets']['get']['parameters']['query']>;
export type DocumentQuery = NonNullable<paths['/api/v1/documents']['get']['parameters']['query']>;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.worthRetrying,
      },
    },
  });
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => takeSession(await api.get('/api/v1/session', { signal })),
  staleTime: Infinity,
});

export function takeSession(session: Session): Session {
  setCsrfToken(session.csrfToken);
  setServerTime(session.serverTime);
  return session;
}

export const documentsQuery = (query: DocumentQuery) =>
  queryOptions({
    queryKey: ['documents', query],
    queryFn: ({ signal }) => api.get('/api/v1/documents', { query, signal }),
    placeholderData: keepPreviousData,
  });

export const facetsQuery = (query: DocumentFilter) =>
  queryOptions({
    queryKey: ['facets', query],
    queryFn: ({ signal }) => api.get('/api/v1/documents/facets', { query, signal }),
    placeholderData: keepPreviousData,
  });

export const overviewQuery = (period: Overview['period']) =>
  queryOptions({
    queryKey: ['overview', period],
    queryFn: ({ signal }) => api.get('/api/v1/overview', { query: { period }, signal }),
    placeholderData: keepPreviousData,
  });

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}', { path: { id }, signal }),
  });

export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'events'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/events', { path: { id }, signal }),
  });

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'deliveries'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/deliveries', { path: { id }, signal }),
  });

export const findingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'findings'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/findings', { path: { id }, signal }),
  });

export const termsQuery = (id: string) =>
  queryOptions({
    queryKey: ['terms', id], // the content never changes: not among what live events refresh
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/terms', { path: { id }, signal }),
    staleTime: Infinity,
  });

export const partnersQuery = (query: string, cursor: string) =>
  queryOptions({
    queryKey: ['partners', 'search', query, cursor],
    queryFn: ({ signal }) => api.get('/api/v1/partners', { query: { query, limit: 4, ...(cursor ? { cursor } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });

export const partnerQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['partner', identifier],
    queryFn: ({ signal }) => api.get('/api/v1/partners/{identifier}', { path: { identifier }, signal }),
  });

export const partnerDoublesQuery = (partner?: string) =>
  queryOptions({
    queryKey: ['partners', 'doubles', partner ?? ''],
    queryFn: ({ signal }) => api.get('/api/v1/partners/doubles', { query: partner ? { partner } : {}, signal }),
  });

// How this counterpart is reached: every channel, asked now.
export const lookupQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['partner', identifier, 'lookup'],
    queryFn: ({ signal }) => api.get('/api/v1/channels/lookup', { query: { identifier }, signal }),
  });
