// What the list of tickets shows, as it stands in its address.
import { ticketPriorities, ticketStatuses, type TicketPriority, type TicketQuery, type TicketStatus } from '@/api/tickets';
import { list, text } from '@/search';

export interface TicketSearch {
  status?: TicketStatus[] | undefined; // none: those that are open
  all?: '1' | undefined; // solved and closed ones, too
  priority?: TicketPriority[] | undefined;
  company?: string | undefined; // identifier
  assignee?: string | undefined; // a user's id, "me", "none"
  mine?: '1' | undefined; // those that wait for me
  overdue?: '1' | undefined;
  counterpart?: string | undefined;
  query?: string | undefined;
}

const some = <V extends string>(value: unknown, known: readonly V[]): V[] | undefined => {
  const named = known.filter((name) => list(value)?.includes(name));
  return named.length > 0 ? named : undefined;
};
const flag = (value: unknown): '1' | undefined => (value === '1' ? '1' : undefined);

export function readTicketSearch(search: Record<string, unknown>): TicketSearch {
  const status = some(search.status, ticketStatuses);
  const found: TicketSearch = {
    status,
    all: status ? undefined : flag(search.all),
    priority: some(search.priority, ticketPriorities),
    company: text(search.company),
    assignee: text(search.assignee),
    mine: flag(search.mine),
    overdue: flag(search.overdue),
    counterpart: text(search.counterpart),
    query: text(search.query),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

// Of one ticket: which of its documents stands beside it.
export const readDocument = (search: Record<string, unknown>): { document?: string } => {
  const document = text(search.document);
  return document ? { document } : {};
};

const open: TicketStatus[] = ['new', 'in-progress', 'waiting'];

// A search looks everywhere; otherwise what is over is out of the way until it is asked for.
export function queryOf(search: TicketSearch): TicketQuery {
  const { status, all, priority, company, assignee, mine, overdue, counterpart, query } = search;
  const statuses = status ?? (all || query ? undefined : open);
  return {
    ...(statuses ? { status: statuses.join(',') } : {}),
    ...(priority ? { priority: priority.join(',') } : {}),
    ...(company ? { company } : {}),
    ...(assignee ? { assignee } : {}),
    ...(mine ? { needsMe: true } : {}),
    ...(overdue ? { overdue: true } : {}),
    ...(counterpart ? { counterpart } : {}),
    ...(query ? { query } : {}),
  };
}

export const isNarrowed = (search: TicketSearch): boolean => Object.keys(search).some((name) => name !== 'all');
