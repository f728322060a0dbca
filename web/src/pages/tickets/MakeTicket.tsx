// A new ticket: from a document, with what support needs to know of it, or from nothing.
import { useState } from 'react';
import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { Document } from '@/api/queries';
import { similarQuery, ticketPriorities, useTicketChange, type NewTicket, type TicketPriority } from '@/api/tickets';
import { useWords } from '@/texts/useWords';
import { reasonWords } from '@/ui/words';
import { documentName } from '../document/names';
import { filesIn, TicketFiles, type ChosenFile } from './TicketFiles';
import classes from './Tickets.module.css';

export function MakeTicket({ document, onClose }: { document?: Document; onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [subject, setSubject] = useState(document ? subjectOf(document) : '');
  const [text, setText] = useState('');
  const [priority, setPriority] = useState<TicketPriority>('normal');
  const [files, setFiles] = useState<ChosenFile[]>([]);
  const [others, setOthers] = useState<string[]>([]);
  const make = useTicketChange(
    (made: NewTicket) => api.post('/api/v1/tickets', { body: made }),
    (ticket) => {
      onClose();
      void navigate({ to: '/tickets/$ticketId', params: { ticketId: ticket.id } });
    },
  );
  const fault = make.error ? problemWords(t, asProblem(make.error)) : undefined;
  const isWhole = subject.trim() !== '' && text.trim() !== '';

  function subjectOf(about: Document): string {
    const cause = ['stopped', 'returned', 'rejected', 'failed', 'held'].includes(about.status) ? reasonWords(t, about.lastEvent.detail) : '';
    return [documentName(t, about), cause].filter(Boolean).join(': ').slice(0, 200);
  }

  return (
    <Modal opened onClose={onClose} size={560} radius="lg" title={t(document ? 'portal.tickets.makeAbout' : 'portal.tickets.make')} closeButtonProps={{ 'aria-label': t('portal.close') }} transitionProps={{ duration: 120 }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole && !make.isPending)
            make.mutate({ subject: subject.trim(), text: text.trim(), priority, ...(document ? { companyId: document.companyId, documents: [document.id, ...others] } : {}), ...(files.length > 0 ? { attachments: filesIn(files) } : {}) });
        }}
      >
        <TextInput size="sm" required withAsterisk={false} maxLength={200} label={t('portal.tickets.subject')} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Textarea size="sm" required withAsterisk={false} data-autofocus autosize minRows={4} maxRows={12} maxLength={20_000} label={t('portal.tickets.text')} description={t('portal.tickets.textWhy')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <NativeSelect size="sm" label={t('portal.tickets.priorityLabel')} value={priority} onChange={(event) => setPriority(event.currentTarget.value as TicketPriority)} data={ticketPriorities.map((value) => ({ value, label: t(`portal.tickets.priority.${value}`) }))} />
        {document && <p className={classes.quiet}>{t('portal.tickets.goesAlong')}</p>}
        {document && <SameTrouble about={document} added={others} onAdd={setOthers} />}
        <TicketFiles files={files} onChange={setFiles} />
        {fault && (
          <p role="alert" className={classes.fault}>
            {fault.what} {fault.advice}
          </p>
        )}
        <div className={classes.buttons}>
          <Button size="sm" variant="subtle" color="gray" onClick={onClose}>
            {t('portal.tickets.cancel')}
          </Button>
          <Button type="submit" variant="filled" size="sm" loading={make.isPending} disabled={!isWhole}>
            {t('portal.tickets.send')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

// What has been solved before, and what else has the same trouble now.
export function SameTrouble({ about, added, onAdd }: { about: Pick<Document, 'id' | 'type'>; added: readonly string[]; onAdd: (documents: string[]) => void }) {
  const { t } = useWords();
  const { data } = useQuery(similarQuery(about.id));
  if (!data) return null;
  const { items, more, days } = data.documents;
  const left = items.filter((document) => !added.includes(document.id));
  const areInvoices = [about, ...left].every(({ type }) => type === 'invoice');
  const alsoOn = areInvoices ? 'portal.tickets.alsoOnInvoices' : 'portal.tickets.alsoOn';
  return (
    <>
      {data.tickets.length > 0 && (
        <section className={classes.similar}>
          <h3>{t('portal.tickets.similar')}</h3>
          <ul>
            {data.tickets.map((ticket) => (
              <li key={ticket.id}>
                <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} target="_blank">
                  {ticket.number} {ticket.subject}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {items.length > 0 && (
        <p className={classes.alike} role="status">
          {left.length > 0 ? (
            <>
              <span>
                {t(more ? 'portal.tickets.alsoOnMore' : alsoOn, { count: left.length })} <span className={classes.quiet}>{t('portal.tickets.alsoWhy', { days })}</span>
              </span>
              <Button size="xs" onClick={() => onAdd([...added, ...left.map((document) => document.id)].slice(0, 99))}>
                {t('portal.tickets.addAll')}
              </Button>
            </>
          ) : (
            t('portal.tickets.added', { count: items.length })
          )}
        </p>
      )}
    </>
  );
}
