// The words on the screen: texts/sv.json and en.json, of which only the language in use is fetched, and of that first what
// the first page says.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/format/amounts';

const stored = 'postgang.language';
const words = { sv: () => import('./sv'), en: () => import('./en') };
const laterWords = { sv: () => import('./sv.later'), en: () => import('./en.later') };
const whole = new Set<Language>(); // languages that have all their words
let allWanted = false;

export const languages: readonly Language[] = ['sv', 'en'];

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'words')) i18next.addResourceBundle(language, 'words', { ...(await words[language]()) });
  if (allWanted) await complete(language);
}

async function complete(language: Language): Promise<void> {
  if (whole.has(language)) return;
  i18next.addResourceBundle(language, 'words', { ...(await laterWords[language]()) }, true);
  whole.add(language);
}

// A page that says more than the first one: it is shown when its words are there, too.
export async function withAllWords<P>(page: Promise<P>): Promise<P> {
  allWanted = true;
  const [shown] = await Promise.all([page, complete(asLanguage(i18next.language) ?? 'sv')]);
  return shown;
}

export function asLanguage(text: string | null | undefined): Language | undefined {
  return languages.find((language) => text?.toLowerCase().startsWith(language));
}

export function chosenLanguage(): Language | undefined {
  return asLanguage(localStorage.getItem(stored));
}

export async function startTexts(): Promise<i18n> {
  const language = chosenLanguage() ?? asLanguage(navigator.language) ?? 'sv';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
    missingInterpolationHandler: (_text: string, match: RegExpExecArray) => match[0], // a hole is seen, never silent
    react: { useSuspense: false },
  });
  await load(language);
  document.documentElement.lang = language;
  return i18next;
}

export async function changeLanguage(language: Language, remember = true): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(stored, language);
}
