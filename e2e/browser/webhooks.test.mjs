// Webhooks as an administrator sets them: made, the secret seen once, a test with its answer, messages with attempts, sent
// again, a new secret, an address that is refused; and what somebody without the right sees.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { Person } from '../api/session.mjs';
import { Hooked, verified } from '../support/hooked.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, sendAndSettle, startWorld } from '../api/world.mjs';

let world, strict, hooked, browser, chief;
before(async () => {
  hooked = await Hooked.start();
  world = await startWorld({ args: ['--portal', join(root, 'web/dist'), '--handover-sandbox'] });
  chief = await world.server.user(identifierOf(12), 'anna@nordhamn.example', 'Anna Lind', 'vinden i hamnen', ['--role', 'administrator']);
  strict = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  await strict.server.user(identifierOf(12), 'anna@nordhamn.example', 'Anna Lind', 'vinden i hamnen', ['--role', 'administrator']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
  await strict?.server.remove();
  await hooked?.stop();
});

test('is made, tried, told, and sends again', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, chief);
  await page.goto('/settings/webhooks');
  await page.getByText('Inga webhooks än').waitFor();
  await looksRight(page, 'webhooks, none');
  await page.getByRole('button', { name: 'Ny webhook' }).click();
  await page.getByLabel('Adress').fill(hooked.url());
  await page.getByLabel('Namn', { exact: true }).fill('Affärssystemet');
  await looksRight(page, 'webhooks, making');
  await page.getByRole('button', { name: 'Spara' }).click();
  const secret = await page.getByText(/^whsec_/).textContent();
  await page.getByRole('button', { name: 'Den är sparad' }).click();
  assert.equal(await page.getByText(/^whsec_/).count(), 0);
  await page.getByText('Inget skickat än').waitFor();

  hooked.answer = (_, response) => response.writeHead(401).end('vem är du?');
  await page.getByRole('button', { name: 'Skicka test: Affärssystemet' }).click();
  await page.getByText('Svaret var 401.').waitFor();
  await page.getByText('vem är du?').waitFor();
  verified(secret, hooked.calls[0].headers, hooked.calls[0].body);

  hooked.clear();
  hooked.status = 500;
  await sendAndSettle(world, 'energi', 'granberga', 'P-1');
  await world.server.until(async () => hooked.calls, (calls) => calls.length > 0);
  const anna = await Person.signIn(world.server, chief);
  const [{ id }] = (await anna.json('GET', '/api/v1/webhooks')).json.items;
  await world.server.until(async () => (await anna.json('GET', `/api/v1/webhooks/${id}/messages?state=failed`)).json.items, (items) => items.length > 0);
  await page.reload();
  await page.getByRole('button', { name: 'Meddelanden: Affärssystemet' }).click();
  await page.getByText('försöks igen', { exact: true }).waitFor();
  await page.getByText('Svarar inte som den ska').waitFor();
  const message = page.getByRole('region', { name: 'Meddelanden' }).getByRole('listitem').filter({ has: page.getByText('Levererat', { exact: true }) });
  await message.getByRole('button', { name: 'Visa', exact: true }).click();
  await message.getByText('Svaret var 500.').first().waitFor();
  await looksRight(page, 'webhooks, messages');
  hooked.clear();
  await message.getByRole('button', { name: 'Skicka igen', exact: true }).click();
  await message.getByText('levererat', { exact: true }).waitFor({ timeout: 60_000 }); // asked every 15 s
  assert.equal(hooked.to()[0].json.data.number, 'P-1');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: a new secret, off, and away', async () => {
  const page = await openPage(browser, world.server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, chief);
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Ny hemlighet: Affärssystemet' }).click();
  await page.getByRole('group', { name: 'Ny hemlighet' }).getByRole('button', { name: 'Ny hemlighet' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByText('Den förra hemligheten gäller till').waitFor();
  await looksRight(page, 'webhooks, narrow');
  await page.getByRole('button', { name: 'Stäng av: Affärssystemet' }).click();
  await page.getByText('Avstängd').waitFor();
  await page.getByRole('button', { name: 'Ta bort: Affärssystemet' }).click();
  await page.getByRole('group', { name: 'Ta bort' }).getByRole('button', { name: 'Ta bort' }).click();
  await page.getByText('Inga webhooks än').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('an address that leads inwards is refused at its field', async () => {
  const page = await openPage(browser, strict.server);
  await signIn(page, chief);
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Ny webhook' }).click();
  await page.getByLabel('Adress').fill('https://10.0.0.1/in');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('Till den adressen kopplar vi inte upp oss.').waitFor();
  assert.equal(await page.getByLabel('Adress').getAttribute('aria-invalid'), 'true');
  await looksRight(page, 'webhooks, refused');
  await page.getByLabel('Adress').fill('https://erp.example.com/in');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText(/^whsec_/).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a clerk is told who looks after them', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.goto('/settings/webhooks');
  await page.getByText('Webhooks sköts av en administratör').waitFor();
  await looksRight(page, 'webhooks, clerk');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
