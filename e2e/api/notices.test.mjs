// Notices of stops through a real SMTP server, and what the links in them may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server } from '../support/server.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const buyer = { identifier: company(21), name: 'Granberga Bygg AB' };
const scope = 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write';
const json = { 'content-type': 'application/json' };
let postfix, server, keys;

// A supplier of its own for each test, so that their mails do not mix.
let suppliers = 40;
async function supplier({ user } = {}) {
  const n = suppliers++;
  const made = { identifier: company(n), name: `Leverantör ${n} AB`, key: undefined };
  await server.company(`0007:${made.identifier}`, made.name);
  made.key = await server.key(`0007:${made.identifier}`, scope);
  if (user) await server.user(`0007:${made.identifier}`, user, 'Karin Sand', 'sommar i hamnen');
  return made;
}
const call = (path, key, method = 'GET', body = undefined) =>
  server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) });

async function stopped(seller, number) {
  const sent = await server.send(seller.key, invoice({ number, seller, buyer }));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const { json: document } = await server.settled(seller.key, sent.json.id);
  assert.equal(document.status, 'returned');
  return sent.json.id;
}
const advance = async (period) => assert.equal((await call('/api/v1/clock', keys.buyer, 'POST', { advance: period })).status, 200);
const notices = async (id, key = keys.buyer) => (await call(`/api/v1/documents/${id}/notices`, key)).json.items;
const mail = (address, count) => server.until(async () => postfix.mailsTo(address), (mails) => mails.length >= count);
const tokenIn = (text) => /\/r\/([0-9A-Z-]{19})/.exec(text)[1];
const verify = (seller, email) =>
  call(`/api/v1/partners/0007:${seller.identifier}`, keys.buyer, 'PUT', { name: seller.name, email, emailVerified: true });
// The operator does not yet have a command for it: a supplier without users, whose portal nobody opens.

before(async () => {
  if (skip) return;
  postfix = await Postfix.start(['karin@nordhamn.example', 'rem@nordhamn.example', 'fleet@nordhamn.example', 'later@nordhamn.example', 'ok@nordhamn.example', 'used@nordhamn.example', 'expired@nordhamn.example']);
  server = await Server.start({
    args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'],
  });
  await server.company(`0007:${buyer.identifier}`, buyer.name);
  keys = { buyer: await server.key(`0007:${buyer.identifier}`, scope) };
  const made = await call('/api/v1/filters', keys.buyer, 'POST', {
    name: 'Krav',
    active: true,
    rules: [{ id: 'order', term: 'BT-13', test: 'digits', least: 8, most: 8, prefix: '45' }],
  });
  assert.equal(made.status, 201, JSON.stringify(made.json));
});
after(async () => {
  await server?.remove();
  postfix?.remove();
});

