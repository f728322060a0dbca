// The questions about Smartmail, with their cache keys, and what a sender does about one or many.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import { asProblem, type Problem } from './problem';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type SmartmailState = Schemas['SmartmailState'];
export type SmartmailItem = Schemas['SmartmailItem'];
export type SmartmailSummary = Schemas['SmartmailSummary'];
export type SmartmailSettings = Schemas['SmartmailSettings'];
export type SmartmailChange = Schemas['SmartmailChange'];
export type SmartmailTrial = Schemas['SmartmailTrial'];
export type SmartmailTrialChange = Schemas['SmartmailTrialChange'];
export type SmartmailActions = Schemas['SmartmailActions'];
export type SmartmailQuery = Omit<NonNullable<paths['/api/v1/smartmail']['get']['parameters']['query']>, 'cursor' | 'limit'>;
export type SummaryQuery = NonNullable<paths['/api/v1/smartmail/summary']['get']['parameters']['query']>;
export type ActionName = Schemas['SmartmailAction']['action'];

const pageSize = 50;
const actedOnMost = 200; // documents in one request

export const smartmailQuery = (query: SmartmailQuery) =>
  infiniteQueryOptions({
    queryKey: ['smartmail', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/smartmail', { query: { ...query, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const smartmailSummaryQuery = (query: SummaryQuery) =>
  queryOptions({
    queryKey: ['smartmail', 'summary', query],
    queryFn: ({ signal }) => api.get('/api/v1/smartmail/summary', { query, signal }),
    placeholderData: keepPreviousData,
  });

export const smartmailSettingsQuery = queryOptions({
  queryKey: ['smartmail', 'settings'],
  queryFn: ({ signal }) => api.get('/api/v1/smartmail/settings', { signal }),
});

export const partnerSmartmailQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['partner', identifier, 'smartmail'],
    queryFn: ({ signal }) => api.get('/api/v1/partners/{identifier}/smartmail', { path: { identifier }, signal }),
  });

export const smartmailTrialQuery = (tried: SmartmailTrialChange) =>
  queryOptions({
    queryKey: ['smartmail-trial', tried],
    queryFn: ({ signal }) => api.post('/api/v1/smartmail/trials', { body: tried, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });

export const smartmailExportHref = (query: SmartmailQuery, language: 'sv' | 'en') =>
  address('/api/v1/smartmail/export', { query: { ...query, language } });

// All that go to paper at this instant: what the band above the list is about.
export async function dueAt(at: string, query: SmartmailQuery): Promise<SmartmailItem[]> {
  const found: SmartmailItem[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Schemas['SmartmailList'] = await api.get('/api/v1/smartmail', {
      query: { ...query, state: ['waiting'], sort: 'deadline', limit: actedOnMost, ...(cursor ? { cursor } : {}) },
    });
    const due = page.items.filter((item) => item.deadline !== null && item.deadline <= at);
    found.push(...due);
    cursor = due.length < page.items.length ? null : page.nextCursor;
  }
  return found;
}

export interface ActionOutcome {
  id: string;
  problem: Problem | null;
}

// Each document by itself. A request that fails says so for those it was about; the others stand.
export async function actOn(action: ActionName, documents: readonly string[], days?: number): Promise<ActionOutcome[]> {
  const outcomes: ActionOutcome[] = [];
  for (let first = 0; first < documents.length; first += actedOnMost) {
    const some = documents.slice(first, first + actedOnMost);
    try {
      const answer = await api.post('/api/v1/smartmail/actions', { body: { action, documents: some, ...(days === undefined ? {} : { days }) } });
      outcomes.push(...answer.items.map(({ id, done, problem }) => ({ id, problem: done ? null : problem })));
    } catch (error) {
      outcomes.push(...some.map((id) => ({ id, problem: asProblem(error) })));
    }
  }
  return outcomes;
}
