// One delivery: where it stands, to whom, each attachment, what can be done, the tries, and what was said on the line.
import type { CSSProperties } from 'react';
import { Button, Tooltip } from '@mantine/core';
import { IconCheck, IconClock, IconEye, IconEyeOff, IconFileText, IconMailX, IconPaperclip, IconRefresh, type Icon } from '@tabler/icons-react';
import type { Delivery, Document } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { pageHref } from '@/ui/downloads';
import { DeliveryStatusBadge } from '@/ui/Status';
import { useNow } from '@/ui/useNow';
import { bounceWords } from '@/ui/words';
import { actionWord, offered, whyNot } from '../smartmail/actions';
import { attachmentWords } from '../smartmail/cells';
import type { Acting } from '../smartmail/useActing';
import { failedTries, standingOf } from './deliveryWords';
import classes from './Delivery.module.css';

interface DeliveryCardProps {
  document: Document;
  delivery: Delivery;
  acting: Acting;
}

export function DeliveryCard({ document, delivery, acting }: DeliveryCardProps) {
  const { t, amount } = useWords();
  const now = useNow();
  const standing = standingOf(t, delivery, now);
  const mine = document.direction === 'sent';
  return (
    <li className={classes.card} data-channel={delivery.channel}>
      <div className={classes.head}>
        <Channel channel={delivery.channel} />
        <DeliveryStatusBadge status={delivery.status} />
        <span className={classes.price}>{delivery.price ? amount(delivery.price) : t('portal.overview.noPrice')}</span>
      </div>
      {standing && (
        <p className={classes.standing} data-urgent={standing.left?.urgent || undefined}>
          {standing.left && <span className={classes.left} aria-hidden style={{ '--left': `${(standing.left.share * 100).toFixed(1)}%` } as CSSProperties} />}
          {standing.words}
        </p>
      )}
      <About delivery={delivery} />
      <Parts delivery={delivery} />
      {mine && delivery.actions && delivery.state === 'waiting' && <CardActions document={document} delivery={delivery} acting={acting} />}
      {mine && delivery.channel === 'email' && (
        <a className={classes.link} href={pageHref(document.id)} target="_blank" rel="noreferrer">
          <IconEye size={14} stroke={1.75} aria-hidden />
          {t('portal.delivery.page')}
        </a>
      )}
      <Tries delivery={delivery} now={now} />
      {delivery.sentBytes && (
        <a href={delivery.sentBytes.href} download className={classes.link} title={`SHA-256 ${delivery.sentBytes.sha256}`}>
          <IconFileText size={14} stroke={1.75} aria-hidden />
          {t('portal.evidence.sent-bytes')}
        </a>
      )}
      <Wire delivery={delivery} />
    </li>
  );
}

// To whom, and what is known of the letter. Several recipients stand one by one under Parts.
function About({ delivery }: { delivery: Delivery }) {
  const { t, amount } = useWords();
  const last = delivery.attempts.at(-1);
  const facts = [
    delivery.recipients.length < 2 && delivery.address && t('portal.document.deliveredTo', { address: identifierText(delivery.address.includes(':') ? delivery.address : `:${delivery.address}`) }),
    last && dateTimeOf(last.endedAt ?? last.startedAt),
    delivery.sheets !== null && delivery.channel === 'print' && t('portal.delivery.sheets', { count: delivery.sheets }),
    delivery.batch && t('portal.delivery.batch', { batch: delivery.batch }),
    delivery.letterPrice && delivery.state === 'waiting' && delivery.deadline && t('portal.delivery.letterCosts', { price: amount(delivery.letterPrice) }),
    delivery.reminders > 0 && t('portal.delivery.reminded', { count: delivery.reminders }),
  ].filter(Boolean);
  return facts.length > 0 ? <p className={`${classes.about} prose`}>{facts.join(' · ')}</p> : null;
}

function Parts({ delivery: { recipients, attachments } }: { delivery: Delivery }) {
  const { t } = useWords();
  const [only] = recipients;
  const shownRecipients = recipients.length > 1 || only?.bounced ? recipients : [];
  if (shownRecipients.length === 0 && attachments.length === 0) return null;
  return (
    <ul className={classes.parts}>
      {shownRecipients.map(({ address, bounced, cause, openedAt }) => (
        <Part
          key={address}
          icon={bounced ? IconMailX : openedAt ? IconEye : IconClock}
          tone={bounced ? 'red' : openedAt ? 'green' : 'gray'}
          name={address}
          words={bounced ? t('portal.delivery.bounced', { cause: bounceWords(t, cause ?? 'other'), reason: bounced }) : attachmentWords(t, false, openedAt)}
        />
      ))}
      {attachments.map(({ name, exempt, openedAt }, index) => (
        <Part key={`${name} ${index}`} icon={openedAt ? IconCheck : exempt ? IconEyeOff : IconPaperclip} tone={openedAt ? 'green' : 'gray'} name={name} words={attachmentWords(t, exempt, openedAt)} />
      ))}
    </ul>
  );
}

function Part({ icon: Mark, tone, name, words }: { icon: Icon; tone: 'red' | 'green' | 'gray'; name: string; words: string }) {
  return (
    <li className="prose">
      <Mark size={14} stroke={1.75} color={`var(--st-${tone})`} aria-hidden />
      <span>
        {name} <span className={classes.quiet}>{words}</span>
      </span>
    </li>
  );
}

function CardActions({ document, delivery, acting }: DeliveryCardProps) {
  const { t } = useWords();
  return (
    <div className={classes.actions}>
      {offered.map(({ action, field, Icon: Mark }) => {
        const why = whyNot(t, delivery.actions, field);
        return (
          <Tooltip key={action} label={why} disabled={!why} multiline maw={280}>
            <Button
              leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
              {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
              onClick={() => !why && acting.start(action, [{ id: document.id, number: document.number, letterPrice: delivery.letterPrice }])}
            >
              {actionWord(t, action)}
            </Button>
          </Tooltip>
        );
      })}
    </div>
  );
}

function Tries({ delivery, now }: { delivery: Delivery; now: number }) {
  const { t } = useWords();
  const failed = failedTries(delivery);
  const next = delivery.nextTry;
  if (failed.length === 0 && !next) return null;
  return (
    <ul className={classes.tries}>
      {failed.map((attempt) => (
        <li key={attempt.number} className="prose">
          {t('portal.document.attempt', { number: attempt.number, time: dateTimeOf(attempt.startedAt) })}: {attempt.detail && t(`problem.${attempt.detail}`, { defaultValue: attempt.detail })}
        </li>
      ))}
      {next && (
        <li className={classes.next}>
          <IconRefresh size={14} stroke={1.75} aria-hidden />
          {Date.parse(next) > now ? t('portal.delivery.nextTry', { when: dateTimeOf(next) }) : t('portal.delivery.triesNow')}
        </li>
      )}
    </ul>
  );
}

// The other side's words, as they were: the mail server's dialogue, the manifest's line, a receipt.
function Wire({ delivery: { wire } }: { delivery: Delivery }) {
  const { t } = useWords();
  if (wire.length === 0) return null;
  return (
    <details className={classes.wire}>
      <summary>{t('portal.delivery.wire')}</summary>
      {wire.map(({ at, event, text }, index) => (
        <figure key={index}>
          <figcaption>
            {dateTimeOf(at)} {t(`event.${event}.title`, { defaultValue: event })}
          </figcaption>
          <pre tabIndex={0} aria-label={t('portal.delivery.wire')}>
            {text}
          </pre>
        </figure>
      ))}
    </details>
  );
}
