// One ticket: what is said in it, and beside it the document that it is about.
import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconChevronRight, IconFileOff } from '@tabler/icons-react';
import { ApiProblem } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { ticketQuery, type TicketDetail } from '@/api/tickets';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useTitle } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { Handling } from './Handling';
import { Reply } from './Reply';
import { Thread } from './Thread';
import { TicketFacts } from './TicketFacts';
import { isRequester, OverdueBadge, TicketStatusBadge } from './TicketStatus';
import classes from './Tickets.module.css';

const TicketDocument = lazy(() => import('./TicketDocument').then((page) => ({ default: page.TicketDocument })));
const route = getRouteApi('/frame/tickets/$ticketId');

export function TicketPage() {
  const { t } = useWords();
  const { ticketId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(ticketQuery(ticketId));
  const waiting = useDelayed(isPending);
  useTitle(data ? `${data.number} ${data.subject}` : t('portal.nav.tickets'));
  if (error && !data) {
    const absent = error instanceof ApiProblem && error.problem.status < 500 && error.problem.status !== 429;
    if (!absent) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
    return (
      <Notice page icon={IconFileOff} title={t('portal.tickets.absent')} action={<Link to="/tickets">{t('portal.tickets.toList')}</Link>}>
        {t('portal.tickets.absentWhy')}
      </Notice>
    );
  }
  if (!data)
    return waiting ? (
      <div className={classes.page} role="status" aria-label={t('portal.loading')}>
        <Skeleton height={26} width={320} maw="100%" />
        <Skeleton height={320} mt="md" />
      </div>
    ) : null;
  return <Shown ticket={data} key={data.id} />;
}

function Shown({ ticket }: { ticket: TicketDetail }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { document: chosen } = route.useSearch();
  const navigate = useNavigate();
  const document = ticket.documents.find(({ id }) => id === chosen) ?? ticket.documents[0];
  return (
    <div className={classes.ticket}>
      <header className={classes.head}>
        <nav className={classes.crumbs} aria-label={t('portal.document.crumbs')}>
          <Link to="/tickets">{t('portal.nav.tickets')}</Link>
          <IconChevronRight size={14} stroke={1.75} aria-hidden />
          <span>{ticket.number}</span>
        </nav>
        <div className={classes.titleRow}>
          <h1>{ticket.subject}</h1>
          <TicketStatusBadge status={ticket.status} mine={isRequester(ticket, session)} size="lg" />
          {ticket.overdue && <OverdueBadge />}
        </div>
        <Handling ticket={ticket} />
      </header>
      <div className={classes.columns} data-alone={!document || undefined}>
        <div className={classes.talk}>
          <Thread ticket={ticket} />
          <Reply ticket={ticket} />
          <TicketFacts ticket={ticket} />
        </div>
        {document && (
          <div className={classes.beside}>
            <Suspense fallback={<Skeleton height={320} />}>
              <TicketDocument
                ticket={ticket}
                document={document}
                onChoose={(id) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: ticket.id }, search: { document: id }, replace: true, resetScroll: false })}
              />
            </Suspense>
          </div>
        )}
      </div>
    </div>
  );
}
