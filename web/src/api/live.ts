// Keeps what is shown true while it is shown: server-sent events refresh the questions they touch.
import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { askAgain } from './askAgain';
import type { components } from './schema';
import type { DocumentSummary } from './queries';

export type LiveEvent = components['schemas']['StreamDocument'];
type TicketEvent = components['schemas']['StreamTicket'];
export type Connection = 'connecting' | 'live' | 'lost';
type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let connection: Connection = 'connecting';
let held = 0; // pages that show a scrolled list: it must not jump under the pointer

function setConnection(next: Connection): void {
  connection = next;
  watchers.forEach((watcher) => watcher());
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );
}

export function useLiveEvents(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}

// While held, rows on screen are changed in place and no new ones come in.
export function holdLists(): () => void {
  held += 1;
  return () => {
    held -= 1;
  };
}

interface DocumentPage {
  items: DocumentSummary[];
}

// Why somebody must do something stands in its row until that is another: not who has looked at it since.
const troubles: readonly string[] = ['stopped', 'returned', 'rejected', 'failed', 'held'];
const keepsTrouble = (row: DocumentSummary, event: LiveEvent) => troubles.includes(row.status) && event.status === row.status && event.event !== row.lastEvent.type;

export function patchRows(page: DocumentPage | undefined, event: LiveEvent): DocumentPage | undefined {
  if (!page?.items.some((row) => row.id === event.documentId)) return page;
  return {
    ...page,
    items: page.items.map((row) =>
      row.id === event.documentId && row.lastEvent.at <= event.at && !keepsTrouble(row, event)
        ? { ...row, status: event.status, lastEvent: { type: event.event, at: event.at, detail: null } }
        : row,
    ),
  };
}

const streamAddress = '/api/v1/stream';
const liveKeys = ['documents', 'facets', 'overview', 'document', 'partners', 'stopped', 'smartmail', 'news', 'tickets', 'ticket'];

// The stream tells what happens from the moment it is open. Opened before anything is asked, nothing falls between the
// answer and the stream.
let early: EventSource | undefined;
export function openStreamEarly(): void {
  early = new EventSource(streamAddress);
}

const settle = 400; // milliseconds: a burst of events becomes one refresh

// Whatever shows tickets; what a document was when it was attached does not change.
function refreshTickets(client: QueryClient, ids: Set<string>): void {
  for (const id of ids) askAgain(client, { queryKey: ['ticket', id], exact: true });
  for (const key of ['tickets', 'overview']) askAgain(client, { queryKey: [key] });
  askAgain(client, { predicate: ({ queryKey: [noun, , part] }) => noun === 'document' && part === 'tickets' });
}

export function startLive(client: QueryClient): () => void {
  const touched = new Set<string>();
  const tickets = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ticketTimer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    for (const id of touched) askAgain(client, { queryKey: ['document', id] });
    touched.clear();
    for (const key of ['facets', 'overview', 'partners', 'stopped']) askAgain(client, { queryKey: [key] });
    askAgain(client, { queryKey: ['smartmail', 'summary'] });
    if (held > 0) return;
    for (const key of [['documents'], ['smartmail', 'list']]) askAgain(client, { queryKey: key });
  };

  const source = early && early.readyState !== EventSource.CLOSED ? early : new EventSource(streamAddress);
  early = undefined;
  if (source.readyState === EventSource.OPEN) setConnection('live');
  // Opened after something was asked: what was answered before is asked again. What is on its way is not: every page would
  // ask for everything twice.
  source.addEventListener('ready', () => {
    for (const key of liveKeys) void client.invalidateQueries({ queryKey: [key] });
  });
  source.onopen = () => {
    const wasLost = connection === 'lost';
    setConnection('live');
    if (wasLost) void client.invalidateQueries();
  };
  source.onerror = () => {
    setConnection('lost');
    // The browser connects again by itself, with Last-Event-ID, unless it was refused: then the session has ended.
    if (source.readyState === EventSource.CLOSED) void client.invalidateQueries({ queryKey: ['session'] });
  };
  source.addEventListener('document', (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as LiveEvent;
    client.setQueriesData<DocumentPage>({ queryKey: ['documents'] }, (page) => patchRows(page, event));
    listeners.forEach((listener) => listener(event));
    touched.add(event.documentId);
    timer ??= setTimeout(refresh, settle);
  });
  source.addEventListener('notification', () => askAgain(client, { queryKey: ['news'] }));
  source.addEventListener('ticket', (message: MessageEvent<string>) => {
    tickets.add((JSON.parse(message.data) as TicketEvent).ticketId);
    ticketTimer ??= setTimeout(() => {
      ticketTimer = undefined;
      refreshTickets(client, tickets);
      tickets.clear();
    }, settle);
  });
  source.addEventListener('resync', () => void client.invalidateQueries());
  return () => {
    source.close();
    clearTimeout(timer);
    clearTimeout(ticketTimer);
    setConnection('connecting');
  };
}

export function useLive(company: string): void {
  const client = useQueryClient();
  useEffect(() => startLive(client), [client, company]);
}
