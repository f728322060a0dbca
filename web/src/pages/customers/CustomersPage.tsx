// «Kunder»: the operator's customers, each in its group, and a new one. For staff.
import { useEffect, useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconBuildings, IconFileSearch, IconPlus, IconSearch } from '@tabler/icons-react';
import { groupsQuery, type Group } from '@/api/companies';
import { sessionQuery } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { GroupTree } from '../group/GroupTree';
import { NewCompany } from '../group/NewCompany';
import classes from '../group/Group.module.css';

const route = getRouteApi('/frame/customers');

// A group is shown whole where any of its companies matches.
function matching(groups: readonly Group[], query: string): Group[] {
  const wanted = query.trim().toLowerCase();
  const number = wanted.replace(/[\s-]/g, '');
  if (!wanted) return [...groups];
  return groups.filter(({ companies }) => companies.some(({ name, identifiers }) => name.toLowerCase().includes(wanted) || (number !== '' && identifiers.some((one) => one.includes(number)))));
}

export function CustomersPage() {
  const { t, number } = useWords();
  const navigate = useNavigate();
  const { query = '' } = route.useSearch();
  const session = useQuery(sessionQuery).data;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(groupsQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<string>();
  // What is searched is searched in all of them.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (session && !session.user.staff) return <Notice icon={IconBuildings} title={t('portal.customers.onlyStaff')} page />;
  const groups = data?.pages.flatMap((page) => page.items) ?? [];
  const places = groups.flatMap(({ companies }) => companies);
  const shown = matching(groups, query);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead
        title={t('portal.nav.customers')}
        quiet={data && t('portal.customers.count', { count: places.length, number: number(places.length) })}
        actions={
          <Button size="xs" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setAdding(true)}>
            {t('portal.customers.new')}
          </Button>
        }
      />
      <div className={`${frame.body} ${classes.body}`}>
        {adding && (
          <NewCompany
            words="customers"
            places={places}
            why={t('portal.customers.newWhy')}
            onCancel={() => setAdding(false)}
            onMade={(company) => {
              setAdding(false);
              setMade(company.name);
            }}
          />
        )}
        {made && (
          <p role="status" className={classes.quiet}>
            {t('portal.customers.created', { company: made })}
          </p>
        )}
        <TextInput
          type="search"
          size="xs"
          aria-label={t('portal.customers.find')}
          placeholder={t('portal.customers.find')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={query}
          onChange={(event) => {
            const wanted = event.currentTarget.value;
            void navigate({ to: '/customers', search: wanted ? { query: wanted } : {}, replace: true, resetScroll: false });
          }}
        />
        {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton height={320} />}
        {data && groups.length === 0 && (
          <Notice icon={IconBuildings} title={t('portal.customers.none')}>
            {t('portal.customers.noneWhy')}
          </Notice>
        )}
        {groups.length > 0 && shown.length === 0 && <Notice icon={IconFileSearch} title={t('portal.customers.nothing', { query })} />}
        {session && shown.map((group) => <GroupTree key={group.id} companies={group.companies} places={places} actingFor={session.company.id} mayLeave label={group.name} />)}
      </div>
    </div>
  );
}
