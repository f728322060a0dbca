// The portal's pages and their addresses. Each page is a chunk of its own; what it shows is in its address.
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageFault, PageMissing } from './frame/PageFault';
import { readNewsSearch } from './pages/news/newsSearch';
import { readListSearch } from './pages/documents/listSearch';
import { readLeadsSearch } from './pages/leads/leadsSearch';
import { readPartnerSearch } from './pages/partners/partnerSearch';
import { readSmartmailSearch } from './pages/smartmail/smartmailSearch';
import { readStatisticsSearch } from './pages/statistics/statisticsSearch';
import { readStoppedSearch } from './pages/stopped/stoppedSearch';
import { readDocument, readTicketSearch } from './pages/tickets/ticketSearch';
import { isOwnPath, parseSearch, readProblem, readQuery, stringifySearch, text } from './search';
import { frame, root } from './routes/frame';
import { settingsRoutes } from './routes/settings';
import { withAllWords } from './texts/i18n';

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined; problem?: string | undefined } => {
    const to = text(search.to);
    // Said even when there is none: what is left out here, the router takes from the address as it stands.
    return { to: to && isOwnPath(to) ? to : undefined, problem: undefined, ...readProblem(search) };
  },
  component: lazyRouteComponent(() => import('./pages/login/LoginPage'), 'LoginPage'),
});

// Without an account yet, or without its password. What the link carries stands after the #, which no server is told.
const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazyRouteComponent(() => withAllWords(import('./pages/entrance/ForgottenPage')), 'ForgottenPage'),
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyRouteComponent(() => withAllWords(import('./pages/entrance/NewPasswordPage')), 'NewPasswordPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => withAllWords(import('./pages/entrance/InvitationPage')), 'InvitationPage'),
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

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => withAllWords(import('./pages/account/AccountPage')), 'AccountPage'),
});
const news = createRoute({
  getParentRoute: () => frame,
  path: '/notifications',
  validateSearch: readNewsSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/news/NewsPage')), 'NewsPage'),
});
// What the link in a mail leads to, signed in or not.
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe',
  component: lazyRouteComponent(() => withAllWords(import('./pages/unsubscribe/UnsubscribePage')), 'UnsubscribePage'),
});
const customers = createRoute({
  getParentRoute: () => frame,
  path: '/customers',
  validateSearch: readQuery,
  component: lazyRouteComponent(() => withAllWords(import('./pages/customers/CustomersPage')), 'CustomersPage'),
});
const leads = createRoute({
  getParentRoute: () => frame,
  path: '/leads',
  validateSearch: readLeadsSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/leads/LeadsPage')), 'LeadsPage'),
});
const lead = createRoute({
  getParentRoute: () => frame,
  path: '/leads/$leadId',
  component: lazyRouteComponent(() => withAllWords(import('./pages/leads/LeadPage')), 'LeadPage'),
});
const operations = createRoute({
  getParentRoute: () => frame,
  path: '/operations',
  component: lazyRouteComponent(() => withAllWords(import('./pages/operations/OperationsPage')), 'OperationsPage'),
});

// What a counterpart is asked by mail; the token stands after the #.
const wishes = createRoute({ getParentRoute: () => root, path: '/answer', component: lazyRouteComponent(() => withAllWords(import('./pages/wishes/WishesPage')), 'WishesPage') });

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

// For whoever connects a system: outside the sign-in, as the contract itself is.
const developers = createRoute({
  getParentRoute: () => root,
  path: '/developers',
  component: lazyRouteComponent(() => withAllWords(import('./pages/developers/DevelopersPage')), 'DevelopersPage'),
});

// For whoever does not know the service yet.
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => withAllWords(import('./pages/welcome/WelcomePage')), 'WelcomePage'),
});

const exportsPage = createRoute({
  getParentRoute: () => frame,
  path: '/exports',
  component: lazyRouteComponent(() => withAllWords(import('./pages/exports/ExportsPage')), 'ExportsPage'),
});

const partners = createRoute({
  getParentRoute: () => frame,
  path: '/partners',
  validateSearch: readPartnerSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/partners/PartnersPage')), 'PartnersPage'),
});
const partnerDoubles = createRoute({ getParentRoute: () => frame, path: '/partners/doubles', component: lazyRouteComponent(() => withAllWords(import('./pages/partners/DoublesPage')), 'DoublesPage') });
const partner = createRoute({
  getParentRoute: () => frame,
  path: '/partners/$identifier',
  component: lazyRouteComponent(() => withAllWords(import('./pages/partners/PartnerPage')), 'PartnerPage'),
});
const statistics = createRoute({
  getParentRoute: () => frame,
  path: '/statistics',
  validateSearch: readStatisticsSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/statistics/StatisticsPage')), 'StatisticsPage'),
});

const tickets = createRoute({
  getParentRoute: () => frame,
  path: '/tickets',
  validateSearch: readTicketSearch,
  component: lazyRouteComponent(() => withAllWords(import('./pages/tickets/TicketsPage')), 'TicketsPage'),
});
const ticket = createRoute({
  getParentRoute: () => frame,
  path: '/tickets/$ticketId',
  validateSearch: readDocument,
  component: lazyRouteComponent(() => withAllWords(import('./pages/tickets/TicketPage')), 'TicketPage'),
});

const routes = root.addChildren([
  login,
  forgotten,
  newPassword,
  invitation,
  unsubscribe,
  link,
  wishes,
  developers,
  welcome,
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
    partnerDoubles,
    partner,
    statistics,
    tickets,
    ticket,
    settingsRoutes,
    account,
    exportsPage,
    news,
    customers,
    leads,
    lead,
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
  // Carried from page to page, and not in the address.
  interface HistoryState {
    email?: string; // typed at the sign-in, when the password is forgotten
  }
}
