// Rows that came while one was looking. At the top of the list they fade in; further down they wait behind "3 nya", so
// that the list never jumps under the pointer.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { holdLists, useLiveEvents, type LiveEvent } from '@/api/live';
import type { DocumentSummary } from '@/api/queries';

const shine = 1600; // milliseconds
const scrolledFrom = 120; // pixels

export function useFreshRows(rows: DocumentSummary[], list: string, stale: boolean): ReadonlySet<string> {
  const seen = useRef<{ list: string; ids: Set<string> }>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (stale) return;
    const before = seen.current;
    seen.current = { list, ids: new Set(rows.map((row) => row.id)) };
    if (before?.list !== list) return;
    const added = rows.filter((row) => !before.ids.has(row.id)).map((row) => row.id);
    if (added.length === 0) return;
    setFresh(new Set(added));
    const timer = setTimeout(() => setFresh(new Set()), shine);
    return () => clearTimeout(timer);
  }, [rows, list, stale]);
  return fresh;
}

// A document enters the sender's list when it is taken in, the receiver's when it is delivered.
export function isNewcomer(event: LiveEvent, direction: 'sent' | 'received' | undefined): boolean {
  if (direction && event.direction !== direction) return false;
  return event.event === (event.direction === 'sent' ? 'received' : 'delivered');
}

export function useNewcomers(rows: DocumentSummary[], direction: 'sent' | 'received' | undefined, firstPage: boolean) {
  const client = useQueryClient();
  const [scrolled, setScrolled] = useState(false);
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const known = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);

  const refresh = useCallback(() => {
    setWaiting(new Set());
    void client.invalidateQueries({ queryKey: ['documents'] });
  }, [client]);
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > scrolledFrom);
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  // Held while scrolled; back at the top, what has waited comes in.
  useEffect(() => {
    if (!scrolled) return;
    const release = holdLists();
    return () => {
      release();
      refresh();
    };
  }, [scrolled, refresh]);

  useLiveEvents(
    useCallback(
      (event: LiveEvent) => {
        if (!scrolled || !firstPage || known.has(event.documentId) || !isNewcomer(event, direction)) return;
        setWaiting((now) => new Set(now).add(event.documentId));
      },
      [scrolled, firstPage, known, direction],
    ),
  );
  return {
    count: waiting.size,
    show: () => {
      window.scrollTo({ top: 0 });
      refresh();
    },
  };
}
