// The questions about internet banks, with their cache keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, api, csrfHeader, problemOf } from './client';
import { unreachable } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type BankAgreement = Schemas['BankAgreement'];
export type AgreementStatus = Schemas['BankAgreementStatus'];
export type BankDecision = Schemas['BankAgreementDecision'];
export type BankSettings = Schemas['BankSettings'];
export type BankFile = Schemas['BankFile'];

export const bankSettingsQuery = queryOptions({
  queryKey: ['bank', 'settings'],
  queryFn: ({ signal }) => api.get('/api/v1/bank-agreements/settings', { signal }),
});

export const agreementsQuery = (status: AgreementStatus) =>
  infiniteQueryOptions({
    queryKey: ['bank', 'agreements', status],
    queryFn: ({ signal, pageParam }) => api.get('/api/v1/bank-agreements', { query: { status, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const bankFilesQuery = queryOptions({
  queryKey: ['bank', 'files'],
  queryFn: ({ signal }) => api.get('/api/v1/bank-files', { query: { limit: 20 }, signal }),
});

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function importAgreements(file: File): Promise<Schemas['BankImport']> {
  const response = await fetch(address('/api/v1/bank-agreements/import', {}), {
    method: 'POST',
    headers: { ...csrfHeader(), Accept: 'application/json', 'Content-Type': /\.xlsx$/i.test(file.name) ? workbook : 'text/csv' },
    credentials: 'same-origin',
    body: file,
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Schemas['BankImport'];
}
