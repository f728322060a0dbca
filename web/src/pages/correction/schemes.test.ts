import { describe, expect, it } from 'vitest';
import { schemed, schemeSeen, schemesOf, withScheme } from './schemes';

const address = { term: 'BT-49', type: 'address' as const, qualifier: '0088', value: '7350000001228' };

describe('an identifier and its scheme', () => {
  it('is one text while it is typed', () => {
    expect(schemed(address, '7350000001228')).toEqual({ scheme: '0088', value: '7350000001228' });
    expect(schemed(address, 'EM:anna@kund.example')).toEqual({ scheme: 'EM', value: 'anna@kund.example' });
    expect(withScheme(address, '0007', '559990-0122')).toBe('0007:559990-0122');
  });

  it('is no change where it says what the document says, and is taken away when it is emptied', () => {
    expect(withScheme(address, '0088', '7350000001228')).toBe('7350000001228');
    expect(withScheme(address, '0007', ' ')).toBe(' ');
  });

  it('is chosen where there is one to choose, the document’s own too', () => {
    expect(schemesOf(address)).toContain('EM');
    expect(schemesOf({ ...address, qualifier: '0208' })[0]).toBe('0208');
    expect(schemesOf({ term: 'BT-46', type: 'identifier', qualifier: null })).toEqual(['0007', '0088']);
    expect(schemesOf({ term: 'BT-156', type: 'identifier', qualifier: null })).toEqual([]);
  });

  it('shows by the number itself, where it can', () => {
    const all = schemesOf(address);
    expect(['559990-0122', '7350000001228', 'anna@kund.example', '12'].map((value) => schemeSeen(all, value))).toEqual(['0007', '0088', 'EM', undefined]);
    expect(schemeSeen(['0007', '0088'], 'anna@kund.example')).toBeUndefined();
  });
});
