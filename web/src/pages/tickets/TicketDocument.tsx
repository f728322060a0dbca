// The document beside the thread, as it stands now; and how it stood when it was attached.
import { useState, type ReactElement } from 'react';
import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { documentQuery, findingsQuery } from '@/api/queries';
import { snapshotQuery, useTicketChange, type TicketDetail } from '@/api/tickets';
import { dateTimeOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { DeliveryStatusBadge, DocumentStatusBadge } from '@/ui/Status';
import { AnswerBox } from '../document/AnswerBox';
import { Content } from '../document/Content';
import { Findings } from '../document/Findings';
import { documentName } from '../document/names';
import { SameTrouble } from './MakeTicket';
import { seenDeliveries, seenEvents, seenFindings } from './snapshotWords';
import classes from './Tickets.module.css';

type Attached = TicketDetail['documents'][number];

export function TicketDocument({ ticket, document: attached, onChoose }: { ticket: TicketDetail; document: Attached; onChoose: (id: string) => void }) {
  const { t } = useWords();
  const [then, setThen] = useState(false);
  const { data: document } = useQuery(documentQuery(attached.id));
  const attach = useTicketChange((documents: string[]) => api.post('/api/v1/tickets/{ticketId}/documents', { path: { ticketId: ticket.id }, body: { documents } }));
  const known = ticket.documents.map(({ id }) => id);
  return (
    <section aria-label={t('portal.tickets.documents')} className={classes.documentBeside}>
      {ticket.documents.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('portal.tickets.documents')}
          value={attached.id}
          onChange={({ currentTarget: { value } }) => onChoose(value)}
          data={ticket.documents.map(({ id, number, counterpart }) => ({ value: id, label: [t('portal.tickets.document', { number: number ?? t('portal.tickets.noNumber') }), counterpart].filter(Boolean).join(', ') }))}
        />
      )}
      {!document && <Skeleton height={240} />}
      {document && (
        <>
          <div className={classes.documentHead}>
            <h2>
              <Link to="/documents/$id" params={{ id: document.id }}>
                {documentName(t, document)}
              </Link>
            </h2>
            <DocumentStatusBadge status={document.status} tinted />
          </div>
          <AnswerBox document={document} />
          <Findings document={document} />
          <div>
            <Button size="xs" variant="subtle" aria-expanded={then} onClick={() => setThen(!then)}>
              {t('portal.tickets.showSnapshot')}
            </Button>
            {then && <Snapshot ticketId={ticket.id} documentId={attached.id} />}
          </div>
          {ticket.may.write && ticket.status !== 'closed' && <SameTrouble about={document} added={known} onAdd={(documents) => attach.mutate(documents.filter((id) => !known.includes(id)))} />}
          <Content document={document} onCopy={() => undefined} />
        </>
      )}
    </section>
  );
}

// Its findings in the sentences that the document has for them, its deliveries, and its timeline.
function Snapshot({ ticketId, documentId }: { ticketId: string; documentId: string }) {
  const { t, language } = useWords();
  const { data } = useQuery(snapshotQuery(ticketId, documentId));
  const { data: known, isPending } = useQuery(findingsQuery(documentId));
  if (!data || isPending) return <Skeleton height={80} />;
  return (
    <section aria-label={t('portal.tickets.showSnapshot')} className={classes.snapshot}>
      <p className={classes.quiet}>{t('portal.tickets.snapshotAt', { time: dateTimeOf(data.at) })}</p>
      <Then title={t('portal.document.findings', { count: data.findings.length })}>
        {seenFindings(t, data.findings, known?.items ?? [], language).map((words, index) => (
          <li key={index}>{words}</li>
        ))}
      </Then>
      <Then title={t('portal.document.deliveries')}>
        {seenDeliveries(data).map(({ channel, status, address, at }, index) => (
          <li key={index} className={classes.snapshotDelivery}>
            <Channel channel={channel} />
            <DeliveryStatusBadge status={status} />
            {at && <time dateTime={at}>{dateTimeOf(at)}</time>}
            {address && <span className={classes.quiet}>{t('portal.document.deliveredTo', { address: identifierText(address.includes(':') ? address : `:${address}`) })}</span>}
          </li>
        ))}
      </Then>
      <Then title={t('portal.document.timeline')}>
        {seenEvents(t, data, language).map(({ at, title, detail }, index) => (
          <li key={index}>
            <time dateTime={at}>{dateTimeOf(at)}</time> {title}
            {detail && <span className={classes.quiet}> {detail}</span>}
          </li>
        ))}
      </Then>
    </section>
  );
}

function Then({ title, children }: { title: string; children: readonly ReactElement[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
