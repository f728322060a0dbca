// A person of the sender has a stopped document before them: the receiver sees that its notice has been read. Told once, and
// only while the page is in view; and once more when the notice comes later than the page was opened.
import { useCallback, useEffect, useRef } from 'react';
import { api } from '@/api/client';
import { useLiveEvents, type LiveEvent } from '@/api/live';

export function useNoticeRead(id: string, stopped: boolean): void {
  const told = useRef('');
  const tell = useCallback(() => {
    if (!stopped || told.current === id || document.visibilityState !== 'visible') return;
    told.current = id;
    api.post('/api/v1/documents/{id}/notices/read', { path: { id } }).catch(() => {
      if (told.current === id) told.current = ''; // told again when the page next comes into view
    });
  }, [id, stopped]);
  useEffect(() => {
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [tell]);
  const onEvent = useCallback(
    ({ documentId, event }: LiveEvent) => {
      if (documentId !== id || event !== 'notice-sent') return;
      told.current = '';
      tell();
    },
    [id, tell],
  );
  useLiveEvents(onEvent);
}
