// What stands in the list's columns.
import type { CSSProperties, ReactNode } from 'react';
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconPaperclip } from '@tabler/icons-react';
import type { SmartmailItem } from '@/api/smartmail';
import { dateOf, dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { bounceWords } from '@/ui/words';
import { timeLeft } from './timeLeft';
import classes from './Smartmail.module.css';

export function NumberCell({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  return (
    <Link to="/documents/$id" params={{ id: item.document.id }} className={classes.number}>
      {item.document.number ?? t('portal.documents.noNumber')}
    </Link>
  );
}

export function RecipientCell({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  const others = item.recipients.length - 1;
  return (
    <span className={classes.recipient}>
      <span className={classes.name}>{item.document.receiver.name ?? t('portal.documents.noCounterpart')}</span>
      <span className={`${classes.address} prose`} title={item.recipients.map((recipient) => recipient.address).join('\n')}>
        {item.address}
        {others > 0 && ` ${t('portal.smartmail.andOthers', { count: others })}`}
      </span>
    </span>
  );
}

export function TimeLeftBar({ item, now }: { item: SmartmailItem; now: number }) {
  const { t } = useWords();
  if (!item.deadline) return <span className={classes.quiet}>{t('portal.smartmail.noDeadline')}</span>;
  const { share, urgent, words } = timeLeft(t, { deadline: item.deadline, sentAt: item.sentAt }, now);
  return (
    <span className={classes.left} data-urgent={urgent || undefined} title={t('portal.smartmail.goesAt', { when: dateTimeOf(item.deadline) })}>
      <span className={classes.leftBar} aria-hidden style={{ '--left': `${(share * 100).toFixed(1)}%` } as CSSProperties} />
      <span>{words}</span>
    </span>
  );
}

export function DayCell({ at, none }: { at: string | null; none?: string }) {
  const { t } = useWords();
  return at ? <DateText date={dateOf(at)} title={dateTimeOf(at)} /> : <Quiet>{none ?? t('portal.missing')}</Quiet>;
}

export function MomentCell({ at }: { at: string | null }) {
  const { t } = useWords();
  return at ? <DateText date={dateTimeOf(at)} /> : <Quiet>{t('portal.missing')}</Quiet>;
}

export function PriceCell({ price }: { price: SmartmailItem['letterPrice'] }) {
  const { t, amount } = useWords();
  return price ? amount(price) : <Quiet>{t('portal.overview.noPrice')}</Quiet>;
}

export function RemindedCell({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  return item.reminders > 0 ? t('portal.smartmail.times', { count: item.reminders }) : <Quiet>{t('portal.smartmail.notReminded')}</Quiet>;
}

// How many of those that must be opened have been.
export function AttachmentsCell({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  if (item.attachments.length === 0) return <Quiet>{t('portal.smartmail.noAttachments')}</Quiet>;
  const asked = item.attachments.filter((attachment) => !attachment.exempt);
  const opened = asked.filter((attachment) => attachment.openedAt).length;
  const names = item.attachments.map(({ name, exempt, openedAt }) => `${name}: ${attachmentWords(t, exempt, openedAt)}`).join(' · ');
  return (
    <Tooltip label={names} multiline maw={360}>
      <span className={classes.attachments} data-some={opened > 0 || undefined} tabIndex={0}>
        <IconPaperclip size={14} stroke={1.75} aria-hidden />
        {asked.length > 0 ? t('portal.smartmail.openedOf', { opened, all: asked.length }) : t('portal.smartmail.allExempt')}
      </span>
    </Tooltip>
  );
}

export function attachmentWords(t: ReturnType<typeof useWords>['t'], exempt: boolean, openedAt: string | null): string {
  if (openedAt) return t('portal.smartmail.attachment.opened', { when: dateTimeOf(openedAt) });
  return t(exempt ? 'portal.smartmail.attachment.exempt' : 'portal.smartmail.attachment.unopened');
}

// Why it did not reach, in the server's words, and what to do about it.
export function ReasonCell({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  const { identifier } = item.document.receiver;
  const bounces = bouncesOf(item);
  const causes = [...new Set(bounces.map(({ cause }) => bounceWords(t, cause)))];
  const words = [...new Set(bounces.map(({ bounced }) => bounced))];
  return (
    <span className={classes.reason}>
      <span className={`${classes.reasonWords} prose`} title={words.join('\n')}>
        {causes.join(', ') || t(`portal.smartmail.noReason.${item.state === 'failed' ? 'failed' : 'bounced'}`)} <span className={classes.quiet}>{words.join(' · ')}</span>
      </span>
      <span className={classes.reasonDo}>
        {identifier && (
          <Link to="/partners/$identifier" params={{ identifier }}>
            {t('portal.smartmail.fixAddress')}
          </Link>
        )}
        <Link to="/documents/$id" params={{ id: item.document.id }} search={{ act: 'resend' }}>
          {t('portal.smartmail.otherWay')}
        </Link>
      </span>
    </span>
  );
}

export const bouncesOf = (item: SmartmailItem): { cause: string; bounced: string }[] =>
  item.recipients.flatMap(({ cause, bounced }) => (bounced === null ? [] : [{ cause: cause ?? 'other', bounced }]));

export function AmountCell({ item }: { item: SmartmailItem }) {
  const { t, amount } = useWords();
  return item.document.amount ? amount(item.document.amount) : <Quiet>{t('portal.missing')}</Quiet>;
}

const Quiet = ({ children }: { children: ReactNode }) => <span className={classes.quiet}>{children}</span>;
