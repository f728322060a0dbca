// The questions about hand-over and the watched folder, with their cache keys.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Handover = Schemas['Handover'];
export type HandoverKind = Schemas['HandoverKind'];
export type HandoverWay = Handover['way'];
export type HandoverSettings = Schemas['HandoverSettings'];
export type HandoverAvailable = Schemas['HandoverAvailable'];
export type HandoverTest = Schemas['HandoverTest'];
export type WaitingHandover = Schemas['WaitingHandover'];
export type WatchedFolder = Schemas['WatchedFolder'];

export const handoverSettingsQuery = queryOptions({
  queryKey: ['handover', 'settings'],
  queryFn: ({ signal }) => api.get('/api/v1/handovers/settings', { signal }),
});

export const waitingQuery = queryOptions({
  queryKey: ['handover', 'waiting'],
  queryFn: ({ signal }) => api.get('/api/v1/handovers', { query: { limit: 50 }, signal }),
  refetchInterval: 15_000,
});

const isUnderWay = ({ state, evidence }: HandoverTest) => state === 'sending' || state === 'waiting' || (state === 'sent' && evidence === 'file');

// What happens with a test is seen as it happens.
export const handoverTestsQuery = queryOptions({
  queryKey: ['handover', 'tests'],
  queryFn: ({ signal }) => api.get('/api/v1/handovers/tests', { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1500 : false),
});

export const watchedFolderQuery = queryOptions({
  queryKey: ['watched-folder'],
  queryFn: ({ signal }) => api.get('/api/v1/settings/watched-folder', { signal }),
  refetchInterval: 15_000,
});
