// The filter, the return and the correction, as people do them in a browser. Each story checks the screen, then what
// lies behind it through the API.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser, energi, granberga, elin;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  energi = world.keys.energi;
  granberga = await server.key(identifierOf(14), 'documents:read,documents:write,filters:read,filters:write');
  elin = await server.user(identifierOf(12), 'elin@nordhamn.example', 'Elin Ek', 'höst i hamnen');
  // History to try a filter on, from before there was any.
  for (let number = 1; number <= 4; number++) await sendAndSettle(world, 'energi', 'granberga', `H-${number}`);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const read = async (key, path) => (await server.call(path, { key })).json;
const newest = async (number) => (await read(energi, `/api/v1/documents?number=${number}`)).items[0];

async function withFilter(rules, story) {
  const headers = { 'content-type': 'application/json' };
  const made = await server.call('/api/v1/filters', { key: granberga, method: 'POST', headers, body: JSON.stringify({ name: 'Krav', rules, active: true }) });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  try {
    await story();
  } finally {
    await server.call(`/api/v1/filters/${made.json.id}`, { key: granberga, method: 'DELETE' });
  }
}
const orderRule = { id: 'order', term: 'BT-13', test: 'digits', count: 8, prefix: '45' };

async function asPerson(user, path, screen = 'desktop', options = {}) {
  const page = await openPage(browser, server, screen, options);
  await signIn(page, user);
  await page.goto(path);
  return page;
}
const panel = (page) => page.getByRole('heading', { name: 'Rätta och skicka igen' }).locator('xpath=ancestor::section');

for (const screen of ['desktop', 'phone']) {
  test(`${screen}: stopped, told in the portal, put right with the judgement while typing, delivered`, () =>
    withFilter([orderRule], async () => {
      const number = `C-${screen}`;
      const id = await sendAndSettle(world, 'energi', 'granberga', number);
      assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'returned');

      const page = await asPerson(world.users.karin, '/stopped', screen);
      await page.getByRole('link', { name: number }).click();
      const form = panel(page);
      const field = form.getByRole('textbox', { name: /rdernummer/ }).first();
      await field.fill('4512');
      await form.getByText(/åtta siffror|8 siffror/).first().waitFor();
      await settled(page);
      await looksRight(page, 'a correction that does not hold yet');
      await field.fill('45123456');
      await form.getByText('Uppfyller kravet').first().waitFor();
      await form.getByText('Kontrollen hittar inga brister').waitFor();
      await form.getByRole('cell', { name: 'PO-1' }).waitFor();
      await looksRight(page, 'a correction that holds');
      await form.getByRole('button', { name: /^Skicka/ }).click();
      await form.getByText('Rättad och på väg.').waitFor();
      await page.getByRole('button', { name: 'Stäng' }).last().click();

      const version = await newest(number);
      await server.settled(energi, version.id);
      const now = await read(energi, `/api/v1/documents/${version.id}`);
      assert.deepEqual([now.status, now.version, now.orderReference], ['delivered', 2, '45123456']);
      assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'superseded');
      await page.goto(`/documents/${version.id}`);
      if (screen === 'phone') await page.getByRole('tab', { name: 'Kopia' }).click();
      await page.getByRole('tab', { name: 'Versioner' }).click();
      await page.getByRole('cell', { name: '45123456' }).waitFor();
      await looksRight(page, 'the chain of versions');
      await page.context().close();
    }));
}

test('the receiver sees that its notice was read, and who is stopped most', () =>
  withFilter([orderRule], async () => {
    const id = await sendAndSettle(world, 'energi', 'granberga', 'N-1');
    const sender = await asPerson(world.users.karin, `/documents/${id}`);
    await sender.getByRole('button', { name: 'Rätta och skicka igen' }).waitFor();
    const receiver = await asPerson(world.users.holm, '/stopped?tab=received');
    await receiver.getByRole('row').filter({ hasText: 'N-1' }).getByText(/^Läst/).waitFor({ timeout: 60_000 }); // the notice comes 20 s after the page was opened
    await receiver.getByRole('table', { name: 'Stoppas mest' }).getByText('Nordhamn Energi AB').waitFor();
    await looksRight(receiver, 'Stoppade, on the way to us');
    for (const by of ['Motpart', 'Frist']) {
      await receiver.getByText(by, { exact: true }).click();
      await receiver.getByRole('row').filter({ hasText: 'N-1' }).waitFor();
    }
    await looksRight(receiver, 'Stoppade by deadline');
    await sender.context().close();
    await receiver.context().close();
  }));

