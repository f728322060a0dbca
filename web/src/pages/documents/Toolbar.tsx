import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ActionIcon, Button, Checkbox, Popover, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconCalendar, IconColumns3, IconSearch, IconX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import type { Change } from './FacetPanel';
import type { ListSearch } from './listSearch';
import type { Columns } from './useColumns';
import classes from './Documents.module.css';

const Calendar = lazy(() => import('./Calendar'));

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
        <SearchField search={search} direction={direction} onChange={onChange} />
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

function SearchField({ search, direction, onChange }: Omit<ToolbarProps, 'columns' | 'onFilter'>) {
  const { t } = useWords();
  const [typed, setTyped] = useState(search.query ?? '');
  const asked = useRef(search.query ?? '');
  const ask = useDebouncedCallback((query: string) => {
    asked.current = query;
    onChange({ query: query || undefined }, true);
  }, 160);
  // Another address from elsewhere (back, a link) shows here; our own typing is not disturbed by its echo.
  useEffect(() => {
    if ((search.query ?? '') === asked.current) return;
    asked.current = search.query ?? '';
    setTyped(asked.current);
  }, [search.query]);
  return (
    <TextInput
      className={classes.searchField}
      size="xs"
      type="search"
      aria-label={t('portal.documents.search')}
      placeholder={t(`portal.documents.searchIn.${direction ?? 'all'}`)}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value.trim());
      }}
      rightSection={
        typed ? (
          <ActionIcon
            size={22}
            aria-label={t('portal.documents.clearSearch')}
            onClick={() => {
              setTyped('');
              ask('');
            }}
          >
            <IconX size={14} stroke={1.75} />
          </ActionIcon>
        ) : null
      }
    />
  );
}

function DateRange({ search, onChange }: { search: ListSearch; onChange: Change }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const label =
    search.from && search.to
      ? search.from === search.to
        ? search.from
        : `${search.from} – ${search.to}`
      : search.from
        ? t('portal.documents.since', { date: search.from })
        : search.to
          ? t('portal.documents.until', { date: search.to })
          : t('portal.documents.anyDate');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button leftSection={<IconCalendar size={16} stroke={1.75} />} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <Suspense fallback={<Skeleton width={420} height={290} m="md" />}>
          {open && <Calendar search={search} onChange={onChange} onClose={() => setOpen(false)} />}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
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

function CounterpartChip({ identifier, onRemove }: { identifier: string; onRemove: () => void }) {
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: ['partner', identifier],
    queryFn: ({ signal }) => api.get('/api/v1/partners/{identifier}', { path: { identifier }, signal }),
    staleTime: 300_000,
    retry: false,
  });
  const name = data?.name ?? identifierText(identifier);
  return (
    <div className={classes.chips}>
      <span className={classes.chip}>
        {t('portal.documents.with', { name })}
        <ActionIcon size={24} onClick={onRemove} aria-label={t('portal.documents.withoutCounterpart', { name })}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </span>
    </div>
  );
}
