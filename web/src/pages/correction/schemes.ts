// An identifier with its scheme, as one text while it is typed: "0088:7350000001228". A value without a scheme keeps the one
// that stands in the document.
import type { CorrectionField } from '@/api/stops';

const ofAddresses = ['0007', '0088', '0192', '0184', '0216', 'EM'];
const ofParties = ['0007', '0088'];

// The schemes to choose among; none where the field has no scheme to choose.
export function schemesOf(field: Pick<CorrectionField, 'term' | 'type' | 'qualifier'>): string[] {
  const usual = field.type === 'address' ? ofAddresses : ['BT-46', 'BT-71'].includes(field.term) ? ofParties : [];
  return usual.length === 0 || !field.qualifier || usual.includes(field.qualifier) ? usual : [field.qualifier, ...usual];
}

export function schemed(field: Pick<CorrectionField, 'qualifier'>, typed: string): { scheme: string; value: string } {
  const [, scheme, value] = /^(\d{4}|EM):(.*)$/s.exec(typed) ?? [];
  return scheme === undefined || value === undefined ? { scheme: field.qualifier ?? '', value: typed } : { scheme, value };
}

// What the document says already is said without its scheme: it is no change.
export function withScheme(field: Pick<CorrectionField, 'qualifier' | 'value'>, scheme: string, value: string): string {
  const asItIs = scheme === (field.qualifier ?? '') && value.trim() === (field.value ?? '');
  return scheme === '' || value.trim() === '' || asItIs ? value : `${scheme}:${value}`;
}

// What a number shows of itself: an organisation number, a GLN, a mail address.
export function schemeSeen(schemes: readonly string[], value: string): string | undefined {
  const digits = value.replace(/[\s-]/g, '');
  const seen = value.includes('@') ? 'EM' : /^\d{10}$/.test(digits) ? '0007' : /^\d{13}$/.test(digits) ? '0088' : undefined;
  return seen && schemes.includes(seen) ? seen : undefined;
}
