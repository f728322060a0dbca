import { useEffect, useRef, useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconBuilding, IconBuildingCommunity, IconFileSearch, IconSearch, IconUser } from '@tabler/icons-react';
import { api } from '@/api/client';
import type { Partner } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { Channel } from '@/ui/Channel';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import classes from './Partners.module.css';

const route = getRouteApi('/frame/partners');

export function PartnersPage() {
  const { t } = useWords();
  const { query = '' } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(query);
  const asked = useRef(query);
  const ask = useDebouncedCallback((wanted: string) => {
    asked.current = wanted;
    void navigate({ to: '/partners', search: wanted ? { query: wanted } : {}, replace: true, resetScroll: false });
  }, 160);
  useEffect(() => {
    if (query === asked.current) return;
    asked.current = query;
    setTyped(query);
  }, [query]);

  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['partners', query],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/partners', { query: { query, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  const waiting = useDelayed(isPending);
  const partners = data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <div className={classes.page}>
      <PageHead title={t('portal.nav.partners')} />
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
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={320} mt="md" />}
      {data && partners.length === 0 && query === '' && (
        <Notice icon={IconBuildingCommunity} title={t('portal.partners.none')}>
          {t('portal.partners.noneWhy')}
        </Notice>
      )}
      {data && partners.length === 0 && query !== '' && (
        <Notice icon={IconFileSearch} title={t('portal.partners.nothingMatches', { query })} />
      )}
      {partners.length > 0 && <PartnerTable partners={partners} />}
      {hasNextPage && (
        <Button mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.partners.more')}
        </Button>
      )}
    </div>
  );
}

function PartnerTable({ partners }: { partners: Partner[] }) {
  const { t } = useWords();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('portal.column.name')}</th>
          <th scope="col" className={classes.wide}>
            {t('portal.column.identifier')}
          </th>
          <th scope="col" className={classes.wide}>
            {t('portal.column.partnerStatus')}
          </th>
          <th scope="col" className={classes.wide}>
            {t('portal.column.reachedBy')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('portal.nav.sent')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('portal.nav.received')}
          </th>
          <th scope="col" className={classes.date}>
            {t('portal.column.lastActivity')}
          </th>
        </tr>
      </thead>
      <tbody>
        {partners.map((partner) => (
          <PartnerRow key={partner.identifier} partner={partner} />
        ))}
      </tbody>
    </table>
  );
}

function PartnerRow({ partner }: { partner: Partner }) {
  const { t, number } = useWords();
  const Mark = partner.kind === 'person' ? IconUser : IconBuilding;
  const counterpart = partner.identifier;
  return (
    <tr>
      <th scope="row">
        <span className={classes.name}>
          <Mark size={16} stroke={1.75} aria-label={t(`portal.partners.kind.${partner.kind}`)} />
          <Link to="/partners/$identifier" params={{ identifier: partner.identifier }}>
            {partner.name}
          </Link>
        </span>
      </th>
      <td className={`${classes.wide} prose`}>
        {identifierText(partner.identifier)}
        {partner.customerNumber && !partner.identifier.startsWith('customer:') && (
          <span className={classes.quiet}> {t('portal.documents.customer', { number: partner.customerNumber })}</span>
        )}
      </td>
      <td className={classes.wide}>{t(`portal.partners.status.${partner.status}`, { defaultValue: partner.status })}</td>
      <td className={classes.wide}>
        {partner.channels.length > 0 ? (
          <span className={classes.channels}>
            {partner.channels.map((channel) => (
              <Channel key={channel} channel={channel} />
            ))}
          </span>
        ) : (
          <span className={classes.quiet}>{t('portal.partners.unreachable')}</span>
        )}
      </td>
      <td className={classes.figure}>
        {partner.sentCount > 0 ? (
          <Link to="/documents/sent" search={{ counterpart }}>
            {number(partner.sentCount)}
          </Link>
        ) : (
          <span className={classes.quiet}>{t('portal.partners.noDocuments')}</span>
        )}
      </td>
      <td className={classes.figure}>
        {partner.receivedCount > 0 ? (
          <Link to="/documents/received" search={{ counterpart }}>
            {number(partner.receivedCount)}
          </Link>
        ) : (
          <span className={classes.quiet}>{t('portal.partners.noDocuments')}</span>
        )}
      </td>
      <td className={classes.date}>{partner.lastActivityAt ? <DateText date={dateOf(partner.lastActivityAt)} /> : t('portal.missing')}</td>
    </tr>
  );
}
