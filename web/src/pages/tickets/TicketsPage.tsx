// Ärenden: what has been asked, who answers, and whose turn it is. What it shows stands in the address.
import { lazy, Suspense, useCallback, useState } from 'react';
import { Button, Chip, NativeSelect, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconFileSearch, IconLifebuoy, IconPlus } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { sessionQuery } from '@/api/queries';
import { ticketFacetsQuery, ticketPriorities, ticketStatuses, type TicketFacets } from '@/api/tickets';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { CounterpartChip } from '../documents/CounterpartChip';
import { SearchField } from '../documents/SearchField';
import { isNarrowed, queryOf, readTicketSearch, type TicketSearch } from './ticketSearch';
import { ticketStatusWords } from './TicketStatus';
import { TicketTable } from './TicketTable';
import classes from './Tickets.module.css';

const MakeTicket = lazy(() => import('./MakeTicket').then((page) => ({ default: page.MakeTicket })));
const route = getRouteApi('/frame/tickets');

export function TicketsPage() {
  const { t, number } = useWords();
  const search = route.useSearch(reading(readTicketSearch));
  const navigate = useNavigate();
  const mayMake = useMay('tickets:write');
  const [making, setMaking] = useState(false);
  const change = useCallback(
    (to: Partial<TicketSearch>, replace = false) => void navigate({ to: '/tickets', search: readTicketSearch({ ...search, ...to }), replace, resetScroll: false }),
    [navigate, search],
  );
  const query = queryOf(search);
  const facets = useQuery(ticketFacetsQuery(query)).data;
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['tickets', 'list', query],
    queryFn: ({ pageParam, signal }) => api.get('/api/v1/tickets', { query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  const waiting = useDelayed(isPending);
  const tickets = data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = isNarrowed(search);

  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.nav.tickets')}
        quiet={facets && number(facets.total)}
        actions={
          mayMake && (
            <Button variant="filled" size="sm" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
              {t('portal.tickets.make')}
            </Button>
          )
        }
      />
      <Filters search={search} facets={facets} onChange={change} />
      {search.counterpart && <CounterpartChip identifier={search.counterpart} onRemove={() => change({ counterpart: undefined })} />}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={320} mt="md" />}
      {data && tickets.length === 0 && !narrowed && (
        <Notice icon={IconLifebuoy} title={t('portal.tickets.none')}>
          {t('portal.tickets.noneWhy')}
        </Notice>
      )}
      {data && tickets.length === 0 && narrowed && (
        <Notice icon={IconFileSearch} title={t('portal.tickets.nothingMatches')} action={<Button onClick={() => void navigate({ to: '/tickets', search: { all: '1' } })}>{t('portal.tickets.clear')}</Button>} />
      )}
      {tickets.length > 0 && <TicketTable tickets={tickets} />}
      {hasNextPage && (
        <Button mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.tickets.more')}
        </Button>
      )}
      {making && (
        <Suspense>
          <MakeTicket onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface FiltersProps {
  search: TicketSearch;
  facets: TicketFacets | undefined;
  onChange: (to: Partial<TicketSearch>, replace?: boolean) => void;
}

function Filters({ search, facets, onChange }: FiltersProps) {
  const { t, number } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const counted = (name: 'status' | 'priority', value: string) => facets?.[name].find((one) => one.value === value)?.count ?? 0;
  const assignees = [{ value: 'me', label: session.user.name }, { value: 'none', label: t('portal.tickets.nobody') }, ...(facets?.assignee.filter(({ value }) => value !== session.user.id).map(({ value, name, count }) => ({ value, label: `${name} (${number(count)})` })) ?? [])];
  const states = ticketStatuses.map((status) => ({ value: status, label: `${ticketStatusWords(t, status, false)} (${number(counted('status', status))})` }));
  return (
    <div className={classes.filters} role="search">
      <SearchField query={search.query} hint={t('portal.tickets.searchHint')} onChange={(query) => onChange({ query }, true)} />
      <Chip size="xs" checked={search.mine === '1'} onChange={(on) => onChange({ mine: on ? '1' : undefined })}>
        {t('portal.tickets.mine')} {facets ? number(facets.needsMe) : ''}
      </Chip>
      <Chip size="xs" checked={search.overdue === '1'} onChange={(on) => onChange({ overdue: on ? '1' : undefined })}>
        {t('portal.tickets.overdueFilter')} {facets ? number(facets.overdue) : ''}
      </Chip>
      <NativeSelect
        size="xs"
        aria-label={t('portal.tickets.filterStatus')}
        value={search.status?.[0] ?? (search.all ? 'all' : '')}
        onChange={({ currentTarget: { value } }) => onChange({ status: value && value !== 'all' ? [value as (typeof ticketStatuses)[number]] : undefined, all: value === 'all' ? '1' : undefined })}
        data={[{ value: '', label: t('portal.tickets.openOnes') }, ...states, { value: 'all', label: t('portal.tickets.all') }]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('portal.tickets.filterPriority')}
        value={search.priority?.[0] ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ priority: value ? [value as (typeof ticketPriorities)[number]] : undefined })}
        data={[{ value: '', label: t('portal.tickets.filterPriority') }, ...ticketPriorities.map((priority) => ({ value: priority, label: `${t(`portal.tickets.priority.${priority}`)} (${number(counted('priority', priority))})` }))]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('portal.tickets.filterAssignee')}
        value={search.assignee ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ assignee: value || undefined })}
        data={[{ value: '', label: t('portal.tickets.filterAssignee') }, ...assignees]}
      />
      {((facets?.company.length ?? 0) > 1 || search.company) && (
        <NativeSelect
          size="xs"
          aria-label={t('portal.tickets.filterCompany')}
          value={search.company ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ company: value || undefined })}
          data={[{ value: '', label: t('portal.tickets.allCompanies') }, ...(facets?.company.map(({ value, name, count }) => ({ value, label: `${name} (${number(count)})` })) ?? [])]}
        />
      )}
    </div>
  );
}
