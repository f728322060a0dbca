// The columns of a list of documents. Number, counterpart, status and amount always stand; the others can be chosen.
import { columnVisibilityFeature, createColumnHelper, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import type { DocumentSummary } from '@/api/queries';
import { dateOf, freshOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { Channel } from '@/ui/Channel';
import { DocumentStatusBadge } from '@/ui/Status';
import { lastEventWords } from '@/ui/words';
import { DateText } from '@/ui/DateText';
import { RowActions } from './RowActions';
import type { Sort } from './listSearch';
import classes from './Documents.module.css';

export const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const column = createColumnHelper<typeof features, DocumentSummary>();

export interface ColumnLook {
  width?: number;
  sort?: 'receivedAt' | 'dueDate' | 'amount';
  right?: boolean;
  always?: boolean;
}

const { dateColumn, amountColumn } = tokens.density.comfortable;
export const looks: Record<string, ColumnLook> = {
  direction: { width: 28, always: true }, // only where both ways are shown
  number: { width: 86, always: true },
  counterpart: { always: true },
  customerNumber: { width: 104 },
  type: { width: 112 },
  status: { width: 246, always: true },
  channel: { width: 112 },
  issueDate: { width: dateColumn },
  receivedAt: { width: dateColumn, sort: 'receivedAt' },
  dueDate: { width: dateColumn, sort: 'dueDate' },
  amount: { width: amountColumn + 6, sort: 'amount', right: true, always: true },
};
export const columnNames = Object.keys(looks);

const markWidth = 34;
const counterpartLeast = 120;
const tightBelow = 760;
const tightStatus = 196;
const firstToGo = ['issueDate', 'customerNumber', 'type', 'channel', 'dueDate'];

export function widthOf(name: string, listWidth: number): number | undefined {
  return name === 'status' && listWidth < tightBelow ? tightStatus : looks[name]?.width;
}

// Where the list is too narrow for what was chosen, columns give way, the least needed first, until the counterpart has
// room. What they say stands on the document.
export function fitColumns(visible: Record<string, boolean>, width: number): Record<string, boolean> {
  const fitted = { ...visible };
  const needed = () =>
    columnNames
      .filter((name) => fitted[name] !== false)
      .reduce((sum, name) => sum + (widthOf(name, width) ?? counterpartLeast), markWidth);
  for (const name of firstToGo) {
    if (needed() <= width) break;
    fitted[name] = false;
  }
  return fitted;
}
export const shownAtFirst: Record<string, boolean> = { customerNumber: false, type: false, issueDate: false };

export function sortBy(current: Sort, name: NonNullable<ColumnLook['sort']>): Sort {
  return current === `-${name}` ? name : `-${name}`;
}

export const counterpartOf = (row: DocumentSummary) => (row.direction === 'sent' ? row.receiver : row.sender);

export function NumberCell({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  return (
    <Link to="/documents/$id" params={{ id: row.id }} className={classes.number}>
      {row.number ?? t('portal.documents.noNumber')}
    </Link>
  );
}

export function CounterpartCell({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  const counterpart = counterpartOf(row);
  const beside = [
    row.internal ? t('portal.documents.internal') : '',
    row.type === 'invoice' || row.type === 'other' ? '' : t(`portal.typeShort.${row.type}`),
    row.customerNumber && row.direction === 'sent' && counterpart.identifier?.startsWith('customer:')
      ? t('portal.documents.customer', { number: row.customerNumber })
      : '',
  ].filter(Boolean);
  return (
    <span className={classes.counterpart}>
      <span className={classes.whom}>
        <span className={classes.name} title={identifierText(counterpart.identifier)}>
          {counterpart.name ?? <span className={classes.quiet}>{t('portal.documents.noCounterpart')}</span>}
        </span>
        {beside.length > 0 && <span className={classes.beside}>{beside.join(', ')}</span>}
      </span>
      <RowActions row={row} />
    </span>
  );
}

export function StatusCell({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  return (
    <span className={classes.status}>
      <DocumentStatusBadge status={row.status} />
      <span className={`${classes.lastEvent} prose`}>{lastEventWords(t, row.lastEvent, freshOf(row.lastEvent.at))}</span>
    </span>
  );
}

function DateCell({ date }: { date: string | null }) {
  const { t } = useWords();
  return date ? <DateText date={date} /> : <span className={classes.quiet}>{t('portal.missing')}</span>;
}

export function AmountCell({ row }: { row: DocumentSummary }) {
  const { t, amount } = useWords();
  return row.amount ? amount(row.amount) : <span className={classes.quiet}>{t('portal.missing')}</span>;
}

function TypeCell({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  return t(`portal.type.${row.type}`);
}

function TextCell({ text }: { text: string | null }) {
  const { t } = useWords();
  return text ?? <span className={classes.quiet}>{t('portal.missing')}</span>;
}

function DirectionCell({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  const Mark = row.direction === 'sent' ? IconArrowUpRight : IconArrowDownLeft;
  const word = t(`portal.direction.${row.direction}`);
  return (
    <span title={word} className={classes.direction}>
      <Mark size={16} stroke={1.75} aria-hidden />
      <span className="visually-hidden">{word}</span>
    </span>
  );
}

export const columns = column.columns([
  column.display({ id: 'direction', cell: ({ row }) => <DirectionCell row={row.original} /> }),
  column.display({ id: 'number', cell: ({ row }) => <NumberCell row={row.original} /> }),
  column.display({ id: 'counterpart', cell: ({ row }) => <CounterpartCell row={row.original} /> }),
  column.display({ id: 'customerNumber', cell: ({ row }) => <TextCell text={row.original.customerNumber} /> }),
  column.display({ id: 'type', cell: ({ row }) => <TypeCell row={row.original} /> }),
  column.display({ id: 'status', cell: ({ row }) => <StatusCell row={row.original} /> }),
  column.display({ id: 'channel', cell: ({ row }) => <Channel channel={row.original.channel} /> }),
  column.display({ id: 'issueDate', cell: ({ row }) => <DateCell date={row.original.issueDate} /> }),
  column.display({ id: 'receivedAt', cell: ({ row }) => <DateCell date={dateOf(row.original.receivedAt)} /> }),
  column.display({ id: 'dueDate', cell: ({ row }) => <DateCell date={row.original.dueDate} /> }),
  column.display({ id: 'amount', cell: ({ row }) => <AmountCell row={row.original} /> }),
]);
