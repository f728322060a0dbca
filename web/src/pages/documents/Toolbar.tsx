import { Button, Checkbox, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconColumns3 } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import { CounterpartChip } from './CounterpartChip';
import { DateRange } from './DateRange';
import type { Change } from './FacetPanel';
import type { ListSearch } from './listSearch';
import { SearchField } from './SearchField';
import type { Columns } from './useColumns';
import classes from './Documents.module.css';

interface ToolbarProps {
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  columns: Columns;
  onChange: Change;
  onFilter: () => void;
}

export function Toolbar({ search, direction, columns, onChange, onFilter }: ToolbarProps) {
  const { t, number } = useWords();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const hidden = [search.amountFrom, search.amountTo, search.dueFrom, search.dueTo].filter(Boolean).length;
  return (
    <>
      <div className={classes.toolbar}>
        <SearchField query={search.query} hint={t(`portal.documents.searchIn.${direction ?? 'all'}`)} onChange={(query) => onChange({ query }, true)} />
        {!narrow && <DateRange search={search} onChange={onChange} />}
        <Button leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} />} onClick={onFilter}>
          {hidden > 0 ? t('portal.documents.filterCount', { count: number(hidden) }) : t('portal.documents.filter')}
        </Button>
        {!narrow && <ColumnChoice columns={columns} />}
      </div>
      {search.counterpart && <CounterpartChip identifier={search.counterpart} onRemove={() => onChange({ counterpart: undefined })} />}
    </>
  );
}

function ColumnChoice({ columns }: { columns: Columns }) {
  const { t } = useWords();
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button leftSection={<IconColumns3 size={16} stroke={1.75} />}>{t('portal.documents.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.columnChoice}>
        {columns.choices.map((name) => (
          <Checkbox
            key={name}
            label={t(`portal.column.${name}`)}
            checked={columns.visible[name] !== false}
            onChange={() => columns.toggle(name)}
          />
        ))}
        <Button variant="subtle" onClick={columns.reset}>
          {t('portal.documents.columnsReset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
