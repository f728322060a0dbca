import { Link } from '@tanstack/react-router';
import type { Overview } from '@/api/queries';
import { useConnection } from '@/api/live';
import { dateOf, dateTimeOf, timeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { eventLook } from '@/ui/icons';
import classes from './Overview.module.css';

// Steps on the way say nothing that the step after them doesn't.
const steps = ['recognised', 'checked', 'routed', 'delivery-started'];

export function Happenings({ latest: all, today }: { latest: Overview['latest']; today: string }) {
  const { t } = useWords();
  const latest = all.filter((item) => !steps.includes(item.event));
  const live = useConnection() === 'live';
  return (
    <section className={classes.happenings}>
      <h2 className={classes.section}>
        {t('portal.overview.happening')}
        {live && (
          <span className={classes.live}>
            <i aria-hidden />
            {t('portal.overview.live')}
          </span>
        )}
      </h2>
      {latest.length === 0 && <p className={classes.calm}>{t('portal.overview.happensNothing')}</p>}
      <ol className={classes.events} data-days={latest.some((item) => dateOf(item.at) !== today) || undefined}>
        {latest.map((item) => {
          const look = eventLook(item.event);
          return (
            <li key={`${item.documentId}${item.at}${item.event}`}>
              {dateOf(item.at) === today ? (
                <time dateTime={item.at} title={dateTimeOf(item.at)}>
                  {timeOf(item.at)}
                </time>
              ) : (
                <DateText date={dateOf(item.at)} title={dateTimeOf(item.at)} />
              )}
              <look.Icon size={16} stroke={1.75} color={`var(--st-${look.colour})`} aria-hidden />
              <span className={classes.what}>
                {t(`portal.happening.${item.direction}.${item.event}`, {
                  name: item.counterpart ?? t('portal.documents.noCounterpart'),
                  defaultValue: t(`event.${item.event}.title`, { defaultValue: item.event }),
                })}
              </span>
              <Link to="/documents/$id" params={{ id: item.documentId }}>
                {item.number ?? t('portal.overview.open')}
              </Link>
            </li>
          );
        })}
      </ol>
      <p className={classes.more}>
        <Link to="/documents" search={{ from: today }}>
          {t('portal.overview.allToday')}
        </Link>
      </p>
    </section>
  );
}
