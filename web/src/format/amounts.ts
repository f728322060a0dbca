// Amounts as people read them, from the API's decimal strings. Never through a float: 0.1 + 0.2 stays 0.30.
import type { components } from '@/api/schema';

export type Amount = components['schemas']['Amount'];
export type Language = 'sv' | 'en';

const noBreak = '\u00a0';
const minus = '\u2212';

// "48750" → "48 750,00" (sv), "48,750.00" (en). At least two decimals, more only where the value has them.
export function decimal(value: string, language: Language): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) return value;
  const [, sign, whole = '0', fraction = ''] = match;
  const trimmed = fraction.replace(/0+$/, '').padEnd(2, '0');
  const thousands = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, language === 'sv' ? noBreak : ',');
  const isZero = /^0*$/.test(whole + fraction);
  return `${sign && !isZero ? minus : ''}${thousands}${language === 'sv' ? ',' : '.'}${trimmed}`;
}

// "48 750,00 kr"; other currencies by their code: "1 200,00 EUR".
export function amountText(amount: Amount, language: Language): string {
  const unit = amount.currency === 'SEK' && language === 'sv' ? 'kr' : amount.currency;
  return `${decimal(amount.value, language)}${noBreak}${unit}`;
}

export function count(value: number, language: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === 'sv' ? noBreak : ',');
}

// 4067 of 4112 → "98,9". Rounded downwards: 99,97 never stands as 100 %.
export function percentage(part: number, whole: number, language: Language): string {
  const perMille = whole === 0 ? 0 : Math.floor((part * 1000) / whole);
  return `${Math.floor(perMille / 10)}${language === 'sv' ? ',' : '.'}${perMille % 10}`;
}

// Exact sum of decimal strings, by currency, in the order the currencies first stand.
export function sums(amounts: readonly Amount[]): Amount[] {
  const scale = 6;
  const totals = new Map<string, bigint>();
  for (const { value, currency } of amounts) {
    const negative = value.startsWith('-');
    const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
    const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
    totals.set(currency, (totals.get(currency) ?? 0n) + (negative ? -units : units));
  }
  return [...totals].map(([currency, units]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const value = `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale).replace(/0+$/, '').padEnd(2, '0')}`;
    return { value, currency };
  });
}

// What a person types: "1 234,50", "1234.5", "1,234.50" → "1234.50"; undefined when it is no amount.
export function parseAmount(typed: string): string | undefined {
  const compact = typed.replace(/[\s\u00a0\u202f]|kr|SEK/gi, '').replace(minus, '-');
  const match = /^(-?)(\d{1,3}(?:[.,]\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(compact);
  if (!match) return undefined;
  const whole = (match[2] ?? '').replace(/[.,]/g, '');
  return `${match[1] ?? ''}${whole}${match[3] ? `.${match[3]}` : ''}`;
}
