import { beforeAll, describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import contract from '../../../../src/api/openapi.json';
import type { Delivery, Document, DocumentEvent } from '@/api/queries';
import { wordsIn } from '@/test-words';
import { answerAdvice, answerWords } from './answerWords';
import { colourXml } from './colourXml';
import { copyInUse } from './copies';
import { standingOf } from './deliveryWords';
import { eventDetail, eventTitle } from './eventWords';
import { termText } from './Terms';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
let sv: TFunction;
let en: TFunction;
beforeAll(async () => {
  sv = await wordsIn('sv');
  en = await wordsIn('en');
});

describe('the answer', () => {
  const said = (t: TFunction, answer: Document['answer'], type: Document['type'] = 'invoice') =>
    plain(answerWords(t, { answer, type }).map((part) => part.text).join(''));
  const receiver = 'Granberga Bygg AB';

  it('can be read to the customer, and claims no more than its evidence', () => {
    const deliveredAt = '2026-11-20T07:02:14Z';
    expect(said(sv, { key: 'opened', colour: 'green', parameters: { receiver, channel: 'network', deliveredAt, openedAt: '2026-11-23T08:41:07Z', by: 'Karin Holm' } })).toBe(
      'Fakturan kom fram till Granberga Bygg AB i Postgång 2026-11-20 kl. 08:02 och öppnades 2026-11-23 kl. 09:41 av Karin Holm.',
    );
    expect(said(sv, { key: 'sent', colour: 'blue', parameters: { receiver, channel: 'email', sentAt: deliveredAt } })).toBe(
      'Fakturan skickades till Granberga Bygg AB via E-post 2026-11-20 kl. 08:02. Inget kvitto har kommit än.',
    );
    expect(said(en, { key: 'failed', colour: 'red', parameters: { receiver, reason: 'no-channel' } }, 'credit-note')).toBe(
      'The credit note did not reach Granberga Bygg AB: No channel reaches the receiver.',
    );
  });

  it('says of a mail that it is not opened and when it goes to paper, and of a letter where it is', () => {
    const sentAt = '2026-11-16T08:41:00Z';
    const deadline = '2026-11-23T15:00:00Z';
    const blue = (key: string, parameters: Record<string, string>) => said(sv, { key, colour: 'blue', parameters: { receiver, ...parameters } });
    expect(blue('mailed', { address: 'lena@granberga.example', sentAt, deadline })).toBe(
      'Fakturan skickades med e-post till Granberga Bygg AB 2026-11-16 kl. 09:41 och är inte öppnad. Den går till papper 2026-11-23 kl. 16:00.',
    );
    expect(blue('mailed', { sentAt })).toContain('går inte till papper av sig själv');
    expect(blue('letter-queued', { sentAt, printAt: deadline })).toContain('öppnades inte i tid. Den går som brev till tryck 2026-11-23 kl. 16:00.');
    expect(blue('letter-queued', { printAt: deadline })).toBe('Fakturan går som brev till Granberga Bygg AB, till tryck 2026-11-23 kl. 16:00.');
    expect(blue('letter-posted', { postedAt: deadline })).toContain('När brevet kommer fram syns inte.');
    expect(blue('opened', { channel: 'email', sentAt, openedAt: deadline })).toBe('Fakturan skickades med e-post till Granberga Bygg AB 2026-11-16 kl. 09:41 och öppnades 2026-11-23 kl. 16:00.');
  });

  it('says what to do where it did not arrive', () => {
    const failed = { answer: { key: 'failed', colour: 'red', parameters: { receiver, reason: 'no-channel' } } } as const;
    expect(answerAdvice(sv, failed)).toContain('organisationsnumret');
    expect(answerAdvice(sv, { answer: { key: 'opened', colour: 'green', parameters: { receiver } } })).toBe('');
  });

  it('is shorter where a value is not known, and never has a hole', () => {
    expect(said(sv, { key: 'opened', colour: 'green', parameters: { receiver } })).toBe('Fakturan har kommit fram och öppnats.');
  });

  it('has a sentence for every key of the contract, in both languages', () => {
    const keys = [...contract.components.schemas.Answer.properties.key.description.matchAll(/`([a-z][a-z-]*)`(?= \{|[,.])/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => key !== 'parameters' && key !== 'reason');
    expect(keys.length).toBeGreaterThan(15);
    for (const key of keys) {
      for (const t of [sv, en]) expect(t(`portal.answer.${key}.short`, { defaultValue: '' }), key).not.toBe('');
    }
  });
});

describe('events in words', () => {
  const event = (type: string, parameters: Record<string, string>, actor: DocumentEvent['actor'] = { kind: 'system', name: 'Postgång' }) => ({
    type,
    parameters,
    actor,
  });

  it.each([
    ['received', { door: 'api', fileName: '4711.xml' }, 'Inkommet via API', 'Nyckel ”Affärssystem”, 4711.xml'],
    ['routed', { channel: 'network', price: '0.30 SEK', reason: 'receiver-is-customer' }, 'Kanal vald: Postgång', 'Mottagaren är kund här, 0,30 kr'],
    ['routed', {}, 'Ingen kanal når mottagaren', ''],
    ['checked', { warnings: '2' }, 'Kontrollerat utan brister', '2 varningar'],
    ['delivered', { channel: 'network', receiver: 'Granberga Bygg AB', evidence: 'inbox' }, 'Levererat', 'I inkorgen hos Granberga Bygg AB'],
    ['fetched', { by: 'Affärssystem' }, 'Hämtat av ett program', 'Affärssystem. Räknas inte som öppnat.'],
    ['stopped', { finding: 'BR-CO-15' }, 'Stoppat', 'Beloppet med moms stämmer inte'],
    [
      'failed',
      { reason: 'no-channel', receiver: 'Nordvik Livs AB', identifier: '0007:5599900130' },
      'Misslyckat: någon måste agera',
      'Ingen kanal når Nordvik Livs AB (0007:5599900130): företaget är inte kund här.',
    ],
    ['bounced', { detail: '550 5.1.1 User unknown', cause: 'address-unknown' }, 'Studsade', 'Adressen finns inte. 550 5.1.1 User unknown'],
    ['failed', { reason: 'no-channel' }, 'Misslyckat: någon måste agera', 'Ingen kanal når mottagaren'],
    ['something-new', {}, 'something-new', ''],
  ])('%s %o', (type, parameters, title, detail) => {
    const one = event(type, parameters as Record<string, string>, { kind: 'program', name: 'Affärssystem' });
    expect(plain(eventTitle(sv, one, 'sv'))).toBe(title);
    expect(plain(eventDetail(sv, one, 'sv'))).toBe(detail);
  });

  it('has a title for every event of the contract', () => {
    const known = /Known: (.*?)\. The list/.exec(contract.components.schemas.Event.properties.type.description)?.[1] ?? '';
    const types = [...known.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? '');
    expect(types.length).toBeGreaterThan(20);
    for (const type of types) for (const t of [sv, en]) expect(t(`event.${type}.title`, { defaultValue: '' }), type).not.toBe('');
  });
});

describe('XML in colour', () => {
  it.each([
    '<?xml version="1.0"?><a x="1 > 0"><!-- <b> --><c/>text</a>',
    'not <xml at all',
    '<script>alert(1)</script>',
    '',
  ])('changes nothing in %s', (xml) => {
    expect(colourXml(xml).map((part) => part.text).join('')).toBe(xml);
  });
});

it('business terms are shown by their kind', () => {
  const text = (term: Partial<Parameters<typeof termText>[0]>) => plain(termText({ kind: 'text', value: '', currency: null, scheme: null, ...term }, 'sv'));
  expect(text({ kind: 'amount', value: '6400', currency: 'SEK' })).toBe('6 400,00 kr');
  expect(text({ kind: 'quantity', value: '18240.5', scheme: 'KWH' })).toBe('18240,5 KWH');
  expect(text({ kind: 'percentage', value: '25' })).toBe('25 %');
  expect(text({ kind: 'identifier', value: '5599900122', scheme: '0007' })).toBe('5599900122 (0007)');
});

it('the copy shown first is the one that left the house', () => {
  const document = (copies: Document['copies']) => ({ copies }) as Document;
  expect(copyInUse(document([{ kind: 'readable', sent: false }, { kind: 'email', sent: true }]))).toBe('email');
  expect(copyInUse(document([{ kind: 'print', sent: false }, { kind: 'readable', sent: false }]))).toBe('readable');
  expect(copyInUse(document([]))).toBeUndefined();
});

describe('a delivery in a line', () => {
  const now = Date.parse('2026-11-22T09:00:00Z');
  const delivery = (changed: Partial<Delivery>) => ({ channel: 'email', state: 'waiting', deadline: '2026-11-23T15:00:00Z', sentAt: '2026-11-16T08:00:00Z', openedAt: null, expiredAt: null, printedAt: null, postedAt: null, ...changed }) as Delivery;

  it('counts a Smartmail down, and claims of a letter no more than is known', () => {
    expect(standingOf(sv, delivery({}), now)).toMatchObject({ words: '1 dygn 6 tim kvar, går till papper i morgon 16:00.', left: { urgent: false } });
    expect(standingOf(sv, delivery({ deadline: null }), now)?.words).toBe('Inte öppnat. Går inte till papper av sig självt.');
    expect(standingOf(sv, delivery({ channel: 'print', state: 'queued' }), now)?.words).toBe('Går till tryck i morgon 16:00.');
    expect(standingOf(sv, delivery({ channel: 'bank', state: 'queued' }), now)?.words).toBe('Går till banken i morgon 16:00.');
    expect(standingOf(sv, delivery({ channel: 'bank', state: 'delivered' }), now)?.words).toBe('Visas i betalarens internetbank.');
    expect(standingOf(sv, delivery({ channel: 'bank', state: 'uncertain' }), now)?.words).toBe('');
    expect(standingOf(sv, delivery({ channel: 'print', state: 'posted', postedAt: '2026-11-24T09:00:00Z' }), now)?.words).toBe('Postat 2026-11-24 10:00. Det säger inte att brevet har kommit fram.');
    expect(standingOf(sv, delivery({ state: 'posted', expiredAt: '2026-11-23T15:00:00Z', openedAt: '2026-11-24T09:00:00Z' }), now)?.words).toBe('Gick vidare till papper 2026-11-23 16:00. Öppnat efter det, 2026-11-24 10:00.');
    expect(standingOf(sv, delivery({ channel: 'network', state: null }), now)).toBeUndefined();
  });
});
