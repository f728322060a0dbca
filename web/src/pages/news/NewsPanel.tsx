// Under the bell: the latest, and the way to all of them.
import { Anchor, Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBellCheck } from '@tabler/icons-react';
import { newsQuery } from '@/api/news';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { NewsList } from './NewsList';
import { MarkAll } from './MarkAll';
import classes from './News.module.css';

export default function NewsPanel({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { data, error, refetch } = useInfiniteQuery(newsQuery({}));
  const items = data?.pages[0]?.items ?? [];
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <h2>{t('portal.news.title')}</h2>
        <MarkAll items={items} />
      </header>
      <div className={classes.scroll} tabIndex={-1}>
        {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton height={160} m="md" />}
        {data && items.length === 0 && (
          <Notice icon={IconBellCheck} title={t('portal.news.none')}>
            {t('portal.news.noneWhy')}
          </Notice>
        )}
        <NewsList items={items} onFollowed={onClose} />
      </div>
      <footer className={classes.foot}>
        <Button component={Link} to="/notifications" size="xs" onClick={onClose}>
          {t('portal.news.more')}
        </Button>
        <Anchor component={Link} to="/account" hash="notices" size="sm" onClick={onClose}>
          {t('portal.news.settings')}
        </Anchor>
      </footer>
    </div>
  );
}