test('what is stopped is exported as it is filtered, by those who send and those who receive; nobody’s formula runs', () =>
  withFilter([orderRule], async () => {
    await sendAndSettle(world, 'energi', 'granberga', '=1+X-1');
    for (const [user, path, other, key, side] of [
      [world.users.karin, '/stopped', 'Granberga Bygg AB', energi, 'sent'],
      [world.users.holm, '/stopped?tab=received&by=due', 'Nordhamn Energi AB', granberga, 'received'],
    ]) {
      const page = await asPerson(user, path);
      await page.getByRole('rowheader', { name: '=1+X-1' }).waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exportera' }).click()]);
      assert.match(file.suggestedFilename(), /^Stoppade .*\.csv$/);
      const bytes = readFileSync(await file.path());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a spreadsheet reads it as UTF-8');
      const [heading, ...rows] = bytes.toString().slice(1).trim().split('\r\n').map((row) => row.split(';'));
      const row = rows.find(([number]) => number.includes('1+X-1'));
      const of = (name) => row[heading.indexOf(name)];
      assert.deepEqual([row[0], row[1], of('Orsak'), of('Valuta')], ["'=1+X-1", other, 'Ordernummer har fel form', 'SEK']);
      assert.match(of('Belopp'), /^\d+,\d\d$/);
      assert.equal(rows.length, (await read(key, `/api/v1/stopped?side=${side}`)).total, 'every row, and no other');
      await page.context().close();
    }
  }));

test('a fault in what is never changed: the credit note is shown, confirmed and sent from the panel, once', () =>
  withFilter([orderRule], async () => {
    const id = await sendAndSettle(world, 'energi', 'granberga', 'K-1', { order: '45123456' });
    const page = await asPerson(world.users.karin, `/documents/${id}`);
    await page.getByRole('button', { name: 'Rätta och skicka igen' }).click();
    await panel(page).getByRole('button', { name: 'Kreditfaktura och ny faktura' }).click();
    await panel(page).getByLabel('Kreditfakturans nummer').fill('K-1-K');
    await panel(page).getByRole('button', { name: 'Granska och skicka' }).first().click();
    const draft = panel(page).getByRole('group', { name: 'Kreditfaktura K-1-K' });
    await draft.getByText('till Granberga Bygg AB').waitFor();
    await draft.getByText(/^1.250,00.kr$/).waitFor();
    assert.equal((await read(energi, '/api/v1/documents?number=K-1-K')).items.length, 0, 'looked at is not sent');
    await looksRight(page, 'a credit note before it goes');
    await draft.getByRole('button', { name: 'Skicka kreditfaktura K-1-K' }).click();
    await panel(page).getByText('Kreditfaktura K-1-K är på väg.').waitFor();
    const sent = await server.until(() => newest('K-1-K'), (row) => row !== undefined);
    await server.settled(energi, sent.id);
    const now = await read(energi, `/api/v1/documents/${sent.id}`);
    assert.deepEqual([now.type, now.status], ['credit-note', 'delivered']);
    await page.context().close();
  }));