test('the notice arrives with the right words and a link that corrects', { skip }, async () => {
  const seller = await supplier({ user: 'karin@nordhamn.example' });
  const id = await stopped(seller, 'N-1');
  await advance('PT1M');
  const [message] = await mail('karin@nordhamn.example', 1);
  assert.match(message.headers.get('subject'), /^Faktura N-1 är stoppad: .* behöver rättas$/);
  assert.match(message.headers.get('from'), /Granberga Bygg via Postgång/);
  assert.equal(message.headers.get('auto-submitted'), 'auto-generated');
  for (const part of ['Granberga Bygg AB har inte fått fakturan', 'N-1', '1 250,00', 'BT-13', 'Rätta senast'])
    assert.ok(message.text.replace(/\u00a0/g, ' ').includes(part), `${part} is not in:\n${message.text}`);
  assert.ok(Buffer.byteLength(message.html) < 40 * 1024);
  assert.match(message.raw, /Content-Disposition: attachment/);
  const [notice] = await notices(id);
  assert.deepEqual([notice.state, notice.way, notice.documents], ['sent', 'email', 1]);

  const token = tokenIn(message.text);
  const link = await call(`/api/v1/links/${token}`);
  assert.equal(link.status, 200);
  assert.deepEqual([link.json.state, link.json.mayEdit, link.json.receiver.name, link.json.documents[0].id], ['open', true, buyer.name, id]);
  assert.equal((await notices(id))[0].state, 'sent', 'a GET is no reading');
  const form = await call(`/api/v1/links/${token}/documents/${id}/correction`);
  assert.equal(form.status, 200);
  assert.ok(form.json.fields.some((field) => field.term === 'BT-13' && field.open));
  const copy = await call(`/api/v1/links/${token}/documents/${id}/copy`);
  assert.match(copy.headers.get('content-type'), /text\/html/);

  const path = `/api/v1/links/${token}/documents/${id}/corrections`;
  const changes = (value) => [{ term: 'BT-13', value }];
  const tried = await call(path, undefined, 'POST', { changes: changes('46123456'), send: false });
  assert.deepEqual([tried.status, tried.json.valid], [200, false]);
  assert.equal((await notices(id))[0].state, 'read');
  const seen = await call(`${path}/preview?language=en`, undefined, 'POST', { changes: changes('45123456'), send: false });
  assert.equal(seen.status, 200);
  assert.match(seen.headers.get('content-type'), /text\/html/);
  assert.match(seen.bytes.toString(), /45123456/);
  const made = await call(path, undefined, 'POST', { changes: changes('45123456'), send: true });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const corrected = await server.settled(seller.key, made.json.id);
  assert.equal(corrected.json.status, 'delivered');
  assert.equal((await call(`/api/v1/links/${token}`)).json.state, 'used');
  const auditor = await server.key(`0007:${seller.identifier}`, 'audit:read');
  const [told] = (await call('/api/v1/audit?action=document.corrected', auditor)).json.items;
  assert.equal(told.objectId, id);
  assert.match(told.actor.id, /^link:/);
  const again = await call(path, undefined, 'POST', { changes: changes('45123457'), send: true });
  assert.deepEqual([again.status, again.json.code], [410, 'link-used']);
  assert.equal((await call(`${path}/preview`, undefined, 'POST', { changes: changes('45123456'), send: false })).status, 410);
});

test('a link that was never made, one that was tampered with and one for another document answer alike', { skip }, async () => {
  const seller = await supplier({ user: 'used@nordhamn.example' });
  const id = await stopped(seller, 'T-1');
  await advance('PT1M');
  const [message] = await mail('used@nordhamn.example', 1);
  const other = await stopped(await supplier({ user: 'ok@nordhamn.example' }), 'T-2');
  const token = tokenIn(message.text);
  const tampered = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  const answers = [];
  for (const path of [`0000-0000-0000-0000`, tampered, 'x', `${tampered}/documents/${id}/correction`, `${token}/documents/${other}/correction`, `${token}/documents/nothing/copy`]) {
    const answer = await call(`/api/v1/links/${path}`);
    answers.push(`${answer.status} ${answer.bytes}`);
  }
  assert.deepEqual(answers, Array(6).fill(answers[0]));
  assert.match(answers[0], /^404 .*"link-unknown"/);
});

test('an expired link shows nothing and corrects nothing', { skip }, async () => {
  const seller = await supplier({ user: 'expired@nordhamn.example' });
  const before = postfix.mailsTo('expired@nordhamn.example').length;
  const id = await stopped(seller, 'E-1');
  await advance('PT1M');
  const mails = await mail('expired@nordhamn.example', before + 1);
  const token = tokenIn(mails.find((each) => each.text.includes('E-1')).text);
  await advance('P30D');
  const link = await call(`/api/v1/links/${token}`);
  assert.deepEqual([link.json.state, link.json.documents], ['expired', []]);
  const form = await call(`/api/v1/links/${token}/documents/${id}/correction`);
  assert.deepEqual([form.status, form.json.code], [410, 'link-expired']);
});

test('an address that does not exist bounces with the server’s words, and the portal still has it', { skip }, async () => {
  const seller = await supplier({ user: 'gone@nordhamn.example' });
  const id = await stopped(seller, 'B-1');
  await advance('PT1M');
  const [notice] = await server.until(() => notices(id), ([one]) => Boolean(one?.reason));
  assert.deepEqual([notice.state, notice.way], ['sent', 'portal']);
  assert.match(notice.reason, /^550 5\.1\.1/);
  const { json: events } = await call(`/api/v1/documents/${id}/events`, seller.key);
  const told = events.items.map((event) => event.type).filter((type) => type.startsWith('notice-'));
  assert.deepEqual(told.sort(), ['notice-bounced', 'notice-sent']);
});

