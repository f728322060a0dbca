// The questions about tickets, with their cache keys. What changes one answers with the ticket as it stands then.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import type { components, paths } from './schema';
import { showAnswer } from './showAnswer';

type Schemas = components['schemas'];
export type Ticket = Schemas['Ticket'];
export type TicketDetail = Schemas['TicketDetail'];
export type TicketMessage = Schemas['TicketMessage'];
export type TicketChange = Schemas['TicketChange'];
export type TicketStatus = Schemas['TicketStatus'];
export type TicketPriority = Schemas['TicketPriority'];
export type TicketFacets = Schemas['TicketFacets'];
export type TicketFile = Schemas['TicketFile'];
export type TicketSnapshot = Schemas['TicketSnapshot'];
export type NewTicket = Schemas['NewTicket'];
export type TicketQuery = NonNullable<paths['/api/v1/tickets']['get']['parameters']['query']>;

export const ticketStatuses = ['new', 'in-progress', 'waiting', 'solved', 'closed'] as const satisfies readonly TicketStatus[];
export const ticketPriorities = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly TicketPriority[];

export const ticketFacetsQuery = (query: TicketQuery) =>
  queryOptions({
    queryKey: ['tickets', 'facets', query],
    queryFn: ({ signal }) => api.get('/api/v1/tickets/facets', { query, signal }),
    placeholderData: keepPreviousData,
  });

// What somebody else writes meanwhile shows without anything being done (live.ts).
export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: ({ signal }) => api.get('/api/v1/tickets/{ticketId}', { path: { ticketId: id }, signal }),
  });

export const snapshotQuery = (ticketId: string, documentId: string) =>
  queryOptions({
    queryKey: ['ticket', ticketId, 'snapshot', documentId],
    queryFn: ({ signal }) => api.get('/api/v1/tickets/{ticketId}/documents/{documentId}', { path: { ticketId, documentId }, signal }),
    staleTime: Infinity,
  });

export const documentTicketsQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'tickets'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/tickets', { path: { id }, signal }),
  });

export const similarQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id, 'similar'],
    queryFn: ({ signal }) => api.get('/api/v1/documents/{id}/similar', { path: { id }, signal }),
  });

// One change of a ticket, and whatever shows tickets asked again.
export function useTicketChange<V>(change: (values: V) => Promise<TicketDetail>, onDone?: (ticket: TicketDetail, values: V) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (ticket, values) => {
      await showAnswer(client, ticketQuery(ticket.id).queryKey, ticket);
      for (const key of [['tickets'], ['overview'], ...ticket.documents.map(({ id }) => ['document', id, 'tickets'])]) void client.invalidateQueries({ queryKey: key });
      onDone?.(ticket, values);
    },
  });
}