test('held for a decision: one is let through, one goes back with a reason', () =>
  withFilter([{ ...orderRule, severity: 'hold' }], async () => {
    const through = await sendAndSettle(world, 'energi', 'granberga', 'D-1');
    const back = await sendAndSettle(world, 'energi', 'granberga', 'D-2');
    assert.equal((await read(granberga, `/api/v1/documents/${through}`)).status, 'held');
    const page = await asPerson(world.users.holm, '/stopped?tab=received');
    await page.getByRole('button', { name: 'Släpp igenom D-1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Släpp igenom' }).click();
    await page.getByRole('link', { name: 'D-1' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Returnera D-2' }).click();
    const dialog = page.getByRole('dialog');
    assert.ok(await dialog.getByRole('button', { name: 'Returnera' }).isDisabled(), 'a return takes a reason');
    await dialog.getByRole('textbox').fill('Fel avdelning');
    await looksRight(page, 'a decision');
    await dialog.getByRole('button', { name: 'Returnera' }).click();
    await page.getByRole('button', { name: 'Returnera D-2' }).waitFor({ state: 'detached' });
    await server.settled(energi, through);
    assert.equal((await read(energi, `/api/v1/documents/${through}`)).status, 'delivered');
    assert.equal((await read(energi, `/api/v1/documents/${back}`)).status, 'returned');
    await page.goto(`/documents/${through}`);
    await page.getByRole('button', { name: 'Godkänn' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Godkänn' }).click();
    await page.locator('[data-event="accepted"]').waitFor();
    assert.equal((await read(energi, `/api/v1/documents/${through}`)).status, 'accepted');
    await page.context().close();
  }));

test('a filter is built by clicks, read back in words, tried on history, switched on and off', async () => {
  const page = await asPerson(world.users.holm, '/stopped/filters');
  await page.getByRole('button', { name: 'Nytt filter' }).click();
  await page.getByLabel('Filtrets namn').fill('Ordernummer med åtta siffror');
  await page.getByRole('button', { name: 'Bygg eget' }).click();
  await page.getByRole('combobox', { name: 'Uppgift' }).click();
  await page.getByRole('combobox', { name: 'Uppgift' }).fill('Ordernummer');
  await page.getByRole('option', { name: /^Ordernummer/ }).first().click();
  await page.getByRole('combobox', { name: 'Villkor' }).click();
  await page.getByRole('option', { name: /antal siffror/ }).click();
  await page.getByLabel('Antal', { exact: true }).fill('8');
  await page.getByLabel('Börjar med', { exact: true }).fill('45');
  await page.getByText(/Ordernumret.*(åtta|8) siffror.*45/).waitFor();
  await looksRight(page, 'the builder');
  await page.getByRole('button', { name: 'Klart' }).click(); // tried by itself
  const verdict = page.getByText(/^Skulle ha stoppat \d+ av \d+, från 1 leverantör/);
  await verdict.waitFor();
  await page.getByRole('link', { name: 'H-1' }).waitFor();
  await looksRight(page, 'a trial');
  await page.getByRole('button', { name: 'Spara och slå på' }).click();
  await page.getByRole('link', { name: 'Ordernummer med åtta siffror' }).waitFor();
  const [filter] = (await read(granberga, '/api/v1/filters')).items;
  assert.deepEqual([filter.state, filter.rules[0].term, filter.rules[0].count], ['on', 'BT-13', 8]);
  const id = await sendAndSettle(world, 'energi', 'granberga', 'F-1');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'returned');

  await page.getByRole('link', { name: 'Ordernummer med åtta siffror' }).click();
  await page.getByText('Version 1').waitFor();
  await page.getByRole('radiogroup', { name: 'När det gäller' }).getByText('Inte alls').click();
  await page.getByLabel('Varför ändrar du?').fill('Paus');
  await page.getByRole('button', { name: 'Spara avstängt' }).click();
  await page.getByText('Version 2').waitFor();
  await page.getByText('Paus').waitFor();
  assert.equal((await read(granberga, `/api/v1/filters/${filter.id}`)).state, 'off');
  await page.getByRole('button', { name: 'Gå tillbaka hit' }).click();
  await page.getByText('Version 3').waitFor();
  await page.getByRole('button', { name: 'Lägg till krav' }).click();
  await page.getByRole('button', { name: 'Köparens referens (Er referens) måste finnas', exact: true }).click();
  await page.getByRole('radiogroup', { name: 'Om kravet inte uppfylls' }).getByText('Bara varna').click();
  await page.getByRole('button', { name: 'För vilka fakturor' }).click();
  await page.getByText('Bara vissa', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Leverantörer' }).fill('Nordhamn En');
  await page.getByRole('option', { name: /Nordhamn Energi AB/ }).click();
  await page.getByText(/Nordhamn Energi AB|559990-01/).first().waitFor();
  await page.getByRole('button', { name: 'Klart' }).click();
  await page.getByRole('list', { name: 'Per krav' }).waitFor();
  await page.getByRole('button', { name: 'Spara och slå på' }).click();
  await page.getByText('Version 4').waitFor();
  await page.getByRole('list', { name: 'Det som ändrades i version 4' }).getByText(/referens/).waitFor();
  const [changed] = (await read(granberga, '/api/v1/filters')).items;
  assert.deepEqual([changed.rules.length, changed.rules[1].severity, changed.rules[1].appliesTo.senders], [2, 'warn', [identifierOf(12)]]);
  await looksRight(page, 'what a version changed');
  assert.equal((await read(granberga, `/api/v1/filters/${filter.id}`)).state, 'on');
  await page.getByRole('button', { name: 'Mer', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Stäng av och ta bort' }).click();
  await page.getByText('Inga filter än').waitFor();
  await page.context().close();
});

test('a register is read from a file with bad rows, which are shown before anything changes', async () => {
  const page = await asPerson(world.users.holm, '/stopped/registers');
  await page.getByRole('button', { name: 'Nytt register' }).click();
  await page.getByLabel('Namn', { exact: true }).fill('Referenser');
  await page.getByRole('button', { name: 'Skapa' }).click();
  await page.getByRole('button', { name: 'Läs in fil' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Välj fil' }).click()]);
  const rows = 'Referens;Namn;Gäller från\r\nSLI4400;Sara Lindgren;2026-01-01\r\nEKH1200;Åsa Öberg;31/2\r\n;Utan värde;2026-01-01\r\nOLA0031;Ola Å;2026-02-01\r\n';
  await chooser.setFiles({ name: 'referenser.csv', mimeType: 'text/csv', buffer: Buffer.from(rows, 'latin1') });
  await page.getByText('2 av 4 rader går att läsa in.').waitFor();
  await page.getByText('2 rader att titta på').waitFor();
  await page.getByText('Rad 3', { exact: true }).waitFor();
  await looksRight(page, 'what a file would bring');
  const [register] = (await read(granberga, '/api/v1/registers')).items;
  assert.equal(register.rows, 0);
  await page.getByRole('button', { name: 'Läs in 2 rader' }).click();
  await page.getByText('2 rader inlästa.').waitFor();
  await page.getByRole('rowheader', { name: 'SLI4400' }).waitFor();
  await page.getByLabel('Sök i registret').fill('ola');
  await page.getByRole('rowheader', { name: 'SLI4400' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ta bort OLA0031' }).click();
  await page.getByText('Ingen rad passar').waitFor();
  assert.deepEqual((await read(granberga, `/api/v1/registers/${register.id}/rows`)).items.map((row) => row.value), ['SLI4400']);
  await looksRight(page, 'a register');
  await page.context().close();
});

test('two people correct the same invoice: one is told, and what she typed is kept', () =>
  withFilter([orderRule], async () => {
    const id = await sendAndSettle(world, 'energi', 'granberga', 'T-1');
    const correcting = `/stopped?correct=${id}`;
    const [karin, other] = [await asPerson(world.users.karin, correcting), await asPerson(elin, '/')];
    // Nothing tells the other page beforehand: she learns it from the answer to her sending.
    await other.route('**/api/v1/stream', (stream) => stream.abort());
    await other.goto(correcting);
    for (const page of [karin, other]) {
      await panel(page).getByRole('textbox', { name: /rdernummer/ }).first().fill('45123456');
      await panel(page).getByText('Kontrollen hittar inga brister').waitFor();
    }
    await panel(karin).getByRole('button', { name: /^Skicka/ }).click();
    await panel(karin).getByText('Rättad och på väg.').waitFor();
    await panel(other).getByRole('button', { name: /^Skicka/ }).click();
    await panel(other).getByText(/hann före/).waitFor();
    assert.equal(await panel(other).getByRole('textbox', { name: /rdernummer/ }).first().inputValue(), '45123456');
    await looksRight(other, 'told that somebody was first');
    const chain = (await read(energi, `/api/v1/documents/${id}/versions`)).items;
    assert.deepEqual(chain.map((version) => version.version), [1, 2]);
    await karin.context().close();
    await other.context().close();
  }));

test('fix once, release all; remembered, the next one goes by itself; withdrawn, it stops again', () =>
  withFilter([orderRule], async () => {
    for (const number of ['A-1', 'A-2', 'A-3']) await sendAndSettle(world, 'energi', 'granberga', number);
    const page = await asPerson(world.users.karin, '/stopped');
    await page.getByRole('button', { name: /^Rätta alla/ }).first().click();
    await panel(page).getByRole('textbox', { name: /rdernummer/ }).first().fill('45777777');
    await panel(page).getByText('Kontrollen hittar inga brister').waitFor();
    await panel(page).getByLabel('Kom ihåg för Granberga Bygg AB').check();
    await looksRight(page, 'one correction for several');
    await panel(page).getByRole('button', { name: /^Skicka \d+ rättade/ }).click();
    await panel(page).getByText(/\d+ rättade och på väg\./).waitFor();
    for (const number of ['A-1', 'A-2', 'A-3']) {
      const version = await newest(number);
      await server.settled(energi, version.id);
      assert.equal((await read(energi, `/api/v1/documents/${version.id}`)).orderReference, '45777777', number);
    }
    const sent = await server.send(energi, invoiceFrom('energi', 'granberga', 'A-4'));
    await server.until(() => newest('A-4'), (row) => row?.status === 'delivered');
    assert.equal(sent.status, 202);
    await page.goto('/settings/remembered');
    await page.getByText(/45777777/).waitFor();
    await looksRight(page, 'what is remembered');
    await page.getByRole('button', { name: /^Ta tillbaka/ }).click();
    await page.getByText('tillbakatagen').waitFor();
    const next = await sendAndSettle(world, 'energi', 'granberga', 'A-5');
    assert.equal((await read(energi, `/api/v1/documents/${next}`)).status, 'returned');
    await page.context().close();
  }));

test('after a phone call: chosen fields, never the amount; sent again only when it is said twice', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'P-1');
  const page = await asPerson(world.users.karin, `/documents/${id}`);
  await page.getByRole('button', { name: 'Åtgärder' }).click();
  await page.getByRole('menuitem', { name: /^Skicka om/ }).click();
  const dialog = page.getByRole('dialog');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await dialog.getByText(/Skickades redan .* via Postgång/).waitFor();
  await looksRight(page, 'sending again');
  await dialog.getByRole('button', { name: 'Skicka ändå' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Rätta och skicka igen' }).click();
  const picker = panel(page).getByRole('combobox', { name: 'Ändra en uppgift till' });
  await picker.fill('Att betala');
  await page.getByRole('option', { name: /betala/i, disabled: true }).first().waitFor();
  await picker.fill('Er referens');
  await page.getByRole('option', { name: /^Er referens/ }).first().click();
  await panel(page).getByRole('textbox', { name: /^Er referens/ }).fill('Eva Kvist');
  await panel(page).getByText('Kontrollen hittar inga brister').waitFor();
  await looksRight(page, 'a correction without a finding');
  await panel(page).getByRole('button', { name: /^Skicka/ }).click();
  await panel(page).getByText('Rättad och på väg.').waitFor();
  assert.equal((await newest('P-1')).status === 'superseded', false);
  await page.context().close();
});

test('dark, English and 360 px: the new pages hold together', () =>
  withFilter([orderRule], async () => {
    const id = await sendAndSettle(world, 'energi', 'granberga', 'G-1');
    for (const [user, paths] of [
      [world.users.karin, ['/stopped', '/stopped?tab=corrected', '/settings/remembered']],
      [world.users.holm, ['/stopped?tab=received', '/stopped/filters', '/stopped/filters/new', '/stopped/registers', '/settings/notices']],
    ]) {
      const page = await asPerson(user, '/', 'narrow', { colorScheme: 'dark' });
      await page.evaluate(() => localStorage.setItem('postgang.language', 'en'));
      for (const path of paths) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await settled(page);
        await looksRight(page, `${path} dark in English at 360 px`);
      }
      if (user === world.users.karin) {
        await page.goto(`/stopped?correct=${id}`);
        const paper = page.getByRole('figure').locator('dl');
        await paper.waitFor();
        assert.equal(await paper.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(255, 255, 255)', 'paper stays paper');
        await page.getByRole('button', { name: 'The whole invoice' }).click();
        await page.frameLocator('iframe').getByText('Konsulttid').first().waitFor();
        await looksRight(page, 'a correction dark in English at 360 px');
      }
      await page.context().close();
    }
  }));

test('a link that nobody has been given says so, without an account', async () => {
  const page = await openPage(browser, server, 'phone');
  await page.goto('/r/made-up-token');
  await page.getByRole('heading', { name: 'Länken stämmer inte' }).waitFor();
  await looksRight(page, 'an unknown link');
  await page.context().close();
});
