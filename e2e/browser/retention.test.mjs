// Gallring as an administrator sets it: orders for a year, everything held, released, and a person looked up.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser, admin;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  admin = await server.user(identifierOf(12), 'admin@nordhamn.example', 'Ada Min', 'fyren i hamnen 1907', ['--role', 'administrator']);
  await sendAndSettle(world, 'energi', 'granberga', 'G-1');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('a shorter term for orders, a hold, a person', async () => {
  const page = await openPage(browser, server);
  await signIn(page, admin);
  await page.goto('/settings/retention');
  await page.getByText(/1 dokument gallras \d{4}-01-01/).waitFor();
  await page.getByRole('button', { name: 'Ändra: Order', exact: true }).click();
  await page.getByText('Dagar', { exact: true }).click();
  await page.getByLabel('Dagar från att det kom').fill('365');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('365 dagar').waitFor();
  await page.getByLabel('Varför?').fill('Revision');
  await page.getByRole('button', { name: 'Håll kvar allt' }).click();
  await page.getByRole('button', { name: 'Häv: Alla dokument' }).click();
  await page.getByText('Inget hålls kvar.').waitFor();
  await page.getByRole('textbox', { name: 'Person' }).fill('karin@nordhamn.example');
  await page.getByRole('button', { name: 'Sök', exact: true }).click();
  await page.getByRole('link', { name: 'Hämta som CSV' }).waitFor();
  await looksRight(page, 'retention');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/settings/retention');
  await page.getByText(/1 dokument gallras/).waitFor();
  await looksRight(page, 'retention, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
