// Users, invitations, and one's own account: the questions and their keys.
import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { Session } from './queries';
import type { components } from './schema';

type Schemas = components['schemas'];
export type User = Schemas['User'];
export type Invitation = Schemas['Invitation'];
export type Membership = Schemas['Membership'];
export type Role = Membership['role'];
export type Me = Schemas['Me'];
export type MeChange = Schemas['MeChange'];
export type OwnSession = Schemas['OwnSession'];
export type SecondFactorAsked = Schemas['SecondFactorAsked'];
export const roles: Role[] = ['reader', 'support', 'clerk', 'administrator'];

export const isAsked = (answer: Session | SecondFactorAsked): answer is SecondFactorAsked => 'secondFactor' in answer;

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => api.get('/api/v1/users', { signal }) });
export const userSessionsQuery = (userId: string) =>
  queryOptions({ queryKey: ['users', userId, 'sessions'], queryFn: ({ signal }) => api.get('/api/v1/users/{userId}/sessions', { path: { userId }, signal }) });
export const invitationsQuery = queryOptions({ queryKey: ['users', 'invitations'], queryFn: ({ signal }) => api.get('/api/v1/invitations', { signal }) });
export const demandQuery = queryOptions({ queryKey: ['users', 'demand'], queryFn: ({ signal }) => api.get('/api/v1/settings/second-factor', { signal }) });
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => api.get('/api/v1/me', { signal }) });
export const viewsQuery = queryOptions({ queryKey: ['me', 'views'], queryFn: ({ signal }) => api.get('/api/v1/me/views', { signal }) });
export const sharedViewsQuery = queryOptions({ queryKey: ['views'], queryFn: ({ signal }) => api.get('/api/v1/views', { signal }) });
export const secondFactorQuery = queryOptions({ queryKey: ['me', 'second-factor'], queryFn: ({ signal }) => api.get('/api/v1/me/second-factor', { signal }) });
export const ownSessionsQuery = queryOptions({ queryKey: ['me', 'sessions'], queryFn: ({ signal }) => api.get('/api/v1/sessions', { signal }) });
