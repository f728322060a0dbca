import { describe, expect, it } from 'vitest';
import { verdictOf } from './identifierHelp';

describe('an identifier while it is typed', () => {
  it.each([
    ['0007', '559990-0122'],
    ['0007', '212000 0787'],
    ['0088', '7300000000004'],
    ['0192', '988 077 917'],
    ['0184', 'DK12345678'],
    ['0216', '003720774740'],
    ['0216', '003720774740AB1'],
    ['0196', '120174-3399'],
    ['0060', '123456789'],
  ])('%s %s is right', (scheme, value) => {
    expect(verdictOf(scheme, value)).toEqual({ state: 'good' });
  });

  it.each([
    ['0007', '5599900123'],
    ['0088', '7300000000005'],
    ['0192', '988077918'],
    ['0216', '003720774741'],
    ['0196', '1201743389'],
  ])('%s %s has a wrong check digit', (scheme, value) => {
    expect(verdictOf(scheme, value)).toEqual({ state: 'check' });
  });

  it.each([
    ['0007', ''],
    ['0007', '  '],
  ])('nothing is said of nothing', (scheme, value) => {
    expect(verdictOf(scheme, value)).toEqual({ state: 'empty' });
  });

  it.each([
    ['0007', '55999001'],
    ['0007', '559990O122'],
    ['0184', '02345678'],
    ['0191', '12345678'], // the server knows
    ['9930', 'DE123456789'],
  ])('%s %s is left to be finished, or to the server', (scheme, value) => {
    expect(verdictOf(scheme, value)).toEqual({ state: 'unfinished' });
  });

  it.each(['SE559990012201', 'se 559990-0122 01', '559990012201'])('%s is a VAT number', (value) => {
    expect(verdictOf('0007', value)).toEqual({ state: 'vat', suggestion: '559990-0122' });
  });

  it('a VAT number of a wrong number suggests nothing', () => {
    expect(verdictOf('0007', 'SE559990012301')).toEqual({ state: 'unfinished' });
  });
});
