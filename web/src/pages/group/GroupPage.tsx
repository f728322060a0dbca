// «Koncern»: the tree that the company stands in, a new subsidiary, and moving one to another place.
import { useEffect, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconHierarchy, IconPlus } from '@tabler/icons-react';
import { groupsQuery, type Group } from '@/api/companies';
import { sessionQuery, type Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { GroupTree } from './GroupTree';
import { NewCompany } from './NewCompany';
import classes from './Group.module.css';

export function GroupPage() {
  const { t } = useWords();
  const session = useQuery(sessionQuery).data;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(groupsQuery);
  const groups = data?.pages.flatMap((page) => page.items) ?? [];
  const group = groups.find(({ companies }) => companies.some(({ id }) => id === session?.company.id));
  // Operator staff see the groups of all: theirs may stand on a later page.
  useEffect(() => {
    if (!group && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [group, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.group')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {session && group && <GroupBody session={session} group={group} />}
    </div>
  );
}

function GroupBody({ session, group }: { session: Session; group: Group }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  const places = group.companies.filter(({ mayAdd }) => mayAdd);
  const isAlone = group.companies.length === 1;
  return (
    <div className={`${frame.body} ${classes.body}`}>
      {!isAlone && <p className={frame.lead}>{t('portal.group.lead')}</p>}
      {isAlone && !adding && (
        <Notice icon={IconHierarchy} title={t('portal.group.alone')}>
          {t('portal.group.aloneWhy')}
        </Notice>
      )}
      {!isAlone && <GroupTree companies={group.companies} places={places} actingFor={session.company.id} mayLeave={false} label={t('portal.group.tree')} />}
      {places.length === 0 && <p className={classes.quiet}>{t('portal.group.notAllowed')}</p>}
      {places.length > 0 && !adding && (
        <Button size="sm" className={classes.start ?? ''} leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setAdding(true)}>
          {t('portal.group.add')}
        </Button>
      )}
      {adding && (
        <NewCompany
          words="group"
          places={places}
          under={session.company.id}
          onCancel={() => setAdding(false)}
          onMade={(company) => {
            setAdding(false);
            setAdded(company.name);
          }}
        />
      )}
      {added && (
        <p role="status" className={classes.quiet}>
          {t('portal.group.added', { company: added })}
        </p>
      )}
    </div>
  );
}
