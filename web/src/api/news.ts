// What one has been told: the questions and their keys. The bell's figure is in the frame, the rest is not.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Notification = Schemas['Notification'];
export type NewsKind = Schemas['NewsKind'];

export const newsCountsQuery = queryOptions({
  queryKey: ['news', 'counts'],
  queryFn: ({ signal }) => api.get('/api/v1/notifications/counts', { signal }),
});

export interface NewsFilter {
  unread?: true;
  kind?: NewsKind;
}

const pageSize = 30;
export const newsQuery = (filter: NewsFilter) =>
  infiniteQueryOptions({
    queryKey: ['news', 'list', filter],
    queryFn: ({ pageParam, signal }) => api.get('/api/v1/notifications', { query: { ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
