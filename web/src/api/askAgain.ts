// Asks again what an event is about. An invalidation does not restart a question that has no answer yet, and that answer may
// have been read before the event: the question is asked again when it has come, once however many events there were.
import type { QueryClient, QueryFilters } from '@tanstack/react-query';

export function askAgain(client: QueryClient, filters: QueryFilters): void {
  const unanswered = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' }).filter(({ state }) => state.data === undefined);
  void client.invalidateQueries(filters);
  for (const { queryKey, promise } of unanswered) {
    const again = () => void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
    promise?.then(() => setTimeout(again), () => undefined); // a turn later: the answer is taken first
  }
}
