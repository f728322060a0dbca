import { beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '@/api/problem';
import type { Correction, CorrectionField, CorrectionPreview } from '@/api/stops';
import { wordsIn } from '@/test-words';
import { changesOf, emptyDraft, forgetDraft, loadDraft, needsCredit, rememberable, saveDraft, shownFields, withValue, yetToFill } from './draft';
import { placeWords } from './placeWords';
import { judgementOf, waitsFor } from './useCorrection';

const field = (term: string, more: Partial<CorrectionField> = {}): CorrectionField => ({
  term, place: '', title: { sv: term, en: term }, group: { sv: 'Fakturan', en: 'Invoice' }, type: 'text', value: null, qualifier: null,
  open: false, correctable: true, why: null, suggestions: [], demand: null, maxLength: null, ...more,
});
const order = field('BT-13', { open: true });
const reference = field('BT-10', { value: 'Sara L' });
const amount = field('BT-115', { value: '1250.00', correctable: false, why: 'term-not-correctable' });
const correction = { fields: [order, reference, amount] } as unknown as Correction;

describe('what has been typed', () => {
  it('is sent as changes, trimmed; an emptied field is taken away', () => {
    const draft = withValue(withValue(emptyDraft, order, ' 45123456 '), reference, '');
    expect(changesOf(correction, draft)).toEqual([
      { term: 'BT-13', place: '', value: '45123456' },
      { term: 'BT-10', place: '', value: null },
    ]);
  });

  it('is no change once it says again what the document says', () => {
    expect(withValue(withValue(emptyDraft, reference, 'Eva'), reference, 'Sara L').values).toEqual({});
  });

  it('never changes what may not be changed', () => {
    expect(changesOf(correction, withValue(emptyDraft, amount, '1.00'))).toEqual([]);
  });

  it('shows the faulty fields, then those that were chosen', () => {
    const shown = (draft = emptyDraft) => shownFields(correction, draft).map((one) => one.term);
    expect(shown()).toEqual(['BT-13']);
    expect(shown({ ...emptyDraft, chosen: ['/BT-10'] })).toEqual(['BT-13', 'BT-10']);
  });

  it('asks for a credit note where the fault lies in what is never changed', () => {
    expect(needsCredit(correction)).toBe(false);
    expect(needsCredit({ fields: [{ ...amount, open: true }] } as unknown as Correction)).toBe(true);
  });
});

describe('what «Kom ihåg» offers', () => {
  const findings = ['BT-13', 'BT-72', 'BT-133', 'BT-10'].map((term) => ({ id: term === 'BT-10' ? 'BR-07' : 'demand-missing', term }));
  const fields = [order, field('BT-72', { open: true, type: 'date' }), field('BT-133', { open: true, place: 'BG-25' }), field('BT-10', { open: true })];

  it('is what a demand asked for in the head: no line, no date, no rule of a pack', () => {
    expect(rememberable({ findings, fields } as unknown as Correction).map((one) => one.term)).toEqual(['BT-13']);
    expect(rememberable({ findings: [{ id: 'demand-attachment', term: 'BT-125' }], fields } as unknown as Correction)).toEqual([]);
  });
});

it('a faulty field that nobody has come to is not wrong, only not filled in', () => {
  expect(yetToFill(correction, emptyDraft)).toEqual([order]);
  expect(yetToFill(correction, withValue(emptyDraft, order, '4'))).toEqual([]);
});

it('half an address waits for the rest, and is not refused', () => {
  const half = new ApiProblem({ type: '', title: '', status: 422, code: 'term-needs-another', detail: '', parameters: { term: 'BT-50', needs: 'BT-55' } });
  expect(waitsFor(half)).toBe('BT-55');
  expect(judgementOf(field('BT-50'), undefined, half, 'sv', () => 'BT-50')).toBeUndefined();
});

describe('a draft', () => {
  beforeEach(() => sessionStorage.clear());

  it('outlives the page until it is sent', () => {
    const draft = withValue(emptyDraft, order, '45123456');
    saveDraft('a', draft);
    expect(loadDraft('a')).toEqual(draft);
    expect(loadDraft('b')).toEqual(emptyDraft);
    forgetDraft('a');
    expect(loadDraft('a')).toEqual(emptyDraft);
  });

  it('goes over to a newer version with its values', () => {
    const draft = withValue(emptyDraft, order, '45123456');
    saveDraft('newer', draft);
    expect(changesOf(correction, loadDraft('newer'))).toEqual([{ term: 'BT-13', place: '', value: '45123456' }]);
  });

  it('that somebody has spoilt is an empty one', () => {
    sessionStorage.setItem('postgang.correction.a', '{');
    expect(loadDraft('a')).toEqual(emptyDraft);
  });
});

describe('the judgement beside a field', () => {
  const preview = {
    judgements: [{ term: 'BT-13', place: '', ok: false, message: { sv: 'Ska ha åtta siffror', en: 'Shall have eight digits' } }],
    findings: [],
  } as unknown as CorrectionPreview;
  const words = () => 'Inget datum';

  it('is the server’s, in the language of the screen', () => {
    expect(judgementOf(order, preview, undefined, 'sv', words)).toEqual({ ok: false, words: 'Ska ha åtta siffror' });
    expect(judgementOf(order, preview, undefined, 'en', words)?.words).toBe('Shall have eight digits');
    expect(judgementOf(reference, preview, undefined, 'sv', words)).toBeUndefined();
  });

  it('is the refusal of a value that cannot be written at all', () => {
    const refused = new ApiProblem({ type: '', title: '', status: 422, code: 'term-value-malformed', detail: '', parameters: { term: 'BT-13' } });
    expect(judgementOf(order, undefined, refused, 'sv', words)).toEqual({ ok: false, words: 'Inget datum' });
    expect(judgementOf(reference, undefined, refused, 'sv', words)).toBeUndefined();
  });
});

it('a place is told as people count', async () => {
  const t = await wordsIn('sv');
  expect(placeWords(t, 'BG-25[2]/BG-31')).toBe('rad 2');
  expect(placeWords(t, 'BG-25/BG-26')).toBe('rad 1');
  expect(placeWords(t, 'BG-3[2]')).toBe('nr 2');
  expect(placeWords(t, '')).toBe('');
});
