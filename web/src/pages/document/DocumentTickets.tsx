// What has been asked about the document and is not over yet.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconLifebuoy } from '@tabler/icons-react';
import { useMay } from '@/api/may';
import { documentTicketsQuery } from '@/api/tickets';
import { useWords } from '@/texts/useWords';
import classes from './Document.module.css';

export function DocumentTickets({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay('tickets:read');
  const { data } = useQuery({ ...documentTicketsQuery(id), enabled: may });
  const open = data?.items.filter(({ status }) => status !== 'solved' && status !== 'closed') ?? [];
  if (open.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionHead}>{t('portal.tickets.onDocumentOpen', { count: open.length })}</h2>
      <ul className={classes.tickets}>
        {open.map((ticket) => (
          <li key={ticket.id}>
            <IconLifebuoy size={16} stroke={1.75} aria-hidden />
            <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
              {ticket.number} {ticket.subject}
            </Link>
            <span className={classes.quiet}>{t(`portal.tickets.status.${ticket.status}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
