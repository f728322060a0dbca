// The portal's pages and their addresses. Each page is a chunk of its own; what it shows is in its address.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from './api/problem';
import { sessionQuery } from './api/queries';
import { PageFault, PageMissing } from './frame/PageFault';
import { readListSearch } from './pages/documents/listSearch';
import { readSmartmailSearch } from './pages/smartmail/smartmailSearch';
import { readStoppedSearch } from './pages/stopped/stoppedSearch';
import { parseSearch, stringifySearch, text } from './search';
import { withAllWords } from './texts/i18n';

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: PageFault,
  notFoundComponent: PageMissing,
});

const readQuery = (search: Record<string, unknown>): { query?: string } => {
  const query = text(search.query);
  return query ? { query } : {};
};

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = text(search.to);
    return to?.startsWith('/') && !to.startsWith('//') ? { to } : {};
  },
  component: lazyRouteComponent(() => import('./pages/login/LoginPage'), 'LoginPage'),
});

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery);
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.status === 401)
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./frame/Frame'), 'Frame'),
});

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { period?: '7d' | '30d' } =>
    search.period === '7d' || search.period === '30d' ? { period: search.period } : {},
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
});

type ListPage = 'AllDocumentsPage' | 'SentDocumentsPage' | 'ReceivedDocumentsPage';
const list = <P extends string>(path: P, page: ListPage) =>
  createRoute({
    getParentRoute: () => frame,
    path,
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => withAllWords(import('./pages/documents/DocumentsPage')), page),
  });
const documents = list('/documents', 'AllDocumentsPage');
const sent = list('/documents/sent', 'SentDocumentsPage');
const received = list('/documents/received', 'ReceivedDocumentsPage');

const document = createRoute({
  getParentRoute: () => frame,
  path: '/documents/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: string; correct?: '1'; act?: 'resend' } => {
    const tab = text(search.tab);
    return {
      ...(tab ? { tab } : {}),
      ...(search.correct === '1' ? { correct: '1' } : {}),
      ...(search.act === 'resend' ? { act: 'resend' } : {}),
    };
  },
  component: lazyRouteComponent(() => withAllWords(import('./pages/document/DocumentPage')), 'DocumentPage'),
});

const stopped = createRoute({
  getParentRoute: () => frame,
  path: '/stopped',
  validateSearch: readStoppedSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/stopped/StoppedPage')), 'StoppedPage'),
});

const smartmail = createRoute({
  getParentRoute: () => frame,
  path: '/smartmail',
  validateSearch: readSmartmailSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/smartmail/SmartmailPage')), 'SmartmailPage'),
});

const filters = createRoute({
  getParentRoute: () => frame,
  path: '/stopped/filters',
  component: lazyRouteComponent(() => withAllWords(import('./pages/filters/FiltersPage')), 'FiltersPage'),
});
const filter = createRoute({
  getParentRoute: () => frame,
  path: '/stopped/filters/$filterId',
  component: lazyRouteComponent(() => withAllWords(import('./pages/filters/FilterPage')), 'FilterPage'),
});
const registers = createRoute({
  getParentRoute: () => frame,
  path: '/stopped/registers',
  component: lazyRouteComponent(() => withAllWords(import('./pages/registers/RegistersPage')), 'RegistersPage'),
});
const register = createRoute({
  getParentRoute: () => frame,
  path: '/stopped/registers/$registerId',
  validateSearch: readQuery,
  component: lazyRouteComponent(() => withAllWords(import('./pages/registers/RegisterPage')), 'RegisterPage'),
});

const notices = createRoute({
  getParentRoute: () => frame,
  path: '/settings/notices',
  component: lazyRouteComponent(() => withAllWords(import('./pages/settings/NoticesPage')), 'NoticesPage'),
});
const smartmailSettings = createRoute({
  getParentRoute: () => frame,
  path: '/settings/smartmail',
  component: lazyRouteComponent(() => withAllWords(import('./pages/settings/SmartmailSettingsPage')), 'SmartmailSettingsPage'),
});
const remembered = createRoute({
  getParentRoute: () => frame,
  path: '/settings/remembered',
  component: lazyRouteComponent(() => withAllWords(import('./pages/settings/RememberedPage')), 'RememberedPage'),
});

const morning = createRoute({
  getParentRoute: () => frame,
  path: '/settings/morning',
  component: lazyRouteComponent(() => withAllWords(import('./pages/settings/MorningPage')), 'MorningPage'),
});
const multichannel = createRoute({
  getParentRoute: () => frame,
  path: '/settings/multichannel',
  component: lazyRouteComponent(() => withAllWords(import('./pages/multichannel/MultichannelPage')), 'MultichannelPage'),
});
const handover = createRoute({
  getParentRoute: () => frame,
  path: '/settings/handover',
  component: lazyRouteComponent(() => withAllWords(import('./pages/handover/HandoverPage')), 'HandoverPage'),
});
const bank = createRoute({
  getParentRoute: () => frame,
  path: '/settings/bank',
  component: lazyRouteComponent(() => withAllWords(import('./pages/bank/BankPage')), 'BankPage'),
});
const inbound = createRoute({
  getParentRoute: () => frame,
  path: '/settings/inbound',
  component: lazyRouteComponent(() => withAllWords(import('./pages/settings/InboundPage')), 'InboundPage'),
});
const operations = createRoute({
  getParentRoute: () => frame,
  path: '/operations',
  component: lazyRouteComponent(() => withAllWords(import('./pages/operations/OperationsPage')), 'OperationsPage'),
});

// What the link in a notice leads to: no account, so nothing that asks for one stands round it.
const link = createRoute({
  getParentRoute: () => root,
  path: '/r/$token',
  validateSearch: (search: Record<string, unknown>): { document?: string } => {
    const document = text(search.document);
    return document ? { document } : {};
  },
  component: lazyRouteComponent(() => withAllWords(import('./pages/link/LinkPage')), 'LinkPage'),
});

const partners = createRoute({
  getParentRoute: () => frame,
  path: '/partners',
  validateSearch: readQuery,
  component: lazyRouteComponent(() => withAllWords(import('./pages/partners/PartnersPage')), 'PartnersPage'),
});
const partner = createRoute({
  getParentRoute: () => frame,
  path: '/partners/$identifier',
  component: lazyRouteComponent(() => withAllWords(import('./pages/partners/PartnerPage')), 'PartnerPage'),
});

const routes = root.addChildren([
  login,
  link,
  frame.addChildren([
    overview,
    documents,
    sent,
    received,
    document,
    stopped,
    smartmail,
    filters,
    filter,
    registers,
    register,
    partners,
    partner,
    notices,
    smartmailSettings,
    remembered,
    morning,
    multichannel,
    handover,
    bank,
    inbound,
    operations,
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: PageFault,
    defaultNotFoundComponent: PageMissing,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
