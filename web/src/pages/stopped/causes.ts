import type { DocumentSummary } from '@/api/queries';

// Documents by what stopped them, the commonest cause first; within it the latest first.
export function groupByCause(rows: readonly DocumentSummary[]): { cause: string; rows: DocumentSummary[] }[] {
  const groups = new Map<string, DocumentSummary[]>();
  for (const row of rows) {
    const cause = row.lastEvent.detail ?? '';
    groups.set(cause, [...(groups.get(cause) ?? []), row]);
  }
  return [...groups]
    .map(([cause, documents]) => ({
      cause,
      rows: documents.sort((a, b) => b.lastEvent.at.localeCompare(a.lastEvent.at)),
    }))
    .sort((a, b) => b.rows.length - a.rows.length);
}
