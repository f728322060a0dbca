import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '@/texts/useWords';
import { placeInList } from '../documents/listMemory';
import classes from './Document.module.css';

// Where this document stands in the list it was opened from; k and j go to its neighbours.
export function ListWalk({ id }: { id: string }) {
  const { t, number } = useWords();
  const navigate = useNavigate();
  const place = placeInList(id);
  const go = (to: string | undefined) => to && void navigate({ to: '/documents/$id', params: { id: to } });
  useHotkeys([
    ['k', () => go(place?.previous)],
    ['j', () => go(place?.next)],
  ]);
  if (!place) return null;
  const keys = [
    ['k', place.previous, 'portal.document.previous', 'portal.document.noPrevious'],
    ['j', place.next, 'portal.document.next', 'portal.document.noNext'],
  ] as const;
  return (
    <div className={classes.walk}>
      {keys.map(([key, to, word, why]) => (
        <Tooltip key={key} label={t(to ? word : why)}>
          <ActionIcon
            size={24}
            aria-label={t(word)}
            {...(to ? { onClick: () => go(to) } : { 'data-disabled': true, 'aria-disabled': true })}
          >
            <Kbd aria-hidden>{key}</Kbd>
          </ActionIcon>
        </Tooltip>
      ))}
      <span>
        {place.total === undefined
          ? number(place.position)
          : t('portal.document.position', { position: number(place.position), total: number(place.total) })}
      </span>
    </div>
  );
}
