// The tree of a group, as the list of its companies tells it.
import type { GroupCompany } from '@/api/companies';

export interface Branch {
  company: GroupCompany;
  beneath: Branch[];
}

// Each company stands in the list before those beneath it.
export function branchesOf(companies: readonly GroupCompany[]): Branch[] {
  const known = new Map<string, Branch>();
  const tops: Branch[] = [];
  for (const company of companies) {
    const branch: Branch = { company, beneath: [] };
    known.set(company.id, branch);
    const above = company.parent === null ? undefined : known.get(company.parent);
    (above?.beneath ?? tops).push(branch);
  }
  return tops;
}

// Where a company may be moved: neither beneath itself nor where it stands already.
export function placesFor(companies: readonly GroupCompany[], moved: GroupCompany): GroupCompany[] {
  const beneath = new Set([moved.id]);
  for (const company of companies) if (company.parent !== null && beneath.has(company.parent)) beneath.add(company.id);
  return companies.filter((company) => !beneath.has(company.id) && company.id !== moved.parent);
}
