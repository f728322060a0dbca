// The list, with the columns that the state asks for.
import type { ReactNode } from 'react';
import { Checkbox, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { SmartmailItem } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import tables from '@/ui/Table.module.css';
import { AmountCell, AttachmentsCell, DayCell, MomentCell, NumberCell, PriceCell, ReasonCell, RecipientCell, RemindedCell, TimeLeftBar } from './cells';
import { RowActions } from './RowActions';
import { type Tab } from './smartmailSearch';
import type { Acting } from './useActing';
import classes from './Smartmail.module.css';

interface Column {
  name: string;
  right?: boolean;
  sort?: 'deadline' | 'sentAt';
  cell: (item: SmartmailItem, now: number) => ReactNode;
}

const number: Column = { name: 'number', cell: (item) => <NumberCell item={item} /> };
const recipient: Column = { name: 'recipient', cell: (item) => <RecipientCell item={item} /> };
const sent: Column = { name: 'sent', sort: 'sentAt', cell: (item) => <DayCell at={item.sentAt} /> };
const left: Column = { name: 'left', sort: 'deadline', cell: (item, now) => <TimeLeftBar item={item} now={now} /> };
const letter: Column = { name: 'letter', right: true, cell: (item) => <PriceCell price={item.letterPrice} /> };
const reminded: Column = { name: 'reminded', cell: (item) => <RemindedCell item={item} /> };
const attachments: Column = { name: 'attachments', cell: (item) => <AttachmentsCell item={item} /> };
const amount: Column = { name: 'amount', right: true, cell: (item) => <AmountCell item={item} /> };
const openedAt: Column = { name: 'openedAt', cell: (item) => <MomentCell at={item.openedAt} /> };
const expiredAt: Column = { name: 'expiredAt', cell: (item) => <MomentCell at={item.expiredAt} /> };
const openedLater: Column = { name: 'openedLater', cell: (item) => <OpenedLater item={item} /> };
const reason: Column = { name: 'reason', cell: (item) => <ReasonCell item={item} /> };

function OpenedLater({ item }: { item: SmartmailItem }) {
  const { t } = useWords();
  return <DayCell at={item.openedAt} none={t('portal.smartmail.notOpened')} />;
}

const columns: Record<Tab, readonly Column[]> = {
  waiting: [number, recipient, sent, left, letter, reminded, attachments, amount],
  opened: [number, recipient, sent, openedAt, reminded, attachments, amount],
  posted: [number, recipient, sent, expiredAt, openedLater, letter, amount],
  bounced: [number, recipient, sent, reason, amount],
  failed: [number, recipient, sent, reason, amount],
};

interface SmartmailTableProps {
  tab: Tab;
  items: readonly SmartmailItem[];
  now: number;
  selected: ReadonlySet<string>;
  current: string | undefined;
  sort: 'deadline' | 'sentAt';
  acting: Acting;
  onSort: (sort: 'deadline' | 'sentAt') => void;
  onSelect: (deliveries: readonly string[], chosen: boolean) => void;
}

export function SmartmailTable({ tab, items, now, selected, current, sort, acting, onSort, onSelect }: SmartmailTableProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const chosen = items.filter((item) => selected.has(item.delivery)).length;
  const markable = tab === 'waiting';
  return (
    <table className={`${tables.list} ${classes.table}`} data-tab={tab} aria-label={t(`portal.smartmail.state.${tab}`)}>
      <thead>
        <tr>
          {markable && (
            <th scope="col" className={classes.mark}>
              <Checkbox
                aria-label={t('portal.documents.markAll')}
                checked={chosen === items.length}
                indeterminate={chosen > 0 && chosen < items.length}
                onChange={(event) => onSelect(items.map((item) => item.delivery), event.currentTarget.checked)}
              />
            </th>
          )}
          {columns[tab].map((column) => (
            <ColumnHead key={column.name} column={column} sort={sort} onSort={onSort} />
          ))}
          <th scope="col" data-column="actions">
            <span className="visually-hidden">{t('portal.document.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr
            key={item.delivery}
            data-id={item.delivery}
            data-selected={selected.has(item.delivery) || undefined}
            data-current={item.delivery === current || undefined}
            onClick={(event) => {
              if ((event.target as Element).closest('a, button, input, label, [data-row-actions]')) return;
              if (!window.getSelection()?.isCollapsed) return;
              void navigate({ to: '/documents/$id', params: { id: item.document.id } });
            }}
          >
            {markable && (
              <td className={classes.mark}>
                <Checkbox
                  aria-label={t('portal.documents.mark', { number: item.document.number ?? t('portal.documents.noNumber') })}
                  checked={selected.has(item.delivery)}
                  onChange={(event) => onSelect([item.delivery], event.currentTarget.checked)}
                />
              </td>
            )}
            {columns[tab].map((column) => (
              <td key={column.name} data-column={column.name} data-right={column.right || undefined}>
                {column.cell(item, now)}
              </td>
            ))}
            <td data-column="actions">
              <RowActions item={item} acting={acting} withIcons />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// The nearest deadline stands first, the latest sent stands first: each order has one direction.
function ColumnHead({ column, sort, onSort }: { column: Column; sort: 'deadline' | 'sentAt'; onSort: SmartmailTableProps['onSort'] }) {
  const { t } = useWords();
  const word = t(`portal.smartmail.column.${column.name}`);
  const by = column.sort;
  if (!by)
    return (
      <th scope="col" data-column={column.name} data-right={column.right || undefined}>
        {word}
      </th>
    );
  const sorted = sort === by;
  const Arrow = by === 'deadline' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" data-column={column.name} data-sorted={sorted || undefined} aria-sort={sorted ? (by === 'deadline' ? 'ascending' : 'descending') : 'none'}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(by)}>
        {word}
        {sorted && <Arrow size={14} stroke={1.75} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}
