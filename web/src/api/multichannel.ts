// The questions about Multikanal's policy, with their cache keys.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Policy = Required<Schemas['Policy']>;
export type PolicyDemand = Schemas['PolicyDemand'];
export type PolicyShown = Schemas['PolicyShown'];
export type PolicyTrial = Schemas['PolicyTrial'];

export const policyQuery = queryOptions({
  queryKey: ['multichannel', 'policy'],
  queryFn: ({ signal }) => api.get('/api/v1/multichannel/policy', { signal }),
});

// Every field of it, as the interface has it when it is left out.
export const whole = ({ by = 'price', order = [], demands = [], asks = false }: Schemas['Policy']): Policy => ({ by, order, demands, asks });

// What is being edited, in words.
export const policyWordsQuery = (policy: Policy) =>
  queryOptions({
    queryKey: ['multichannel', 'words', policy],
    queryFn: ({ signal }) => api.post('/api/v1/multichannel/policy/read-back', { body: policy, signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
