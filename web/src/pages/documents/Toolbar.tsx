import { Button, Checkbox, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconColumns3 } from '@tabler/icons-react';
import type { Facets } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { DateRange } from './DateRange';
import { ExportList } from './ExportList';
import { FilterChips } from './FilterChips';
import type { Change } from './FacetPanel';
import { textFields, type ListSearch } from './listSearch';
import { QueryHelp } from './QueryHelp';
import { SavedViews } from './SavedViews';
import { SearchField } from './SearchField';
import type { Columns } from './useColumns';
import classes from './Documents.module.css';

interface ToolbarProps {
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  columns: Columns;
  onChange: Change;
  facets: Facets | undefined;
  refused: string | undefined;
  onFilter: () => void;
}

export function Toolbar({ search, direction, columns, facets, refused, onChange, onFilter }: ToolbarProps) {
  const { t, number } = useWords();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const hidden = ([...textFields, 'amountFrom', 'amountTo', 'dueFrom', 'dueTo'] as const).filter((name) => search[name]).length;
  return (
    <>
      <div className={classes.toolbar}>
        <SearchField
          query={search.query}
          hint={t(`portal.documents.searchIn.${direction ?? 'all'}`)}
          refused={refused}
          help={<QueryHelp />}
          onChange={(query) => onChange({ query }, true)}
        />
        {!narrow && <DateRange search={search} onChange={onChange} />}
        <Button leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.75} />} onClick={onFilter}>
          {hidden > 0 ? t('portal.documents.filterCount', { count: number(hidden) }) : t('portal.documents.filter')}
        </Button>
        {!narrow && <ColumnChoice columns={columns} />}
        <SavedViews search={search} direction={direction} />
        <ExportList search={search} direction={direction} facets={facets} />
      </div>
      <FilterChips search={search} onChange={onChange} />
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
