// The ready-made views over a list: each is a choice of statuses, so it stands in the address like any filter.
import type { ListSearch } from './listSearch';

export interface View {
  name: string;
  statuses?: string[];
}

const toAct: View = { name: 'toAct', statuses: ['stopped', 'failed', 'returned', 'rejected', 'held'] };
const unopened: View = { name: 'unopened', statuses: ['sent', 'delivered'] };

export function viewsFor(direction: 'sent' | 'received' | undefined): View[] {
  if (direction === 'received') return [{ name: 'all' }, { name: 'unread', statuses: ['delivered'] }];
  return [{ name: 'all' }, toAct, ...(direction === 'sent' ? [unopened] : [])];
}

// Which view the chosen statuses are; none when they are a choice of their own.
export function viewOf(search: ListSearch, views: View[]): string | null {
  const chosen = [...(search.status ?? [])].sort().join();
  return views.find((view) => [...(view.statuses ?? [])].sort().join() === chosen)?.name ?? null;
}
