import { expect, it } from 'vitest';
import { csvOf } from './csv';

const line = (...cells: string[]) => csvOf([cells]).replace('\uFEFF', '');

it('is what a spreadsheet here opens by a double click: its mark, semicolons, CRLF', () => {
  expect(csvOf([['Nummer', 'Belopp'], ['4711', '1250,50']])).toBe('\uFEFFNummer;Belopp\r\n4711;1250,50\r\n');
});

it('quotes what would break a row', () => {
  expect(line('a;b', 'sa "hej"', 'två\nrader', ' kant')).toBe('"a;b";"sa ""hej""";"två\nrader";" kant"\r\n');
});

it('runs nobody’s formula: what begins one is text, a negative figure stays a figure', () => {
  expect(line('=HYPERLINK("x")', '+46701234567', '-2+3', '@SUM(A1)', '-1250,50', '-12')).toBe(
    '"\'=HYPERLINK(""x"")";\'+46701234567;\'-2+3;\'@SUM(A1);-1250,50;-12\r\n',
  );
  expect(line('\t=1', '\r=1', ' =1', '＝1')).toBe('"\'\t=1";"\'\r=1";\' =1;\'＝1\r\n');
});
