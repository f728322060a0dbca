// The root of all addresses, and the frame that stands round the pages of whoever is signed in.
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { ApiProblem } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { PageFault, PageMissing } from '@/frame/PageFault';

interface Context {
  client: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: PageFault,
  notFoundComponent: PageMissing,
});

export const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    let first = false;
    try {
      const session = await context.client.ensureQueryData(sessionQuery);
      first = session.secondFactorFirst && location.pathname !== '/account';
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.status === 401)
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
      throw error;
    }
    if (first) throw redirect({ to: '/account' }); // the second step before anything else
  },
  component: lazyRouteComponent(() => import('@/frame/Frame'), 'Frame'),
});
