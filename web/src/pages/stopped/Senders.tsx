// Who is stopped most on the way to us: share, trend, and how much gets through as first sent.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stoppedSendersQuery } from '@/api/stops';
import { percentage } from '@/format/amounts';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { Sparkline } from '@/ui/Sparkline';
import tables from '@/ui/Table.module.css';
import classes from './Stopped.module.css';

const perMyriad = 10_000;

export function Senders() {
  const { t, language, number } = useWords();
  const { data, error, refetch } = useQuery(stoppedSendersQuery);
  const share = (part: number) => `${percentage(Math.round(part * perMyriad), perMyriad, language)}\u00a0%`;
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="senders">
      <div className={classes.sectionHead}>
        <h2 id="senders">{t('portal.stopped.senders')}</h2>
        <span className={classes.quiet}>{t('portal.stopped.weeks')}</span>
      </div>
      <table className={`${tables.table} ${classes.senders}`} aria-labelledby="senders">
        <thead>
          <tr>
            <th scope="col">{t('portal.stopped.column.sender')}</th>
            <th scope="col">{t('portal.stopped.column.stopped')}</th>
            <th scope="col">{t('portal.stopped.column.share')}</th>
            <th scope="col" className={classes.wide}>
              {t('portal.stopped.column.right')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('portal.stopped.column.trend')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((sender) => (
            <tr key={sender.identifier ?? sender.name}>
              <th scope="row">
                {sender.identifier ? (
                  <Link to="/documents/received" search={{ counterpart: sender.identifier }}>
                    {sender.name ?? identifierText(sender.identifier)}
                  </Link>
                ) : (
                  (sender.name ?? t('portal.documents.noCounterpart'))
                )}
              </th>
              <td>{t('portal.stopped.of', { part: number(sender.stopped), whole: number(sender.documents) })}</td>
              <td>{share(sender.share)}</td>
              <td className={classes.wide}>{share(sender.rightFirstTime)}</td>
              <td className={classes.wide}>
                <Sparkline width={72} days={sender.trend} colour="var(--pg-text-2)" label={t('portal.stopped.trend')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
