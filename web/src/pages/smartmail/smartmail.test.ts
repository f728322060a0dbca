import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TFunction } from 'i18next';
import { actOn, dueAt, type SmartmailItem, type SmartmailTrial } from '@/api/smartmail';
import { wordsIn } from '@/test-words';
import { doable, whyNot } from './actions';
import { listOf, periodOf, readSmartmailSearch } from './smartmailSearch';
import { timeLeft, whenWords } from './timeLeft';
import { openedWithin, reservations, trialSentence } from './trialWords';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
let sv: TFunction;
let en: TFunction;
beforeAll(async () => {
  sv = await wordsIn('sv');
  en = await wordsIn('en');
});
afterEach(() => vi.unstubAllGlobals());

describe('time left', () => {
  const sentAt = '2026-11-16T08:00:00Z';
  const deadline = '2026-11-23T15:00:00Z';
  const at = (now: string, t = sv) => timeLeft(t, { deadline, sentAt }, Date.parse(now));

  it.each([
    ['2026-11-23T08:48:00Z', '6 tim 12 min', true],
    ['2026-11-22T09:00:00Z', '1 dygn 6 tim', false],
    ['2026-11-20T15:00:00Z', '3 dygn', false],
    ['2026-11-23T14:18:30Z', '41 min', true],
    ['2026-11-23T14:59:30Z', 'under 1 min', true],
    ['2026-11-23T15:00:00Z', 'fristen är ute', true],
  ])('at %s it is %s', (now, words, urgent) => {
    expect(at(now)).toMatchObject({ words, urgent });
  });

  it('has words in English, too, and a share that stays within its bar', () => {
    expect(at('2026-11-22T09:00:00Z', en).words).toBe('1 day 6 h');
    expect(at('2026-11-16T08:00:00Z').share).toBe(1);
    expect(at('2026-11-24T08:00:00Z').share).toBe(0);
    expect(timeLeft(sv, { deadline, sentAt: null }, Date.parse(sentAt)).share).toBe(0);
  });

  it('says today and tomorrow by the Swedish calendar, otherwise the date', () => {
    expect(whenWords(sv, deadline, Date.parse('2026-11-22T23:30:00Z'))).toBe('i dag 16:00');
    expect(whenWords(sv, deadline, Date.parse('2026-11-22T12:00:00Z'))).toBe('i morgon 16:00');
    expect(whenWords(sv, deadline, Date.parse('2026-11-20T12:00:00Z'))).toBe('2026-11-23 16:00');
  });
});

describe('the address', () => {
  it('keeps what is known and drops what is usual or unknown', () => {
    expect(readSmartmailSearch({ tab: 'opened', sort: 'sentAt', from: '2026-11-01', to: 'i går', query: '4711', panel: 'trial', x: '1' })).toEqual({
      tab: 'opened',
      from: '2026-11-01',
      query: '4711',
      panel: 'trial',
    });
    expect(readSmartmailSearch({ tab: 'waiting', sort: 'deadline' })).toEqual({});
    expect(readSmartmailSearch({ sort: 'sentAt' })).toEqual({ sort: 'sentAt' });
  });

  it('asks for what waits now whenever it was sent, and for the rest of the latest thirty days', () => {
    expect(listOf({}, '2026-11-30')).toEqual({ state: ['waiting'], sort: 'deadline' });
    expect(listOf({ tab: 'opened', query: 'Berg' }, '2026-11-30')).toEqual({ state: ['opened'], sort: 'sentAt', query: 'Berg', from: '2026-11-01' });
    expect(periodOf({ to: '2026-10-31' }, '2026-11-30')).toEqual({ to: '2026-10-31' });
  });
});

