// Identifiers grouped for reading; copied without spaces.
import type { TFunction } from 'i18next';

// "0007:5599900122" → "559990-0122"; others without their scheme.
export function identifierText(identifier: string | null): string {
  if (!identifier) return '';
  const at = identifier.indexOf(':');
  const scheme = identifier.slice(0, at);
  const value = identifier.slice(at + 1);
  if (scheme === '0007' && /^\d{10}$/.test(value)) return `${value.slice(0, 6)}-${value.slice(6)}`;
  return value;
}

// "4711202681" → "4711 2026 81"
export function ocrText(reference: string): string {
  return /^\d{5,}$/.test(reference) ? reference.replace(/(\d{4})(?=\d)/g, '$1\u00a0') : reference;
}

export function fileSizeText(bytes: number, language: 'sv' | 'en'): string {
  const point = (text: string) => (language === 'sv' ? text.replace('.', ',') : text);
  if (bytes < 1000) return `${bytes}\u00a0B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)}\u00a0kB`;
  return `${point((bytes / 1_000_000).toFixed(1))}\u00a0MB`;
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}

// The schemes of parties' identifiers (ISO 6523, EAS) that people here call by a name: portal.scheme.<code>.
const namedSchemes = ['0007', '0088', '0184', '0192', '0212', '0213', '0216', '0037', '0060', '0199', '9955', 'EM'];

// The terms whose value is an identifier with a scheme after it.
const schemedTerms = ['BT-29', 'BT-30', 'BT-34', 'BT-46', 'BT-47', 'BT-49', 'BT-60', 'BT-61', 'BT-71', 'BT-157'];

export function schemeName(t: TFunction, scheme: string | null): string {
  if (!scheme) return '';
  return namedSchemes.includes(scheme) ? t(`portal.scheme.${scheme}`) : t('portal.scheme.other', { scheme });
}

const base64Share = 3 / 4; // bytes in a character of it

// A term's value as a version's difference tells it, in the two parts that people say: "5599900544 0007" is "Org.nr" and
// "559990-0544"; a file, "tider.csv (5464)", its name and size.
export function valueParts(t: TFunction, language: 'sv' | 'en', term: string, value: string): { before: string; value: string } {
  const [, identifier, scheme] = schemedTerms.includes(term) ? (/^(\S+) (\d{4}|EM)$/.exec(value) ?? []) : [];
  if (identifier && scheme) return { before: schemeName(t, scheme), value: identifierText(`${scheme}:${identifier}`) };
  const [, file, characters] = term === 'BT-125' ? (/^(.+) \((\d+)\)$/.exec(value) ?? []) : [];
  if (!file) return { before: '', value };
  return characters === '0' ? { before: '', value: file } : { before: file, value: fileSizeText(Math.floor(Number(characters) * base64Share), language) };
}

export function valueWords(t: TFunction, language: 'sv' | 'en', term: string, value: string): string {
  return Object.values(valueParts(t, language, term, value)).filter(Boolean).join(' ');
}
