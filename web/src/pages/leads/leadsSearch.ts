// What the list of leads shows, as it stands in its address.
import type { LeadFilter } from '@/api/leads';
import { text } from '@/search';
import { leadStates } from './leadLook';

export function readLeadsSearch(search: Record<string, unknown>): LeadFilter {
  const state = leadStates.find((name) => name === search.state);
  const query = text(search.query);
  return { ...(state ? { state } : {}), ...(query ? { query } : {}), ...(search.mine === '1' ? { mine: '1' as const } : {}) };
}
