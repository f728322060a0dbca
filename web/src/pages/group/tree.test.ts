import { describe, expect, it } from 'vitest';
import type { GroupCompany } from '@/api/companies';
import { branchesOf, placesFor } from './tree';

const company = (id: string, parent: string | null, depth: number): GroupCompany => ({
  id, parent, depth, name: id, identifier: `0007:${id}`, identifiers: [], group: 'top', sandboxOf: null, isOperator: false, isCustomer: true, mine: true, mayAdd: true, mayMove: true,
});
const top = company('top', null, 0);
const energi = company('energi', 'top', 1);
const net = company('elnät', 'energi', 2);
const all = [top, energi, net, company('lager', 'top', 1)];

describe('the tree of a group', () => {
  it('has each company beneath its parent', () => {
    const [first, ...others] = branchesOf(all);
    expect(others).toEqual([]);
    expect(first?.beneath.map((branch) => branch.company.id)).toEqual(['energi', 'lager']);
    expect(first?.beneath[0]?.beneath.map((branch) => branch.company.id)).toEqual(['elnät']);
  });

  it('keeps a company whose parent is not shown at the top', () => {
    expect(branchesOf([company('lager', 'somebody', 1)]).map((branch) => branch.company.id)).toEqual(['lager']);
  });

  it('offers places that are not beneath the moved one', () => {
    const ids = (moved: GroupCompany) => placesFor(all, moved).map(({ id }) => id);
    expect(ids(energi)).toEqual(['lager']);
    expect(ids(net)).toEqual(['top', 'lager']);
    expect(ids(top)).toEqual([]);
  });
});
