// For which company one acts: everything that was asked for the one before is forgotten.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { sessionQuery, takeSession } from '@/api/queries';
import { showAnswer } from '@/api/showAnswer';

export function useSwitch() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (to: { companyId: string; everything?: boolean; reason?: string }) => api.put('/api/v1/session', { body: to }),
    onSuccess: async (next) => {
      await navigate({ to: '/' });
      await showAnswer(client, sessionQuery.queryKey, takeSession(next));
      // Reset, not removed: where one stood on the overview already, it must ask anew.
      void client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
  });
}
