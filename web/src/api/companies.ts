// The questions about companies, their groups and who sees whom, with their cache keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Company = Schemas['Company'];
export type CompanyDetail = Schemas['CompanyDetail'];
export type CompanyContact = Schemas['CompanyContact'];
export type CompanyChange = Schemas['CompanyChange'];
export type CompanySetting = Schemas['CompanySetting'];
export type CompanySettingValue = Schemas['CompanySettingValue'];
export type PostalAddress = Schemas['PostalAddress'];
export type Group = Schemas['Group'];
export type GroupCompany = Group['companies'][number];
export type Insight = Schemas['Insight'];
export type InsightCompany = Insight['companies'][number];
export type InsightGrant = Schemas['InsightGrant'];
export type InsightTerms = Schemas['InsightTerms'];
export type DocumentType = Schemas['DocumentType'];

export const companyQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['companies', companyId],
    queryFn: ({ signal }) => api.get('/api/v1/companies/{companyId}', { path: { companyId }, signal }),
  });

export const companySettingsQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['companies', companyId, 'settings'],
    queryFn: ({ signal }) => api.get('/api/v1/companies/{companyId}/settings', { path: { companyId }, signal }),
  });

const groups_page = 50;

export const groupsQuery = infiniteQueryOptions({
  queryKey: ['groups'],
  queryFn: ({ signal, pageParam }) => api.get('/api/v1/groups', { query: { limit: groups_page, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export const insightQuery = queryOptions({
  queryKey: ['insight'],
  queryFn: ({ signal }) => api.get('/api/v1/insight', { signal }),
});

export const createCompany = (body: Schemas['NewCompany']) => api.post('/api/v1/companies', { body });
export const moveCompany = (companyId: string, parent: string | null) => api.put('/api/v1/companies/{companyId}/parent', { path: { companyId }, body: { parent } });
export const patchCompany = (companyId: string, body: CompanyChange) => api.patch('/api/v1/companies/{companyId}', { path: { companyId }, body });
export const putIdentifiers = (companyId: string, identifier: string, identifiers: string[]) =>
  api.put('/api/v1/companies/{companyId}/identifiers', { path: { companyId }, body: { identifier, identifiers } });
