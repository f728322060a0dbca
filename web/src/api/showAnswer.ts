// What the server answered to a change is shown. A question that was on its way meanwhile may have been read before the
// change or after it: its answer is not heard, and it is asked again.
import type { DataTag, QueryClient, QueryKey } from '@tanstack/react-query';

export async function showAnswer<Shown>(client: QueryClient, queryKey: DataTag<QueryKey, Shown, Error>, answer: Shown): Promise<void> {
  const isAsked = client.isFetching({ queryKey, exact: true }) > 0;
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<Shown>(queryKey, answer);
  if (isAsked) void client.invalidateQueries({ queryKey, exact: true });
}