describe('actions', () => {
  const item = (remind: string | null) => ({ actions: { remind, extend: null, postNow: 'smartmail-settings-malformed', stop: null } });

  it('say why they cannot be done', () => {
    expect(whyNot(sv, item(null).actions, 'remind')).toBe('');
    expect(whyNot(sv, item('no-words-for-this').actions, 'remind')).toBe('Går inte just nu');
    expect(whyNot(sv, item(null).actions, 'postNow')).not.toBe('');
  });

  it('are for those that allow them; refused only where none does', () => {
    expect(doable(sv, [item(null), item('x')], 'remind')).toMatchObject({ items: [item(null)], why: '' });
    expect(doable(sv, [item('x')], 'remind')).toMatchObject({ items: [], why: 'Går inte just nu' });
  });

  it('go two hundred at a time; a request that fails is told for its documents alone', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `d${index}`);
    const asked: number[] = [];
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      const { documents } = JSON.parse(String(init.body)) as { documents: string[] };
      asked.push(documents.length);
      if (asked.length === 2) return new Response('{}', { status: 502 });
      return new Response(JSON.stringify({ items: documents.map((id) => ({ id, done: id !== 'd3', deadline: null, problem: id === 'd3' ? { code: 'smartmail-opened' } : null })) }));
    });
    const outcomes = await actOn('remind', ids);
    expect(asked).toEqual([200, 50]);
    expect(outcomes).toHaveLength(250);
    expect(outcomes.filter((outcome) => outcome.problem).map((outcome) => outcome.problem?.code)).toEqual(['smartmail-opened', ...Array<string>(50).fill('unreachable')]);
  });
});

describe('the nearest deadline', () => {
  it('is about all who have it, over several pages, and nobody else', async () => {
    const at = '2026-11-23T15:00:00.000000Z';
    const page = (ids: string[], deadline: string, nextCursor: string | null) => ({ items: ids.map((id) => ({ document: { id }, deadline }) as SmartmailItem), nextCursor });
    const pages = [page(['a', 'b'], at, 'next'), { items: [...page(['c'], at, null).items, ...page(['d'], '2026-11-24T15:00:00.000000Z', null).items], nextCursor: 'more' }];
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      return new Response(JSON.stringify(pages[asked.length - 1]));
    });
    expect((await dueAt(at, { counterpart: 'customer:1' })).map((item) => item.document.id)).toEqual(['a', 'b', 'c']);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('cursor=next');
    expect(asked[0]).toContain('counterpart=customer%3A1');
  });
});

describe('what if', () => {
  const trial = (changed: Partial<SmartmailTrial> = {}): SmartmailTrial => ({
    from: '2025-11-29',
    to: '2026-11-29',
    mails: 4210,
    leftOut: 0,
    partial: false,
    opened: { now: 3902, then: 3711 },
    posted: { now: 308, then: 499 },
    cost: [{ currency: 'SEK', now: '3819.20', then: '6187.60' }],
    withoutPrice: 0,
    openedTooLate: 191,
    openedAfterPosting: 0,
    perhaps: 0,
    openedWithin: [],
    ...changed,
  });
  const said = (changed: Partial<SmartmailTrial>, bankDays = false, t = sv) => plain(trialSentence(t, t === sv ? 'sv' : 'en', { days: 5, bankDays, daysBeforeDue: 5 }, trial(changed)));

  it('is one sentence about letters and one about money', () => {
    expect(said({})).toBe('Med 5 dygn hade 191 fler av 4 210 gått till papper. Det hade kostat 2 368,40 kr mer.');
    expect(said({}, true, en)).toBe('With 5 bank days 191 more of 4,210 would have gone to paper. That would have cost 2,368.40 SEK more.');
    expect(said({ posted: { now: 308, then: 300 }, cost: [{ currency: 'SEK', now: '100.10', then: '90.00' }] })).toBe(
      'Med 5 dygn hade 8 färre av 4 210 gått till papper. Det hade sparat 10,10 kr.',
    );
    expect(said({ posted: { now: 308, then: 308 }, cost: [{ currency: 'SEK', now: '1.00', then: '1.00' }] })).toBe('Med 5 dygn hade lika många av 4 210 gått till papper.');
    expect(said({ mails: 0 })).toContain('inget att pröva på');
  });

  it('says what the figures do not know', () => {
    expect(reservations(sv, 'sv', trial())).toEqual([]);
    expect(reservations(sv, 'sv', trial({ perhaps: 4, leftOut: 61, partial: true }))).toHaveLength(3);
  });

  it('shows how soon they were opened, as far as the tried number and the next', () => {
    const within = Array.from({ length: 61 }, (_, days) => ({ days, mails: days }));
    expect(openedWithin(trial({ openedWithin: within }), 5).map((row) => row.days)).toEqual([1, 2, 3, 5, 7]);
    expect(openedWithin(trial({ openedWithin: within }), 60).at(-1)?.days).toBe(30);
  });
});
