// Addresses of what can be fetched about a document. Same origin, so the session's cookie goes along.
import { address } from '@/api/client';
import type { CopyKind } from '@/api/queries';

export const copyHref = (id: string, kind: CopyKind, format: 'html' | 'pdf', language?: string) =>
  address('/api/v1/documents/{id}/copies/{kind}', { path: { id, kind }, query: { format, language } });

export const pdfHref = (id: string, kind: CopyKind = 'readable') =>
  address('/api/v1/documents/{id}/copies/{kind}', { path: { id, kind }, query: { format: 'pdf', download: '1' } });

export const originalHref = (id: string) => address('/api/v1/documents/{id}/original', { path: { id } });

export const attachmentHref = (id: string, index: number) =>
  address('/api/v1/documents/{id}/attachments/{index}', { path: { id, index } });

// The package of evidence: one zip that proves itself.
export const evidenceHref = (id: string, language: string) => address('/api/v1/documents/{id}/evidence', { path: { id }, query: { language } });

// The recipient's page of a Smartmail as its sender may see it; that counts as no opening.
export const pageHref = (id: string) => address('/api/v1/documents/{id}/smartmail/page', { path: { id } });

export function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
