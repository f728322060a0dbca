// Acts for another company and goes to what is its: what was asked for the one before is forgotten, but for news, which are
// of all.
import { useQueryClient, type Query } from '@tanstack/react-query';
import { api } from '@/api/client';
import { sessionQuery, takeSession } from '@/api/queries';
import { showAnswer } from '@/api/showAnswer';

const isOfCompany = ({ queryKey: [noun] }: Query) => noun !== 'session' && noun !== 'news';

export function useActFor() {
  const client = useQueryClient();
  return async (companyId: string, go: () => Promise<void>): Promise<void> => {
    const next = await api.put('/api/v1/session', { body: { companyId } });
    client.removeQueries({ type: 'inactive', predicate: isOfCompany });
    await showAnswer(client, sessionQuery.queryKey, takeSession(next));
    await go(); // first: the page that is left must not ask for its own as the other company
    void client.resetQueries({ predicate: isOfCompany });
  };
}
