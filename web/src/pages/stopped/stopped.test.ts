import { expect, it } from 'vitest';
import type { ImportPreview } from '@/api/filters';
import { parseSearch, stringifySearch } from '@/search';
import { wordsIn } from '@/test-words';
import { lastEventWords, reasonWords } from '@/ui/words';
import { columnsText, guessed } from '../registers/ImportFile';
import { decisionsOf } from './Decide';
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

it('a stop by a demand is named with its term', async () => {
  const [sv, en] = [await wordsIn('sv'), await wordsIn('en')];
  expect(reasonWords(sv, 'demand-missing:BT-13')).toBe('Ordernummer saknas');
  expect(reasonWords(en, 'demand-register:BT-10')).toBe('Buyer reference is not in the receiver’s register');
  expect(reasonWords(sv, 'demand-missing:BT-77')).toBe('En uppgift saknas');
  expect(lastEventWords(sv, { type: 'held', detail: 'demand-attachment' }, '09:41')).toBe('Bilaga saknas');
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
