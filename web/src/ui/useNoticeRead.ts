// A person of the sender has a stopped document before them: the receiver sees that its notice has been read. Told once, and
// only while the page is in view.
import { useEffect, useRef } from 'react';
import { api } from '@/api/client';

export function useNoticeRead(id: string, stopped: boolean): void {
  const told = useRef('');
  useEffect(() => {
    if (!stopped) return;
    const tell = () => {
      if (told.current === id || document.visibilityState !== 'visible') return;
      told.current = id;
      api.post('/api/v1/documents/{id}/notices/read', { path: { id } }).catch(() => {
        told.current = ''; // told again when the page next comes into view
      });
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [id, stopped]);
}
