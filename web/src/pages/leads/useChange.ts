// A change of one lead: what the server answers is what the page shows.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { leadQuery, type LeadChange, type LeadDetail } from '@/api/leads';
import { showAnswer } from '@/api/showAnswer';

export function useShown(leadId: string): (lead: LeadDetail) => Promise<void> {
  const client = useQueryClient();
  return async (lead) => {
    await showAnswer(client, leadQuery(leadId).queryKey, lead);
    void client.invalidateQueries({ queryKey: ['leads', 'list'] });
  };
}

export function useChange(leadId: string) {
  const show = useShown(leadId);
  return useMutation({
    mutationFn: (body: LeadChange) => api.patch('/api/v1/leads/{leadId}', { path: { leadId }, body }),
    onSuccess: show,
  });
}
