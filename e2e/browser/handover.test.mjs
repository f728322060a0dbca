// Mottagning as somebody sets it: API chosen, a test invoice received, confirmed by the company's program and seen
// delivered; and a folder watched for sending.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { removeFolder, root, temporaryFolder } from '../support/server.mjs';
import { startWorld } from '../api/world.mjs';

let folder, world, server, browser;
before(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'root'));
  world = await startWorld({ args: ['--portal', join(root, 'web/dist'), '--handover-root', join(folder, 'root')] });
  server = world.server;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
  if (folder) removeFolder(folder);
});

test('API is chosen, a test invoice is received and confirmed', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/settings/handover');
  const receive = page.getByRole('button', { name: 'Ta emot en testfaktura' });
  await receive.waitFor();
  assert.ok(await receive.isDisabled(), 'there is nothing to try with the inbox');
  await page.getByRole('button', { name: 'Ändra: Alla dokument' }).click();
  await page.getByRole('radio', { name: 'API med bekräftelse' }).check();
  await looksRight(page, 'handover, choosing');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('Larma om det inte är hämtat inom 24 timmar').first().waitFor();
  await receive.click();
  await page.getByText('Ert program har det inte än.').waitFor();
  await page.getByText('1 dokument väntar').waitFor();

  const call = (path, options = {}) => server.call(path, { key: world.keys.energi, ...options });
  const { items } = (await call('/api/v1/handovers')).json;
  assert.equal(items.length, 1);
  await call(items[0].original);
  await page.getByText('Hämtat, inte bekräftat än.').waitFor();
  await call(items[0].confirmation, { method: 'POST', body: '{"result":"taken"}', headers: { 'content-type': 'application/json' } });
  await page.getByText('Ert program bekräftade.').waitFor();
  await looksRight(page, 'handover, delivered');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: a kind of its own, and a watched folder', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/settings/handover');
  await page.getByRole('button', { name: 'Ändra: Kreditfakturor' }).click();
  await page.getByRole('radio', { name: 'Webhook' }).check();
  await page.getByLabel('Adress').fill('https://10.0.0.1/in');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('Till den adressen kopplar vi inte upp oss.').waitFor();
  await page.getByLabel('Adress').fill('https://erp.example.com/in');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('whsec_').waitFor();
  await looksRight(page, 'handover, narrow');
  await page.getByText('Bevakad mapp').click();
  await page.getByLabel('Mapp med filer att skicka').fill('ut');
  await page.getByRole('button', { name: 'Bevaka mappen' }).click();
  await page.getByRole('button', { name: 'Sluta bevaka' }).waitFor();
  await looksRight(page, 'watched folder, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
