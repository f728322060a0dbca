// A person who has the copy of a received document before them has opened it: the sender sees «öppnad». Only when the
// page is really in view, and once.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Document } from '@/api/queries';

const glance = 800; // milliseconds: shorter than this nobody has read anything

export function useOpening(document: Document): () => void {
  const client = useQueryClient();
  const [copyShown, setCopyShown] = useState(false);
  const told = useRef(false);
  const { id, direction } = document;

  useEffect(() => {
    if (!copyShown || direction !== 'received') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      if (told.current || globalThis.document.visibilityState !== 'visible') return;
      told.current = true;
      api
        .post('/api/v1/documents/{id}/opened', { path: { id }, body: { what: 'copy' } })
        .then(() => {
          for (const key of [['document', id], ['documents'], ['facets'], ['overview']]) void client.invalidateQueries({ queryKey: key });
        })
        .catch(() => {
          told.current = false; // told again when the page next comes into view
        });
    };
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(tell, glance);
    };
    look();
    globalThis.document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      globalThis.document.removeEventListener('visibilitychange', look);
    };
  }, [copyShown, direction, id, client]);

  return useCallback(() => setCopyShown(true), []);
}
