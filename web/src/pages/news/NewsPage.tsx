// Aviseringar: all that one has been told, the unread first.
import { Button, Select, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconBellCheck, IconSettings } from '@tabler/icons-react';
import { newsCountsQuery, newsQuery, type NewsFilter } from '@/api/news';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { MarkAll } from './MarkAll';
import { NewsList } from './NewsList';
import { readNewsSearch, type NewsSearch } from './newsSearch';
import { newsKinds } from './newsWords';
import classes from './News.module.css';

const route = getRouteApi('/frame/notifications');

export function NewsPage() {
  const { t, number } = useWords();
  const search = route.useSearch(reading(readNewsSearch));
  const kind = newsKinds.find((known) => known === search.kind);
  const filter: NewsFilter = { ...(search.unread ? { unread: true } : {}), ...(kind ? { kind } : {}) };
  const navigate = useNavigate();
  const unread = useQuery(newsCountsQuery).data?.unread ?? 0;
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(newsQuery(filter));
  const waiting = useDelayed(isPending);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const show = (next: NewsSearch) => void navigate({ to: '/notifications', search: next, replace: true });
  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.news.title')}
        quiet={unread > 0 ? number(unread) : undefined}
        actions={
          <Button component={Link} to="/account" hash="notices" leftSection={<IconSettings size={16} stroke={1.75} aria-hidden />}>
            {t('portal.news.settings')}
          </Button>
        }
      />
      <div className={classes.filters}>
        <SegmentedControl
          size="sm"
          aria-label={t('portal.news.only')}
          value={filter.unread ? 'unread' : 'all'}
          onChange={(value) => show(readNewsSearch({ ...filter, unread: value === 'unread' }))}
          data={(['all', 'unread'] as const).map((value) => ({ value, label: t(`portal.news.${value}`) }))}
        />
        <Select
          size="sm"
          clearable
          aria-label={t('portal.news.choose')}
          placeholder={t('portal.news.choose')}
          value={kind ?? null}
          onChange={(chosen) => show(readNewsSearch({ ...filter, kind: chosen }))}
          data={newsKinds.map((value) => ({ value, label: t(`portal.news.kind.${value}`) }))}
          className={classes.kind}
        />
        <MarkAll items={items} />
      </div>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={320} />}
      {data && items.length === 0 && (
        <Notice icon={IconBellCheck} title={t(filter.unread ? 'portal.news.noneUnread' : 'portal.news.none')}>
          {t(filter.unread ? 'portal.news.noneUnreadWhy' : 'portal.news.noneWhy')}
        </Notice>
      )}
      <NewsList items={items} />
      {hasNextPage && (
        <Button className={classes.older} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.news.older')}
        </Button>
      )}
    </div>
  );
}
