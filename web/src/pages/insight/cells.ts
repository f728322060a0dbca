// Who sees whom, cell by cell: through the tree of the group, or by what one lets another see.
import type { TFunction } from 'i18next';
import type { DocumentType, Insight, InsightCompany, InsightGrant } from '@/api/companies';

export type CellState = 'self' | 'tree' | 'unknown' | 'none' | 'part' | 'all';

export interface Cell {
  owner: InsightCompany;
  viewer: InsightCompany;
  state: CellState;
  grant: InsightGrant | undefined;
  editable: boolean;
}

export const documentTypes: readonly DocumentType[] = ['invoice', 'credit-note', 'reminder', 'interest-invoice', 'order', 'order-response', 'despatch-advice', 'other'];

export function isWhole(grant: Pick<InsightGrant, 'sent' | 'received' | 'types'>): boolean {
  return grant.sent && grant.received && grant.types.length === 0;
}

// By rows of owners and columns of viewers, both in the order of the group's tree.
export function cellsOf({ companies, grants }: Insight): Cell[][] {
  const parents = new Map(companies.map(({ id, parent }) => [id, parent]));
  const isAbove = (one: string, other: string) => {
    const passed = new Set([other]);
    let at = parents.get(other) ?? null;
    while (at !== null && !passed.has(at)) {
      if (at === one) return true;
      passed.add(at);
      at = parents.get(at) ?? null;
    }
    return false;
  };
  const given = new Map(grants.map((grant) => [`${grant.owner} ${grant.viewer}`, grant]));
  const stateOf = (owner: InsightCompany, viewer: InsightCompany, grant: InsightGrant | undefined): CellState => {
    if (owner.id === viewer.id) return 'self';
    if (isAbove(viewer.id, owner.id)) return 'tree';
    if (grant) return isWhole(grant) ? 'all' : 'part';
    return owner.seen || viewer.seen ? 'none' : 'unknown';
  };
  return companies.map((owner) =>
    companies.map((viewer) => {
      const grant = given.get(`${owner.id} ${viewer.id}`);
      const state = stateOf(owner, viewer, grant);
      return { owner, viewer, state, grant, editable: owner.mine && state !== 'self' && state !== 'tree' };
    }),
  );
}

// "skickade: faktura, kreditfaktura, och får agera"
export function grantWords(t: TFunction, grant: Pick<InsightGrant, 'sent' | 'received' | 'types' | 'mayAct'>): string {
  const direction = grant.sent && grant.received ? t('portal.insight.everything') : t(grant.sent ? 'portal.insight.sent' : 'portal.insight.received');
  const types = grant.types.map((type) => t(`portal.type.${type}`).toLowerCase()).join(', ');
  const what = types ? t('portal.insight.ofTypes', { direction, types }) : direction;
  return grant.mayAct ? t('portal.insight.andActs', { what }) : what;
}

export function cellWords(t: TFunction, { owner, viewer, state, grant }: Cell): string {
  const names = { owner: owner.name, viewer: viewer.name };
  if (state === 'self') return t('portal.insight.state.self');
  if (state === 'tree') return t('portal.insight.cellTree', names);
  if (grant) return t('portal.insight.cellGrant', { ...names, what: grantWords(t, grant) });
  return t(state === 'unknown' ? 'portal.insight.cellUnknown' : 'portal.insight.cellNone', names);
}
