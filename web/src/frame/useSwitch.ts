// For which company one acts: everything that was asked for the one before is forgotten.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { sessionQuery, takeSession } from '@/api/queries';

export function useSwitch() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (to: { companyId: string; everything?: boolean; reason?: string }) => api.put('/api/v1/session', { body: to }),
    onSuccess: async (next) => {
      await navigate({ to: '/' });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, takeSession(next));
    },
  });
}
