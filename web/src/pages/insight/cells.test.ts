import { describe, expect, it } from 'vitest';
import type { Insight, InsightCompany, InsightGrant } from '@/api/companies';
import { wordsIn } from '@/test-words';
import { cellsOf, cellWords, grantWords } from './cells';

const company = (id: string, parent: string | null, more: Partial<InsightCompany> = {}): InsightCompany => ({ id, parent, name: id, identifier: `0007:${id}`, depth: 0, seen: true, mine: true, ...more });
const grant = (owner: string, viewer: string, more: Partial<InsightGrant> = {}): InsightGrant => ({ owner, viewer, sent: true, received: true, types: [], mayAct: false, changedAt: '2026-11-23T08:00:00Z', changedBy: 'Mats', ...more });
const group = [company('Nordhamn', null), company('Energi', 'Nordhamn'), company('Elnät', 'Energi'), company('Lager', 'Nordhamn')];
const states = (insight: Insight) => cellsOf(insight).map((row) => row.map(({ state }) => state).join(' '));

describe('who sees whom', () => {
  it('goes down the tree, at any depth, and never up', () => {
    expect(states({ companies: group, grants: [] })).toEqual([
      'self none none none',
      'tree self none none',
      'tree tree self none',
      'tree none none self',
    ]);
  });

  it('is all where both directions and every type are seen, and part otherwise', () => {
    const of = (more: Partial<InsightGrant>) => states({ companies: group, grants: [grant('Energi', 'Lager', more)] })[1]?.split(' ')[3];
    expect(of({})).toBe('all');
    expect(of({ mayAct: true })).toBe('all');
    expect(of({ received: false })).toBe('part');
    expect(of({ types: ['invoice'] })).toBe('part');
  });

  it('is not told of two that are both not seen', () => {
    const companies = group.map((one) => (one.id === 'Lager' ? one : { ...one, seen: false, mine: false }));
    const cells = cellsOf({ companies, grants: [] });
    expect(cells[1]?.map(({ state }) => state)).toEqual(['tree', 'self', 'unknown', 'none']);
    expect(cells.flat().filter(({ editable }) => editable).map(({ owner, viewer }) => `${owner.id} ${viewer.id}`)).toEqual(['Lager Energi', 'Lager Elnät']);
  });

  it('survives a tree that is tied into a ring', () => {
    expect(states({ companies: [company('a', 'b'), company('b', 'a')], grants: [] })).toEqual(['self tree', 'tree self']);
  });

  it('is said in words', async () => {
    const t = await wordsIn('sv');
    expect(grantWords(t, grant('Energi', 'Lager'))).toBe('alla dokument');
    expect(grantWords(t, grant('Energi', 'Lager', { received: false, types: ['invoice', 'credit-note'], mayAct: true }))).toBe('skickade: faktura, kreditfaktura, och får agera');
    const cell = cellsOf({ companies: group, grants: [grant('Energi', 'Lager', { sent: false })] })[1]?.[3];
    expect(cell && cellWords(t, cell)).toBe('Lager ser mottagna av Energi');
  });
});
