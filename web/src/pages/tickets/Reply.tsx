// Where one writes: an answer, or, for the desk, a note that nobody else sees.
import { useState } from 'react';
import { Button, Checkbox, Menu, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { useTicketChange, type TicketDetail } from '@/api/tickets';
import { useWords } from '@/texts/useWords';
import { unsent } from '@/ui/unsent';
import { filesIn, TicketFiles, type ChosenFile } from './TicketFiles';
import classes from './Tickets.module.css';

interface Message {
  text: string;
  files: ChosenFile[];
  internal: boolean;
  status?: 'waiting' | 'solved';
}

export function Reply({ ticket }: { ticket: TicketDetail }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [text, setText] = useState('');
  const [note, setNote] = useState(false);
  const [files, setFiles] = useState<ChosenFile[]>([]);
  const write = useTicketChange(
    ({ text: written, files: chosen, internal, status }: Message) =>
      api.post('/api/v1/tickets/{ticketId}/messages', {
        path: { ticketId: ticket.id },
        body: { text: written.trim(), ...(internal ? { internal } : {}), ...(status && !internal ? { status } : {}), ...(chosen.length > 0 ? { attachments: filesIn(chosen) } : {}) },
      }),
    (_, sent) => {
      setText((now) => unsent(now, sent.text));
      setFiles((now) => now.filter((file) => !sent.files.includes(file)));
    },
  );
  const closed = ticket.status === 'closed';
  if (!ticket.may.write) return <p className={classes.quiet}>{t(session.user.staff && ticket.desk === 'own' ? 'portal.tickets.readOnlyStaff' : 'portal.tickets.readOnly')}</p>;
  if (closed && !ticket.may.answer) return <p className={classes.quiet}>{t('portal.tickets.closedWhy')}</p>;
  const asNote = note || closed;
  const isWhole = text.trim() !== '' || files.length > 0;
  const fault = write.error ? problemWords(t, asProblem(write.error)) : undefined;
  const answers = ticket.may.answer && ticket.requester.id !== session.user.id;
  const name = ticket.requester.name ?? ticket.requester.email ?? '';
  return (
    <form
      className={classes.reply}
      data-note={asNote || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !write.isPending) write.mutate({ text, files, internal: note });
      }}
    >
      <Textarea
        size="sm"
        autosize
        minRows={3}
        maxRows={16}
        maxLength={20_000}
        label={t(asNote ? 'portal.tickets.note' : answers ? 'portal.tickets.reply' : 'portal.tickets.write')}
        description={asNote ? t('portal.tickets.noteWhy') : ticket.status === 'solved' ? t('portal.tickets.reopens') : answers ? t(ticket.requester.email ? 'portal.tickets.replyWhy' : 'portal.tickets.replyWhyNoMail', { name }) : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TicketFiles files={files} onChange={setFiles} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        {ticket.may.answer && !closed && <Checkbox size="sm" className={classes.grow} label={t('portal.tickets.asNote')} checked={note} onChange={(event) => setNote(event.currentTarget.checked)} />}
        <Button.Group>
          <Button type="submit" size="sm" variant="filled" loading={write.isPending} disabled={!isWhole} leftSection={asNote ? <IconLock size={16} stroke={1.75} aria-hidden /> : undefined}>
            {t(asNote ? 'portal.tickets.saveNote' : 'portal.tickets.sendReply')}
          </Button>
          {answers && !asNote && (
            <Menu position="bottom-end" width={260}>
              <Menu.Target>
                <Button size="sm" variant="filled" px={8} disabled={!isWhole || write.isPending} aria-label={t('portal.tickets.moreSend')}>
                  <IconChevronDown size={16} stroke={1.75} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => write.mutate({ text, files, internal: note, status: 'waiting' })}>{t('portal.tickets.sendWaiting')}</Menu.Item>
                <Menu.Item onClick={() => write.mutate({ text, files, internal: note, status: 'solved' })}>{t('portal.tickets.sendSolved')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Button.Group>
      </div>
    </form>
  );
}
