// All that is shown, and what came before it: what comes while one looks stays unread.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newsCountsQuery, type Notification } from '@/api/news';
import { useWords } from '@/texts/useWords';
import { useRead } from './useNews';

export function MarkAll({ items }: { items: readonly Notification[] }) {
  const { t } = useWords();
  const read = useRead();
  const unread = useQuery(newsCountsQuery).data?.unread ?? 0;
  const until = items.reduce((latest, { at }) => (at > latest ? at : latest), '');
  if (unread === 0 || !until) return null;
  return (
    <Button size="xs" variant="subtle" loading={read.isPending} onClick={() => read.mutate({ until })}>
      {t('portal.news.markAll')}
    </Button>
  );
}
