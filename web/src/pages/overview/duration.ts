import type { TFunction } from 'i18next';
import type { Language } from '@/format/amounts';

const units: [seconds: number, word: string][] = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
];

// 0.4 → "under 1 s", 11 → "11 s", 21600 → "6 tim": the largest unit of which there is at least one.
export function durationWords(t: TFunction, seconds: number, language: Language): string {
  if (seconds < 1) return t('portal.duration.instant');
  const [size, word] = units.find(([size]) => seconds >= size) ?? [1, 'seconds'];
  const value = seconds / size;
  const rounded = value < 10 && size > 1 ? Math.round(value * 10) / 10 : Math.round(value);
  return t(`portal.duration.${word}`, { value: language === 'sv' ? String(rounded).replace('.', ',') : String(rounded), count: Math.ceil(rounded) });
}
