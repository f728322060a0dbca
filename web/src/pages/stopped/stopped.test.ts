import { expect, it } from 'vitest';
import type { ImportPreview } from '@/api/filters';
import { parseSearch, stringifySearch } from '@/search';
import { wordsIn } from '@/test-words';
import { lastEventWords, reasonWords } from '@/ui/words';
import { columnsText, guessed } from '../registers/ImportFile';
import type { StoppedGroup, StoppedItem } from '@/api/stops';
import { setServerTime } from '@/format/dates';
import { decisionsOf } from './Decide';
import { stoppedRows } from './exportStops';
import { latenessOf, unreadApart } from './grouping';
import { readStoppedSearch } from './stoppedSearch';

it('what the page shows stands in its address', () => {
  const address = '?by=due&correct=019ab2c4&with=a,b';
  expect(stringifySearch(readStoppedSearch(parseSearch(address)) as Record<string, unknown>)).toBe(address);
  expect(readStoppedSearch(parseSearch('?tab=nonsense&by=moon&with=a'))).toEqual({});
});

it('only the receiver decides, and only what its document allows', () => {
  const of = (direction: string, status: string) => decisionsOf({ direction, status });
  expect(of('received', 'held')).toEqual(['release', 'return']);
  expect(of('received', 'opened')).toEqual(['accept', 'reject']);
  expect(of('received', 'accepted')).toEqual([]);
  expect(of('sent', 'held')).toEqual([]);
});

const stopped = (number: string, found: string | null, more: Partial<StoppedItem> = {}) =>
  ({
    id: number, number, status: 'returned', held: false, notice: null, putRightBy: '2026-11-20', issueDate: null, dueDate: null,
    sender: { name: 'Vi AB', identifier: null }, receiver: { name: '=cmd', identifier: '0007:5599900544' }, amount: { value: '-12.50', currency: 'SEK' },
    cause: { finding: 'demand-age', term: 'BT-72', title: { sv: 'För gammalt', en: 'Too old' } },
    finding: { id: 'demand-age', severity: 'error', term: 'BT-72', where: null, value: found, explanation: { sv: 'Datumet (BT-72) är för gammalt.', en: '' }, advice: null },
    ...more,
  }) as StoppedItem;

it('dates that cannot be read stand apart from those that are too old', () => {
  const group = { key: 'age', documents: 3, items: [stopped('1', '2001-01-01'), stopped('2', '1 maj'), stopped('3', '2001-01-02')] } as unknown as StoppedGroup;
  expect(unreadApart([group]).map((one) => [one.documents, one.items.map((item) => item.number)])).toEqual([[2, ['1', '3']], [1, ['2']]]);
  const whole = { ...group, items: [stopped('2', '1 maj')], documents: 1 };
  expect(unreadApart([whole])).toEqual([whole]);
});

it('a day that has gone is late, the last one is today', () => {
  expect(['2026-11-19', '2026-11-20', '2026-11-21', null].map((day) => latenessOf(day, '2026-11-20'))).toEqual(['late', 'today', null, null]);
});

it('the file has a row for each stop, and one for what the page leaves out', async () => {
  setServerTime('2026-11-24T12:00:00Z');
  const words = { t: await wordsIn('sv'), language: 'sv' as const };
  const [heading, first, second] = stoppedRows(words, 'sent', [stopped('4711', '1 maj')], [{ ...stopped('4712', null), lastEvent: { type: 'returned', detail: 'demand-missing:BT-13', at: '' } }]);
  const of = (row: string[] | undefined, name: string) => row?.[heading?.indexOf(name) ?? -1];
  expect(['Nummer', 'Mottagare', 'Org.nr eller kundnummer', 'Orsak', 'Krav', 'Står på fakturan', 'Försenad', 'Belopp', 'Valuta'].map((name) => of(first, name))).toEqual([
    '4711', '=cmd', '559990-0544', 'Leveransdatum går inte att läsa som datum', '”1 maj” går inte att läsa som ett datum.', '1 maj', 'försenad', '-12,50', 'SEK',
  ]);
  expect([of(second, 'Nummer'), of(second, 'Orsak'), of(second, 'Belopp')]).toEqual(['4712', 'Ordernummer saknas', '-12,50']);
  expect(second).toHaveLength(heading?.length ?? 0);
});

it('a stop by a demand is named with its term', async () => {
  const [sv, en] = [await wordsIn('sv'), await wordsIn('en')];
  expect(reasonWords(sv, 'demand-missing:BT-13')).toBe('Ordernummer saknas');
  expect(reasonWords(en, 'demand-register:BT-10')).toBe('Buyer reference is not in the receiver’s register');
  expect(reasonWords(sv, 'demand-missing:BT-77')).toBe('En uppgift saknas');
  expect(lastEventWords(sv, { type: 'held', detail: 'demand-attachment' }, '09:41')).toBe('Bilaga saknas');
  expect(lastEventWords(sv, { type: 'delivered', detail: 'inbox' }, '09:41')).toBe('inkorg 09:41');
  expect(lastEventWords(sv, { type: 'delivered', detail: 'mls' }, '09:41')).toBe('bekräftat 09:41');
});

it('the columns of a file are guessed once each, and told by number', () => {
  const preview = {
    columns: [
      { index: 0, heading: 'Ref', guess: 'value' },
      { index: 1, heading: 'Ref 2', guess: 'value' },
      { index: 2, heading: '', guess: null },
      { index: 3, heading: 'Till', guess: 'to' },
    ],
  } as ImportPreview;
  expect(guessed(preview)).toEqual({ value: 0, to: 3 });
  expect(columnsText({ to: 3, value: 0 })).toBe('value:0,to:3');
  expect(columnsText({})).toBe('');
});
