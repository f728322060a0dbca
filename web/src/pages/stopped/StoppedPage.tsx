// What was stopped before it reached anybody, grouped by cause.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconHandStop } from '@tabler/icons-react';
import { documentsQuery, type DocumentQuery, type DocumentSummary } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { reasonWords } from '@/ui/words';
import { AmountCell } from '../documents/columns';
import { DateText } from '@/ui/DateText';
import { DocumentStatusBadge } from '@/ui/Status';
import { groupByCause } from './causes';
import classes from './Stopped.module.css';

const query: DocumentQuery = { direction: 'sent', status: ['stopped', 'returned'], limit: 200 };

export function StoppedPage() {
  const { t, number } = useWords();
  const { data, error, isPending, refetch } = useQuery(documentsQuery(query));
  const waiting = useDelayed(isPending);
  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.nav.stopped')}
        quiet={data && data.items.length > 0 ? `${number(data.items.length)}${data.nextCursor ? '+' : ''}` : undefined}
      />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={240} mt="md" />}
      {data?.items.length === 0 && (
        <Notice icon={IconHandStop} title={t('portal.stopped.none')}>
          {t('portal.stopped.noneWhy')}
        </Notice>
      )}
      {data && groupByCause(data.items).map((group) => <Cause key={group.cause} cause={group.cause} rows={group.rows} />)}
      {data?.nextCursor && (
        <p>
          <Link to="/documents/sent" search={{ status: ['stopped', 'returned'] }}>
            {t('portal.stopped.all')}
          </Link>
        </p>
      )}
    </div>
  );
}

function Cause({ cause, rows }: { cause: string; rows: DocumentSummary[] }) {
  const { t, number } = useWords();
  return (
    <section className={classes.cause}>
      <h2 className={classes.causeHead}>
        <IconHandStop size={18} stroke={1.75} color="var(--st-amber)" aria-hidden />
        <span>{cause ? reasonWords(t, cause) : t('portal.stopped.unknownCause')}</span>
        {cause && <code>{cause}</code>}
        <span className={classes.count}>{number(rows.length)}</span>
      </h2>
      <table className={classes.table} aria-label={cause ? reasonWords(t, cause) : t('portal.stopped.unknownCause')}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to="/documents/$id" params={{ id: row.id }}>
                  {row.number ?? t('portal.documents.noNumber')}
                </Link>
              </th>
              <td className={classes.name}>
                {row.receiver.name ?? <span className={classes.quiet}>{t('portal.documents.noCounterpart')}</span>}
              </td>
              <td className={classes.wide}>
                <DocumentStatusBadge status={row.status} tinted={false} />
              </td>
              <td className={classes.quiet}><DateText date={dateTimeOf(row.lastEvent.at)} /></td>
              <td className={classes.amount}>
                <AmountCell row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
