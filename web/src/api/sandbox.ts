// The question about the company's sandbox, with its cache key.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type SandboxState = Schemas['SandboxState'];
export type SandboxMade = Schemas['SandboxMade'];
export type SandboxDocument = Schemas['SandboxDocument'];
export type TestReceiver = Schemas['TestReceiver'];

export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: ({ signal }) => api.get('/api/v1/sandbox', { signal }),
});
