// The question about partners that are not the same, with its cache key: apart from queries.ts, which the first page fetches.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';

export const partnerDistinctionsQuery = (partner?: string) =>
  queryOptions({
    queryKey: ['partners', 'distinctions', partner ?? ''],
    queryFn: ({ signal }) => api.get('/api/v1/partners/distinctions', { query: partner ? { partner } : {}, signal }),
  });
