// Notifications by day, the unread ones marked. A row leads to what it is about.
import { ActionIcon } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconBan, IconBuildingBank, IconCheck, IconCircleCheck, IconFileExport, IconHandStop, IconMailbox, IconMessage, IconReportAnalytics, IconThumbDown, IconUserCheck, IconUserPlus, IconWebhookOff, type Icon } from '@tabler/icons-react';
import type { NewsKind, Notification } from '@/api/news';
import { sessionQuery } from '@/api/queries';
import { dateTimeOf, timeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { byDay, dayWords, newsSentence } from './newsWords';
import { useFollow, useRead } from './useNews';
import classes from './News.module.css';

const icons: Record<NewsKind, Icon> = {
  failed: IconBan,
  stopped: IconHandStop,
  rejected: IconThumbDown,
  'smartmail-posted': IconMailbox,
  ticket: IconMessage,
  reachable: IconCircleCheck,
  'payment-changed': IconBuildingBank,
  export: IconFileExport,
  report: IconReportAnalytics,
  'account-changed': IconUserCheck,
  lead: IconUserPlus,
  'webhook-off': IconWebhookOff,
};
const red: NewsKind[] = ['failed', 'rejected', 'payment-changed', 'webhook-off'];
const amber: NewsKind[] = ['stopped', 'smartmail-posted'];
const colourOf = (kind: NewsKind) => (red.includes(kind) ? classes.red : amber.includes(kind) ? classes.amber : classes.plain);

export function NewsList({ items, onFollowed }: { items: readonly Notification[]; onFollowed?: () => void }) {
  const { t } = useWords();
  const Day = onFollowed ? 'h3' : 'h2'; // under the panel's name, or the page's
  return (
    <div>
      {byDay(items).map(({ date, items: ofDay }) => (
        <section key={`${date} ${ofDay[0]?.id}`}>
          <Day className={classes.day}>{dayWords(t, date)}</Day>
          <ul className={classes.list}>
            {ofDay.map((item) => (
              <NewsRow key={item.id} item={item} onFollowed={onFollowed} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function NewsRow({ item, onFollowed }: { item: Notification; onFollowed: (() => void) | undefined }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const follow = useFollow();
  const read = useRead();
  const Mark = icons[item.kind];
  const unread = item.readAt === null;
  const sentence = newsSentence(t, item);
  return (
    <li className={classes.row} data-unread={unread || undefined}>
      <Mark size={18} stroke={1.75} aria-hidden className={colourOf(item.kind)} />
      <div className={classes.said}>
        <a
          href={item.path}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onFollowed?.();
            void follow(item);
          }}
        >
          {unread && <span className={classes.hidden}>{t('portal.news.isUnread')}: </span>}
          {sentence}
        </a>
        <p className={classes.quiet}>
          {session.companies.length > 1 && `${item.company.name} · `}
          <time dateTime={item.at} title={dateTimeOf(item.at)}>
            {timeOf(item.at)}
          </time>
        </p>
      </div>
      {unread && (
        <ActionIcon size={32} onClick={() => read.mutate({ ids: [item.id] })} aria-label={`${t('portal.news.markOne')}: ${sentence}`} title={t('portal.news.markOne')}>
          <IconCheck size={16} stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  );
}
