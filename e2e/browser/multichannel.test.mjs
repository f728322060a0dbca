// Multikanal as somebody sets it: demands, the sentences, another policy tried, how a recipient is reached; and the address
// for suppliers' mail beside it.
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
  for (const number of ['6001', '6002']) await sendAndSettle(world, 'energi', 'granberga', number);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('a policy is made, tried, read in words and kept; the next document goes by it', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/settings/multichannel');
  const words = page.getByRole('list', { name: 'Policyn i ord' });
  await words.getByText('Den billigaste kanalen som når mottagaren går först.').waitFor();
  await page.getByRole('button', { name: 'Annat krav' }).click();
  assert.ok(await page.getByRole('button', { name: 'Spara' }).isDisabled(), 'a demand without a channel is not one');
  const demand = page.getByRole('group', { name: 'Ett krav' });
  await demand.getByRole('textbox', { name: 'Kanaler' }).or(demand.getByPlaceholder('Kanaler')).first().click();
  await page.getByRole('option', { name: 'Postgång' }).click();
  await page.keyboard.press('Escape');
  await words.getByText('Till företag aldrig via Postgång.').waitFor();
  await page.getByRole('button', { name: 'Prova på 12 månader' }).click();
  await page.getByText('2 av 2 dokument hade gått en annan väg.').waitFor();
  await page.getByText('2 hade inte nåtts alls.').waitFor();
  await looksRight(page, 'multichannel');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('Sparat. Gäller dokument som lämnas in från och med nu.').waitFor();

  await page.getByLabel('Organisationsnummer, GLN eller annan identitet').fill('hej');
  await page.getByRole('button', { name: 'Slå upp' }).click();
  await page.getByText('Skriv ett organisationsnummer med tio siffror').waitFor();
  await page.getByLabel('Organisationsnummer, GLN eller annan identitet').fill(party('granberga').identifier);
  await page.getByRole('button', { name: 'Slå upp' }).click();
  await page.getByText('Er policy säger aldrig den här kanalen').waitFor();
  await page.getByText('Ingen kanal når mottagaren.').waitFor();

  await page.reload();
  await words.getByText('Till företag aldrig via Postgång.').waitFor();
  await page.getByRole('button', { name: 'Ta bort kravet' }).click();
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('Sparat. Gäller dokument').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: nothing is wider than the screen; without mail in, no address is offered', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/settings/multichannel');
  await page.getByRole('button', { name: 'Annat krav' }).click();
  await looksRight(page, 'multichannel, narrow');
  await page.goto('/settings/inbound');
  await page.getByText('Den här servern tar inte emot e-post.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Skapa en adress' }).isDisabled());
  await looksRight(page, 'inbound, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
