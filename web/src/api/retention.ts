// The questions about retention and about persons, with their cache keys.
import { queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Retention = Schemas['Retention'];
export type RetentionRule = Schemas['RetentionRule'];
export type RetentionHold = Schemas['RetentionHold'];
export type PersonReport = Schemas['PersonReport'];

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => api.get('/api/v1/retention', { signal }),
});

export const forecastQuery = queryOptions({
  queryKey: ['retention', 'preview'],
  queryFn: ({ signal }) => api.get('/api/v1/retention/preview', { signal }),
});

// Each search is an act that is written down: it is asked once, not again by itself.
export const personQuery = (query: string) =>
  queryOptions({
    queryKey: ['person', query],
    queryFn: ({ signal }) => api.get('/api/v1/persons/report', { query: { query }, signal }),
    enabled: query !== '',
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

export const personHref = (query: string, language: string) => address('/api/v1/persons/report', { query: { query, format: 'csv', language } });
