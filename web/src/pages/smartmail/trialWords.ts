// What another deadline would have meant, said in a sentence and its reservations.
import type { TFunction } from 'i18next';
import type { SmartmailSettings, SmartmailTrial } from '@/api/smartmail';
import { amountText, count, sums, type Language } from '@/format/amounts';

export type Tried = Pick<SmartmailSettings, 'days' | 'bankDays' | 'daysBeforeDue'>;

export function termOf(t: TFunction, { days, bankDays }: Pick<Tried, 'days' | 'bankDays'>): string {
  return t(bankDays ? 'portal.smartmail.trial.bankDays' : 'portal.smartmail.trial.days', { count: days });
}

// "Med 5 dygn hade 191 fler av 4 210 gått till papper. Det hade kostat 2 368,40 kr mer."
export function trialSentence(t: TFunction, language: Language, tried: Tried, trial: SmartmailTrial): string {
  if (trial.mails === 0) return t('portal.smartmail.trial.nothing');
  const more = trial.posted.then - trial.posted.now;
  const term = termOf(t, tried);
  const of = count(trial.mails, language);
  const first =
    more === 0
      ? t('portal.smartmail.trial.same', { term, of })
      : t(more > 0 ? 'portal.smartmail.trial.more' : 'portal.smartmail.trial.fewer', { term, of, number: count(Math.abs(more), language) });
  const dearer: string[] = [];
  const cheaper: string[] = [];
  for (const { currency, now, then } of trial.cost) {
    const [difference] = sums([
      { value: then, currency },
      { value: now.startsWith('-') ? now.slice(1) : `-${now}`, currency },
    ]);
    if (!difference || /^-?0*(\.0*)?$/.test(difference.value)) continue;
    const size = amountText({ value: difference.value.replace('-', ''), currency }, language);
    (difference.value.startsWith('-') ? cheaper : dearer).push(size);
  }
  const costs = [
    dearer.length > 0 && t('portal.smartmail.trial.dearer', { cost: dearer.join(' + ') }),
    cheaper.length > 0 && t('portal.smartmail.trial.cheaper', { cost: cheaper.join(' + ') }),
  ];
  return [first, ...costs].filter(Boolean).join(' ');
}

// What the figures do not know.
export function reservations(t: TFunction, language: Language, trial: SmartmailTrial): string[] {
  const said = (name: 'perhaps' | 'openedAfterPosting' | 'withoutPrice' | 'leftOut', value: number) =>
    value > 0 && t(`portal.smartmail.trial.${name}`, { count: value, number: count(value, language) });
  return [
    said('openedAfterPosting', trial.openedAfterPosting),
    said('perhaps', trial.perhaps),
    said('withoutPrice', trial.withoutPrice),
    said('leftOut', trial.leftOut),
    trial.partial && t('portal.smartmail.trial.partial'),
  ].filter((words): words is string => typeof words === 'string');
}

const looked = [1, 2, 3, 5, 7, 10, 14, 21, 30];

// How soon those who open do it: the share of all within so many days, as far as the tried number and the next beyond it.
export function openedWithin(trial: SmartmailTrial, days: number): { days: number; mails: number }[] {
  const rows = looked.flatMap((wanted) => trial.openedWithin.find((known) => known.days === wanted) ?? []);
  const last = rows.findIndex((row) => row.days > days);
  return last < 0 ? rows : rows.slice(0, Math.max(5, last + 1));
}
