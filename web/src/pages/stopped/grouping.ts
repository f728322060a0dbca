// What the list of stops makes of the server's groups.
import type { StoppedGroup } from '@/api/stops';
import { isUnreadDate } from '../correction/findingWords';

// Dates that cannot be read stand under a heading of their own: they are put right otherwise than a date that is too old.
export function unreadApart(groups: readonly StoppedGroup[]): StoppedGroup[] {
  return groups.flatMap((group) => {
    const unread = group.items.filter((item) => isUnreadDate(item.finding));
    if (unread.length === 0 || unread.length === group.items.length) return [group];
    const rest = group.items.filter((item) => !unread.includes(item));
    return [
      { ...group, items: rest, documents: group.documents - unread.length },
      { ...group, key: `${group.key}/unread`, items: unread, documents: unread.length },
    ];
  });
}

// "late": the day has gone; "today": it is the last one.
export function latenessOf(putRightBy: string | null, today: string): 'late' | 'today' | null {
  if (putRightBy === null || putRightBy > today) return null;
  return putRightBy < today ? 'late' : 'today';
}
