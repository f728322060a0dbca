import { useState, type ReactNode } from 'react';
import { Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconCertificate,
  IconCheck,
  IconFileCode,
  IconFileText,
  IconInbox,
  IconLink,
  IconLinkOff,
  IconListDetails,
  IconReceipt,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { eventsQuery, type Document, type DocumentEvent } from '@/api/queries';
import { dateOf, secondsOf } from '@/format/dates';
import { shortHash } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { DateText } from '@/ui/DateText';
import { eventLook } from '@/ui/icons';
import { ErrorNotice } from '@/ui/Notice';
import { registerWords } from '../multichannel/registerWords';
import { eventDetail, eventTitle } from './eventWords';
import classes from './Document.module.css';

const evidenceIcons: Record<string, Icon> = {
  original: IconFileCode,
  findings: IconListDetails,
  inbox: IconInbox,
  'sent-bytes': IconFileText,
  receipt: IconReceipt,
  opening: IconCertificate,
};

// Newest first; the date stands where the day changes.
export function Timeline({ document }: { document: Document }) {
  const { t } = useWords();
  const { data, error, isPending, refetch } = useQuery(eventsQuery(document.id));
  const events = [...(data?.items ?? [])].reverse();
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{t('portal.document.timeline')}</h2>
        {data && (
          <span className={classes.chain} data-broken={!data.chain.intact || undefined} title={data.chain.head ?? undefined}>
            {data.chain.intact ? <IconLink size={14} stroke={1.75} aria-hidden /> : <IconLinkOff size={14} stroke={1.75} aria-hidden />}
            {t(data.chain.intact ? 'portal.document.chainWhole' : 'portal.document.chainBroken', { count: data.chain.length })}
          </span>
        )}
      </div>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton height={180} />}
      <ol className={classes.timeline}>
        {events.map((event, index) => (
          <TimelineEvent
            key={event.sequence}
            event={event}
            withDate={index === 0 || dateOf(event.at) !== dateOf(events[index - 1]?.at ?? event.at)}
            newest={index === 0}
          />
        ))}
      </ol>
    </section>
  );
}

interface TimelineEventProps {
  event: DocumentEvent;
  withDate: boolean;
  newest: boolean;
}

function TimelineEvent({ event, withDate, newest }: TimelineEventProps) {
  const { t, language } = useWords();
  const look = eventLook(event.type);
  const detail = eventDetail(t, event, language);
  return (
    <li data-event={event.type}>
      <span
        className={classes.bullet}
        style={{ color: `var(--st-${look.colour})`, background: `var(--st-${look.colour}-tint)` }}
      >
        <look.Icon size={15} stroke={1.75} aria-hidden />
      </span>
      <div className={classes.eventBody}>
        <div className={classes.eventHead}>
          <span className={newest ? classes.eventNewest : classes.eventTitle}>{eventTitle(t, event, language)}</span>
          <span className={classes.eventTime} title={`${event.at} · ${shortHash(event.hash)}`}>
            {withDate && <DateText date={dateOf(event.at)} />}
            <time dateTime={event.at}>{secondsOf(event.at)}</time>
          </span>
        </div>
        {detail && <p className={`${classes.eventDetail} prose`}>{detail}</p>}
        {event.plan && event.plan.length > 0 && <Plan event={event} />}
        {event.evidence && <EvidenceLine evidence={event.evidence} />}
      </div>
    </li>
  );
}

function EvidenceLine({ evidence }: { evidence: NonNullable<DocumentEvent['evidence']> }) {
  const { t } = useWords();
  const Mark = evidenceIcons[evidence.kind] ?? IconReceipt;
  const words = t(`portal.evidence.${evidence.kind}`, { defaultValue: evidence.kind });
  // Findings stand on this page; what can be fetched is a link; what is a fact in our own records is said.
  if (evidence.kind === 'findings') return null;
  const inner: ReactNode = (
    <>
      <Mark size={14} stroke={1.75} aria-hidden />
      {evidence.name && evidence.kind !== 'original' ? evidence.name : words}
    </>
  );
  return evidence.href ? (
    <a className={classes.evidence} href={evidence.href} download={evidence.name ?? ''}>
      {inner}
    </a>
  ) : (
    <span className={classes.evidenceFact}>{inner}</span>
  );
}

// Why this channel: each that was asked, and its answer.
function Plan({ event }: { event: DocumentEvent }) {
  const { t, amount } = useWords();
  const [open, setOpen] = useState(false);
  const by = event.parameters.by;
  return (
    <>
      <UnstyledButton className={classes.evidence} onClick={() => setOpen(!open)} aria-expanded={open}>
        <IconListDetails size={14} stroke={1.75} aria-hidden />
        {t('portal.document.why')}
      </UnstyledButton>
      {open && by && <span>{t(`portal.multichannel.because.${by}`)}</span>}
      {open && (
        <ul className={classes.plan}>
          {event.plan?.map((step) => (
            <li key={step.channel}>
              {step.reachable ? (
                <IconCheck size={14} stroke={1.75} color="var(--st-green)" aria-label={t('portal.document.reaches')} />
              ) : (
                <IconX size={14} stroke={1.75} color="var(--st-gray)" aria-label={t('portal.document.reachesNot')} />
              )}
              <Channel channel={step.channel} />
              <span>{t(`event.routed.reason.${step.reason}`, { defaultValue: step.reason })}</span>
              {step.price && <span className={classes.planPrice}>{amount(step.price)}</span>}
            </li>
          ))}
          {event.registers?.map((register) => (
            <li key={register.name}>
              <span>{registerWords(t, register)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
