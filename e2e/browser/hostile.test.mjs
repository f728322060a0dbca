// Script in every field that an invoice can carry, shown wherever the portal, the mails and the recipients' pages show it,
// in a real Chromium under the policy that the server sends. Nothing of it may become an element, and nothing may even be
// tried and stopped by the policy: that would mean that it had become one.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, openPage, settled, signIn } from '../support/browser.mjs';
import { escaped, hostileInvoice, payload } from '../support/hostile_invoice.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server, removeFolder, root, temporaryFolder } from '../support/server.mjs';

const noMail = hasPostfix() ? false : 'needs postfix, and root to run it';
const scope = 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write';
const seller = { n: 71, name: payload('our own name', 0).slice(0, 190), email: 'karin@hostile.example', password: 'sommar i hamnen' };
const buyer = { n: 72, name: 'Granberga Bygg AB', email: 'holm@granberga.example', password: 'byggnadslov 1962' };
const anna = 'anna@mejl.example';
let folder, postfix, server, browser, keys;
const documents = {};

const call = (path, key, method = 'GET', body = undefined) =>
  server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });

async function send(xml) {
  const sent = await server.send(keys.seller, xml, { 'x-file-name': encodeURIComponent(payload('upload', 0)) });
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.settled(keys.seller, sent.json.id);
  return sent.json.id;
}

before(async () => {
  folder = temporaryFolder();
  for (const name of ['', 'in', 'out']) mkdirSync(join(folder, 'print', name), { recursive: true });
  if (!noMail) postfix = await Postfix.start([seller.email, anna]);
  const mail = postfix ? ['--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example', '--print-house', `file://${join(folder, 'print')}`] : [];
  server = await Server.start({ args: ['--simulated-clock', '--portal', join(root, 'web/dist'), ...mail] });
  keys = {};
  for (const [side, one] of Object.entries({ seller, buyer })) {
    one.identifier = company(one.n);
    await server.company(`0007:${one.identifier}`, one.name);
    keys[side] = await server.key(`0007:${one.identifier}`, scope);
    await server.user(`0007:${one.identifier}`, one.email, payload('user', 1), one.password);
  }
  const message = payload('demand', 2);
  const made = await call('/api/v1/filters', keys.buyer, 'POST', { name: payload('filter', 0).slice(0, 110), active: true, rules: [{ id: 'order', term: 'BT-13', test: 'digits', least: 8, most: 8, prefix: '45', message: { sv: message, en: message } }] });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const parties = { seller: seller.identifier, buyer: buyer.identifier };
  documents.texts = await send(hostileInvoice({ number: 'X-1', ...parties }));
  documents.everywhere = await send(hostileInvoice({ number: 'X-2', ...parties, everywhere: true }));
  documents.returned = await send(simple('X-3', { order: payload('order', 1) }));
  documents.another = await send(simple('X-5', { order: payload('order', 2) }));
  documents.delivered = await send(simple('X-4', { order: '45123456' }));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  postfix?.remove();
  if (folder) removeFolder(folder);
});

// Right in every rule, and hostile in all that is free.
function simple(number, { order, to } = {}) {
  return invoice({
    number: `${number} ${payload('number', 1)}`.slice(0, 60),
    seller: { identifier: seller.identifier, name: payload('seller', 0), street: payload('street', 1), town: payload('town', 3) },
    buyer: to ?? { identifier: buyer.identifier, name: payload('buyer', 2), street: payload('street', 0), town: payload('town', 1) },
    lines: [0, 1, 2, 3, 4, 5, 6, 7].map((kind) => ({ text: payload(`line-${kind}`, kind), quantity: 1, öre: 10_000 })),
    ocr: escaped(payload('ocr', 1)),
    order,
  });
}

// --- Looking for what should not be there

async function watched(user, screen = 'desktop') {
  const page = await openPage(browser, server, screen);
  page.on('dialog', async (dialog) => {
    page.faults.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('popup', (popup) => page.faults.push(`a window: ${popup.url()}`));
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => globalThis.violations.push(`${violatedDirective} ${blockedURI} ${sample}`));
  });
  if (user) await signIn(page, user);
  return page;
}

// Of the page and of every frame in it whose document it may read (copies lie in frames of its own origin).
function found() {
  const faults = [];
  const inner = [document];
  for (const within of inner) {
    const { defaultView: view } = within;
    if (view?.hacked !== undefined) faults.push(`ran: ${view.hacked}`);
    faults.push(...(view?.violations ?? []).map((one) => `policy: ${one}`));
    for (const node of within.querySelectorAll('*')) {
      if (node.localName === 'x-evil') faults.push(`became an element: ${node.outerHTML.slice(0, 100)}`);
      if (node.localName === 'script' && /hacked/.test(node.textContent)) faults.push(`a script: ${node.textContent.slice(0, 100)}`);
      for (const { name, value } of node.attributes) {
        if (/^on/.test(name)) faults.push(`a handler: ${node.localName} ${name}=${value.slice(0, 60)}`);
        if (/^(href|src|action|formaction|data|xlink:href|poster)$/.test(name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text\/html)/i.test(value)) faults.push(`an address: ${node.localName} ${name}=${value.slice(0, 60)}`);
      }
      if (node.localName === 'iframe' && node.contentDocument) inner.push(node.contentDocument);
    }
  }
  return faults;
}
async function isHarmless(page, what) {
  assert.deepEqual(await page.evaluate(found), [], what);
  assert.deepEqual(page.faults, [], `${what}: the browser's console`);
}
// The hostile text is there to be read: else nothing was shown, and nothing was tried.
const isShown = (page) => page.getByText(/hacked|x-evil/).first().waitFor();

