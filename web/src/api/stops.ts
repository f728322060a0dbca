// The questions about stops, corrections and what is told about them, with their cache keys.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Stopped = Schemas['Stopped'];
export type StoppedGroup = Schemas['StoppedGroup'];
export type StoppedItem = Schemas['StoppedItem'];
export type StoppedSender = Schemas['StoppedSender'];
export type CorrectedItem = Schemas['CorrectedItem'];
export type Notice = Schemas['Notice'];
export type Correction = Schemas['Correction'];
export type CorrectionField = Schemas['CorrectionField'];
export type CorrectionFinding = Schemas['CorrectionFinding'];
export type CorrectionChange = Schemas['CorrectionChange'];
export type CorrectionPreview = Schemas['CorrectionPreview'];
export type CorrectionSent = Schemas['CorrectionSent'];
export type Difference = Schemas['Difference'];
export type CutOut = Schemas['CutOut'];
export type GroupResult = Schemas['GroupCorrectionResult'];
export type NewAttachment = Schemas['NewAttachment'];
export type RememberedRule = Schemas['RememberedRule'];
export type NoticeTexts = Schemas['NoticeTexts'];
export type LinkState = Schemas['Link'];
export type Side = 'sent' | 'received';
export type GroupBy = 'cause' | 'counterpart' | 'due';

export const stoppedQuery = (side: Side, groupBy: GroupBy) =>
  queryOptions({
    queryKey: ['stopped', side, groupBy],
    queryFn: ({ signal }) => api.get('/api/v1/stopped', { query: { side, groupBy }, signal }),
    placeholderData: (before: Stopped | undefined, query) => (query?.queryKey[1] === side ? before : undefined),
  });

export const stoppedSendersQuery = queryOptions({
  queryKey: ['stopped', 'senders'],
  queryFn: ({ signal }) => api.get('/api/v1/stopped/senders', { signal }),
});

export const correctedQuery = (side: Side, limit: number) =>
  queryOptions({
    queryKey: ['stopped', 'corrected', side, limit],
    queryFn: ({ signal }) => api.get('/api/v1/stopped/corrected', { query: { side, limit }, signal }),
    placeholderData: keepPreviousData,
  });

export const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'notices'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/notices', { path: { id }, signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'versions'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/versions', { path: { id }, signal }),
  });

export const resendQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'resend'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/resend', { path: { id }, signal }),
  });

export const rememberedQuery = queryOptions({
  queryKey: ['remembered'],
  queryFn: ({ signal }) => api.get('/api/v1/rules-remembered', { signal }),
});

export const noticeTextsQuery = queryOptions({
  queryKey: ['notice-texts'],
  queryFn: ({ signal }) => api.get('/api/v1/settings/notice-texts', { signal }),
});

export const noticeEmailQuery = queryOptions({
  queryKey: ['notice-email'],
  queryFn: ({ signal }) => api.get('/api/v1/settings/notice-email', { signal }),
});

export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: ({ signal }) => api.get('/api/v1/links/{token}', { path: { token }, signal }),
  });
