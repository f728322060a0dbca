// Granskningslogg as an administrator reads it: a document is opened, the trail says so, a row is opened, the filter is in
// the address; and who may not read it is told so.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser, boss, id;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  boss = await server.user(identifierOf(12), 'ada@nordhamn.example', 'Ada Lund', 'loggbok i hamnen', ['--role', 'administrator']);
  id = await sendAndSettle(world, 'energi', 'granberga', 'G-4711');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('what was looked at stands there, and a row opens', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.goto(`/documents/${id}`);
  await page.getByRole('button', { name: 'Vem har sett det här' }).click();
  await page.getByText('Ada Lund såg faktura G-4711').waitFor();
  await page.getByRole('link', { name: 'Visa i granskningsloggen' }).click();
  const row = page.getByRole('button', { name: /Ada Lund såg faktura G-4711/ });
  await row.click();
  assert.equal(await row.getAttribute('aria-expanded'), 'true');
  await page.getByText('Kontrollsumma', { exact: true }).waitFor();
  await looksRight(page, 'audit, a row open');
  await page.getByRole('button', { name: 'Visa bara Ada Lund' }).click();
  await page.waitForURL(/person=/);
  await page.getByLabel('Sök på person eller nummer').fill('finns inte alls');
  await page.getByText('Inga rader passar filtret').waitFor();
  await page.getByRole('button', { name: 'Rensa filter', exact: true }).click();
  await page.getByText('lämnade in faktura G-4711').first().waitFor();
  const loading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exportera' }).click();
  await page.getByRole('menuitem', { name: 'Kalkylblad (CSV)' }).click();
  assert.equal((await loading).suggestedFilename(), 'audit.csv');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark, and for somebody who may not', async () => {
  const narrow = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(narrow, boss);
  await narrow.goto('/settings/audit');
  await narrow.getByText('Ada Lund såg faktura G-4711').first().waitFor();
  await looksRight(narrow, 'audit, narrow and dark');
  assert.deepEqual(narrow.faults, []);
  await narrow.context().close();

  const clerk = await openPage(browser, server);
  await signIn(clerk, world.users.karin);
  await clerk.goto('/settings/audit');
  await clerk.getByText('visas för administratörer').waitFor();
  await clerk.goto(`/documents/${id}`);
  await clerk.getByText('Leveranser').first().waitFor();
  assert.equal(await clerk.getByRole('button', { name: 'Vem har sett det här' }).count(), 0);
  await clerk.context().close();
});