// --- The portal

for (const [who, user, list] of [['the sender', seller, '/documents/sent'], ['the receiver', buyer, '/documents/received']])
  test(`${who}: overview, lists, search and partners`, async () => {
    const page = await watched(user);
    for (const path of ['/', list, `${list}?query=evil`, '/documents', '/stopped', '/partners', '/smartmail', '/settings/remembered', '/stopped/filters']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      if (path === list || path === '/stopped/filters') await isShown(page);
      await isHarmless(page, `${who}: ${path}`);
    }
    await page.goto('/');
    await page.getByRole('heading', { name: 'Översikt', level: 1 }).waitFor();
    await settled(page);
    await page.keyboard.press('/');
    await page.keyboard.type('evil');
    await page.getByRole('option').filter({ hasText: /evil|hacked/ }).first().waitFor();
    await isHarmless(page, `${who}: while searching`);
    await page.context().close();
  });

for (const name of ['texts', 'everywhere', 'returned', 'delivered'])
  for (const [who, user] of [['the sender', seller], ['the receiver', buyer]])
    test(`${who}: the document «${name}» with all its tabs`, async () => {
      const id = documents[name];
      if (who === 'the receiver' && (await call(`/api/v1/documents/${id}`, keys.buyer)).status === 404) {
        assert.notEqual((await call(`/api/v1/documents/${id}`, keys.seller)).json.status, 'delivered', 'what never came is not shown to its receiver');
        return;
      }
      const page = await watched(user);
      await page.goto(`/documents/${id}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isHarmless(page, 'at first');
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await page.getByRole('tabpanel').filter({ visible: true }).last().waitFor();
        await settled(page);
        await isHarmless(page, `tab ${await tab.textContent()}`);
      }
      await isShown(page);
      await page.context().close();
    });

test('the sender: what was stopped, and the panel that puts it right', async () => {
  const page = await watched(seller);
  await page.goto('/stopped');
  const number = page.getByRole('link', { name: /X-3/ }).first();
  await number.waitFor();
  assert.deepEqual(await page.evaluate(covered), [], 'a number stays in its own cell');
  await number.click();
  const panel = page.getByRole('region', { name: 'Rätta och skicka igen' });
  const field = panel.getByRole('textbox', { name: /rdernummer/ }).first();
  await field.waitFor();
  await isShown(page);
  await isHarmless(page, 'the panel');
  await field.fill(payload('typed', 0));
  await panel.locator('[data-judged]').first().waitFor();
  await settled(page);
  await isHarmless(page, 'the panel while something hostile is typed');
  await page.context().close();
});

// Numbers that reach over what stands beside them.
function covered() {
  const faults = [];
  for (const cell of document.querySelectorAll('table th[scope=row]')) {
    const link = cell.querySelector('a').getBoundingClientRect();
    const own = cell.getBoundingClientRect();
    const across = link.top + link.height / 2;
    for (const beside of cell.parentElement.children) {
      const { left, top, bottom } = beside.getBoundingClientRect();
      if (beside === cell || across < top || across > bottom) continue;
      const hit = document.elementFromPoint(left + 4, across);
      if (hit && cell.contains(hit)) faults.push(`${cell.textContent.slice(0, 20)} over ${beside.textContent.slice(0, 20)}`);
    }
    if (own.right > document.documentElement.clientWidth) faults.push(`${cell.textContent.slice(0, 20)} over the edge`);
  }
  return faults;
}

test('on a phone', async () => {
  const page = await watched(seller, 'phone');
  for (const path of ['/documents/sent', '/stopped', `/documents/${documents.texts}`, `/documents/${documents.texts}?tab=copy`, `/documents/${documents.texts}?tab=facts`]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await isHarmless(page, `phone: ${path}`);
    if (path === '/stopped') assert.deepEqual(await page.evaluate(covered), [], 'phone: a number stays in its own cell');
  }
  await page.context().close();
});

test('copies opened by themselves, as files and as attachments', async () => {
  const page = await watched(seller);
  for (const id of [documents.texts, documents.returned, documents.delivered]) {
    const { copies } = (await call(`/api/v1/documents/${id}`, keys.seller)).json;
    assert.ok(copies.length > 0 || id !== documents.delivered);
    for (const kind of copies.map((copy) => copy.kind ?? copy)) {
      const answer = await page.goto(`/api/v1/documents/${id}/copies/${kind}?format=html`);
      assert.equal(answer.status(), 200, kind);
      await isHarmless(page, `the copy ${kind}`);
      const pdf = await call(`/api/v1/documents/${id}/copies/${kind}?format=pdf`, keys.seller);
      if (pdf.status === 200) assert.doesNotMatch(pdf.bytes.toString('latin1'), /\/(JavaScript|JS|Launch|OpenAction|SubmitForm)\b/, `${kind} as PDF`);
    }
  }
  for (let index = 0; index < 8; index++) {
    const answer = await call(`/api/v1/documents/${documents.texts}/attachments/${index}`, keys.seller);
    if (answer.status === 404) break;
    assert.ok(index < 7, 'the list ends');
    assert.match(answer.headers.get('content-disposition'), /^attachment/);
    assert.doesNotMatch(answer.headers.get('content-type'), /html|svg|xml|script/);
    assert.match(answer.headers.get('content-security-policy'), /sandbox/);
  }
  await page.context().close();
});

// --- What leaves the house

// A mail's HTML where nothing protects it: no policy, scripts allowed.
async function isHarmlessMail(mail, what) {
  assert.match(mail.html, /hacked|x-evil/, `${what} shows nothing hostile`);
  assert.doesNotMatch(mail.raw.slice(0, mail.raw.indexOf('\n\n')), /^(x-evil|<script)/im);
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.setContent(mail.html);
  const faults = await page.evaluate(found);
  assert.deepEqual(faults.filter((fault) => !/^a handler: .* =$/.test(fault)), [], what);
  await context.close();
}

test('the notice of a stop, and the page behind its link', { skip: noMail }, async () => {
  assert.equal((await call('/api/v1/clock', keys.buyer, 'POST', { advance: 'PT1M' })).status, 200);
  const isOfX3 = (mail) => mail.text.includes('X-3');
  const mails = await server.until(async () => postfix.mailsTo(seller.email), (all) => all.some(isOfX3), 20_000);
  for (const mail of mails.filter((one) => /\/r\//.test(one.text))) await isHarmlessMail(mail, mail.headers.get('subject'));
  const page = await watched();
  await page.goto(/\/r\/[0-9A-Z-]+/.exec(mails.find(isOfX3).text)[0]);
  // Several stops at once are one notice: its page lists them, each with a page of its own.
  await page.getByRole('heading', { level: 1, name: /fakturor behöver rättas innan Granberga Bygg AB/ }).waitFor();
  await page.getByRole('link', { name: /X-5/ }).waitFor();
  await isShown(page);
  await isHarmless(page, 'the list behind the link');
  await page.getByRole('link', { name: /X-3/ }).click();
  const field = page.getByRole('textbox', { name: /rdernummer/ }).first();
  await field.waitFor();
  await isShown(page);
  await isHarmless(page, 'one document of it');
  await field.fill(payload('typed by link', 2));
  await settled(page);
  await isHarmless(page, 'while something hostile is typed');
  await page.getByRole('button', { name: 'Visa hela fakturan' }).click();
  await page.locator('iframe').first().waitFor();
  await settled(page);
  await isHarmless(page, 'with the whole invoice');
  await page.context().close();
});

test('the Smartmail, and its recipient’s page', { skip: noMail }, async () => {
  const put = await call('/api/v1/partners/customer:7101', keys.seller, 'PUT', { name: payload('partner', 0).slice(0, 190), email: anna, kind: 'person' });
  assert.ok(put.status < 300, JSON.stringify(put.json));
  const today = (await server.call('/health')).json.time.slice(0, 10);
  const due = new Date(Date.parse(today) + 40 * 86_400_000).toISOString().slice(0, 10);
  const xml = simple('X-9', { order: '1', to: { name: payload('person', 1), customerNumber: '7101', street: payload('street', 2), town: payload('town', 0) } });
  const sent = await server.send(keys.seller, xml.replace('2026-11-02', today).replace('2026-12-02', due));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const [mail] = await server.until(async () => postfix.mailsTo(anna), (all) => all.length > 0, 20_000);
  await isHarmlessMail(mail, 'the Smartmail');
  const page = await watched();
  await page.goto(/\/m\/[0-9a-z-]{35}/.exec(mail.text)[0]);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isHarmless(page, 'the page before it is opened');
  await page.getByRole('button', { name: /^Visa/ }).first().click();
  await settled(page);
  await isShown(page);
  await isHarmless(page, 'the page when it is opened');
  await page.context().close();
});

test('after signing in nobody lands elsewhere', async () => {
  for (const to of ['//evil.example/', '/\\evil.example/', '/\t/evil.example/', 'https://evil.example/', "javascript:top.hacked='to'"]) {
    const page = await watched();
    await page.goto(`/login?to=${encodeURIComponent(to)}`);
    await page.getByLabel('E-postadress').fill(buyer.email);
    await page.getByLabel('Lösenord', { exact: true }).fill(buyer.password);
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.getByRole('heading', { name: 'Översikt', level: 1 }).waitFor();
    assert.ok(page.url().startsWith(server.url), `${to} led to ${page.url()}`);
    await isHarmless(page, to);
    await page.context().close();
  }
});
