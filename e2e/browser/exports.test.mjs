// Finding by the advanced search, sharing what was found as a view, and taking it home: as a clerk does it.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { workbookRows } from '../support/tables.mjs';
import { identifierOf, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  for (let number = 0; number < 6; number++)
    await sendAndSettle(world, 'energi', number % 2 ? 'lager' : 'granberga', `S-${number}`, { order: `PO-${number}`, lines: [{ text: 'Värme', quantity: 1, öre: 100_000 * (number + 1) }] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const rowsOf = (page) => page.getByRole('rowgroup').last().getByRole('row');
const waitForRows = (page, count) => page.waitForFunction((wanted) => document.querySelectorAll('tbody tr').length === wanted, count);

test('the advanced search narrows the list, stands in the address, and each of its chips goes', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.keyboard.press('/');
  await page.getByRole('button', { name: 'Utökad sökning' }).click();
  const form = page.getByRole('dialog', { name: 'Utökad sökning' });
  await form.getByLabel('Ordernummer').fill('PO-2');
  await form.getByLabel('Ordernummer').press('Enter');
  await page.waitForURL(/orderReference=PO-2/);
  await form.getByLabel('Belopp från').fill('1 000');
  await looksRight(page, 'advanced search');
  await form.getByRole('button', { name: 'Visa träffar' }).click();
  await page.waitForURL(/amountFrom=1000/);
  await form.waitFor({ state: 'hidden' });
  await waitForRows(page, 1);
  await rowsOf(page).getByText('S-2').waitFor();
  await page.reload();
  await waitForRows(page, 1);
  await looksRight(page, 'chips');
  await page.getByRole('button', { name: 'Ta bort filtret Ordernummer: PO-2' }).click();
  await page.getByRole('button', { name: /Ta bort filtret Belopp från/ }).click();
  await waitForRows(page, 6);
  assert.doesNotMatch(page.url(), /orderReference|amountFrom/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what the box does not take is said beside it, with help within reach', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/documents');
  await waitForRows(page, 6);
  const box = page.getByRole('searchbox', { name: 'Sök i listan' });
  await box.fill('status:blålila');
  await page.waitForFunction(() => document.querySelector('input[type=search]')?.getAttribute('aria-invalid') === 'true');
  await looksRight(page, 'a refused query');
  await page.getByRole('button', { name: 'Sökhjälp' }).click();
  await page.getByText('belopp:1000-2000').waitFor();
  await looksRight(page, 'help with searching');
  await page.keyboard.press('Escape');
  await box.fill('belopp:2000-4000');
  await waitForRows(page, 2);
  await page.context().close();
});

test('facets say how many each leaves, counterpart and month among them', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/documents/sent');
  await waitForRows(page, 6);
  const facets = page.getByRole('complementary', { name: 'Filter' });
  await facets.getByRole('group', { name: 'Motpart' }).getByRole('checkbox', { name: /Granberga Bygg AB.*3/ }).check();
  await waitForRows(page, 3);
  await facets.getByRole('group', { name: 'Månad' }).getByRole('checkbox').first().check();
  await page.waitForURL(/from=\d{4}-\d{2}-01/);
  await waitForRows(page, 3);
  await page.context().close();
});

test('a shared view is seen by a colleague', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/documents/sent?query=lager');
  await waitForRows(page, 3);
  await page.getByRole('button', { name: 'Mina vyer' }).click();
  await page.getByLabel('Spara som vy').fill('Till lagret');
  await looksRight(page, 'views');
  await page.getByRole('button', { name: 'Dela med företaget' }).click();
  await page.getByRole('button', { name: 'Till lagret', exact: true }).waitFor();
  await page.context().close();
  const reader = await server.user(identifierOf(12), 'rut@nordhamn.example', 'Rut Read', 'vinter i skogen', ['--role', 'reader']);
  const colleague = await openPage(browser, server);
  await signIn(colleague, reader);
  await colleague.goto('/documents/sent');
  await waitForRows(colleague, 6);
  await colleague.getByRole('button', { name: 'Mina vyer' }).click();
  assert.equal(await colleague.getByRole('button', { name: 'Ta bort den delade vyn Till lagret' }).count(), 0);
  await colleague.getByRole('button', { name: 'Till lagret', exact: true }).click();
  await colleague.waitForURL(/query=lager/);
  await waitForRows(colleague, 3);
  assert.deepEqual(colleague.faults, []);
  await colleague.context().close();
});

test('one’s own pages are found by the search and beside one’s name', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  const find = async (words, heading) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Sök' }).fill(words);
    await page.getByRole('group', { name: 'Sidor' }).getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  };
  await find('mina exp', 'Mina exporter');
  await find('avis', 'Aviseringar');
  await find('statist', 'Statistik');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Sök' }).fill('drift');
  await page.getByText('Inget dokument och ingen motpart passar').waitFor();
  assert.equal(await page.getByRole('option', { name: 'Drift' }).count(), 0, 'staff alone');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /konto: Karin Sand/ }).click();
  const own = page.getByRole('dialog', { name: 'Karin Sand' });
  await own.getByRole('link', { name: 'Aviseringar' }).waitFor();
  await looksRight(page, 'the user’s menu');
  await own.getByRole('link', { name: 'Mina exporter' }).click();
  await page.getByRole('heading', { name: 'Mina exporter', level: 1 }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what is filtered is exported, the page left, and the file taken home', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/exports');
  await page.getByText('Inga exporter än').waitFor();
  await looksRight(page, 'no exports');
  await page.goto('/documents/sent?query=granberga');
  await waitForRows(page, 3);
  await page.getByRole('button', { name: 'Exportera' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exportera listan' });
  await dialog.getByText('3 dokument, så som listan är filtrerad.').waitFor();
  await looksRight(page, 'export, dialog');
  await dialog.getByRole('button', { name: 'Skapa fil' }).click();
  await dialog.getByRole('link', { name: 'Mina exporter' }).click();
  await page.getByRole('heading', { name: 'Mina exporter', level: 1 }).waitFor();
  const link = page.getByRole('link', { name: /^Ladda ner Excel/ });
  await link.waitFor({ timeout: 30_000 });
  await looksRight(page, 'my exports');
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const [, ...rows] = workbookRows(readFileSync(await file.path()));
  assert.deepEqual(rows.map((row) => row[1]).sort(), ['S-0', 'S-2', 'S-4']);
  await page.getByRole('button', { name: /^Ta bort Excel/ }).click();
  await page.getByText('Inga exporter än').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: the dialog and the list of exports fit', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/documents/sent?find=true');
  await page.getByRole('dialog', { name: 'Utökad sökning' }).waitFor();
  await looksRight(page, 'advanced search, narrow');
  await page.getByRole('button', { name: 'Visa träffar' }).click();
  await page.getByRole('button', { name: 'Exportera' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exportera listan' });
  await dialog.getByRole('radio', { name: 'Original i en zip-fil' }).check();
  await looksRight(page, 'export dialog, narrow');
  await dialog.getByRole('button', { name: 'Skapa fil' }).click();
  await dialog.getByRole('link', { name: /^Ladda ner Original/ }).waitFor({ timeout: 30_000 });
  await page.goto('/exports');
  await page.getByRole('link', { name: /^Ladda ner Original/ }).waitFor();
  await looksRight(page, 'my exports, narrow');
  await page.context().close();
});
