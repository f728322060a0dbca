// The questions about exports of lists.
import { queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import type { components } from './schema';

export type Export = components['schemas']['Export'];
export type ExportForm = Export['form'];
export const exportForms: readonly ExportForm[] = ['xlsx', 'csv', 'pdfs', 'originals'];
export const isZip = (form: ExportForm) => form === 'pdfs' || form === 'originals';

const askedEach = 1_000;
export const isUnderWay = (one: Export) => one.state === 'waiting' || one.state === 'making';

export const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: ({ signal }) => api.get('/api/v1/exports', { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? askedEach : false),
});

export const exportFileHref = (exportId: string) => address('/api/v1/exports/{exportId}/file', { path: { exportId } });
