import type { ReactNode } from 'react';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconAlarm, IconChevronRight, IconCircleCheck, IconClockExclamation, IconLifebuoy, IconUserX } from '@tabler/icons-react';
import { overviewQuery, type Overview } from '@/api/queries';
import { UploadButton } from '@/frame/uploads/UploadButton';
import { percentage } from '@/format/amounts';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { documentLook, type StatusLook } from '@/ui/icons';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { reasonWords } from '@/ui/words';
import { useDelayed } from '@/ui/useDelayed';
import { ChannelTable } from './ChannelTable';
import { Happenings } from './Happenings';
import classes from './Overview.module.css';

const route = getRouteApi('/frame/');
const periods = ['today', '7d', '30d'] as const;

export function OverviewPage() {
  const { t } = useWords();
  const asked: string | undefined = route.useSearch().period; // as the address has it
  const period = periods.find((one) => one === asked) ?? 'today';
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useQuery(overviewQuery(period));
  const waiting = useDelayed(isPending);

  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.nav.overview')}
        quiet={
          data &&
          (data.from === data.to ? (
            <DateText date={data.date} />
          ) : (
            <>
              <DateText date={data.from} /> – <DateText date={data.to} />
            </>
          ))
        }
        actions={
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('portal.overview.period')}
              value={period}
              onChange={(value) => void navigate({ to: '/', search: value === '7d' || value === '30d' ? { period: value } : {} })}
              data={periods.map((value) => ({ value, label: t(`portal.overview.periods.${value}`) }))}
            />
            <UploadButton />
          </>
        }
      />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <OverviewSkeleton />}
      {data && (
        <>
          <Figures overview={data} />
          <div className={classes.columns}>
            <div className={classes.work}>
              <Needs overview={data} />
              <ChannelTable channels={data.channels} />
            </div>
            <Happenings latest={data.latest} today={data.date} />
          </div>
        </>
      )}
    </div>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t, language, number, amount } = useWords();
  const money = (amounts: Overview['sent']['amounts']) => amounts.map(amount).join(' · ') || t('portal.overview.noAmount');
  const { deliveredShare: delivered, openedShare: opened } = overview;
  return (
    <dl className={classes.figures}>
      <Figure name={t('portal.nav.sent')} value={number(overview.sent.documents)} note={money(overview.sent.amounts)} />
      <Figure name={t('portal.nav.received')} value={number(overview.received.documents)} note={money(overview.received.amounts)} />
      <Figure
        name={t('portal.overview.delivered', { days: delivered.days })}
        {...(delivered.total > 0 ? { value: percentage(delivered.delivered, delivered.total, language), unit: '%' } : {})}
        note={t('portal.overview.deliveredOf', { part: number(delivered.delivered), whole: number(delivered.total) })}
      />
      <Figure
        name={t('portal.overview.opened', { days: opened.withinDays })}
        {...(opened.total > 0 ? { value: percentage(opened.opened, opened.total, language), unit: '%' } : {})}
        note={t('portal.overview.openedOf', { part: number(opened.opened), whole: number(opened.total) })}
      />
    </dl>
  );
}

function Figure({ name, value, unit, note }: { name: string; value?: string; unit?: string; note: string }) {
  const { t } = useWords();
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={value ? classes.value : classes.none}>
        {value ?? t('portal.overview.noneYet')}
        {unit && <span className={classes.unit}> {unit}</span>}
      </dd>
      <dd className={classes.note}>{note}</dd>
    </div>
  );
}

function Needs({ overview }: { overview: Overview }) {
  const { t } = useWords();
  return (
    <section>
      <h2 className={classes.section}>{t('portal.overview.needsYou')}</h2>
      {overview.needsYou.length === 0 && !overview.tickets?.needsMe && (
        <p className={classes.calm}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden />
          {t('portal.overview.needsNothing')}
        </p>
      )}
      <ul className={classes.needs}>
        <Tickets tickets={overview.tickets} />
        {overview.needsYou.map((need) => (
          <Need key={need.direction + need.kind} need={need} />
        ))}
      </ul>
    </section>
  );
}

