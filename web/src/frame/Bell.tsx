// How much one has not read yet. What it is, is fetched when it is asked for: a panel, on a phone the page.
import { lazy, Suspense, useState } from 'react';
import { ActionIcon, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBell } from '@tabler/icons-react';
import { newsCountsQuery } from '@/api/news';
import type { Session } from '@/api/queries';
import { withAllWords } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import classes from './Frame.module.css';

const NewsPanel = lazy(() => withAllWords(import('@/pages/news/NewsPanel')));

export function Bell({ session, narrow = false }: { session: Session; narrow?: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const unread = useQuery({ ...newsCountsQuery, enabled: !session.secondFactorFirst }).data?.unread ?? 0;
  const name = { className: narrow ? `${classes.touch} ${classes.bell}` : classes.bell, 'aria-label': unread ? t('portal.frame.newsCount', { count: unread }) : t('portal.frame.news') };
  const face = (
    <>
      <IconBell size={20} stroke={1.75} aria-hidden />
      {unread > 0 && (
        <span className={classes.unread} aria-hidden>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </>
  );
  if (narrow)
    return (
      <ActionIcon component={Link} to="/notifications" {...name}>
        {face}
      </ActionIcon>
    );
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={400} trapFocus>
      <Popover.Target>
        <ActionIcon size={36} onClick={() => setOpen(!open)} {...name}>
          {face}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('portal.frame.news')}>
        <Suspense>{open && <NewsPanel onClose={() => setOpen(false)} />}</Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
