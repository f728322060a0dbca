// Every page of Inställningar is in the table, said in both languages, and closed to whoever lacks its scope.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import en from '@texts/en.json';
import sv from '@texts/sv.json';
import type { Session } from '@/api/queries';
import { lockedFor, settingsGroups } from './settingsPages';

const pages = settingsGroups.flatMap((group) => [...group.pages]);

it('has every page that the router has, once', () => {
  const router = readFileSync(path.resolve(import.meta.dirname, '../../routes/settings.ts'), 'utf8');
  const routed = [...router.matchAll(/getParentRoute: \(\) => settings,\s+path: '\/([\w-]+)'/g)].map((match) => `/settings/${match[1] ?? ''}`);
  expect(routed.length).toBeGreaterThan(10);
  expect(pages.map(({ to }) => to).sort()).toEqual(routed.sort());
});

it('has a name and a line for each, in both languages', () => {
  for (const { settings } of [sv.portal, en.portal]) {
    expect(Object.keys(settings.groups).sort()).toEqual(settingsGroups.map(({ name }) => name).sort());
    expect(Object.keys(settings.about).sort()).toEqual(pages.map(({ name }) => name).sort());
    for (const { name } of pages) expect(settings[name]).toBeTruthy();
  }
});

it('is closed to whoever lacks the scope, and says why', () => {
  const session = (scopes: Session['scopes'], sandboxOf: string | null = null) => ({ scopes, company: { id: '1', name: 'Nordhamn', sandboxOf } }) as unknown as Session;
  const closed = (who: Session) => pages.flatMap((page) => (lockedFor(who, page) ? [page.name] : []));
  const reads: Session['scopes'] = ['documents:read', 'partners:read', 'statistics:read', 'filters:read', 'companies:read'];
  expect(closed(session(reads))).toEqual(['users', 'keys', 'webhooks', 'audit']);
  expect(closed(session([...reads, 'users:read', 'keys:write', 'webhooks:read', 'audit:read']))).toEqual([]);
  expect(lockedFor(session(reads), { scope: 'users:read' })).toBe('administrator');
  const all: Session['scopes'] = [...reads, 'users:read', 'keys:write', 'webhooks:read', 'audit:read'];
  expect(closed(session(all, '7'))).toEqual(['group', 'insight', 'users', 'signIn']);
  expect(lockedFor(session(reads, '7'), { scope: 'users:read', outsideSandbox: true })).toBe('sandbox');
  expect(lockedFor(session(reads, '7'), { scope: 'audit:read' })).toBe('administrator');
});
