import type { ReactNode } from 'react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '@/api/queries';
import type { TicketDetail } from '@/api/tickets';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { reasonWords } from '@/ui/words';
import { isRequester } from './TicketStatus';
import classes from './Tickets.module.css';

export function TicketFacts({ ticket }: { ticket: TicketDetail }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const paused = t(isRequester(ticket, session) ? 'portal.tickets.solutionPausedForMe' : 'portal.tickets.solutionPaused');
  const facts: { name: string; value: ReactNode }[] = [
    { name: t('portal.tickets.company'), value: ticket.company.name },
    { name: t('portal.tickets.requester'), value: [ticket.requester.name, ticket.requester.email].filter(Boolean).join(', ') },
    { name: t('portal.tickets.desk'), value: t(`portal.tickets.deskIs.${ticket.desk}`) },
    ...(ticket.counterpart.identifier ? [{ name: t('portal.tickets.counterpart'), value: <Link to="/partners/$identifier" params={{ identifier: ticket.counterpart.identifier }}>{ticket.counterpart.name ?? ticket.counterpart.identifier}</Link> }] : []),
    ...(ticket.cause ? [{ name: t('portal.tickets.cause'), value: reasonWords(t, ticket.cause) }] : []),
    ticket.answeredAt ? { name: t('portal.tickets.answered'), value: dateTimeOf(ticket.answeredAt) } : { name: t('portal.tickets.answerDue'), value: dateTimeOf(ticket.answerDue) },
    ticket.solvedAt ? { name: t('portal.tickets.solvedAt'), value: dateTimeOf(ticket.solvedAt) } : { name: t('portal.tickets.solutionDue'), value: ticket.status === 'waiting' ? paused : dateTimeOf(ticket.solutionDue) },
  ];
  return (
    <section className={classes.section}>
      <h2>{t('portal.tickets.details')}</h2>
      <dl className={classes.facts}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.quiet}>{t('portal.tickets.clockHours')}</p>
    </section>
  );
}
