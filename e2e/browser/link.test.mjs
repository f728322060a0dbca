// The link in a notice, in a browser without an account: a real mail through a real SMTP server, the fault marked, the field,
// «Skicka igen», and the invoice arrives.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage } from '../support/browser.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server, root } from '../support/server.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const buyer = { identifier: company(21), name: 'Granberga Bygg AB' };
const seller = { identifier: company(22), name: 'Björkvik Kontorsservice AB' };
const address = 'karin@bjorkvik.example';
const scope = 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write';
let postfix, server, keys, browser;

const call = (path, key, method = 'GET', body = undefined) =>
  server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });

before(async () => {
  if (skip) return;
  postfix = await Postfix.start([address]);
  server = await Server.start({
    args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example', '--portal', join(root, 'web/dist')],
  });
  keys = {};
  for (const [name, one] of Object.entries({ buyer, seller })) {
    await server.company(`0007:${one.identifier}`, one.name);
    keys[name] = await server.key(`0007:${one.identifier}`, scope);
  }
  await server.user(`0007:${seller.identifier}`, address, 'Karin Sand', 'sommar i hamnen');
  const rules = [{ id: 'order', term: 'BT-13', test: 'digits', count: 8, prefix: '45' }];
  assert.equal((await call('/api/v1/filters', keys.buyer, 'POST', { name: 'Krav', active: true, rules })).status, 201);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  postfix?.remove();
});

// Stops an invoice and gives what the mail about it links to.
async function linkFor(number) {
  const sent = await server.send(keys.seller, invoice({ number, seller, buyer }));
  assert.equal((await server.settled(keys.seller, sent.json.id)).json.status, 'returned');
  await call('/api/v1/clock', keys.buyer, 'POST', { advance: 'PT1M' });
  const received = await server.until(async () => postfix.mailsTo(address), (all) => all.some((mail) => mail.text.includes(number)));
  return { id: sent.json.id, path: /\/r\/[0-9A-Z-]+/.exec(received.find((mail) => mail.text.includes(number)).text)[0] };
}

test('phone: from the mail to the corrected invoice, without an account', { skip }, async () => {
  const { id, path } = await linkFor('L-1');
  const page = await openPage(browser, server, 'phone');
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: /L-1 behöver rättas innan Granberga Bygg AB/ }).waitFor();
  const field = page.getByRole('textbox', { name: /rdernummer/ }).first();
  await field.fill('4512');
  await page.getByText(/åtta siffror|8 siffror/).first().waitFor();
  await looksRight(page, 'the page behind the link');
  await field.fill('45123456');
  await page.getByText('Kontrollen hittar inga brister').waitFor();
  await page.getByRole('button', { name: 'Visa hela fakturan' }).click();
  await page.frameLocator('iframe').getByText('Konsulttid').first().waitFor();
  await looksRight(page, 'the page before it is sent');
  await page.getByRole('button', { name: 'Skicka igen' }).click();
  await page.getByRole('heading', { name: /L-1 är rättad och på väg/ }).waitFor();
  await looksRight(page, 'the page when it has been sent');

  const { json } = await call(`/api/v1/documents/${id}/versions`, keys.seller);
  assert.deepEqual(json.items.map((version) => version.version), [1, 2]);
  const made = await server.settled(keys.seller, json.items[1].id);
  assert.deepEqual([made.json.status, made.json.orderReference], ['delivered', '45123456']);

  await page.goto(path);
  await page.getByText(/rättad|rättat/).first().waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0, 'a used link edits nothing');
  await looksRight(page, 'a used link');
  await page.context().close();
});

test('desktop, dark: a link whose time is out says what to do instead', { skip }, async () => {
  const { path } = await linkFor('L-2');
  await call('/api/v1/clock', keys.buyer, 'POST', { advance: 'P120D' });
  const page = await openPage(browser, server, 'desktop', { colorScheme: 'dark' });
  await page.goto(path);
  await page.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
  await looksRight(page, 'an expired link');
  await page.context().close();
});
