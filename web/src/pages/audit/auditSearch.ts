// What of the trail is shown, as the address says it.
import { isDate } from '@/format/dates';

export interface AuditSearch {
  text?: string;
  action?: string;
  from?: string;
  to?: string;
  company?: string;
  person?: string;
  objectId?: string;
  row?: string; // the entry that is open: "company.sequence"
}

const names = ['text', 'action', 'from', 'to', 'company', 'person', 'objectId', 'row'] as const;
const dates: readonly string[] = ['from', 'to'];

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read: AuditSearch = {};
  for (const name of names) {
    const value = search[name];
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
    if (text !== '' && (!dates.includes(name) || isDate(text))) read[name] = text;
  }
  return read;
}
