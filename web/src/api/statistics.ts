// What the page of statistics asks.
import { queryOptions } from '@tanstack/react-query';
import { address, api } from './client';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type StatisticsList = Schemas['StatisticsList'];
export type StatisticsRow = Schemas['StatisticsRow'];
export type Figures = Schemas['StatisticsFigures'];
export type Schedule = Schemas['StatisticsSchedule'];
export type PaperMoves = Schemas['PaperMoves'];
export type StatisticsQuery = NonNullable<paths['/api/v1/statistics']['get']['parameters']['query']>;
export type Measure = NonNullable<StatisticsQuery['measures']>[number];
export type Group = NonNullable<StatisticsQuery['groupBy']>[number];

export const statisticsQuery = (query: StatisticsQuery) =>
  queryOptions({
    queryKey: ['statistics', query],
    queryFn: ({ signal }) => api.get('/api/v1/statistics', { query, signal }),
    // What stood before stays meanwhile, where it was of the same measures in the same groups: other rows have other names.
    placeholderData: (before: StatisticsList | undefined, asked) => (asked && sameShape(asked.queryKey[1] as StatisticsQuery, query) ? before : undefined),
  });
const sameShape = (a: StatisticsQuery, b: StatisticsQuery) => String(a.groupBy) === String(b.groupBy) && String(a.measures) === String(b.measures);

export const movesQuery = queryOptions({
  queryKey: ['statistics', 'moves'],
  queryFn: ({ signal }) => api.get('/api/v1/statistics/moves', { signal }),
});

export const schedulesQuery = queryOptions({
  queryKey: ['statistics-schedules'],
  queryFn: ({ signal }) => api.get('/api/v1/statistics/schedules', { signal }),
});

export const exportHref = (query: StatisticsQuery, format: 'xlsx' | 'csv' | 'pdf', language: 'sv' | 'en') =>
  address('/api/v1/statistics/export', { query: { ...query, format, language } });
