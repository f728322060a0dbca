import { Checkbox, Skeleton, UnstyledButton } from '@mantine/core';
import type { ReactTable } from '@tanstack/react-table';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { DocumentSummary } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import tables from '@/ui/Table.module.css';
import { looks, sortBy, widthOf, type features } from './columns';
import type { Sort } from './listSearch';
import classes from './Documents.module.css';

interface DocumentTableProps {
  table: ReactTable<typeof features, DocumentSummary>;
  width: number;
  fresh: ReadonlySet<string>;
  current: string | undefined;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

export function DocumentTable({ table, width, fresh, current, sort, onSort }: DocumentTableProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const shown = table.getVisibleLeafColumns();
  return (
    <table className={`${tables.list} ${classes.table}`}>
      <colgroup>
        <col style={{ width: 34 }} />
        {shown.map((column) => (
          <col key={column.id} style={{ width: widthOf(column.id, width) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={classes.mark}>
            <Checkbox
              aria-label={t('portal.documents.markAll')}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={table.getToggleAllRowsSelectedHandler()}
            />
          </th>
          {shown.map((column) => (
            <ColumnHead key={column.id} name={column.id} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            data-id={row.id}
            data-selected={row.getIsSelected() || undefined}
            data-current={row.id === current || undefined}
            data-fresh={fresh.has(row.id) || undefined}
            onClick={(event) => {
              // The whole row opens; what has a meaning of its own in it keeps that, and so does marking text.
              if ((event.target as Element).closest('a, button, input, label, [data-row-actions]')) return;
              if (!window.getSelection()?.isCollapsed) return;
              void navigate({ to: '/documents/$id', params: { id: row.id } });
            }}
          >
            <td className={classes.mark}>
              <Checkbox
                aria-label={t('portal.documents.mark', { number: row.original.number ?? t('portal.documents.noNumber') })}
                checked={row.getIsSelected()}
                onChange={row.getToggleSelectedHandler()}
              />
            </td>
            {row.getVisibleCells().map((cell) => (
              <td key={cell.id} data-right={looks[cell.column.id]?.right || undefined}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ColumnHead({ name, sort, onSort }: { name: string; sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useWords();
  const look = looks[name];
  const word = t(`portal.column.${name}`);
  if (!look?.sort)
    return (
      <th scope="col" data-right={look?.right || undefined}>
        {name === 'direction' ? <span className="visually-hidden">{word}</span> : word}
      </th>
    );
  const down = sort === `-${look.sort}`;
  const sorted = down || sort === look.sort;
  const Arrow = down ? IconArrowDown : IconArrowUp;
  const by = look.sort;
  return (
    <th
      scope="col"
      data-right={look.right || undefined}
      data-sorted={sorted || undefined}
      aria-sort={sorted ? (down ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton className={classes.sort} onClick={() => onSort(sortBy(sort, by))}>
        {word}
        {sorted && <Arrow size={14} stroke={1.75} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}

export function TableSkeleton({ phone }: { phone: boolean | undefined }) {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('portal.loading')} className={classes.skeleton} data-phone={phone || undefined}>
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index}>
          <Skeleton height={10} width={52} />
          <Skeleton height={10} width={`${30 + ((index * 7) % 20)}%`} />
          <Skeleton height={10} width={90} ml="auto" />
        </div>
      ))}
    </div>
  );
}
