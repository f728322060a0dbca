// The real words for tests, in one language, without a browser.
import i18next, { type TFunction } from 'i18next';
import en from '@texts/en.json';
import sv from '@texts/sv.json';
import type { Language } from '@/format/amounts';

export async function wordsIn(language: Language): Promise<TFunction> {
  const instance = i18next.createInstance();
  return instance.init({
    lng: language,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    resources: { sv: { words: sv }, en: { words: en } },
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (_text: string, match: RegExpExecArray) => match[0],
  });
}
