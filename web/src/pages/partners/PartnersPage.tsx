// Motparter: everybody documents go to or come from, by where they stand.
import { useEffect, useRef, useState } from 'react';
import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconBuildingCommunity, IconFileSearch, IconSearch } from '@tabler/icons-react';
import { api } from '@/api/client';
import { partnerDoublesQuery } from '@/api/queries';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { isFiltered, partnerChannels, partnerSorts, readPartnerSearch, standings, type PartnerSearch, type Standing } from './partnerSearch';
import { PartnerTable } from './PartnerTable';
import classes from './Partners.module.css';

const route = getRouteApi('/frame/partners');
const pageSize = 50;
// What is to be left out is undefined.
type Change = { [K in keyof PartnerSearch]?: PartnerSearch[K] | undefined };

export function PartnersPage() {
  const { t } = useWords();
  const search = route.useSearch(reading(readPartnerSearch));
  const navigate = useNavigate();
  const go = (change: Change) => {
    const next = { ...search, cursor: undefined, ...change };
    void navigate({ to: '/partners', search: next as PartnerSearch, replace: true, resetScroll: false });
  };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['partners', search],
    queryFn: ({ signal }) => api.get('/api/v1/partners', { query: { ...search, limit: pageSize }, signal }),
    placeholderData: (before) => before,
  });
  const waiting = useDelayed(isPending);
  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.nav.partners')}
        actions={
          <Button component={Link} to="/settings/imports" size="sm">
            {t('portal.partners.import')}
          </Button>
        }
      />
      <Tools search={search} go={go} />
      {data && <Standings search={search} counts={new Map(data.facets.status.map(({ value, count }) => [value, count]))} go={go} />}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={320} mt="md" />}
      {data && data.items.length === 0 && <Nothing search={search} go={go} />}
      {data && data.items.length > 0 && <PartnerTable partners={data.items} />}
      {data && (data.previousCursor ?? data.nextCursor) && (
        <div className={classes.paging}>
          <Button size="sm" disabled={!data.previousCursor} onClick={() => go({ cursor: data.previousCursor ?? undefined })}>
            {t('portal.partners.previous')}
          </Button>
          <Button size="sm" disabled={!data.nextCursor} onClick={() => go({ cursor: data.nextCursor ?? undefined })}>
            {t('portal.partners.next')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Asking {
  search: PartnerSearch;
  go: (change: Change) => void;
}

function Tools({ search, go }: Asking) {
  const { t, number } = useWords();
  const { query = '' } = search;
  const [typed, setTyped] = useState(query);
  const asked = useRef(query);
  const ask = useDebouncedCallback((wanted: string) => {
    asked.current = wanted;
    go({ query: wanted || undefined });
  }, 160);
  useEffect(() => {
    if (query === asked.current) return;
    asked.current = query;
    setTyped(query);
  }, [query]);
  const doubles = useQuery(partnerDoublesQuery());
  const found = doubles.data?.items.length ?? 0;
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.search}
        type="search"
        size="xs"
        aria-label={t('portal.partners.search')}
        placeholder={t('portal.partners.searchHint')}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          ask(event.currentTarget.value.trim());
        }}
      />
      <Select
        size="xs"
        aria-label={t('portal.partners.channel')}
        data={[{ value: '', label: t('portal.partners.anyChannel') }, ...partnerChannels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))]}
        value={search.channel ?? ''}
        allowDeselect={false}
        onChange={(channel) => go({ channel: channel || undefined })}
      />
      <Select
        size="xs"
        aria-label={t('portal.partners.sort')}
        data={partnerSorts.map((sort) => ({ value: sort, label: t(`portal.partners.sorts.${sort}`) }))}
        value={search.sort ?? 'activity'}
        allowDeselect={false}
        onChange={(sort) => go({ sort: partnerSorts.find((one) => one === sort && one !== 'activity') })}
      />
      {found > 0 && (
        <Link to="/partners/doubles" className={classes.doublesLink}>
          {t('portal.partners.doublesCount', { count: found, number: number(found) })}
        </Link>
      )}
    </div>
  );
}

// One at a time, or all; payment accounts that are new are a choice beside them.
function Standings({ search, counts, go }: Asking & { counts: ReadonlyMap<string, number> }) {
  const { t, number } = useWords();
  const chosen = search.status ?? [];
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const choose = (status?: Standing) => go({ status: status ? [status] : undefined });
  return (
    <div className={classes.standings} role="group" aria-label={t('portal.partners.standings')}>
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => choose()}>
        {t('portal.partners.all')} <span>{number(all)}</span>
      </button>
      {standings
        .filter((standing) => (counts.get(standing) ?? 0) > 0 || chosen.includes(standing))
        .map((standing) => (
          <button key={standing} type="button" aria-pressed={chosen.includes(standing)} onClick={() => choose(chosen.includes(standing) ? undefined : standing)}>
            {t(`portal.partners.status.${standing}`)} <span>{number(counts.get(standing) ?? 0)}</span>
          </button>
        ))}
      <button type="button" aria-pressed={search.paymentChanged === true} onClick={() => go({ paymentChanged: search.paymentChanged ? undefined : true })}>
        {t('portal.partners.onlyPaymentChanged')}
      </button>
    </div>
  );
}

function Nothing({ search, go }: Asking) {
  const { t } = useWords();
  if (!isFiltered(search))
    return (
      <Notice icon={IconBuildingCommunity} title={t('portal.partners.none')}>
        {t('portal.partners.noneWhy')}
      </Notice>
    );
  const { query, status, channel, paymentChanged } = search;
  const byWords = query && !status && !channel && !paymentChanged;
  return (
    <Notice
      icon={IconFileSearch}
      title={byWords ? t('portal.partners.nothingMatches', { query }) : t('portal.partners.nothingFiltered')}
      action={
        <Button size="sm" onClick={() => go({ query: undefined, status: undefined, channel: undefined, paymentChanged: undefined })}>
          {t('portal.partners.clear')}
        </Button>
      }
    />
  );
}
