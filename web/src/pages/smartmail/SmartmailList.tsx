import { useEffect, useState } from 'react';
import { Button, Kbd } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowDown, IconFileSearch, IconFilterOff } from '@tabler/icons-react';
import { holdLists } from '@/api/live';
import { smartmailQuery } from '@/api/smartmail';
import { today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useDelayed } from '@/ui/useDelayed';
import { useNow } from '@/ui/useNow';
import { TableSkeleton } from '../documents/DocumentTable';
import { useListKeys } from '../documents/useListKeys';
import { BulkBar } from './BulkBar';
import { PhoneRows } from './PhoneRows';
import { SmartmailTable } from './SmartmailTable';
import { isFiltered, listOf, usualSort, type SmartmailSearch } from './smartmailSearch';
import { stateLooks } from './Strip';
import type { Acting } from './useActing';
import listClasses from '../documents/Documents.module.css';
import classes from './Smartmail.module.css';

interface SmartmailListProps {
  search: SmartmailSearch;
  acting: Acting;
  total: number | undefined;
  onChange: (to: Partial<SmartmailSearch>) => void;
}

export function SmartmailList({ search, acting, total, onChange }: SmartmailListProps) {
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const now = useNow();
  const tab = search.tab ?? 'waiting';
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { data, error, isPending, isPlaceholderData, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(smartmailQuery(listOf(search, today())));
  const waiting = useDelayed(isPending);
  useStillWhileScrolled();

  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const select = (deliveries: readonly string[], chosen: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      for (const delivery of deliveries) if (chosen) next.add(delivery); else next.delete(delivery);
      return next;
    });
  const keys = useListKeys({
    ids: items.map((item) => item.delivery),
    find: (id) => document.querySelector(`[data-id="${id}"]`),
    onMark: (id) => tab === 'waiting' && select([id], !selected.has(id)),
    onOlder: () => hasNextPage && void fetchNextPage(),
    onNewer: () => undefined,
    documentOf: (id) => items.find((item) => item.delivery === id)?.document.id,
  });

  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (isPending) return waiting ? <TableSkeleton phone={phone} /> : <div className={listClasses.hold} />;
  if (items.length === 0) return <Nothing search={search} onChange={onChange} />;

  const chosen = items.filter((item) => selected.has(item.delivery));
  return (
    <>
      <div className={classes.list} data-stale={isPlaceholderData || undefined}>
        {phone ? (
          <PhoneRows items={items} now={now} acting={acting} />
        ) : (
          <SmartmailTable
            tab={tab}
            items={items}
            now={now}
            selected={selected}
            current={keys.current}
            sort={search.sort ?? usualSort(tab)}
            acting={acting}
            onSort={(sort) => onChange({ sort })}
            onSelect={select}
          />
        )}
      </div>
      {chosen.length > 0 && <BulkBar items={chosen} acting={acting} onClear={() => setSelected(new Set())} />}
      <Foot shown={items.length} total={total} more={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}

// Far down the list, rows stay where they are until one is back at the top.
function useStillWhileScrolled() {
  const client = useQueryClient();
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > 320);
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  useEffect(() => {
    if (!scrolled) return;
    const release = holdLists();
    return () => {
      release();
      void client.invalidateQueries({ queryKey: ['smartmail', 'list'] });
    };
  }, [scrolled, client]);
}

function Foot({ shown, total, more, busy, onMore }: { shown: number; total: number | undefined; more: boolean; busy: boolean; onMore: () => void }) {
  const { t, number } = useWords();
  return (
    <footer className={listClasses.foot}>
      <span>
        {total !== undefined && total >= shown
          ? t('portal.documents.position', { first: number(1), last: number(shown), total: number(total) })
          : `${number(1)}–${number(shown)}`}
      </span>
      <span className={listClasses.footKeys} aria-hidden>
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> {t('portal.keys.footBrowse')}
        <Kbd>x</Kbd> {t('portal.keys.footMark')}
        <Kbd>Enter</Kbd> {t('portal.keys.footOpen')}
        <Kbd>?</Kbd> {t('portal.keys.footAll')}
      </span>
      {more && (
        <Button variant="subtle" color="gray" loading={busy} rightSection={<IconArrowDown size={16} stroke={1.75} aria-hidden />} onClick={onMore}>
          {t('portal.partners.more')}
        </Button>
      )}
    </footer>
  );
}

function Nothing({ search, onChange }: { search: SmartmailSearch; onChange: SmartmailListProps['onChange'] }) {
  const { t } = useWords();
  const tab = search.tab ?? 'waiting';
  if (isFiltered(search))
    return (
      <Notice
        icon={IconFileSearch}
        title={t('portal.documents.nothingMatches')}
        action={
          <Button
            leftSection={<IconFilterOff size={16} stroke={1.75} aria-hidden />}
            onClick={() => onChange({ query: undefined, counterpart: undefined, from: undefined, to: undefined })}
          >
            {t('portal.documents.clearFilter')}
          </Button>
        }
      >
        {search.query ? t('portal.documents.nothingMatchesQuery', { query: search.query }) : null}
      </Notice>
    );
  return (
    <Notice icon={stateLooks[tab].Icon} title={t(`portal.smartmail.empty.${tab}.title`)} action={<span className={classes.emptyLink}>{tab === 'waiting' && <Link to="/settings/smartmail">{t('portal.smartmail.toSettings')}</Link>}</span>}>
      {t(`portal.smartmail.empty.${tab}.text`)}
    </Notice>
  );
}
