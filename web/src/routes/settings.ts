// Inställningar: the pages beneath /settings.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditSearch } from '@/pages/audit/auditSearch';
import { readCompany, readProblem, text } from '@/search';
import { withAllWords } from '@/texts/i18n';
import { frame } from './frame';

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/SettingsFrame')), 'SettingsFrame'),
});
const settingsOverview = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/SettingsOverview')), 'SettingsOverview'),
});
const notices = createRoute({
  getParentRoute: () => settings,
  path: '/notices',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/NoticesPage')), 'NoticesPage'),
});
const smartmailSettings = createRoute({
  getParentRoute: () => settings,
  path: '/smartmail',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/SmartmailSettingsPage')), 'SmartmailSettingsPage'),
});
const remembered = createRoute({
  getParentRoute: () => settings,
  path: '/remembered',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/RememberedPage')), 'RememberedPage'),
});
const morning = createRoute({
  getParentRoute: () => settings,
  path: '/morning',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/MorningPage')), 'MorningPage'),
});
const multichannel = createRoute({
  getParentRoute: () => settings,
  path: '/multichannel',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/multichannel/MultichannelPage')), 'MultichannelPage'),
});
const handover = createRoute({
  getParentRoute: () => settings,
  path: '/handover',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/handover/HandoverPage')), 'HandoverPage'),
});
const bank = createRoute({
  getParentRoute: () => settings,
  path: '/bank',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/bank/BankPage')), 'BankPage'),
});
const webhooks = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/webhooks/WebhooksPage')), 'WebhooksPage'),
});
const inbound = createRoute({
  getParentRoute: () => settings,
  path: '/inbound',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/settings/InboundPage')), 'InboundPage'),
});
const users = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/users/UsersPage')), 'UsersPage'),
});
const signIn = createRoute({
  getParentRoute: () => settings,
  path: '/sign-in',
  validateSearch: readProblem,
  component: lazyRouteComponent(() => withAllWords(import('@/pages/signIn/SignInPage')), 'SignInPage'),
});
const imports = createRoute({
  getParentRoute: () => settings,
  path: '/imports',
  validateSearch: (search: Record<string, unknown>): { list?: 'companies' | 'partners' | 'users' } => {
    const list = text(search.list);
    return list === 'companies' || list === 'users' || list === 'partners' ? { list } : {};
  },
  component: lazyRouteComponent(() => withAllWords(import('@/pages/imports/ImportsPage')), 'ImportsPage'),
});
const retention = createRoute({
  getParentRoute: () => settings,
  path: '/retention',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/retention/RetentionPage')), 'RetentionPage'),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => withAllWords(import('@/pages/audit/AuditPage')), 'AuditPage'),
});
const keys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/keys/KeysPage')), 'KeysPage'),
});
const sandbox = createRoute({
  getParentRoute: () => settings,
  path: '/sandbox',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/sandbox/SandboxPage')), 'SandboxPage'),
});
const company = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  validateSearch: readCompany,
  component: lazyRouteComponent(() => withAllWords(import('@/pages/company/CompanyPage')), 'CompanyPage'),
});
const group = createRoute({
  getParentRoute: () => settings,
  path: '/group',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/group/GroupPage')), 'GroupPage'),
});
const insight = createRoute({
  getParentRoute: () => settings,
  path: '/insight',
  component: lazyRouteComponent(() => withAllWords(import('@/pages/insight/InsightPage')), 'InsightPage'),
});

export const settingsRoutes = settings.addChildren([
  settingsOverview,
  notices,
  smartmailSettings,
  remembered,
  morning,
  multichannel,
  handover,
  bank,
  inbound,
  users,
  signIn,
  imports,
  retention,
  audit,
  keys,
  webhooks,
  sandbox,
  company,
  group,
  insight,
]);
