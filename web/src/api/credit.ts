// The two documents that a fault in what may never be changed takes: drafts made by the server, to keep or to send.
import { address, csrfHeader, problemOf } from './client';
import { unreachable } from './problem';
import type { components } from './schema';

export type CreditKind = 'credit-note' | 'new-invoice';
export type Validation = components['schemas']['Validation'];

async function post(url: string, accept: string, body?: Blob): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...csrfHeader(), Accept: accept, ...(body ? { 'Content-Type': 'application/xml' } : {}) },
    credentials: 'same-origin',
    ...(body ? { body } : {}),
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function draftCredit(id: string, kind: CreditKind, number: string): Promise<Blob> {
  return (await post(address('/api/v1/documents/{id}/credit', { path: { id }, query: { kind, number } }), 'application/xml')).blob();
}

export async function judge(file: Blob): Promise<Validation> {
  return (await post('/api/v1/validate', 'application/json', file)).json() as Promise<Validation>;
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
