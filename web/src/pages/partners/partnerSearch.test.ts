import { expect, test } from 'vitest';
import { isFiltered, readPartnerSearch } from './partnerSearch';

test('what an address says of the list is read strictly', () => {
  expect(readPartnerSearch({ query: ' gran ', status: 'new,stopped,nonsense', channel: 'print', paymentChanged: 'true', sort: 'amount', cursor: 'abc' })).toMatchObject({
    status: ['new', 'stopped'],
    channel: 'print',
    paymentChanged: true,
    sort: 'amount',
    cursor: 'abc',
  });
  expect(readPartnerSearch({ status: 'nonsense', channel: 'PRINT', sort: 'activity', paymentChanged: 'no' })).toEqual({});
});

test('an order is no filter', () => {
  expect(isFiltered({ sort: 'name', cursor: 'x' })).toBe(false);
  expect(isFiltered({ paymentChanged: true })).toBe(true);
});
