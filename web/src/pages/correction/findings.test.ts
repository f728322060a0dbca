import { expect, it } from 'vitest';
import type { CorrectionFinding, CutOut } from '@/api/stops';
import { plainWords } from '@/format/plain';
import { valueWords } from '@/format/identifiers';
import { wordsIn } from '@/test-words';
import { factsOf } from './draftFile';
import { causeWords, findingWords, isUnreadDate, picturesOf } from './findingWords';

const cell = (label: string, value: string | null, marked = false): CutOut['cells'][number] => ({ label: { sv: label, en: label }, value, marked, note: null });
const cutOut = (...cells: CutOut['cells']): CutOut => ({ heading: { sv: 'Så står det på fakturan, sida 1', en: 'Page 1' }, cells });
const finding = (id: string, value: string | null, picture: CutOut | null = null): CorrectionFinding => ({
  id, severity: 'error', term: 'BT-72', where: null, value,
  explanation: { sv: 'Leveransdatumet (BT-72) får inte ligga i framtiden.', en: 'The delivery date (BT-72) may not be in the future.' },
  advice: { sv: 'Rätta uppgiften och skicka igen.', en: 'Correct it and send again.' }, cutOut: picture,
});

it('a sentence is told without the standard’s codes', () => {
  expect(plainWords('Köparens land (BT-55) ska vara ”SE”, inte köparens ort (BT-52).')).toBe('Köparens land ska vara ”SE”, inte köparens ort.');
  expect(plainWords('Fakturan får inte vara en dubblett (samma nummer).')).toBe('Fakturan får inte vara en dubblett (samma nummer).');
});

it('a date that cannot be read is no matter of age', async () => {
  const t = await wordsIn('sv');
  expect(['2117-12-01', '1 december', '2013-06-00', null].map((value) => isUnreadDate({ id: 'demand-age', value }))).toEqual([false, true, true, false]);
  expect(findingWords(t, finding('demand-age', '1 december'), 'sv').what).toBe('”1 december” går inte att läsa som ett datum.');
  expect(findingWords(t, finding('demand-age', '2117-12-01'), 'sv').what).toBe('Leveransdatumet får inte ligga i framtiden.');
  const cause = { finding: 'demand-age', term: 'BT-72', title: { sv: 'Leveransdatum ligger utanför tiden', en: 'Out of time' } };
  expect(causeWords(t, { cause, finding: finding('demand-age', '1 december') }, 'sv')).toBe('Leveransdatum går inte att läsa som datum');
  expect(causeWords(t, { cause, finding: finding('demand-age', '2117-12-01') }, 'sv')).toBe('Leveransdatum ligger utanför tiden');
});

it('findings of one place share one picture, with each marked', () => {
  const customer = cell('Kund', 'Tallmo kommun');
  const [picture, ...others] = picturesOf([
    finding('demand-missing', null, cutOut(customer, cell('Ort', 'saknas', true))),
    finding('demand-form', '1020', cutOut(customer, cell('Postnummer', '1020', true))),
  ]);
  expect(others).toEqual([]);
  expect(picture?.findings).toHaveLength(2);
  expect(picture?.cutOut?.cells.map(({ label, value, marked }) => [label.sv, value, marked])).toEqual([
    ['Kund', 'Tallmo kommun', false],
    ['Ort', null, true],
    ['Postnummer', '1020', true],
  ]);
});

it('two findings of one cell mark it once, with what the first wants', () => {
  const note = (text: string) => ({ ...cell('Ordernummer', 'PO', true), note: { sv: text, en: text } });
  const [picture] = picturesOf([finding('demand-form', 'PO', cutOut(note('Åtta siffror'))), finding('demand-register', 'PO', cutOut(note('Ur registret')))]);
  expect(picture?.cutOut?.cells.map((one) => one.note?.sv)).toEqual(['Åtta siffror']);
});

it('findings of different places keep their pictures', () => {
  const two = picturesOf([
    finding('demand-form', 'x', cutOut(cell('Kund', 'Tallmo'), cell('Ort', 'x', true))),
    finding('demand-form', 'y', cutOut(cell('Er referens', 'Eva'), cell('Ordernummer', 'y', true))),
    finding('demand-form', 'z'),
  ]);
  expect(two.map((picture) => picture.findings.length)).toEqual([1, 1, 1]);
});

it('an identifier is told by its scheme’s name, grouped; other values as they are', async () => {
  const t = await wordsIn('sv');
  expect(valueWords(t, 'sv', 'BT-49', '5599900544 0007')).toBe('Org.nr 559990-0544');
  expect(valueWords(t, 'sv', 'BT-71', '7350000001228 0088')).toBe('GLN 7350000001228');
  expect(valueWords(t, 'sv', 'BT-49', '12345 9999')).toBe('Serie 9999 12345');
  expect(valueWords(t, 'sv', 'BT-125', 'tider.csv (5464)')).toBe('tider.csv 4\u00a0kB');
  expect(valueWords(t, 'sv', 'BT-125', 'bild (2).png (0)')).toBe('bild (2).png');
  expect(valueWords(t, 'sv', 'BT-13', '45123456 0007')).toBe('45123456 0007');
});

it('a draft says which, to whom and how much', () => {
  const draft = `<CreditNote xmlns="urn:x" xmlns:c="urn:b" xmlns:a="urn:a"><c:ID>K-1</c:ID><a:AccountingCustomerParty><a:Party>
    <c:EndpointID schemeID="0007">5599900544</c:EndpointID><a:PartyName><c:Name>Tallmo</c:Name></a:PartyName>
    <a:PartyLegalEntity><c:RegistrationName>Tallmo kommun</c:RegistrationName></a:PartyLegalEntity></a:Party></a:AccountingCustomerParty>
    <a:LegalMonetaryTotal><c:PayableAmount currencyID="SEK">1250.50</c:PayableAmount></a:LegalMonetaryTotal></CreditNote>`;
  expect(factsOf(draft)).toEqual({ creditNote: true, number: 'K-1', receiver: 'Tallmo kommun', identifier: '0007:5599900544', amount: { value: '1250.50', currency: 'SEK' } });
  expect(factsOf('no xml at all')).toBeNull();
});
