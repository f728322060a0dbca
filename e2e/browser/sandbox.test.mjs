// Testmiljö as an administrator meets it: made, its key shown once, entered, a test invoice sent, left again.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, startWorld } from '../api/world.mjs';

let world, server, browser, admin;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  admin = await server.user(identifierOf(12), 'admin@nordhamn.example', 'Ada Min', 'fyren i hamnen 1907', ['--role', 'administrator']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('made, entered, tried and left', async () => {
  const page = await openPage(browser, server);
  await signIn(page, admin);
  await page.goto('/settings/sandbox');
  await page.getByText('Här finns ingen testmiljö än.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Skicka en testfaktura till Testmottagare Levereras' }).isDisabled());
  await page.getByRole('button', { name: 'Skapa testmiljö' }).click();
  const secret = await page.getByText(/^pg_test_/).textContent();
  await looksRight(page, 'sandbox, its key');
  await page.getByRole('button', { name: 'Jag har sparat den' }).click();
  assert.equal((await server.call('/api/v1/sandbox', { key: secret })).json.inside, true);

  await page.getByRole('button', { name: 'Gå in i testmiljön' }).click();
  await page.getByRole('link', { name: 'Testmiljö: inget lämnar huset' }).waitFor();
  await page.getByRole('button', { name: /Nordhamn Energi AB – testmiljö/ }).waitFor();
  await page.getByRole('button', { name: 'Skicka en testfaktura till Testmottagare Levereras' }).click();
  await page.getByText(/^Skickat: TEST-/).waitFor();
  await looksRight(page, 'sandbox, within');
  await page.getByText(/^Skickat: TEST-/).click();
  await page.getByText('Levererat').first().waitFor();

  await page.goto('/documents');
  await page.getByRole('link', { name: 'Testmiljö: inget lämnar huset' }).waitFor();
  await page.goto('/settings/sandbox');
  await page.getByRole('button', { name: 'Gå ut ur testmiljön' }).click();
  await page.getByRole('button', { name: 'Gå in i testmiljön' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Testmiljö: inget lämnar huset' }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: a reader sees it and cannot make it', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.holm);
  await page.goto('/settings/sandbox');
  await page.getByText('Bara en administratör kan skapa eller tömma testmiljön.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Skapa testmiljö' }).isDisabled());
  await looksRight(page, 'sandbox, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
