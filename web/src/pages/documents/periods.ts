// Periods that people name, as the days that they begin and end with.
import { plusDays } from '@/format/dates';

export type Period = [name: string, from: string, to: string];

const firstOfMonth = (date: string) => `${date.slice(0, 7)}-01`;

// A month written "2026-11".
export function monthDays(month: string): { from: string; to: string } {
  const from = `${month}-01`;
  return { from, to: plusDays(firstOfMonth(plusDays(from, 31)), -1) };
}

// Weeks begin on a Monday.
function mondayOf(date: string): string {
  const sinceMonday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return plusDays(date, -sinceMonday);
}

export function quickPeriods(now: string): Period[] {
  const monday = mondayOf(now);
  const lastMonth = monthDays(plusDays(firstOfMonth(now), -1).slice(0, 7));
  const yesterday = plusDays(now, -1);
  return [
    ['today', now, now],
    ['yesterday', yesterday, yesterday],
    ['thisWeek', monday, plusDays(monday, 6)],
    ['lastWeek', plusDays(monday, -7), plusDays(monday, -1)],
    ['thisMonth', firstOfMonth(now), monthDays(now.slice(0, 7)).to],
    ['lastMonth', lastMonth.from, lastMonth.to],
    ['thisYear', `${now.slice(0, 4)}-01-01`, `${now.slice(0, 4)}-12-31`],
  ];
}
