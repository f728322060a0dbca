// What happened is asked about again. What is being asked for the first time is not reached by an invalidation: it may have
// been read before it happened, and is asked again when its answer is here.
import type { QueryClient, QueryFilters } from '@tanstack/react-query';

export function askAgain(client: QueryClient, filters: QueryFilters): void {
  const first = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' }).filter(({ state }) => state.data === undefined);
  void client.invalidateQueries(filters);
  for (const { queryKey, promise } of first) {
    const answered = () => setTimeout(() => void client.invalidateQueries({ queryKey, exact: true })); // after it is taken
    promise?.then(answered, () => undefined);
  }
}
