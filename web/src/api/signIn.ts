// How the company's people sign in: the questions and their keys.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type IdentityProviderChange = Schemas['IdentityProviderChange'];
export type SignInDomain = Schemas['SignInDomain'];
export type ProviderTrial = Schemas['ProviderTrial'];

export const identityProviderQuery = queryOptions({
  queryKey: ['identity-provider'],
  queryFn: ({ signal }) => api.get('/api/v1/identity-provider', { signal }),
});

// Asked of the domain alone: who has an account is nobody's business at the door.
export const domainProviderQuery = (domain: string) =>
  queryOptions({
    queryKey: ['sign-in-provider', domain],
    queryFn: ({ signal }) => api.get('/api/v1/oidc/provider', { query: { domain }, signal }),
    staleTime: 60_000,
    retry: false,
  });
