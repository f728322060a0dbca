// What is said, oldest first, with what was done between. A note looks like nothing that anybody else can see.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPaperclip } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { address } from '@/api/client';
import type { TicketChange, TicketDetail, TicketMessage, TicketStatus } from '@/api/tickets';
import { dateTimeOf } from '@/format/dates';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { download } from '@/ui/downloads';
import { threadOf } from './threadOf';
import { ticketStatusWords } from './TicketStatus';
import classes from './Tickets.module.css';

export function Thread({ ticket }: { ticket: TicketDetail }) {
  const { t } = useWords();
  return (
    <section aria-label={t('portal.tickets.thread')}>
      <ol className={classes.thread}>
        {threadOf(ticket).map((item, index) =>
          'message' in item ? <Message key={item.message.id} ticketId={ticket.id} message={item.message} /> : <Change key={`change${index}`} change={item.change} />,
        )}
      </ol>
    </section>
  );
}

function Message({ ticketId, message }: { ticketId: string; message: TicketMessage }) {
  const { t, language } = useWords();
  const road = message.source === 'mail' ? t('portal.tickets.byMail') : message.source === 'api' ? t('portal.tickets.byApi') : '';
  return (
    <li className={classes.message} data-note={message.internal || undefined} data-desk={message.fromDesk || undefined}>
      <p className={classes.who}>
        <strong>{message.author.name ?? message.author.email ?? t('portal.missing')}</strong>
        {message.internal && (
          <span className={classes.noteMark}>
            <IconLock size={14} stroke={1.75} aria-hidden />
            {t('portal.tickets.note')}
          </span>
        )}
        {message.fromDesk && !message.internal && <span className={classes.deskMark}>{t('portal.tickets.fromDesk')}</span>}
        {message.unverified && (
          <span className={classes.noteMark}>
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
            {t('portal.tickets.unverified')}
          </span>
        )}
        <span className={classes.quiet}>{[road, message.source === 'mail' && message.author.name !== message.author.email ? message.author.email : ''].filter(Boolean).join(' · ')}</span>
        <time dateTime={message.at} className={classes.when}>
          {dateTimeOf(message.at)}
        </time>
      </p>
      <p className={`${classes.said} prose`}>{message.text}</p>
      {message.quoted && (
        <details className={classes.quoted}>
          <summary>{t('portal.tickets.quoted')}</summary>
          <p className="prose">{message.quoted}</p>
        </details>
      )}
      {message.attachments.length > 0 && (
        <ul className={classes.attached} aria-label={t('portal.tickets.files')}>
          {message.attachments.map((file) => (
            <li key={file.id}>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}
                onClick={() => download(address('/api/v1/tickets/{ticketId}/attachments/{attachmentId}', { path: { ticketId, attachmentId: file.id } }))}
              >
                {file.name} <span className={classes.quiet}>&nbsp;{fileSizeText(file.size, language)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {message.leftOut.length > 0 && <p className={classes.quiet}>{t('portal.tickets.leftOut', { names: message.leftOut.join(', ') })}</p>}
    </li>
  );
}

function changeWords(t: TFunction, { what, after }: TicketChange): string {
  if (what === 'status') return t('portal.tickets.changed.status', { after: ticketStatusWords(t, after as TicketStatus, false).toLowerCase() });
  if (what === 'priority') return t('portal.tickets.changed.priority', { after: t(`portal.tickets.priority.${after ?? 'normal'}`).toLowerCase() });
  if (what === 'assignee' && !after) return t('portal.tickets.changed.assigneeNobody');
  return t(`portal.tickets.changed.${what}`, { after: after ?? '' });
}

function Change({ change }: { change: TicketChange }) {
  const { t } = useWords();
  return (
    <li className={classes.change}>
      {change.by} {changeWords(t, change)}
      <time dateTime={change.at} className={classes.when}>
        {dateTimeOf(change.at)}
      </time>
    </li>
  );
}
