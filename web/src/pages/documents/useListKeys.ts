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
}

export function useListKeys({ ids, find, onMark, onOlder, onNewer }: ListKeys): { current: string | undefined } {
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
        if (here && !focused) void navigate({ to: '/documents/$id', params: { id: here } });
      },
      { preventDefault: false },
    ],
  ]);
  return { current: here };
}
