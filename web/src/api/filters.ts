// The questions about filters and registers, with their cache keys.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, address, csrfHeader, problemOf } from './client';
import { unreachable } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Filter = Schemas['Filter'];
export type FilterVersion = Schemas['FilterVersion'];
export type Rule = Schemas['Rule'];
export type Condition = Schemas['Condition'];
export type Vocabulary = Schemas['Vocabulary'];
export type VocabularyTerm = Vocabulary['terms'][number];
export type VocabularyTest = Vocabulary['tests'][number];
export type Trial = Schemas['Trial'];
export type Register = Schemas['Register'];
export type RegisterRow = Schemas['RegisterRow'];
export type RegisterKind = Register['kind'];
export type ImportPreview = Schemas['ImportPreview'];
export type Import = Schemas['Import'];
export type RuleProblem = Schemas['RuleProblem'];

export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => api.get('/api/v1/filters', { signal }),
});

export const filterQuery = (filterId: string) =>
  queryOptions({
    queryKey: ['filters', filterId],
    queryFn: ({ signal }) => api.get('/api/v1/filters/{filterId}', { path: { filterId }, signal }),
    staleTime: Infinity, // what is being edited does not change under the hands; saving tells when somebody was first
    gcTime: 0,
  });

export const filterVersionsQuery = (filterId: string) =>
  queryOptions({
    queryKey: ['filters', filterId, 'versions'],
    queryFn: ({ signal }) => api.get('/api/v1/filters/{filterId}/versions', { path: { filterId }, signal }),
  });

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: ({ signal }) => api.get('/api/v1/filters/vocabulary', { signal }),
  staleTime: Infinity,
});

export const readBackQuery = (rules: Rule[]) =>
  queryOptions({
    queryKey: ['read-back', rules],
    queryFn: ({ signal }) => api.post('/api/v1/filters/read-back', { body: { rules }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });

export const trialQuery = (trialId: string) =>
  queryOptions({
    queryKey: ['trial', trialId],
    queryFn: ({ signal }) => api.get('/api/v1/filters/trials/{trialId}', { path: { trialId }, signal }),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== 'running' ? false : 250),
    staleTime: 0,
  });

// What the trial caught, from where its own list ends.
export const trialDocumentsQuery = (trialId: string, from: string) =>
  infiniteQueryOptions({
    queryKey: ['trial', trialId, 'documents'],
    queryFn: ({ signal, pageParam }) => api.get('/api/v1/filters/trials/{trialId}/documents', { path: { trialId }, query: { cursor: pageParam, limit: 200 }, signal }),
    initialPageParam: from,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Infinity,
  });

export const registersQuery = queryOptions({
  queryKey: ['registers'],
  queryFn: ({ signal }) => api.get('/api/v1/registers', { signal }),
});

export const registerQuery = (registerId: string) =>
  queryOptions({
    queryKey: ['registers', registerId],
    queryFn: ({ signal }) => api.get('/api/v1/registers/{registerId}', { path: { registerId }, signal }),
  });

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['import', importId],
    queryFn: ({ signal }) => api.get('/api/v1/registers/imports/{importId}', { path: { importId }, signal }),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== 'running' ? false : 400),
    staleTime: 0,
  });

interface ImportOptions {
  preview?: boolean;
  mode?: 'replace' | 'add';
  columns?: string;
}

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function sendTable<A>(registerId: string, file: File, query: ImportOptions): Promise<A> {
  const type = /\.xlsx$/i.test(file.name) ? workbook : /\.(csv|txt)$/i.test(file.name) ? 'text/csv' : 'application/octet-stream';
  const response = await fetch(address('/api/v1/registers/{registerId}/import', { path: { registerId }, query }), {
    method: 'POST',
    headers: { ...csrfHeader(), Accept: 'application/json', 'Content-Type': type, 'X-File-Name': encodeURIComponent(file.name) },
    credentials: 'same-origin',
    body: file,
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as A;
}

export const previewImport = (registerId: string, file: File, columns?: string) =>
  sendTable<ImportPreview>(registerId, file, { preview: true, ...(columns ? { columns } : {}) });
export const startImport = (registerId: string, file: File, mode: 'replace' | 'add', columns: string) =>
  sendTable<Import>(registerId, file, { mode, columns });
