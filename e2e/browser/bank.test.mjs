// Internet banks as a clerk sees them: who waits, answered there, and the files.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { removeFolder, root, run, temporaryFolder } from '../support/server.mjs';
import { party, startWorld } from '../api/world.mjs';

let folder, drop, world, server, browser;

const hub = async (...more) => {
  const worked = await run(['bank-hub', '--drop', `file://${drop}`, '--once', ...more]);
  assert.equal(worked.code, 0, worked.stderr);
};
const pass = async (advance) => {
  const moved = await server.call('/api/v1/clock', { key: world.keys.energi, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' } });
  assert.equal(moved.status, 200);
};

before(async () => {
  folder = temporaryFolder();
  drop = join(folder, 'drop');
  mkdirSync(drop);
  await hub();
  world = await startWorld({ args: ['--portal', join(root, 'web/dist'), '--simulated-clock', '--bank-hub', `file://${drop}`] });
  server = world.server;
  const issuer = party('energi').identifier;
  const list = join(folder, 'list.csv');
  writeFileSync(list, `${issuer};196505030004.NB.SE;34052;;Karin Ek;Nordbanken\n${issuer};197001010005.NB.SE;34053;;Bo Ek;Nordbanken\n`);
  await hub('--applications', list);
  await pass('PT6M');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
  if (folder) removeFolder(folder);
});

test('those who wait stand first and are answered; the setting is kept', async () => {
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto('/settings/bank');
  await page.getByRole('heading', { name: '2 anmälningar väntar på svar' }).waitFor();
  await page.getByText('19650503-****.NB.SE').waitFor();
  await looksRight(page, 'bank');

  await page.getByRole('button', { name: 'Godkänn Karin Ek' }).click();
  await page.getByRole('heading', { name: '1 anmälan väntar på svar' }).waitFor();
  await page.getByRole('button', { name: 'Neka Bo Ek' }).click();
  assert.ok(await page.getByRole('button', { name: 'Neka Bo Ek' }).isDisabled(), 'a reason is needed');
  await page.getByLabel('Skäl, som betalaren får se').fill('Kundnumret finns inte');
  await page.getByRole('button', { name: 'Neka Bo Ek' }).click();
  await page.getByRole('tab', { name: 'Nekade 1' }).click();
  await page.getByText('Kundnumret finns inte').waitFor();
  await page.getByRole('tab', { name: 'Godkända 1' }).click();
  await page.getByRole('button', { name: 'Avsluta Karin Ek' }).waitFor();

  await page.getByText('För hand', { exact: true }).click();
  await page.getByText('Alla anmälningar väntar tills någon svarar.').waitFor();
  await page.getByText('Sparat.').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: nothing is wider than the screen', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/settings/bank');
  await page.getByRole('heading', { name: 'Filer till bankhubben' }).waitFor();
  await looksRight(page, 'bank, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
