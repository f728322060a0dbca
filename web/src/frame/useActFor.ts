// Acts for another company where one stands: what was asked for the one before is forgotten, but for news, which are of
// all.
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { sessionQuery, takeSession } from '@/api/queries';
import { showAnswer } from '@/api/showAnswer';

export function useActFor() {
  const client = useQueryClient();
  return async (companyId: string): Promise<void> => {
    const next = await api.put('/api/v1/session', { body: { companyId } });
    await showAnswer(client, sessionQuery.queryKey, takeSession(next));
    void client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'news' });
  };
}
