// The two documents that a fault in what may never be changed takes: drafts made by the server, to keep or to send.
import { address, csrfHeader, problemOf } from './client';
import { unreachable } from './problem';

export type CreditKind = 'credit-note' | 'new-invoice';

export async function draftCredit(id: string, kind: CreditKind, number: string): Promise<Blob> {
  const response = await fetch(address('/api/v1/documents/{id}/credit', { path: { id }, query: { kind, number } }), {
    method: 'POST',
    headers: { ...csrfHeader(), Accept: 'application/xml' },
    credentials: 'same-origin',
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

export function keepFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
