// Sends one file and tells how far it has come. XMLHttpRequest, because fetch cannot tell the progress of an upload.
import { address, csrfHeader } from '@/api/client';
import { ApiProblem, unreachable, type Problem } from '@/api/problem';
import type { components } from '@/api/schema';

export type Accepted = components['schemas']['Accepted'];
export type AcceptedInZip = components['schemas']['AcceptedInZip'];
export type Sent = { one: Accepted } | { documents: AcceptedInZip[] };

// crypto.randomUUID only exists under https and on localhost; a portal on the office network has neither.
export function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function mediaTypeOf(file: File): string {
  const ending = file.name.toLowerCase().split('.').at(-1);
  if (ending === 'zip') return 'application/zip';
  if (ending === 'xml') return 'application/xml';
  return file.type || 'application/octet-stream';
}

export function sendFile({ file, key, channel }: { file: File; key: string; channel?: string }, onProgress: (share: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('/api/v1/documents', { query: { channel } }));
    const headers = {
      ...csrfHeader(),
      Accept: 'application/json',
      'Content-Type': mediaTypeOf(file),
      'X-File-Name': encodeURIComponent(file.name),
      'Idempotency-Key': key,
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable());
    request.ontimeout = request.onerror;
    request.onload = () => {
      let answer: unknown;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        reject(unreachable());
        return;
      }
      if (request.status >= 400) reject(new ApiProblem(answer as Problem));
      else resolve('documents' in (answer as object) ? (answer as { documents: AcceptedInZip[] }) : { one: answer as Accepted });
    };
    request.send(file);
  });
}