test('nobody to tell is a state of its own and a task; with a verified address it is told', { skip }, async () => {
  const seller = await supplier();
  const id = await stopped(seller, 'U-1');
  await advance('PT1M');
  const [notice] = await server.until(() => notices(id), (items) => items.length > 0);
  assert.deepEqual([notice.state, notice.way, notice.missing], ['unreachable', null, ['email']]);
  const { json: overview } = await call('/api/v1/overview', keys.buyer);
  const task = overview.needsYou.find((need) => need.kind === 'notice-unreachable');
  assert.deepEqual([task.direction, task.count, task.reasons[0].code], ['received', 1, 'missing-email']);
  const put = await verify(seller, 'later@nordhamn.example');
  assert.ok(put.json.emailVerifiedAt && put.json.emailVerifiedBy, JSON.stringify(put.json));
  postfix.down();
  const again = await call(`/api/v1/documents/${id}/notices`, keys.buyer, 'POST');
  assert.equal(again.status, 202);
  await server.until(() => notices(id), ([one]) => one.state === 'waiting' && Boolean(one.reason));
  postfix.up();
  await advance('PT10M');
  const [message] = await mail('later@nordhamn.example', 1);
  assert.match(message.text, /Rätta och skicka igen/);
  assert.equal((await notices(id))[0].state, 'sent');
  const changed = await call(`/api/v1/partners/0007:${seller.identifier}`, keys.buyer, 'PUT', { name: seller.name, email: 'ny@nordhamn.example' });
  assert.equal(changed.json.emailVerifiedAt, null, 'a new address has nobody’s word');
});

test('several stops are one notice, and reminders come until it is dealt with', { skip }, async () => {
  const seller = await supplier({ user: 'rem@nordhamn.example' });
  const first = await stopped(seller, 'R-1');
  await stopped(seller, 'R-2');
  await advance('PT1M');
  const [message] = await mail('rem@nordhamn.example', 1);
  assert.equal(message.headers.get('subject'), '2 fakturor till Granberga Bygg är stoppade och behöver rättas');
  await advance('P3D');
  const reminded = await mail('rem@nordhamn.example', 2);
  assert.match(reminded[1].headers.get('subject'), /^Påminnelse: /);
  const done = await call(`/api/v1/documents/${first}/corrections`, seller.key, 'POST', { changes: [{ term: 'BT-13', value: '45123456' }], send: true });
  assert.equal(done.status, 201, JSON.stringify(done.json));
  await advance('P3D');
  const third = (await mail('rem@nordhamn.example', 3))[2];
  assert.match(third.headers.get('subject'), /^Påminnelse: Faktura R-2 /);
  await advance('P30D');
  assert.equal((await mail('rem@nordhamn.example', 6)).length, 6, 'on day 9, then ever more seldom: 15, 27');
});

test('the receiver’s own words, with a preview', { skip }, async () => {
  const words = { greeting: 'Hej.', help: 'Ring oss på 08-123.', contact: 'lev@granberga.example' };
  const texts = { sv: words, en: words, reminderDays: 3, putRightDays: 10 };
  const preview = await call('/api/v1/settings/notice-texts/preview?language=sv', keys.buyer, 'POST', texts);
  assert.equal(preview.status, 200, JSON.stringify(preview.json));
  assert.ok(preview.json.html.includes('Ring oss på 08-123.') && preview.json.text.includes('Granberga Bygg'));
  const put = await call('/api/v1/settings/notice-texts', keys.buyer, 'PUT', texts);
  assert.deepEqual(put.json, texts);
  assert.deepEqual((await call('/api/v1/settings/notice-texts', keys.buyer)).json, texts);
  const email = await call('/api/v1/settings/notice-email', keys.buyer, 'PUT', { email: 'inkop@granberga.example' });
  assert.deepEqual(email.json, { email: 'inkop@granberga.example' });
  assert.equal((await call('/api/v1/settings/notice-email', keys.buyer, 'PUT', { email: 'a b@c' })).status, 400);
});

test('whoever tries many links is told to wait', { skip }, async () => {
  let last;
  for (let i = 0; i < 40; i++) last = await call(`/api/v1/links/0000-0000-0000-00${String(i).padStart(2, '0')}`);
  assert.deepEqual([last.status, last.json.code], [429, 'link-tried-too-often']);
  assert.ok(Number(last.headers.get('retry-after')) > 0);
});
