// Import och export as an administrator does it: a file with one fault is looked at, the column put right, confirmed, and
// the list taken home again.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { company } from '../support/invoice.mjs';
import { root } from '../support/server.mjs';
import { startWorld } from '../api/world.mjs';

let world, server, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const file = (text) => ({ name: 'motparter.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
async function choose(page, name, text) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name }).click()]);
  await chooser.setFiles(file(text));
}

test('a list is looked at, its faults are said, and it is taken in', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/partners');
  await page.getByRole('link', { name: 'Importera och exportera' }).click();
  await choose(page, 'Välj fil', `Org.nr;Kund;E-post\n${company(31)};Västra Åkeriet AB;faktura@akeri.example\n${company(32)};Södra Bageriet AB;ingen adress\n`);
  await page.getByText('E-post: Det är ingen e-postadress.').waitFor();
  const confirm = page.getByRole('button', { name: /^Läs in \d/ });
  assert.ok(await confirm.isDisabled(), 'what is refused must be left out first');
  // «Kund» is no heading that is known: the name is said by hand.
  await page.getByRole('combobox', { name: 'Namn', exact: true }).click();
  await page.getByRole('option', { name: 'Kund' }).click();
  await page.getByText('Västra Åkeriet AB').first().waitFor();
  await looksRight(page, 'import, preview');
  await page.getByRole('checkbox', { name: 'Hoppa över 1 rad som inte kan läsas in' }).check();
  await page.getByRole('button', { name: 'Läs in 1 rad' }).click();
  await page.getByText('Klart: 1 nya, 0 ändrade.').waitFor();
  await looksRight(page, 'import, done');
  const { json } = await server.call(`/api/v1/partners/0007:${company(31)}`, { key: world.keys.energi });
  assert.equal(json.email, 'faktura@akeri.example');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: a change says from what to what', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/settings/imports');
  await choose(page, 'Välj fil', `Org.nr;E-post\n${company(31)};ny@akeri.example\n`);
  await page.getByText('faktura@akeri.example').waitFor();
  await page.getByText('ny@akeri.example').waitFor();
  await looksRight(page, 'import, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
