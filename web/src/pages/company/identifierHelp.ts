// What can be said of an identifier while it is typed. The server has the last word: it knows every scheme.
export const offeredSchemes = ['0007', '0088', '0192', '0184', '0198', '0096', '0216', '0196', '0191', '0060', '0208', '0199', '0242'] as const;

export type Verdict = { state: 'empty' | 'unfinished' | 'good' | 'check' } | { state: 'vat'; suggestion: string };

const digitsOf = (text: string) => text.replace(/[\s-]/g, '');

export function luhnHolds(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const weighted = (digits: string, weights: readonly number[]) => weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);

function glnHolds(digits: string): boolean {
  return weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

function modulus11Holds(digits: string): boolean {
  return (11 - (weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[8]);
}

function finnishHolds(digits: string): boolean {
  const rest = weighted(digits, [7, 9, 10, 5, 8, 4, 2]) % 11;
  return rest !== 1 && (rest === 0 ? 0 : 11 - rest) === Number(digits[7]);
}

const forms: Record<string, { form: RegExp; holds?: (value: string) => boolean }> = {
  '0007': { form: /^\d{10}$/, holds: luhnHolds },
  '0088': { form: /^\d{13}$/, holds: glnHolds },
  '0192': { form: /^\d{9}$/, holds: modulus11Holds },
  '0184': { form: /^(DK)?[1-9]\d{7}$/i },
  '0198': { form: /^(DK)?[1-9]\d{7}$/i },
  '0096': { form: /^\d{10}$/ },
  '0216': { form: /^0037\d{8}[0-9A-Z]{0,5}$/i, holds: (value) => finnishHolds(value.slice(4)) },
  '0196': { form: /^\d{10}$/, holds: modulus11Holds },
  '0060': { form: /^\d{9}$/ },
};

// SE559990012201, or without its letters with 01 at the end, where an organisation number belongs.
function swedishVat(value: string): string | undefined {
  const number = /^SE(\d{10})\d{2}$/i.exec(value)?.[1] ?? /^(\d{10})01$/.exec(value)?.[1];
  return number && luhnHolds(number) ? `${number.slice(0, 6)}-${number.slice(6)}` : undefined;
}

export function verdictOf(scheme: string, typed: string): Verdict {
  const value = digitsOf(typed);
  if (!value) return { state: 'empty' };
  const suggestion = scheme === '0007' ? swedishVat(value) : undefined;
  if (suggestion) return { state: 'vat', suggestion };
  const known = forms[scheme];
  if (!known?.form.test(value)) return { state: 'unfinished' };
  return known.holds && !known.holds(value) ? { state: 'check' } : { state: 'good' };
}
