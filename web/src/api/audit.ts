// The audit trail.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import type { components, paths } from './schema';

export type AuditEntry = components['schemas']['AuditEntry'];

export interface AuditFilter {
  text?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  company?: string | undefined;
  person?: string | undefined;
  objectId?: string | undefined;
}

type Query = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>;
const names = ['text', 'from', 'to', 'company', 'person', 'objectId'] as const;

function queryOf(filter: AuditFilter): Query {
  const query: Query = filter.action ? { action: [filter.action] } : {};
  for (const name of names) {
    const value = filter[name];
    if (value) query[name] = value;
  }
  return query;
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/audit', { query: { ...queryOf(filter), limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const documentAuditQuery = (id: string) =>
  queryOptions({
    queryKey: ['documents', id, 'audit'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/audit', { path: { id }, signal }),
    staleTime: 0,
  });

export const auditExportHref = (filter: AuditFilter, format: 'csv' | 'jsonl', language: 'sv' | 'en') =>
  address('/api/v1/audit/export', { query: { ...queryOf(filter), format, language } });