// What somebody waits for me to answer.
function Tickets({ tickets }: { tickets: Overview['tickets'] }) {
  const { t, number } = useWords();
  if (!tickets?.needsMe) return null;
  const oldest = tickets.items.map(({ changedAt }) => changedAt).sort()[0];
  return (
    <li>
      <Link to="/tickets" search={{ mine: '1' }} className={classes.need}>
        <IconLifebuoy size={18} stroke={1.75} color="var(--st-amber)" aria-hidden />
        <span className={classes.needCount}>{number(tickets.needsMe)}</span>
        <span className={classes.needWhat}>{t('portal.overview.tickets', { count: tickets.needsMe })}</span>
        <span className={classes.needWhy}>
          {tickets.items.map((ticket) => `${ticket.number} ${ticket.subject}`).join(', ')} ({t('portal.overview.ticketsOpen', { count: tickets.open })})
        </span>
        {oldest && (
          <span className={classes.needWhen}>
            {t('portal.overview.oldest')} <DateText date={dateOf(oldest)} />
          </span>
        )}
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={classes.chevron} />
      </Link>
    </li>
  );
}

type NeedsYou = Overview['needsYou'][number];

// Where it is put right.
function NeedLink({ need, children }: { need: NeedsYou; children: ReactNode }) {
  if (need.kind === 'smartmail-deadline')
    return (
      <Link to="/smartmail" className={classes.need}>
        {children}
      </Link>
    );
  if (need.kind === 'not-fetched')
    return need.direction === 'received' ? (
      <Link to="/settings/handover" className={classes.need}>
        {children}
      </Link>
    ) : (
      <Link to="/documents/sent" search={{ status: ['sent'] }} className={classes.need}>
        {children}
      </Link>
    );
  if (need.kind === 'notice-unreachable')
    return (
      <Link to="/stopped" search={{ tab: 'received' }} className={classes.need}>
        {children}
      </Link>
    );
  return (
    <Link to={need.direction === 'sent' ? '/documents/sent' : '/documents/received'} search={{ status: [need.kind] }} className={classes.need}>
      {children}
    </Link>
  );
}

const needLooks: Record<string, StatusLook> = {
  'not-fetched': { Icon: IconClockExclamation, colour: 'amber', tinted: true },
  'smartmail-deadline': { Icon: IconAlarm, colour: 'amber', tinted: true },
  'notice-unreachable': { Icon: IconUserX, colour: 'amber', tinted: true },
};

function Need({ need }: { need: NeedsYou }) {
  const { t, number } = useWords();
  const { Icon: Mark, colour } = needLooks[need.kind] ?? documentLook(need.kind);
  const reasons = need.reasons.map((reason) => `${reasonWords(t, reason.code)} ${number(reason.count)}`).join(', ');
  return (
    <li>
      <NeedLink need={need}>
        <Mark size={18} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
        <span className={classes.needCount}>{number(need.count)}</span>
        <span className={classes.needWhat}>{t(`portal.overview.need.${need.direction}.${need.kind}`, { count: need.count })}</span>
        <span className={classes.needWhy}>{[reasons, need.counterparts.join(', ')].filter(Boolean).join(': ')}</span>
        <span className={classes.needWhen}>
          {t('portal.overview.oldest')} <DateText date={dateOf(need.oldest)} />
        </span>
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={classes.chevron} />
      </NeedLink>
    </li>
  );
}

function OverviewSkeleton() {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('portal.loading')}>
      <Skeleton height={103} mt={18} mb={28} radius="sm" />
      <Skeleton height={22} width={140} mb={12} />
      {Array.from({ length: 4 }, (_, index) => (
        <Skeleton key={index} height={36} mb={12} radius="sm" />
      ))}
    </div>
  );
}
