// People as they meet it: somebody is invited and comes in, sets up the second step, forgets nothing; an administrator
// changes a role and demands the second step; staff act for a customer and it stands over every page.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser, boss, link;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  await server.company(identifierOf(16), 'Postgång Drift', ['--operator']);
  boss = await server.user(identifierOf(11), 'boss@nordhamn.example', 'Bodil Boss', 'vinter i skogen', ['--role', 'administrator']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

function codeOf(typed) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...typed.replaceAll(' ', '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', seed).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

test('an administrator invites, and is shown the link where no mail leaves', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.goto('/settings/users');
  await page.getByText('Bodil Boss').first().waitFor();
  await looksRight(page, 'users');
  await page.getByRole('button', { name: 'Bjud in' }).click();
  await page.getByLabel('E-postadress').fill('per@nordhamn.example');
  await page.getByLabel('Namn', { exact: true }).fill('Per Lind');
  await looksRight(page, 'inviting');
  await page.getByRole('button', { name: 'Skicka inbjudan' }).click();
  link = await page.getByRole('textbox', { name: 'Lämna över länken själv' }).inputValue();
  assert.match(link, /\/invitation#[\w-]{43}$/);
  await page.getByRole('button', { name: 'Klart' }).click();
  await page.getByRole('button', { name: 'Skicka inbjudan till per@nordhamn.example igen' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('whoever is invited chooses a password, sets up the second step and comes in by it', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await page.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await page.getByText('Bodil Boss har bjudit in per@nordhamn.example').waitFor();
  await page.getByLabel('Lösenord', { exact: true }).fill('password123');
  await page.getByRole('button', { name: 'Tacka ja och logga in' }).click();
  await page.getByText('hör till de första som någon gissar på').waitFor();
  await looksRight(page, 'invitation, narrow');
  await page.getByLabel('Lösenord', { exact: true }).fill('fyra kloka ugglor');
  await page.getByRole('button', { name: 'Tacka ja och logga in' }).click();
  await page.getByRole('heading', { name: 'Översikt' }).waitFor();

  await page.goto('/account');
  await page.getByRole('heading', { name: 'Tvåstegsinloggning' }).waitFor();
  await page.getByLabel('Bekräfta med ditt lösenord').fill('fyra kloka ugglor');
  await page.getByRole('button', { name: 'Ställ in' }).click();
  await page.getByRole('img', { name: 'QR-kod för autentiseringsappen' }).waitFor();
  await looksRight(page, 'second step, narrow');
  const secret = await page.getByLabel('Nyckel').inputValue();
  await page.getByLabel('Koden som appen visar').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Slå på' }).click();
  await page.getByRole('heading', { name: 'Återställningskoder' }).waitFor();
  const recovery = await page.locator('li', { hasText: /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/ }).first().textContent();
  await page.getByRole('button', { name: 'Jag har sparat dem' }).click();
  await page.getByText('10 återställningskoder kvar.').waitFor();
  await looksRight(page, 'my account, narrow');
  assert.deepEqual(page.faults, []);
  await page.context().close();

  const again = await openPage(browser, server);
  await again.goto('/login');
  await again.getByLabel('E-postadress').fill('per@nordhamn.example');
  await again.getByLabel('Lösenord', { exact: true }).fill('fyra kloka ugglor');
  await again.getByRole('button', { name: 'Logga in' }).click();
  await again.getByRole('heading', { name: 'Ange koden' }).waitFor();
  await looksRight(again, 'second step at the door');
  await again.getByLabel('Kod', { exact: true }).fill(recovery);
  await again.getByRole('button', { name: 'Fortsätt' }).click();
  await again.getByRole('heading', { name: 'Översikt' }).waitFor();
  await again.context().close();
});

test('an administrator changes a role', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'Ändra Per Lind' }).click();
  await page.getByRole('combobox', { name: 'Roll i Nordhamn AB' }).click();
  await page.getByRole('option', { name: 'Läsare' }).click();
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Per Lind' }).getByText('Läsare').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('everything that one may see is chosen in the switcher', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.getByRole('button', { name: 'Företag: Nordhamn AB' }).click();
  await page.getByRole('menuitem', { name: 'Alla jag får se' }).click();
  await page.getByRole('button', { name: 'Företag: Alla jag får se' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('staff say why they act for a customer, and it stands over every page', async () => {
  await sendAndSettle(world, 'energi', 'lager', 'S-1');
  const drift = await server.user(identifierOf(16), 'drift@postgang.example', 'Dag Drift', 'vinter i skogen', ['--role', 'operator']);
  const page = await openPage(browser, server);
  await signIn(page, drift);
  const ofOthers = page.getByRole('main').getByRole('link', { name: /S-1/ }).first();
  await ofOthers.waitFor();
  await page.getByRole('button', { name: /^Företag: / }).click();
  await page.getByRole('menuitem', { name: /Granberga Bygg AB/ }).click();
  await page.getByLabel('Varför?').fill('Ärende 1042');
  await page.getByRole('dialog').getByRole('button', { name: 'Agera för kunden' }).click();
  await page.getByText('Du agerar för Granberga Bygg AB: Ärende 1042').waitFor();
  await ofOthers.waitFor({ state: 'detached' }); // Översikt was there already: it asks anew
  await settled(page);
  assert.equal(await ofOthers.count(), 0);
  await page.goto('/documents');
  await page.getByText('Du agerar för Granberga Bygg AB: Ärende 1042').waitFor();
  await looksRight(page, 'acting for a customer');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a forgotten password is not hidden behind an account', async () => {
  const page = await openPage(browser, server);
  await page.goto('/login');
  await page.getByLabel('E-postadress').fill('boss@nordhamn.example');
  await page.getByRole('link', { name: 'Glömt lösenordet?' }).click();
  await page.getByRole('heading', { name: 'Glömt lösenordet' }).waitFor(); // the sign-in has a field of the same name
  assert.equal(await page.getByLabel('E-postadress').inputValue(), 'boss@nordhamn.example', 'typed once');
  await page.getByRole('button', { name: 'Skicka länk' }).click();
  await page.getByText('Det går ingen e-post från den här Postgång.').waitFor();
  await looksRight(page, 'forgotten password');
  await page.goto('/new-password#not-a-link');
  await page.getByText('Länken är använd eller går inte längre att använda.').waitFor();
  await page.context().close();
});
