// A notification as a sentence, and under which day it stands.
import type { TFunction } from 'i18next';
import type { NewsKind, Notification } from '@/api/news';
import { dateOf, plusDays, today } from '@/format/dates';

export const newsKinds = ['failed', 'stopped', 'rejected', 'smartmail-posted', 'ticket', 'reachable', 'payment-changed', 'export', 'report', 'account-changed', 'lead', 'webhook-off'] as const satisfies readonly NewsKind[];

// Whatever nobody has said is left out of the sentence, as in the mail of it.
const unsaid = { number: '', subject: '', name: '', url: '' };

export function newsSentence(t: TFunction, item: Notification): string {
  const type = item.type ?? 'other';
  const said = `portal.news.said.${item.kind}`; // what happened to it has a sentence of its own, where there is one
  const sentence = t(item.words.what ? [`${said}-${item.words.what}`, said] : said, {
    ...unsaid,
    ...item.words,
    counterpart: item.words.counterpart || t('portal.news.somebody'),
    company: item.company.name,
    type: t(`portal.news.one.${type}`),
    types: t(`portal.news.many.${type}`),
    count: item.count,
  });
  return sentence.replace(/\s+/g, ' ').trim();
}

export interface Day {
  date: string;
  items: Notification[];
}

// In the order they come, by day; a day comes again where what is unread ends and what is read begins.
export function byDay(items: readonly Notification[]): Day[] {
  const days: Day[] = [];
  for (const item of items) {
    const date = dateOf(item.at);
    const last = days.at(-1);
    if (last?.date === date) last.items.push(item);
    else days.push({ date, items: [item] });
  }
  return days;
}

export function dayWords(t: TFunction, date: string): string {
  if (date === today()) return t('portal.news.today');
  return date === plusDays(today(), -1) ? t('portal.news.yesterday') : date;
}
