import { Link } from '@tanstack/react-router';
import type { DocumentSummary } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { DocumentStatusBadge } from '@/ui/Status';
import { AmountCell, counterpartOf } from './columns';
import classes from './Documents.module.css';

// Under 768 px a row is two lines: counterpart and amount; status, number and date.
export function PhoneRows({ rows, fresh }: { rows: DocumentSummary[]; fresh: ReadonlySet<string> }) {
  const { t } = useWords();
  return (
    <ul className={classes.phoneRows}>
      {rows.map((row) => (
        <li key={row.id} data-fresh={fresh.has(row.id) || undefined}>
          <Link to="/documents/$id" params={{ id: row.id }}>
            <span className={classes.phoneName}>{counterpartOf(row).name ?? t('portal.documents.noCounterpart')}</span>
            <span className={classes.phoneAmount}>
              <AmountCell row={row} />
            </span>
            <span className={classes.phoneState}>
              <DocumentStatusBadge status={row.status} />
              <span className={classes.quiet}>{row.number ?? t('portal.documents.noNumber')}</span>
            </span>
            <span className={classes.phoneDate}>
              <DateText date={dateOf(row.receivedAt)} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
