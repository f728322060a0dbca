import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiProblem } from './api/problem';
import { openStreamEarly } from './api/live';
import { makeQueryClient, sessionQuery } from './api/queries';
import { makeRouter } from './router';
import { cssVariablesResolver, theme } from './theme/theme';

const client = makeQueryClient();
const router = makeRouter(client);

// Pages outside the sign-in.
const isOpen = (path: string) => ['/login', '/forgotten', '/new-password', '/invitation', '/developers', '/welcome', '/unsubscribe', '/answer'].includes(path) || path.startsWith('/r/');

// What the first page needs is asked for at once, not one after the other.
export function warmUp(): void {
  if (isOpen(location.pathname)) return; // nobody has signed in there
  openStreamEarly();
  void client.prefetchQuery(sessionQuery);
  void import('./frame/Frame');
}

// The session may end while the portal is open: whoever notices first sends the person to sign in, and back again.
function leaveIfSignedOut(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.problem.status !== 401) return;
  const { pathname, href } = router.state.location;
  if (isOpen(pathname)) return;
  client.removeQueries({ queryKey: ['session'] });
  void router.navigate({ to: '/login', search: { to: href } });
}
client.getQueryCache().config.onError = leaveIfSignedOut as NonNullable<QueryCache['config']['onError']>;
client.getMutationCache().config.onError = leaveIfSignedOut as NonNullable<MutationCache['config']['onError']>;

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
