import type { TFunction } from 'i18next';

// "BG-25[2]/BG-31" → "rad 2", "BG-25" → "rad 1"; another repeated group by its number; the document itself says nothing.
export function placeWords(t: TFunction, place: string): string {
  const line = /^BG-25(?:\[(\d+)\])?/.exec(place);
  if (line) return t('portal.correction.line', { number: line[1] ?? '1' });
  const number = /\[(\d+)\]/.exec(place)?.[1];
  return number && number !== '1' ? t('portal.correction.occurrence', { number }) : '';
}
