// What was handed over and is neither taken nor confirmed: the oldest first.
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { IconClockExclamation } from '@tabler/icons-react';
import { waitingQuery, type WaitingHandover } from '@/api/handover';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Handover.module.css';

export function Waiting() {
  const { t, number } = useWords();
  const { data, error, refetch } = useQuery(waitingQuery);
  const items = data?.items ?? [];
  const overdue = items.filter((item) => item.overdue).length;
  return (
    <section className={classes.section} aria-labelledby="handover-waits">
      <h2 id="handover-waits">{t('portal.handover.waits')}</h2>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <p className={classes.quiet}>{t('portal.handover.nothingWaits')}</p>}
      {items.length > 0 && (
        <p>
          {t('portal.handover.waitsCount', { count: items.length, number: number(items.length) + (data?.nextCursor ? '+' : '') })}
          {overdue > 0 && <span className={classes.overdue}> {t('portal.handover.overdueCount', { count: overdue, number: number(overdue) })}</span>}
        </p>
      )}
      <ul className={classes.list}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item }: { item: WaitingHandover }) {
  const { t, amount } = useWords();
  const name = [item.number, item.sender.name].filter(Boolean).join(', ');
  return (
    <li className={classes.waiting}>
      <div>
        {item.test ? (
          <p>
            {name} <span className={classes.quiet}>{t('portal.handover.isTest')}</span>
          </p>
        ) : (
          <Link to="/documents/$id" params={{ id: item.id }}>
            {name}
          </Link>
        )}
        <p className={item.overdue ? classes.overdue : classes.quiet}>
          {item.overdue && <IconClockExclamation size={16} stroke={1.75} aria-hidden />}
          {t(item.overdue ? 'portal.handover.overdue' : 'portal.handover.fetchBy')} <DateText date={dateTimeOf(item.fetchBy)} />
        </p>
      </div>
      <span className={classes.amount}>{item.amount ? amount(item.amount) : ''}</span>
    </li>
  );
}
