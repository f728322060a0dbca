// What is done with notifications: read, and followed to what they are about.
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { newsCountsQuery, type Notification } from '@/api/news';
import { sessionQuery } from '@/api/queries';
import { showAnswer } from '@/api/showAnswer';
import { useActFor } from '@/frame/useActFor';

export function useRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: { ids?: string[]; until?: string }) => api.post('/api/v1/notifications/read', { body: which }),
    onSuccess: async (counts) => {
      await showAnswer(client, newsCountsQuery.queryKey, counts);
      return client.invalidateQueries({ queryKey: ['news', 'list'] });
    },
  });
}

// It may be about another company than the one acted for now; where that one can be acted for, it is.
export function useFollow() {
  const actFor = useActFor();
  const navigate = useNavigate();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const read = useRead();
  return async (item: Notification): Promise<void> => {
    if (item.readAt === null) read.mutate({ ids: [item.id] });
    const elsewhere = item.company.id !== session.company.id && !session.everything && session.companies.some(({ id }) => id === item.company.id);
    const go = () => navigate({ href: item.path });
    await (elsewhere ? actFor(item.company.id, go) : go());
  };
}
