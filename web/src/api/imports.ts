// The questions about lists that are taken in and given out.
import { address, csrfHeader, problemOf } from './client';
import { unreachable } from './problem';
import type { components } from './schema';

export type ListImport = components['schemas']['ListImport'];
export type ListPreview = components['schemas']['ListPreview'];
export type ListRow = ListPreview['rows'][number];
export type ListKind = ListPreview['kind'];

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function sendList<A>(path: string, file: File, query: object): Promise<A> {
  const type = /\.xlsx$/i.test(file.name) ? workbook : /\.(csv|txt)$/i.test(file.name) ? 'text/csv' : 'application/octet-stream';
  const response = await fetch(address(path, { query }), {
    method: 'POST',
    headers: { ...csrfHeader(), Accept: 'application/json', 'Content-Type': type },
    credentials: 'same-origin',
    body: file,
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as A;
}

export const previewList = (kind: ListKind, file: File, columns?: string) => sendList<ListPreview>(`/api/v1/imports/${kind}/preview`, file, { columns });
export const takeList = (kind: ListKind, file: File, plan: string, skip: boolean, columns?: string) =>
  sendList<ListImport>(`/api/v1/imports/${kind}`, file, { columns, plan, refused: skip ? 'skip' : undefined });

export type TableFormat = 'csv' | 'xlsx';
export const exportHref = (kind: ListKind, format: TableFormat, language: string) => address(`/api/v1/exports/${kind}`, { query: { format, language } });
export const templateHref = (kind: ListKind, format: TableFormat, language: string) => address(`/api/v1/imports/${kind}/template`, { query: { format, language } });
