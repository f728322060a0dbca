import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { sessionQuery } from '@/api/queries';
import type { Ticket } from '@/api/tickets';
import { freshOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import tables from '@/ui/Table.module.css';
import { isRequester, OverdueBadge, TicketStatusBadge } from './TicketStatus';
import classes from './Tickets.module.css';

export function TicketTable({ tickets }: { tickets: readonly Ticket[] }) {
  const { t } = useWords();
  const several = new Set(tickets.map(({ company }) => company.id)).size > 1;
  return (
    <table className={`${tables.table} ${tables.rows} ${classes.table}`}>
      <thead>
        <tr>
          <th scope="col">{t('portal.tickets.column.subject')}</th>
          <th scope="col" className={classes.status}>
            {t('portal.tickets.column.status')}
          </th>
          {several && (
            <th scope="col" className={classes.wide}>
              {t('portal.tickets.column.company')}
            </th>
          )}
          <th scope="col" className={classes.wide}>
            {t('portal.tickets.column.assignee')}
          </th>
          <th scope="col" className={classes.date}>
            {t('portal.tickets.column.changed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <TicketRow key={ticket.id} ticket={ticket} several={several} />
        ))}
      </tbody>
    </table>
  );
}

function TicketRow({ ticket, several }: { ticket: Ticket; several: boolean }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const pressing = ticket.priority === 'urgent' || ticket.priority === 'high';
  return (
    <tr>
      <th scope="row">
        <span className={classes.subject}>
          <span className={classes.number}>{ticket.number}</span>
          {pressing && <IconAlertTriangle size={16} stroke={1.75} aria-label={t(`portal.tickets.priority.${ticket.priority}`)} />}
          <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
            {ticket.subject}
          </Link>
        </span>
        {ticket.counterpart.name && <span className={classes.beneath}>{ticket.counterpart.name}</span>}
      </th>
      <td className={classes.status}>
        <span className={classes.badges}>
          <TicketStatusBadge status={ticket.status} mine={isRequester(ticket, session)} />
          {ticket.overdue && <OverdueBadge />}
        </span>
      </td>
      {several && <td className={classes.wide}>{ticket.company.name}</td>}
      <td className={classes.wide}>{ticket.assignee ? ticket.assignee.name : <span className={classes.quiet}>{t('portal.tickets.nobody')}</span>}</td>
      <td className={classes.date}>
        <DateText date={freshOf(ticket.changedAt)} />
      </td>
    </tr>
  );
}
