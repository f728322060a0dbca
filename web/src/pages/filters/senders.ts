// What somebody means by a supplier: "559990-0122" → "0007:5599900122", a name that was found → its number; with a scheme it
// stands as it is. Nothing where it can be neither.
export function asIdentifier(typed: string, found: readonly { identifier: string; name: string }[]): string | undefined {
  const text = typed.trim();
  if (/^[0-9A-Z]{2,10}:\S+$/.test(text)) return text;
  const digits = text.replace(/[\s-]/g, '');
  if (/^\d{10}$/.test(digits)) return `0007:${digits}`;
  if (/^\d{13}$/.test(digits)) return `0088:${digits}`;
  const wanted = text.toLowerCase();
  const named = found.filter((one) => one.name.toLowerCase() === wanted);
  return named.length === 1 ? named[0]?.identifier : found.length === 1 ? found[0]?.identifier : undefined;
}
