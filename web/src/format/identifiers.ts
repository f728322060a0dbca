// Identifiers grouped for reading; copied without spaces.

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
