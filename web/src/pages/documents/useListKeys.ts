// j and k walk through a list, Enter opens, x marks, n and p turn the page.
import { useState } from 'react';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';

interface ListKeys {
  ids: string[];
  find: (id: string) => Element | null;
  onMark: (id: string) => void;
  onOlder: () => void;
  onNewer: () => void;
  documentOf?: (id: string) => string | undefined; // where a row's id is not its document's
}

export function useListKeys({ ids, find, onMark, onOlder, onNewer, documentOf = (id) => id }: ListKeys): { current: string | undefined } {
  const navigate = useNavigate();
  const [current, setCurrent] = useState<string>();
  const here = current !== undefined && ids.includes(current) ? current : undefined;
  const step = (by: number) => {
    const next = ids[here === undefined ? 0 : Math.min(ids.length - 1, Math.max(0, ids.indexOf(here) + by))];
    if (next === undefined) return;
    setCurrent(next);
    find(next)?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['x', () => here && onMark(here)],
    ['n', onOlder],
    ['p', onNewer],
    [
      'Enter',
      (event) => {
        const focused = event.target instanceof Element && event.target.closest('a, button, [role="menuitem"]');
        const id = here && documentOf(here);
        if (id && !focused) void navigate({ to: '/documents/$id', params: { id } });
      },
      { preventDefault: false },
    ],
  ]);
  return { current: here };
}
