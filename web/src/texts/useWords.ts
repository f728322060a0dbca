import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { amountText, count, type Amount, type Language } from '@/format/amounts';

// Words and the forms of numbers in the language in use.
export function useWords(): {
  t: TFunction;
  language: Language;
  amount: (amount: Amount) => string;
  number: (value: number) => string;
} {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'sv';
  return {
    t,
    language,
    amount: (amount) => amountText(amount, language),
    number: (value) => count(value, language),
  };
}
