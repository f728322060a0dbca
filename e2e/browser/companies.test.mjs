// Företag, Koncern, Delad insyn and Kunder as an administrator and the operator's staff see them.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, startWorld } from '../api/world.mjs';

const secret = 'hamnens egen kran';
let world, server, browser, mats, elin, drift;

before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  mats = await server.user(identifierOf(11), 'mats@nordhamn.example', 'Mats Hedin', secret, ['--role', 'administrator']);
  elin = await server.user(identifierOf(12), 'elin@nordhamn.example', 'Elin Ek', secret, ['--role', 'administrator']);
  await server.company(identifierOf(19), 'Driften AB', ['--operator']);
  drift = await server.user(identifierOf(19), 'drift@driften.example', 'Dagny Drift', secret, ['--role', 'operator']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const done = async (page) => {
  assert.deepEqual(page.faults, []);
  await page.context().close();
};

test('an identifier is helped while it is typed, and an inherited setting is made own and given back', async () => {
  const page = await openPage(browser, server);
  await signIn(page, mats);
  await page.goto('/settings/company');
  await page.getByRole('heading', { name: 'Identiteter' }).waitFor();
  await page.getByRole('button', { name: 'Ny identitet' }).click();
  await page.getByRole('textbox', { name: /^Nummer/ }).fill('7300000000005');
  await page.getByText('Kontrollsiffran stämmer inte').waitFor();
  await page.getByRole('textbox', { name: /^Nummer/ }).fill('7300000000004');
  await page.getByText('Stämmer.').waitFor();
  await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await page.getByText('7300000000004').waitFor();

  await page.getByRole('button', { name: 'Ändra Supportadress' }).click();
  await page.getByRole('textbox', { name: /^Supportadress/ }).fill('kundservice@nordhamn.example');
  await page.getByRole('button', { name: 'Spara', exact: true }).last().click();
  await page.getByText('kundservice@nordhamn.example').waitFor();
  await page.getByRole('button', { name: 'Lägg till Besöksadress' }).click();
  await page.getByLabel('Gata eller box').fill('Hamngatan 4');
  await page.getByLabel('Postnummer').fill('999 99');
  await page.getByRole('textbox', { name: /^Ort/ }).fill('Tallmo');
  await page.getByRole('button', { name: 'Spara', exact: true }).last().click();
  await page.getByText('Hamngatan 4, 999 99 Tallmo, SE').waitFor();
  await looksRight(page, 'company');

  const below = await openPage(browser, server);
  await signIn(below, elin);
  await below.goto('/settings/company');
  await below.getByText('ärvs från Nordhamn AB').waitFor();
  await below.getByRole('button', { name: 'Ändra Supportadress' }).click();
  await below.getByRole('textbox', { name: /^Supportadress/ }).fill('energi@nordhamn.example');
  await below.getByRole('button', { name: 'Spara', exact: true }).last().click();
  await below.getByText('eget värde', { exact: true }).waitFor();
  await below.getByText('Utan eget värde gäller kundservice@nordhamn.example från Nordhamn AB.').waitFor();
  await below.getByRole('button', { name: 'Återställ Supportadress' }).click();
  await below.getByText('ärvs från Nordhamn AB').waitFor();
  await done(below);
  await done(page);
});

test('a VAT number is told as such, and a subsidiary is added and moved', async () => {
  const page = await openPage(browser, server);
  await signIn(page, mats);
  await page.goto('/settings/group');
  const tree = page.getByRole('list', { name: 'Koncernens träd' });
  await tree.getByText('Nordhamn Lager AB').waitFor();
  await page.getByRole('button', { name: 'Lägg till dotterbolag' }).click();
  await page.getByLabel('Juridiskt namn').fill('Nordhamn Depå AB');
  await page.getByLabel('Organisationsnummer').fill(`SE${identifierOf(21).slice(5)}01`);
  await page.getByRole('button', { name: /^Använd / }).click();
  await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await page.getByText('Nordhamn Depå AB är tillagt.').waitFor();
  await page.getByRole('button', { name: 'Flytta Nordhamn Depå AB' }).click();
  await page.getByRole('combobox', { name: 'Ska ligga under' }).click();
  await page.getByRole('option', { name: 'Nordhamn Lager AB' }).click();
  await page.getByRole('button', { name: 'Flytta hit' }).click();
  await page.getByText('Nordhamn Depå AB är flyttat.').waitFor();
  await looksRight(page, 'group');
  await done(page);
});

test('the matrix tells who sees whom; a cell is given by keyboard and taken back', async () => {
  const page = await openPage(browser, server);
  await signIn(page, mats);
  await page.goto('/settings/insight');
  await page.getByRole('img', { name: 'Nordhamn AB ser Nordhamn Energi AB genom koncernen' }).waitFor();
  const cell = (words) => page.getByRole('button', { name: words });
  await cell('Nordhamn Lager AB ser inget av Nordhamn AB').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Vad Nordhamn Lager AB får se av Nordhamn Energi AB' }).waitFor();
  await page.getByRole('checkbox', { name: 'Mottagna' }).uncheck();
  await page.getByText('Bara vissa').click();
  assert.ok(await page.getByRole('button', { name: 'Spara', exact: true }).isDisabled(), 'no type is chosen yet');
  await page.getByRole('checkbox', { name: 'Faktura', exact: true }).check();
  await page.getByRole('radio', { name: 'Läsa och agera' }).check();
  await looksRight(page, 'insight, being edited');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await cell('Nordhamn Lager AB ser skickade: faktura, och får agera av Nordhamn Energi AB').click();
  await page.getByRole('button', { name: 'Ta bort insynen' }).click();
  await cell('Nordhamn Lager AB ser inget av Nordhamn Energi AB').waitFor();
  await done(page);
});

test('at 360 px, dark: a list instead of the matrix, and nothing is wider than the screen', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, mats);
  await page.goto('/settings/insight');
  await page.getByRole('button', { name: 'Låt någon se Nordhamn Energi AB' }).click();
  await page.getByRole('combobox', { name: 'Vem som ska få se' }).click();
  await page.getByRole('option', { name: 'Nordhamn Lager AB' }).click();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await page.getByText('Nordhamn Lager AB ser alla dokument').waitFor();
  await looksRight(page, 'insight, narrow');
  for (const [path, heading] of [['/settings/company', 'Identiteter'], ['/settings/group', 'Koncern']]) {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).waitFor();
    await looksRight(page, `${path}, narrow`);
  }
  await done(page);
});

test('the operator makes a customer', async () => {
  const page = await openPage(browser, server);
  await signIn(page, drift);
  await page.goto('/customers');
  await page.getByRole('button', { name: 'Ny kund' }).click();
  await page.getByLabel('Juridiskt namn').fill('Ny Kund AB');
  await page.getByLabel('Organisationsnummer').fill(identifierOf(23).slice(5));
  await page.getByRole('button', { name: 'Lägg upp' }).click();
  await page.getByText('Ny Kund AB är upplagt som kund.').waitFor();
  await page.getByRole('searchbox', { name: 'Sök namn eller nummer' }).fill('granberga');
  await page.getByText('Ny Kund AB', { exact: true }).waitFor({ state: 'detached' });
  await page.getByText('Granberga Bygg AB').waitFor();
  await looksRight(page, 'customers');
  await done(page);
});
