// Where a correction is read from and sent to: a document of one's own, or the one that a notice's link is about.
import { api, postForPage } from '@/api/client';
import type { Language } from '@/format/amounts';
import type { Correction, CorrectionChange, CorrectionPreview, CorrectionSent } from '@/api/stops';

export interface CorrectionSource {
  key: readonly string[];
  id: string;
  read: (signal: AbortSignal) => Promise<Correction>;
  attempt: (change: CorrectionChange, signal?: AbortSignal) => Promise<CorrectionPreview | CorrectionSent>;
  copyWith: (change: CorrectionChange, language: Language, signal: AbortSignal) => Promise<string>; // as its receiver would see it
}

export function ownDocument(id: string): CorrectionSource {
  return {
    key: ['document', id, 'correction'],
    id,
    read: (signal) => api.get('/api/v1/documents/{id}/correction', { path: { id }, signal }),
    attempt: (body, signal) => api.post('/api/v1/documents/{id}/corrections', { path: { id }, body, ...(signal ? { signal } : {}) }),
    copyWith: (body, language, signal) => postForPage('/api/v1/documents/{id}/corrections/preview', { path: { id }, query: { language }, body, signal }),
  };
}

export function byLink(token: string, documentId: string): CorrectionSource {
  const path = { token, documentId };
  return {
    key: ['link', token, documentId],
    id: documentId,
    read: (signal) => api.get('/api/v1/links/{token}/documents/{documentId}/correction', { path, signal }),
    attempt: (body, signal) =>
      api.post('/api/v1/links/{token}/documents/{documentId}/corrections', { path, body, ...(signal ? { signal } : {}) }),
    copyWith: (body, language, signal) => postForPage('/api/v1/links/{token}/documents/{documentId}/corrections/preview', { path, query: { language }, body, signal }),
  };
}

export const wasSent = (answer: CorrectionPreview | CorrectionSent): answer is CorrectionSent => 'id' in answer;
