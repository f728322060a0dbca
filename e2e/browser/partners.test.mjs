// Partners as somebody sees them: where they stand, what is new on them, doubles merged and taken back, the page behind a
// mail's link.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { party, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  for (const number of ['7101', '7102']) await sendAndSettle(world, 'energi', 'granberga', number);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('the list is filtered by status, and the choice stands in the address', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/partners');
  const name = party('granberga').name;
  await page.getByRole('link', { name, exact: true }).waitFor();
  await looksRight(page, 'partners');
  const choices = page.getByRole('group', { name: 'Visa efter status' });
  await choices.getByRole('button', { name: /^Ny / }).click();
  await page.waitForURL(/status=new/);
  await page.getByRole('link', { name, exact: true }).waitFor();
  await page.goto('/partners?status=long-silent');
  await page.getByText('Ingen motpart passar urvalet').waitFor();
  await page.getByRole('button', { name: 'Visa alla' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name: 'I siffror' }).waitFor();
  await page.getByRole('heading', { name: 'Så vet vi' }).waitFor();
  await page.getByText('står i registret').first().waitFor();
  await page.getByText('Här kommer de bankgiron').waitFor();
  await looksRight(page, 'partner');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a double is merged, which can be undone', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/partners');
  await page.evaluate(async (identifier) => {
    const session = await (await fetch('/api/v1/session')).json();
    await fetch(`/api/v1/partners/${identifier}`, { method: 'PUT', headers: { 'content-type': 'application/json', 'X-CSRF-Token': session.csrfToken }, body: JSON.stringify({ name: 'Granberga Bygg' }) });
  }, `9955:se${party('granberga').identifier.replace(/^0007:/, '')}01`);
  await page.goto('/partners/doubles');
  await page.getByText('Samma organisationsnummer').waitFor();
  await looksRight(page, 'partner-doubles');
  await page.getByRole('button', { name: /^Behåll / }).first().click();
  await page.getByText('Ihopslagna: allt räknas på').waitFor();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await page.getByRole('button', { name: /^Behåll / }).first().waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('two that are not the same are said so, which can be undone at once or later', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/partners/doubles');
  await page.getByRole('button', { name: 'De är inte samma' }).click();
  await page.getByText('De föreslås inte som samma igen.').waitFor();
  await page.getByRole('heading', { name: 'Sagt att de inte är samma' }).waitFor();
  await looksRight(page, 'partners-distinct');
  await page.getByRole('button', { name: 'Ångra' }).click();
  await page.getByRole('heading', { name: 'Sagt att de inte är samma' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'De är inte samma' }).click();
  await page.getByText('De föreslås inte som samma igen.').waitFor();

  await page.goto(`/partners/${encodeURIComponent(`0007:${party('granberga').identifier}`)}`);
  await page.getByRole('heading', { name: 'Inte samma som' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Kan vara samma motpart' }).count(), 0);
  await looksRight(page, 'partner-distinct');
  await page.getByRole('button', { name: 'Föreslå igen' }).click();
  await page.getByRole('heading', { name: 'Kan vara samma motpart' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: nothing is wider than the screen', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/partners');
  await page.getByRole('link', { name: party('granberga').name, exact: true }).waitFor();
  await looksRight(page, 'partners-narrow');
  await page.getByRole('link', { name: party('granberga').name, exact: true }).click();
  await page.getByRole('heading', { name: 'I siffror' }).waitFor();
  await looksRight(page, 'partner-narrow');
  await page.context().close();
});

test('a link that holds no longer says so, without an account', async () => {
  const page = await openPage(browser, server);
  await page.goto('/answer#gissad');
  await page.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
  await looksRight(page, 'wishes-gone');
  await page.context().close();
});
