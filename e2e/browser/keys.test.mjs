// API keys as an administrator handles them: the first one, its secret once, narrowed, taken over, revoked.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, startWorld } from '../api/world.mjs';

let world, server, browser, ada, bo;

before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  // A company of their own: the world's have keys from the command line.
  await server.company(identifierOf(31), 'Ekbacken Redovisning AB');
  const administrator = (email, name) => server.user(identifierOf(31), email, name, 'sommar i hamnen', ['--role', 'administrator']);
  ada = await administrator('ada@ekbacken.example', 'Ada Lind');
  bo = await administrator('bo@ekbacken.example', 'Bo Ek');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('from the empty page to a key that works, is narrowed and revoked', async () => {
  const page = await openPage(browser, server);
  await signIn(page, ada);
  await page.goto('/settings/keys');
  await page.getByRole('heading', { name: 'Inga nycklar än' }).waitFor();
  await page.getByText('--data-binary @faktura.xml').waitFor();
  await looksRight(page, 'keys, none');

  await page.getByRole('button', { name: 'Skapa nyckel' }).click();
  assert.ok(await page.getByRole('button', { name: 'Skapa', exact: true }).isDisabled(), 'a name is needed, and the page says so');
  await page.getByText('Skriv ett namn.').waitFor();
  await page.getByLabel('Namn').fill('Affärssystem');
  await page.getByLabel('Läsa motparter').check();
  await looksRight(page, 'keys, being made');
  await page.getByRole('button', { name: 'Skapa', exact: true }).click();

  await page.getByRole('heading', { name: 'Nyckeln Affärssystem är skapad' }).waitFor();
  const secret = await page.locator('code', { hasText: /^pg_live_/ }).textContent();
  assert.match(secret, /^pg_live_[\w-]{43}$/);
  await looksRight(page, 'keys, secret');
  const partners = () => server.call('/api/v1/partners', { key: secret });
  assert.equal((await partners()).status, 200);
  await page.getByRole('button', { name: 'Jag har sparat den' }).click();
  assert.equal(await page.getByText(secret).count(), 0, 'it is not shown again');
  await page.reload();
  await page.getByText('Använd', { exact: false }).first().waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
  await page.getByText('127.0.0.1').waitFor();

  await page.getByRole('button', { name: 'Ändra Affärssystem' }).click();
  await page.getByLabel('Läsa motparter').uncheck();
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('button', { name: 'Ändra Affärssystem' }).waitFor();
  assert.equal((await partners()).status, 403);

  await page.getByRole('button', { name: 'Återkalla Affärssystem' }).click();
  await page.getByText('Det går inte att ångra.').waitFor();
  await looksRight(page, 'keys, asked whether to revoke');
  await page.getByRole('button', { name: 'Återkalla nu' }).click();
  await page.getByText('1 avslutad nyckel').waitFor();
  assert.equal((await partners()).status, 401);
  await page.context().close();
});

test('another administrator takes a key over', async () => {
  const adas = await openPage(browser, server);
  await signIn(adas, ada);
  await adas.goto('/settings/keys');
  await adas.getByRole('button', { name: 'Skapa nyckel' }).click();
  await adas.getByLabel('Namn').fill('Lönesystem');
  await adas.getByRole('button', { name: 'Skapa', exact: true }).click();
  await adas.getByRole('button', { name: 'Jag har sparat den' }).click();
  await adas.getByRole('button', { name: 'Ändra Lönesystem' }).waitFor();
  assert.equal(await adas.getByRole('button', { name: 'Ta över Lönesystem' }).count(), 0, 'it is hers');
  await adas.context().close();

  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, bo);
  await page.goto('/settings/keys');
  const key = page.getByRole('listitem').filter({ hasText: 'Lönesystem' });
  await key.getByText('Ada Lind svarar för den').waitFor();
  await looksRight(page, 'keys, narrow and dark');
  await page.getByRole('button', { name: 'Ta över Lönesystem' }).click();
  await key.getByText('Bo Ek svarar för den').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who is no administrator is told whom to ask', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/settings/keys');
  await page.getByText('API-nycklar sköts av administratörer').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Skapa nyckel' }).count(), 0);
  await looksRight(page, 'keys, not allowed');
  await page.context().close();
});
