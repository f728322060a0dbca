// Where a ticket stands: word, icon and colour. Whose turn it is depends on who looks.
import { IconArchive, IconCircleCheck, IconCirclePlus, IconClockExclamation, IconHourglass, IconProgress } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Session } from '@/api/queries';
import type { Ticket, TicketStatus } from '@/api/tickets';
import { useWords } from '@/texts/useWords';
import type { StatusLook } from '@/ui/icons';
import { StatusBadge } from '@/ui/Status';

const looks: Record<TicketStatus, StatusLook> = {
  new: { Icon: IconCirclePlus, colour: 'blue', tinted: true },
  'in-progress': { Icon: IconProgress, colour: 'blue', tinted: false },
  waiting: { Icon: IconHourglass, colour: 'amber', tinted: false },
  solved: { Icon: IconCircleCheck, colour: 'green', tinted: false },
  closed: { Icon: IconArchive, colour: 'gray', tinted: false },
};
const overdue: StatusLook = { Icon: IconClockExclamation, colour: 'red', tinted: true };

export const isRequester = (ticket: Pick<Ticket, 'requester'>, session: Session): boolean => ticket.requester.id === session.user.id;

export function ticketStatusWords(t: TFunction, status: TicketStatus, mine: boolean): string {
  return status === 'waiting' && !mine ? t('portal.tickets.waitingForOther') : t(`portal.tickets.status.${status}`);
}

export function TicketStatusBadge({ status, mine, size = 'md' }: { status: TicketStatus; mine: boolean; size?: 'md' | 'lg' }) {
  const { t } = useWords();
  const look = looks[status];
  return <StatusBadge look={look} word={ticketStatusWords(t, status, mine)} tinted={look.tinted || size === 'lg' || (mine && status === 'waiting')} size={size} />;
}

export function OverdueBadge() {
  const { t } = useWords();
  return <StatusBadge look={overdue} word={t('portal.tickets.overdue')} tinted size="md" />;
}
