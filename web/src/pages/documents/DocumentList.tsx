import { useEffect, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useElementSize, useMediaQuery } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTable } from '@tanstack/react-table';
import { IconFileSearch, IconFilterOff, IconInbox, IconSend } from '@tabler/icons-react';
import type { DocumentSummary, Facets } from '@/api/queries';
import type { components } from '@/api/schema';
import { useUpload } from '@/frame/uploads/UploadProvider';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useDelayed } from '@/ui/useDelayed';
import { BulkBar } from './BulkBar';
import { columns as columnDefs, features, fitColumns } from './columns';
import { DocumentTable, TableSkeleton } from './DocumentTable';
import type { Change } from './FacetPanel';
import { ListFoot } from './ListFoot';
import { isFiltered, type ListSearch } from './listSearch';
import { rememberList } from './listMemory';
import { PhoneRows } from './PhoneRows';
import type { Columns } from './useColumns';
import { useFreshRows, useNewcomers } from './useFreshRows';
import { useListKeys } from './useListKeys';
import classes from './Documents.module.css';

interface DocumentListProps {
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  documents: UseQueryResult<components['schemas']['DocumentList']>;
  facets: Facets | undefined;
  columns: Columns;
  onChange: Change;
}

const none: DocumentSummary[] = [];

function toggled(chosen: Record<string, true>, id: string): Record<string, true> {
  const { [id]: was, ...others } = chosen;
  return was ? others : { ...others, [id]: true };
}

export function DocumentList({ search, direction, documents, facets, columns, onChange }: DocumentListProps) {
  const { t, number } = useWords();
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [selected, setSelected] = useState<Record<string, true>>({});
  const { ref: bodyRef, width } = useElementSize<HTMLDivElement>();
  const rows = documents.data?.items ?? none;
  const visible = useMemo(
    () => fitColumns({ ...columns.visible, direction: direction === undefined }, width || Infinity),
    [columns.visible, direction, width],
  );
  const table = useTable({
    features,
    columns: columnDefs,
    data: rows,
    getRowId: (row) => row.id,
    state: { columnVisibility: visible, rowSelection: selected },
    onRowSelectionChange: setSelected,
  });
  const fresh = useFreshRows(rows, JSON.stringify([direction, search]), documents.isPlaceholderData || documents.isPending);
  const newcomers = useNewcomers(rows, direction, search.cursor === undefined);
  const waiting = useDelayed(documents.isPending);

  const page = {
    older: documents.data?.nextCursor ?? undefined,
    newer: documents.data?.previousCursor ?? undefined,
    at: search.at ?? 0,
  };
  const goOlder = () => page.older && onChange({ ...search, cursor: page.older, at: page.at + rows.length });
  const goNewer = () =>
    search.cursor && onChange({ ...search, cursor: page.at > 50 ? page.newer : undefined, at: Math.max(0, page.at - 50) });
  useEffect(() => {
    if (!documents.isPlaceholderData) rememberList({ ids: rows.map((row) => row.id), before: page.at, total: facets?.total.count });
  }, [rows, page.at, facets, documents.isPlaceholderData]);
  const keys = useListKeys({
    ids: rows.map((row) => row.id),
    find: (id) => document.querySelector(`[data-id="${id}"]`),
    onMark: (id) => setSelected((now) => toggled(now, id)),
    onOlder: goOlder,
    onNewer: goNewer,
  });

  if (documents.error && !documents.data)
    return <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />;
  if (documents.isPending) return waiting ? <TableSkeleton phone={phone} /> : <div className={classes.hold} />;
  if (rows.length === 0) return <NoDocuments search={search} direction={direction} onChange={onChange} />;

  const chosen = rows.filter((row) => selected[row.id]);
  return (
    <>
      {newcomers.count > 0 && (
        <Button className={classes.newcomers} variant="filled" onClick={newcomers.show}>
          {t('portal.documents.newcomers', { count: newcomers.count, number: number(newcomers.count) })}
        </Button>
      )}
      <div ref={bodyRef} className={classes.rows} data-stale={documents.isPlaceholderData || undefined}>
        {phone ? (
          <PhoneRows rows={rows} fresh={fresh} />
        ) : (
          <DocumentTable
            table={table}
            width={width || Infinity}
            fresh={fresh}
            current={keys.current}
            sort={search.sort ?? '-receivedAt'}
            onSort={(sort) => onChange({ sort: sort === '-receivedAt' ? undefined : sort })}
          />
        )}
      </div>
      {chosen.length > 0 && <BulkBar rows={chosen} onClear={() => setSelected({})} />}
      <ListFoot
        first={page.at + 1}
        last={page.at + rows.length}
        facets={facets}
        {...(page.older ? { onOlder: goOlder } : {})}
        {...(search.cursor ? { onNewer: goNewer } : {})}
      />
    </>
  );
}

function NoDocuments({ search, direction, onChange }: Pick<DocumentListProps, 'search' | 'direction' | 'onChange'>) {
  const { t } = useWords();
  const upload = useUpload();
  if (isFiltered(search))
    return (
      <Notice
        icon={IconFileSearch}
        title={t('portal.documents.nothingMatches')}
        action={
          <Button
            leftSection={<IconFilterOff size={16} stroke={1.75} />}
            onClick={() => onChange(Object.fromEntries(Object.keys(search).map((key) => [key, undefined])))}
          >
            {t('portal.documents.clearFilter')}
          </Button>
        }
      >
        {search.query ? t('portal.documents.nothingMatchesQuery', { query: search.query }) : null}
      </Notice>
    );
  return (
    <Notice
      icon={direction === 'received' ? IconInbox : IconSend}
      title={t(`portal.documents.empty.${direction ?? 'all'}.title`)}
      action={direction === 'received' ? undefined : <Button onClick={() => upload()}>{t('portal.upload.action')}</Button>}
    >
      {t(`portal.documents.empty.${direction ?? 'all'}.text`)}
    </Notice>
  );
}
