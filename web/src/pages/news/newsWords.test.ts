import { readFileSync } from 'node:fs';
import path from 'node:path';
import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Notification } from '@/api/news';
import { byDay, newsKinds, newsSentence } from './newsWords';
import { readNewsSearch } from './newsSearch';

const item = (change: Partial<Notification>): Notification => ({
  id: '019ab2c4-5d10-7c3e-9a51-2f6f0c8e5a01',
  kind: 'failed',
  company: { id: '3', name: 'Nordhamn Energi AB' },
  documentId: null,
  type: 'invoice',
  count: 1,
  words: {},
  path: '/notifications',
  at: '2026-11-30T08:41:07Z',
  firstAt: '2026-11-30T08:41:07Z',
  readAt: null,
  ...change,
});

let t: TFunction;
beforeAll(async () => {
  const words = (language: string) => JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../../../../texts/${language}.json`), 'utf8')) as object;
  await i18next.init({ lng: 'sv', ns: ['words'], defaultNS: 'words', resources: { sv: { words: words('sv') } }, interpolation: { escapeValue: false } });
  t = i18next.t;
});

describe('a notification in words', () => {
  it('names one, and counts several', () => {
    expect(newsSentence(t, item({ words: { number: '4711', counterpart: 'Bergs Bygg AB' } }))).toBe('Bergs Bygg AB fick inte faktura 4711: ingen kanal fungerade');
    expect(newsSentence(t, item({ count: 14 }))).toBe('14 fakturor kunde inte levereras');
    expect(newsSentence(t, item({ kind: 'stopped', type: null, words: { number: 'fil.xml' } }))).toBe('Stoppad: dokumentet fil.xml behöver rättas');
    expect(newsSentence(t, item({ kind: 'ticket', words: { what: 'created', number: 'A-12', subject: 'Fakturan stoppas' } }))).toBe('Nytt ärende A-12: Fakturan stoppas');
    expect(newsSentence(t, item({ kind: 'ticket', words: { what: 'created' }, count: 50 }))).toBe('50 nya ärenden');
  });
  it('has a sentence without holes for every kind, whatever was said', () => {
    for (const kind of newsKinds)
      for (const count of [1, 2]) {
        const sentence = newsSentence(t, item({ kind, count }));
        expect(sentence).not.toMatch(/\{\{|portal\./);
        expect(sentence.length).toBeGreaterThan(5);
      }
  });
  it('stands under its day in Sweden', () => {
    const days = byDay([item({ at: '2026-11-30T23:30:00Z' }), item({ at: '2026-11-30T22:30:00Z' }), item({ at: '2026-11-30T08:00:00Z' })]);
    expect(days.map(({ date, items }) => [date, items.length])).toEqual([
      ['2026-12-01', 1],
      ['2026-11-30', 2],
    ]);
  });
  it('is asked for by what the address says, and by nothing else', () => {
    expect(readNewsSearch({ unread: true, kind: 'failed', other: 1 })).toEqual({ unread: true, kind: 'failed' });
    expect(readNewsSearch({ unread: 'yes', kind: 3 })).toEqual({});
  });
});
