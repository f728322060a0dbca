import { expect, test } from 'vitest';
import { changeText, mainCurrency, shareText } from './figures';
import { daysOfLabel, documentsOf, labelOfDay, withGaps } from './rows';
import { groupsOf, isDay, questionOf, readStatisticsSearch, totalOf } from './statisticsSearch';

test('an address is read as far as it makes sense', () => {
  expect(readStatisticsSearch({ measure: 'cost', by: 'channel', period: 'own', from: '2026-11-01', to: 'i går', internal: 'false', x: '1' })).toEqual({
    measure: 'cost',
    by: 'channel',
    period: 'own',
    from: '2026-11-01',
    internal: false,
  });
  expect(readStatisticsSearch({ measure: 'documents', by: 'month', period: 'last-12-months', from: '2026-11-01' })).toEqual({});
});

test('months and groups are compared, of groups the largest', () => {
  expect(questionOf({})).toEqual({ measures: ['documents'], period: 'last-12-months', groupBy: ['month'], compare: 'previous' });
  expect(questionOf({ by: 'channel' })).toMatchObject({ groupBy: ['channel'], compare: 'previous', top: 15 });
  expect(totalOf({ channel: 'email' })).toMatchObject({ compare: 'previous', channel: ['email'] });
});

test('counterparts are asked for by whole months', () => {
  const own = { period: 'own', from: '2026-02-10', to: '2026-02-12' } as const;
  expect(questionOf({ ...own, by: 'counterpart' })).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
  expect(questionOf({ ...own, by: 'channel' })).toMatchObject({ from: '2026-02-10', to: '2026-02-12' });
});

test('times are asked for by what they are counted by', () => {
  expect(groupsOf('timeToOpened')).toContain('channel');
  expect(groupsOf('timeToOpened')).not.toContain('counterpart');
});

test('the days of a week, a quarter and a year are those of the calendar', () => {
  expect(daysOfLabel('week', '2026-W01')).toEqual({ from: '2025-12-29', to: '2026-01-04' });
  expect(daysOfLabel('week', '2027-W01')).toEqual({ from: '2027-01-04', to: '2027-01-10' });
  expect(daysOfLabel('quarter', '2026-Q1')).toEqual({ from: '2026-01-01', to: '2026-03-31' });
  expect(daysOfLabel('month', '2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('a day is of the week, the quarter and the year that the calendar says', () => {
  expect(labelOfDay('week', '2025-12-29')).toBe('2026-W01');
  expect(labelOfDay('week', '2027-01-03')).toBe('2026-W53');
  expect(labelOfDay('quarter', '2026-03-31')).toBe('2026-Q1');
  expect(labelOfDay('year', '2026-03-31')).toBe('2026');
});

test('a year that is being typed is no day yet', () => {
  expect(['0002-12-01', '0202-12-01', '2025-12-01', '2026-02-30', ''].map((typed) => isDay(typed))).toEqual([false, false, true, false, false]);
});

test('a bar opens the list that it was counted from, within the period', () => {
  const period = { from: '2026-11-10', to: '2026-12-31' };
  expect(documentsOf({ direction: 'sent' }, 'month', { month: '2026-11' }, period)).toEqual({ direction: 'sent', from: '2026-11-10', to: '2026-11-30' });
  expect(documentsOf({}, 'channel', { channel: 'email' }, period)).toEqual({ ...period, channel: ['email'] });
  expect(documentsOf({}, 'channel', { channel: null }, period)).toBeUndefined();
  expect(documentsOf({}, 'format', { format: 'UBL 2.1 Invoice' }, period)).toBeUndefined();
});

test('a month without documents is a gap', () => {
  expect(withGaps('month', [{ month: '2026-11' }, { month: '2027-02' }]).map(({ month }) => month)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(withGaps('week', [{ week: '2026-W52' }, { week: '2027-W02' }]).map(({ week }) => week)).toEqual(['2026-W52', '2026-W53', '2027-W01', '2027-W02']);
  expect(withGaps('quarter', [{ quarter: '2026-Q3' }, { quarter: '2027-Q1' }]).map(({ quarter }) => quarter)).toEqual(['2026-Q3', '2026-Q4', '2027-Q1']);
});

test('a change is said as it is: absolute, and in per cent where there was something', () => {
  expect(changeText('en', 'documents', { documents: 12 }, { documents: 10 })).toBe('+2 (+20.0\u00a0%)');
  expect(changeText('sv', 'documents', { documents: 1000 }, { documents: 940 })).toBe('+60 (+6,4\u00a0%)'); // 6,38
  expect(changeText('sv', 'documents', { documents: 331_480 }, { documents: 997 })).toBe('+330\u00a0483 (+33\u00a0147,7\u00a0%)');
  expect(changeText('en', 'documents', { documents: 3 }, { documents: 0 })).toBe('+3');
  expect(shareText('0.9997', 'en')).toBe('99.9\u00a0%');
  expect(mainCurrency({ documents: 2, amount: [{ value: '5.00', currency: 'EUR' }, { value: '-80.00', currency: 'SEK' }] }, 'amount')).toBe('SEK');
});

test('a change of an amount is said where all of it is in one currency', () => {
  const of = (...amount: [value: string, currency: string][]) => ({ documents: 1, amount: amount.map(([value, currency]) => ({ value, currency })) });
  expect(changeText('sv', 'amount', of(['1500.50', 'SEK']), of(['1000.00', 'SEK']))).toBe('+500,50\u00a0kr (+50,1\u00a0%)');
  expect(changeText('sv', 'amount', of(['-10.00', 'SEK']), of(['10.00', 'SEK']))).toBe('\u221220,00\u00a0kr (\u2212200,0\u00a0%)');
  expect(changeText('sv', 'amount', of(['10.00', 'EUR']), of())).toBe('+10,00\u00a0EUR');
  expect(changeText('sv', 'amount', of(['10.00', 'EUR']), of(['10.00', 'SEK']))).toBeUndefined();
  expect(changeText('sv', 'amount', of(), of())).toBeUndefined();
});
