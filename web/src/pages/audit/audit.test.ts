import { beforeAll, describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import type { AuditEntry } from '@/api/audit';
import { wordsIn } from '@/test-words';
import { readAuditSearch } from './auditSearch';
import { actionGroups, changesOf, factsOf, sentenceOf } from './auditWords';

let sv: TFunction;
let en: TFunction;
beforeAll(async () => {
  sv = await wordsIn('sv');
  en = await wordsIn('en');
});

const entry: AuditEntry = {
  company: '1',
  sequence: 7,
  at: '2026-11-27T08:12:55.004210Z',
  actor: { kind: 'person', id: 'u1', name: 'Karin Sund' },
  reason: null,
  action: 'document.seen',
  object: 'document',
  objectId: 'd1',
  objectName: '4711',
  detail: { type: 'invoice' },
  address: '192.0.2.7',
  hash: '0'.repeat(64),
};

describe('an entry of the trail', () => {
  it('is a sentence in both languages', () => {
    expect(sentenceOf(sv, entry)).toBe('Karin Sund såg faktura 4711');
    expect(sentenceOf(en, entry)).toBe('Karin Sund saw invoice 4711');
    expect(sentenceOf(sv, { ...entry, detail: null, objectName: null })).toBe('Karin Sund såg ett dokument');
    const staff: AuditEntry = { ...entry, actor: { kind: 'person', id: 'u9', name: 'Drift Postgång' }, action: 'staff.acts-for-company', object: 'company', objectId: '1', objectName: 'Nordhamn AB', detail: null };
    expect(sentenceOf(sv, staff)).toBe('Drift Postgång agerade för Nordhamn AB');
    expect(sentenceOf(sv, { ...entry, action: 'setting.changed', object: 'setting', objectId: 'morning-list', objectName: null })).toBe('Karin Sund ändrade inställningen morgonlista');
    expect(sentenceOf(sv, { ...entry, action: 'user.password-changed', object: 'user', objectId: 'u1', objectName: 'Karin Sund' })).toBe('Karin Sund bytte lösenord');
    expect(sentenceOf(sv, { ...entry, actor: { kind: 'system', id: 'retention', name: 'Gallring' }, action: 'document.erased', objectId: null, objectName: null, detail: { documents: 3 } })).toBe('Gallring gallrade dokument');
    expect(sentenceOf(sv, { ...entry, action: 'session.opened', object: 'session', objectId: null, objectName: null })).toBe('Karin Sund loggade in');
    expect(sentenceOf(sv, { ...entry, actor: { kind: 'key', id: 'k1', name: null }, action: 'document.sent' })).toBe('En nyckel lämnade in faktura 4711');
  });

  it('says what changed, and what is withheld', () => {
    const changed = { ...entry, detail: { name: ['Granberga', 'Granberga Bygg'], active: [false, true], email: ['…', '…'], email2: null, decision: 'release' } };
    expect(changesOf(sv, changed)).toEqual([
      { field: 'Namn', before: 'Granberga', after: 'Granberga Bygg' },
      { field: 'Påslaget', before: 'nej', after: 'ja' },
      { field: 'E-postadress', before: 'Innehållet sparas inte', after: 'Innehållet sparas inte' },
    ]);
    expect(factsOf(sv, changed)).toEqual([
      { field: 'email2', value: 'tomt' },
      { field: 'Beslut', value: 'release' },
    ]);
    expect(changesOf(sv, entry)).toEqual([]);
    expect(factsOf(sv, entry)).toEqual([]);
  });

  it('can be asked for by every action that has words', () => {
    const groups = actionGroups(sv);
    expect(groups.find(({ group }) => group === 'Dokument')?.items).toContainEqual({ value: 'document.seen', label: 'såg' });
    expect(groups.every(({ group }) => !group.startsWith('audit.'))).toBe(true);
  });
});

describe('the address', () => {
  it('keeps what is a filter and drops what is none', () => {
    expect(readAuditSearch({ text: 4711, from: '2026-11-01', to: 'igår', company: '2', nonsense: 'x', row: '' })).toEqual({ text: '4711', from: '2026-11-01', company: '2' });
  });
});
