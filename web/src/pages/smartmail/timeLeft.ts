// How long a Smartmail has left before it goes to paper, as a share of its time and in words.
import type { TFunction } from 'i18next';
import { dateOf, dateTimeOf, plusDays, timeOf } from '@/format/dates';

const minute = 60_000; // milliseconds
const hour = 60 * minute;
const day = 24 * hour;

export interface TimeLeft {
  share: number; // 0 to 1 of the time it was given
  urgent: boolean; // less than a day
  words: string;
}

export function timeLeft(t: TFunction, item: { deadline: string; sentAt: string | null }, now: number): TimeLeft {
  const deadline = Date.parse(item.deadline);
  const left = deadline - now;
  const given = deadline - Date.parse(item.sentAt ?? item.deadline);
  const share = given > 0 ? Math.min(1, Math.max(0, left / given)) : 0;
  return { share, urgent: left < day, words: leftWords(t, left) };
}

function leftWords(t: TFunction, left: number): string {
  if (left <= 0) return t('portal.smartmail.left.passed');
  if (left < minute) return t('portal.smartmail.left.soon');
  const days = Math.floor(left / day);
  const hours = Math.floor((left % day) / hour);
  const minutes = Math.floor((left % hour) / minute);
  const parts =
    days > 0
      ? [t('portal.smartmail.left.days', { count: days }), hours > 0 && t('portal.smartmail.left.hours', { count: hours })]
      : [hours > 0 && t('portal.smartmail.left.hours', { count: hours }), minutes > 0 && t('portal.smartmail.left.minutes', { count: minutes })];
  return parts.filter(Boolean).join(' ');
}

// A deadline as people say it: "i dag 16:00", "i morgon 16:00", otherwise by its date.
export function whenWords(t: TFunction, instant: string, now: number): string {
  const date = dateOf(instant);
  const today = dateOf(now);
  const time = timeOf(instant);
  if (date === today) return t('portal.smartmail.today', { time });
  if (date === plusDays(today, 1)) return t('portal.smartmail.tomorrow', { time });
  return dateTimeOf(instant);
}
