// The pages of Inställningar: how they are grouped, and the scope without which a page has nothing to show.
import { may, type Scope } from '@/api/may';
import type { Session } from '@/api/queries';

interface SettingsPage {
  name: string; // portal.settings.<name>, portal.settings.about.<name>
  to: `/settings/${string}`;
  scope: Scope;
  outsideSandbox?: boolean; // of the company itself alone: its group and its people are no sandbox's
}

export const settingsGroups = [
  {
    name: 'company',
    pages: [
      { name: 'company', to: '/settings/company', scope: 'companies:read' },
      { name: 'group', to: '/settings/group', scope: 'companies:read', outsideSandbox: true },
      { name: 'insight', to: '/settings/insight', scope: 'companies:read', outsideSandbox: true },
      { name: 'users', to: '/settings/users', scope: 'users:read', outsideSandbox: true },
      { name: 'signIn', to: '/settings/sign-in', scope: 'companies:read', outsideSandbox: true },
    ],
  },
  {
    name: 'outgoing',
    pages: [
      { name: 'multichannel', to: '/settings/multichannel', scope: 'partners:read' },
      { name: 'smartmail', to: '/settings/smartmail', scope: 'documents:read' },
      { name: 'bank', to: '/settings/bank', scope: 'partners:read' },
      { name: 'remembered', to: '/settings/remembered', scope: 'documents:read' },
      { name: 'morning', to: '/settings/morning', scope: 'documents:read' },
    ],
  },
  {
    name: 'incoming',
    pages: [
      { name: 'handover', to: '/settings/handover', scope: 'filters:read' },
      { name: 'inbound', to: '/settings/inbound', scope: 'documents:read' },
      { name: 'notices', to: '/settings/notices', scope: 'documents:read' },
    ],
  },
  {
    name: 'integration',
    pages: [
      { name: 'keys', to: '/settings/keys', scope: 'keys:write' },
      { name: 'webhooks', to: '/settings/webhooks', scope: 'webhooks:read' },
      { name: 'sandbox', to: '/settings/sandbox', scope: 'documents:read' },
      { name: 'imports', to: '/settings/imports', scope: 'partners:read' },
    ],
  },
  {
    name: 'control',
    pages: [
      { name: 'audit', to: '/settings/audit', scope: 'audit:read' },
      { name: 'retention', to: '/settings/retention', scope: 'companies:read' },
    ],
  },
] as const satisfies readonly { name: string; pages: readonly SettingsPage[] }[];

export type Entry = (typeof settingsGroups)[number]['pages'][number];
export type Locked = 'administrator' | 'sandbox';

// Why a page is closed to the caller, if it is.
export function lockedFor(session: Pick<Session, 'scopes' | 'company'>, page: Pick<SettingsPage, 'scope' | 'outsideSandbox'>): Locked | undefined {
  if (page.outsideSandbox && session.company.sandboxOf) return 'sandbox';
  return may(session, page.scope) ? undefined : 'administrator';
}
