// What the server answered to a change is what is shown from now on: what was asked before it and is answered after it is
// older, and not heard.
import type { DataTag, QueryClient, QueryKey } from '@tanstack/react-query';

export async function showAnswer<Shown>(client: QueryClient, queryKey: DataTag<QueryKey, Shown, Error>, answer: Shown): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<Shown>(queryKey, answer);
}
