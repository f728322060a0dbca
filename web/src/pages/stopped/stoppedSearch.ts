// What the page of stops shows, as it stands in its address.
import { list, text } from '@/search';
import type { GroupBy } from '@/api/stops';

export type StoppedTab = 'sent' | 'received' | 'corrected';

export interface StoppedSearch {
  tab?: StoppedTab | undefined;
  by?: GroupBy | undefined;
  correct?: string | undefined; // the document whose correction is open
  with?: string[] | undefined; // and those that are put right with it
}

const one = <V extends string>(value: unknown, known: readonly V[]): V | undefined => known.find((name) => name === value);

export function readStoppedSearch(search: Record<string, unknown>): StoppedSearch {
  const found: StoppedSearch = {};
  const tab = one(search.tab, ['received', 'corrected'] as const);
  const by = one(search.by, ['counterpart', 'due'] as const);
  const correct = text(search.correct);
  const others = list(search.with);
  if (tab) found.tab = tab;
  if (by) found.by = by;
  if (correct) found.correct = correct;
  if (correct && others) found.with = others;
  return found;
}
