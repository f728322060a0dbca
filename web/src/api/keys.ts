// The questions about API keys, with their cache keys.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ApiKey = Schemas['Key'];
export type KeyScope = Schemas['KeyScope'];
export type MadeKey = Schemas['MadeKey'];
export type KeyDays = Schemas['KeyInput']['expiresInDays'];

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => api.get('/api/v1/keys', { signal }),
});

// In the order of the form: what is done with documents first, then what is set.
export const keyScopes = [
  'documents:read',
  'documents:write',
  'partners:read',
  'partners:write',
  'statistics:read',
  'filters:read',
  'filters:write',
  'companies:read',
  'companies:write',
  'users:read',
  'users:write',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
  'tickets:read',
  'tickets:write',
] as const satisfies readonly KeyScope[];
