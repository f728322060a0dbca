import { describe, expect, it } from 'vitest';
import { amountText, decimal, parseAmount, percentage, sums } from './amounts';
import { dateOf, plusDays, secondsOf, timeOf } from './dates';
import { fileSizeText, identifierText, ocrText } from './identifiers';

const nb = '\u00a0';

describe('amounts', () => {
  it.each([
    ['48750.00', `48${nb}750,00`],
    ['0.3', '0,30'],
    ['-1234567.5', `−1${nb}234${nb}567,50`],
    ['12.3456', '12,3456'],
    ['-0.00', '0,00'],
    ['99999999999999999999.99', `99${nb}999${nb}999${nb}999${nb}999${nb}999${nb}999,99`],
  ])('%s in Swedish', (value, text) => expect(decimal(value, 'sv')).toBe(text));

  it('says kr for SEK in Swedish and the code otherwise', () => {
    expect(amountText({ value: '962', currency: 'SEK' }, 'sv')).toBe(`962,00${nb}kr`);
    expect(amountText({ value: '1200', currency: 'EUR' }, 'sv')).toBe(`1${nb}200,00${nb}EUR`);
    expect(amountText({ value: '48750', currency: 'SEK' }, 'en')).toBe(`48,750.00${nb}SEK`);
  });

  it('adds exactly, by currency', () => {
    expect(
      sums([
        { value: '0.1', currency: 'SEK' },
        { value: '0.2', currency: 'SEK' },
        { value: '-5', currency: 'EUR' },
      ]),
    ).toEqual([
      { value: '0.30', currency: 'SEK' },
      { value: '-5.00', currency: 'EUR' },
    ]);
  });

  it('never rounds a share up to whole', () => {
    expect(percentage(9999, 10000, 'sv')).toBe('99,9');
    expect(percentage(4067, 4112, 'sv')).toBe('98,9');
    expect(percentage(0, 0, 'sv')).toBe('0,0');
  });

  it.each([
    ['1 234,50', '1234.50'],
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.50'],
    ['48 750 kr', '48750'],
    ['faktura', undefined],
    ['', undefined],
  ])('reads %s as typed', (typed, value) => expect(parseAmount(typed)).toBe(value));
});

describe('dates', () => {
  it('are Swedish time in summer and winter', () => {
    expect(timeOf('2026-11-23T08:41:07.402911Z')).toBe('09:41');
    expect(secondsOf('2026-07-01T22:30:05Z')).toBe('00:30:05');
    expect(dateOf('2026-07-01T22:30:05Z')).toBe('2026-07-02');
  });
  it('count days over months', () => expect(plusDays('2026-03-01', -1)).toBe('2026-02-28'));
});

describe('identifiers', () => {
  it('are grouped for reading', () => {
    expect(identifierText('0007:5599900122')).toBe('559990-0122');
    expect(identifierText('customer:20117')).toBe('20117');
    expect(ocrText('4711202681')).toBe(`4711${nb}2026${nb}81`);
    expect(ocrText('GB-20931')).toBe('GB-20931');
    expect(fileSizeText(217204, 'sv')).toBe(`217${nb}kB`);
    expect(fileSizeText(1_540_000, 'sv')).toBe(`1,5${nb}MB`);
  });
});
