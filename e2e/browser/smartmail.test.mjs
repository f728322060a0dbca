// Smartmail as its sender sees it: who has not opened, how long is left, what is done about it; through the real program,
// a real mail server and a print house's drop. Each story checks the screen, then what lies behind it through the API.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { hasPostfix, Postfix } from '../support/postfix.mjs';
import { removeFolder, root, run, temporaryFolder } from '../support/server.mjs';
import { party, startWorld } from '../api/world.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const anna = { identifier: company(41), name: 'Annas Bageri AB', email: 'anna@bageri.example' };
const sune = { identifier: company(42), name: 'Sunes Rör AB', email: 'sune@bageri.example' };
const gone = { identifier: company(43), name: 'Borta Bolag AB', email: 'ingen@bageri.example' };
const postalAddress = { street: 'Bagargatan 2', postalCode: '851 11', city: 'Tallmo', country: 'SE' };
let postfix, drop, world, server, key, browser;

const call = async (path, method = 'GET', body = undefined) => {
  const answer = await server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer.json;
};
const pass = (advance) => call('/api/v1/clock', 'POST', { advance });
const deliveries = async (id) => (await call(`/api/v1/documents/${id}/deliveries`)).items;
const mailOf = async (id) => (await deliveries(id)).find((one) => one.channel === 'email');

async function send(number, buyer) {
  const sent = await server.send(key, invoice({ number, seller: party('energi'), buyer, dueDate: '2029-12-31' }));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const { id } = sent.json;
  await server.until(() => server.call(`/api/v1/documents/${id}`, { key }), ({ json }) => !['received', 'ready', 'sending'].includes(json.status) || json.channel === 'print');
  return id;
}

async function asKarin(path, screen = 'desktop', options = {}) {
  const page = await openPage(browser, server, screen, options);
  await signIn(page, world.users.karin);
  await page.goto(path);
  return page;
}
const rowOf = (page, number) => page.getByRole('row').filter({ hasText: number });

before(async () => {
  if (skip) return;
  postfix = await Postfix.start([anna.email, sune.email]);
  drop = temporaryFolder();
  await run(['print-house', '--drop', `file://${drop}`, '--once']);
  world = await startWorld({
    args: ['--portal', join(root, 'web/dist'), '--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example', '--print-house', `file://${drop}`],
  });
  server = world.server;
  key = world.keys.energi;
  for (const one of [anna, sune, gone]) await call(`/api/v1/partners/0007:${one.identifier}`, 'PUT', { name: one.name, email: one.email, postalAddress });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
  await postfix?.remove();
  if (drop) removeFolder(drop);
});

test('one is reminded from its row, one given longer from the menu, two kept or sent in bulk; each is told', { skip }, async () => {
  const [first, second, third, fourth] = [await send('P-1', anna), await send('P-2', sune), await send('P-3', anna), await send('P-4', sune)];
  const page = await asKarin('/smartmail');
  await rowOf(page, 'P-1').getByText(/dygn/).waitFor();
  await looksRight(page, 'Smartmail');

  await rowOf(page, 'P-1').hover();
  await rowOf(page, 'P-1').getByRole('button', { name: 'Påminn: P-1' }).click();
  await page.getByText('P-1: påminnelse skickad.').waitFor();
  await server.until(() => mailOf(first), (mail) => mail.reminders === 1);
  await rowOf(page, 'P-1').getByText('1 gång').waitFor();

  const before = (await mailOf(second)).deadline;
  await rowOf(page, 'P-2').getByRole('button', { name: 'Åtgärder för P-2' }).click();
  await page.getByRole('menuitem', { name: 'Förläng' }).click();
  const dialog = page.getByRole('dialog', { name: 'Förläng fristen för P-2' });
  await dialog.getByLabel('Förläng med').fill('3');
  await dialog.getByRole('button', { name: 'Förläng' }).click();
  await page.getByText('P-2: fristen är förlängd.').waitFor();
  const days = (Date.parse((await mailOf(second)).deadline) - Date.parse(before)) / 86_400_000;
  assert.ok(Math.abs(days - 3) <= 1 / 24, `${days}: days of a calendar, of which one has 23 hours and one 25`);

  await page.getByRole('checkbox', { name: 'Markera P-3' }).check();
  await page.getByRole('checkbox', { name: 'Markera P-4' }).check();
  const bar = page.getByRole('region', { name: /2 markerade/ });
  await bar.getByRole('button', { name: 'Posta nu' }).click();
  const question = page.getByRole('dialog', { name: 'Posta 2 brev nu' });
  await question.getByText(/Det kostar .*kr\./).waitFor();
  await looksRight(page, 'the question before letters are paid for');
  assert.equal((await deliveries(third)).length, 1, 'asked is not done');
  await question.getByRole('button', { name: 'Posta 2 brev nu' }).click();
  await page.getByText('2 brev går till tryck.').waitFor();
  for (const id of [third, fourth]) assert.equal((await deliveries(id)).find((one) => one.channel === 'print').state, 'queued');
  await page.getByRole('tab', { name: /Gick till papper/ }).click();
  await rowOf(page, 'P-3').waitFor();
  await page.context().close();
});

