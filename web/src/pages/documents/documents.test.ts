import { describe, expect, it } from 'vitest';
import { isNewcomer } from './useFreshRows';
import { fitColumns, shownAtFirst, sortBy } from './columns';
import { readKnown } from './knownSearch';
import { filterOf, isFiltered, queryOf, readListSearch } from './listSearch';
import { placeInList } from './listMemory';
import { readyPeriods } from './Calendar';
import { monthDays, quickPeriods } from './periods';
import { viewOf, viewsFor } from './views';
import { parseSearch, stringifySearch } from '@/search';
import type { LiveEvent } from '@/api/live';

describe('a list in the address', () => {
  it('is read and written back as it was', () => {
    const address = '?query=4711&status=stopped,failed&from=2026-11-01&sort=-amount&at=50';
    expect(stringifySearch(readListSearch(parseSearch(address)) as Record<string, unknown>)).toBe(address);
  });

  it('has a place for each field of the advanced search', () => {
    const address =
      '?number=4711&counterpartName=granberga&customerNumber=10284&orgNumber=559990-0122&buyerReference=karin&orderReference=PO-77&paymentReference=47112026&line=v%C3%A4rme&attachment=timlista&finding=BR-CO-10&ticket=1042';
    const search = readListSearch(parseSearch(address));
    expect(search).toMatchObject({ number: '4711', counterpartName: 'granberga', line: 'värme', finding: 'BR-CO-10', ticket: '1042' });
    expect(readListSearch(parseSearch(stringifySearch(search as Record<string, unknown>)))).toEqual(search);
    expect(filterOf(search, undefined)).toEqual(search);
    expect(isFiltered({ find: true })).toBe(false);
    expect(filterOf({ find: true, number: '1' }, 'sent')).toEqual({ number: '1', direction: 'sent' });
    expect(readListSearch(parseSearch('?internal=false&find=true'))).toEqual({ internal: false, find: true });
  });

  it('drops what makes no sense instead of failing', () => {
    expect(readListSearch({ from: 'igår', sort: 'colour', at: '-3', amountFrom: '1 000', direction: 'up', status: '' })).toEqual({});
  });

  it('drops days of no calendar, and words that the portal does not know', () => {
    expect(readKnown({ from: '2026-13-01', to: '2026-02-30', status: 'hej,stopped', type: 'hej' })).toEqual({ status: ['stopped'] });
    expect(readKnown({ type: 'invoice,credit-note', at: 50, find: true })).toEqual({ type: ['invoice', 'credit-note'], at: 50, find: true });
  });

  it('asks the API with the list’s direction, fifty at a time', () => {
    const search = readListSearch({ status: 'stopped', cursor: 'abc', at: '50' });
    expect(queryOf(search, 'sent')).toEqual({ status: ['stopped'], direction: 'sent', sort: '-receivedAt', limit: 50, cursor: 'abc' });
    expect(filterOf(search, 'sent')).toEqual({ status: ['stopped'], direction: 'sent' });
  });

  it('is filtered by a filter, not by its order or page', () => {
    expect(isFiltered({ sort: 'amount', cursor: 'x', at: 50 })).toBe(false);
    expect(isFiltered({ query: '4711' })).toBe(true);
  });

  it('shows which ready view the statuses are', () => {
    const views = viewsFor('sent');
    expect(viewOf({}, views)).toBe('all');
    expect(viewOf({ status: ['delivered', 'sent'] }, views)).toBe('unopened');
    expect(viewOf({ status: ['opened'] }, views)).toBeNull();
  });
});

describe('columns', () => {
  const shown = (visible: Record<string, boolean>) => Object.keys(visible).filter((name) => visible[name] === false);

  it('give way in a narrow list, the least needed first', () => {
    expect(shown(fitColumns({ ...shownAtFirst, direction: false }, 1200))).toEqual(['customerNumber', 'type', 'issueDate', 'direction']);
    expect(fitColumns({ ...shownAtFirst, direction: false }, 720)).toMatchObject({ channel: false, dueDate: false });
    expect(fitColumns({ ...shownAtFirst, direction: false }, 720).receivedAt).toBeUndefined();
  });

  it('turn the order at the second press', () => {
    expect(sortBy('-receivedAt', 'amount')).toBe('-amount');
    expect(sortBy('-amount', 'amount')).toBe('amount');
    expect(sortBy('amount', 'amount')).toBe('-amount');
  });
});

describe('a document in its list', () => {
  const list = { ids: ['a', 'b', 'c'], before: 50, total: 640 };
  it('knows its place and its neighbours', () => {
    expect(placeInList('b', list)).toEqual({ position: 52, total: 640, previous: 'a', next: 'c' });
    expect(placeInList('c', list)?.next).toBeUndefined();
    expect(placeInList('z', list)).toBeUndefined();
  });
});

describe('newcomers', () => {
  const event = (direction: 'sent' | 'received', name: string) => ({ direction, event: name }) as LiveEvent;

  it('are taken in by the sender and delivered to the receiver', () => {
    expect(isNewcomer(event('sent', 'received'), 'sent')).toBe(true);
    expect(isNewcomer(event('sent', 'delivered'), 'sent')).toBe(false);
    expect(isNewcomer(event('received', 'delivered'), 'received')).toBe(true);
    expect(isNewcomer(event('received', 'delivered'), 'sent')).toBe(false);
    expect(isNewcomer(event('received', 'delivered'), undefined)).toBe(true);
  });
});

it('ready periods count from the first of the month, also over New Year', () => {
  const periods = Object.fromEntries(readyPeriods('2027-01-15').map(([name, from, to]) => [name, [from, to]]));
  expect(periods.lastMonth).toEqual(['2026-12-01', '2026-12-31']);
  expect(periods.thisYear).toEqual(['2027-01-01', '2027-01-15']);
  expect(periods.week).toEqual(['2027-01-09', '2027-01-15']);
});

it('periods that people name begin on Mondays and firsts', () => {
  const periods = Object.fromEntries(quickPeriods('2027-01-03').map(([name, from, to]) => [name, [from, to]])); // a Sunday
  expect(periods.thisWeek).toEqual(['2026-12-28', '2027-01-03']);
  expect(periods.lastWeek).toEqual(['2026-12-21', '2026-12-27']);
  expect(periods.yesterday).toEqual(['2027-01-02', '2027-01-02']);
  expect(periods.lastMonth).toEqual(['2026-12-01', '2026-12-31']);
  expect(monthDays('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});