test('the band is about what goes to print within the day; what cannot be done says why', { skip }, async () => {
  const id = await send('P-5', anna);
  const { sentAt, deadline } = await mailOf(id);
  await pass(`PT${Math.round((Date.parse(deadline) - Date.parse(sentAt)) / 1000) - 7200}S`);
  const page = await asKarin('/');
  await page.getByRole('link', { name: /Smartmail går snart till papper/ }).click();
  const band = page.getByRole('region', { name: 'Närmaste fristen' });
  await band.getByText(/går till tryck i (dag|morgon) 16:00/).waitFor();
  await band.getByRole('button', { name: /^Påminn/ }).click();
  await page.getByRole('status').filter({ hasText: /påminnelse skickad|påmind/ }).waitFor();
  await server.until(() => mailOf(id), (mail) => mail.reminders === 1);
  await page.reload();
  await settled(page); // what comes above the list moves it away from under the pointer
  await rowOf(page, 'P-5').hover();
  const again = rowOf(page, 'P-5').getByRole('button', { name: 'Påminn: P-5' });
  assert.equal(await again.getAttribute('aria-disabled'), 'true');
  await again.hover();
  await page.getByRole('tooltip').filter({ hasText: 'påminnelse' }).waitFor();
  await page.context().close();
});

test('a bounce says why in the server’s words and what to do; the counterpart’s address is put right', { skip }, async () => {
  await send('P-6', gone);
  const page = await asKarin('/smartmail?tab=bounced');
  await rowOf(page, 'P-6').getByText(/Adressen finns inte.*5\.1\.1/).first().waitFor();
  await looksRight(page, 'Studsade');
  await rowOf(page, 'P-6').getByRole('link', { name: 'Rätta adressen' }).click();
  await page.getByRole('heading', { name: gone.name, level: 1 }).waitFor();
  await page.getByLabel('E-postadress', { exact: true }).fill(anna.email);
  await page.getByLabel('Postnummer').fill('1234');
  await page.getByRole('button', { name: 'Spara' }).first().click();
  await page.getByText('Postnumret ska ha fem siffror').waitFor();
  await looksRight(page, 'a counterpart with an address that cannot be posted to');
  const partner = await call(`/api/v1/partners/0007:${gone.identifier}`);
  assert.deepEqual([partner.email, partner.postalFaults], [anna.email, ['post-code-malformed']]);
  await page.context().close();
});

test('settings: the company’s, and one counterpart’s own with the rest inherited; what if, and set it', { skip }, async () => {
  const page = await asKarin('/settings/smartmail');
  await page.getByLabel('PDF i mejlet').check();
  await page.getByText('Om en PDF i mejlet öppnas går inte att se.').waitFor();
  await page.getByLabel('Länk i mejlet').check();
  await page.getByLabel('Bilagor som inte behöver öppnas').fill('villkor*, prislista.pdf');
  await looksRight(page, 'settings of Smartmail');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText(/^Sparat\. Gäller/).waitFor();
  assert.deepEqual((await call('/api/v1/smartmail/settings')).effective.exempt, ['villkor*', 'prislista.pdf']);

  const path = `/partners/${encodeURIComponent(`0007:${sune.identifier}`)}`;
  await page.goto(path);
  const days = page.getByLabel('Ska öppnas inom');
  await days.fill('14');
  await page.getByRole('button', { name: /Använd företagets: \d+ dygn/ }).waitFor();
  await page.getByRole('button', { name: 'Spara' }).last().click();
  await page.getByRole('button', { name: 'Allt som företaget' }).waitFor();
  const own = (await call(`/api/v1/partners/0007:${sune.identifier}/smartmail`)).own;
  assert.equal(own.days, 14);
  assert.equal(own.exempt, undefined, 'what is not its own stays the company’s');

  await page.goto('/smartmail?panel=trial');
  const panel = page.getByRole('region', { name: 'Vad händer om' });
  await panel.getByLabel('Frist', { exact: true }).fill('3');
  await panel.getByText(/Med 3 dygn/).first().waitFor();
  await looksRight(page, 'what if');
  await panel.getByRole('button', { name: 'Sätt fristen till 3 dygn' }).click();
  await panel.getByText('Fristen är ändrad').waitFor();
  assert.equal((await call('/api/v1/smartmail/settings')).effective.days, 3);
  await page.context().close();
});

test('the document says it to the customer on the phone, and the list is a file', { skip }, async () => {
  const id = await send('P-7', anna);
  for (const screen of ['desktop', 'phone']) {
    const page = await asKarin(`/documents/${id}`, screen);
    await page.getByText(/skickades med e-post till/).waitFor();
    await page.getByText(/Den går till papper \d{4}-\d{2}-\d{2}/).waitFor();
    if (screen === 'phone') await page.getByRole('tab', { name: /Leveranser/ }).click();
    await page.getByText(/kvar, går till papper/).waitFor();
    await page.getByText('Det som sades, ord för ord').click();
    await page.getByText(/250 2\.0\.0/).first().waitFor();
    await looksRight(page, `a document that went by e-mail, ${screen}`);
    await page.context().close();
  }
  const page = await asKarin('/smartmail?query=P-7');
  await rowOf(page, 'P-7').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exportera' }).click()]);
  const rows = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.equal(rows.length, 2, 'the heading and the one row that is filtered');
  await page.context().close();
});

test('dark, at 360 px: a row is two lines, the menu does what the icons do', { skip }, async () => {
  const page = await asKarin('/smartmail', 'narrow', { colorScheme: 'dark' });
  const item = page.getByRole('listitem').filter({ hasText: 'P-7' });
  await item.getByRole('button', { name: 'Åtgärder för P-7' }).click();
  await page.getByRole('menuitem', { name: 'Stoppa brevet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stoppa brevet för P-7' });
  await dialog.waitFor();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await looksRight(page, 'Smartmail at 360 px, dark');
  await dialog.getByRole('button', { name: 'Stoppa brevet' }).click();
  await page.getByText('P-7 går inte till papper.').waitFor();
  await item.getByText('ingen frist').waitFor();
  for (const path of ['/settings/smartmail', `/partners/${encodeURIComponent(`0007:${anna.identifier}`)}`, '/smartmail?tab=bounced', '/smartmail?panel=trial']) {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    await settled(page);
    await looksRight(page, `${path} dark at 360 px`);
  }
  await page.context().close();
});
