// The page behind the link of a real Smartmail: every route, every refusal. Robots fetch, people press.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { hasPostfix } from '../support/postfix.mjs';
import { invoice } from '../support/invoice.mjs';
import { Smartmailed, seller } from '../support/smartmailed.mjs';
import { judged, neverSeen } from './contract.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const address = 'anna@mejl.example';
const answers = 'kundservice@alvnara.example';
let world;

before(async () => {
  if (!skip) world = await Smartmailed.start([address, answers]);
});
after(() => world?.remove());

const text = (answer) => answer.bytes.toString().replace(/\u00a0/g, ' ');
async function opened(path) {
  const answer = await world.press(`${path}/open`);
  assert.equal(answer.status, 303, text(answer));
  return answer.headers.get('location');
}

test('robots’ GET and HEAD open nothing and see no money; a press does', { skip }, async () => {
  const { id, path } = await world.mailed('P-1', address);
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET', 'GET']) {
    const answer = await world.page(path, { method, headers: { 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' } });
    assert.equal(answer.status, 200);
    assert.ok(!/P-1|1 250|9999-0004|12344/.test(text(answer)));
    assert.match(answer.headers.get('x-robots-tag'), /noindex/);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'/);
    assert.equal(answer.headers.get('set-cookie'), null);
  }
  assert.deepEqual(await world.since(id), Array(4).fill('page-fetched'), 'kept, and bounded');
  assert.equal((await world.call(`/documents/${id}`)).json.status, 'sent');
  const page = await world.page(await opened(path));
  for (const part of ['1 250,00 kr', '9999-0004', 'Senast ', ' dagar', 'Öppnad ']) assert.ok(text(page).includes(part), part);
  assert.equal((await world.call(`/documents/${id}`)).json.status, 'opened');
  await world.advance('P30D');
  const { json } = await world.call(`/documents/${id}/deliveries`);
  assert.deepEqual(json.items.map(({ channel }) => channel), ['email'], 'no letter');
});

test('copy, picture of the code and attachments; page and preview under 50 kB', { skip }, async () => {
  const { id, path } = await world.mailed('P-2', address, [{ name: 'dygn.csv', text: 'dag;kWh' }]);
  const there = await opened(path);
  const page = await world.page(there);
  const preview = await world.page(`${there}/preview`);
  assert.ok(page.bytes.length + preview.bytes.length < 50_000, `${page.bytes.length} + ${preview.bytes.length}`);
  assert.match(text(await world.page(`${there}/copy`)), /Konsulttid/);
  assert.equal((await world.page(`${there}/pdf`)).bytes.subarray(0, 4).toString(), '%PDF');
  assert.equal((await world.page(`${there}/qr.png`)).bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal((await world.page(`${there}/parts/0`)).status, 303, 'a GET brings nothing');
  const part = await world.press(`${there}/parts/0`);
  assert.deepEqual([part.status, part.bytes.toString()], [200, 'dag;kWh']);
  assert.match(part.headers.get('content-disposition'), /^attachment; filename="dygn\.csv"/);
  assert.equal((await world.press(`${there}/parts/7`)).status, 404);
  assert.deepEqual(await world.since(id), ['opened', 'part-opened']);
  await world.advance('PT61M');
  assert.equal((await world.page(there)).status, 303, 'an hour later it is to be pressed again');
  assert.equal((await world.page(`${there}/pdf`)).status, 303);
});

test('an attachment that nobody opens means a letter', { skip }, async () => {
  const { id, path } = await world.mailed('P-3', address, [{ name: 'dygn.csv', text: 'dag;kWh' }]);
  assert.match(text(await world.page(await opened(path))), /Öppna också bilagorna/);
  await world.advance('P30D');
  await world.sinceHas(id, 'delivery-expired');
});

test('a question and a wish reach the sender; a question that is none is shown again', { skip }, async () => {
  const { id, path } = await world.mailed('P-4', address);
  const there = await opened(path);
  assert.equal((await world.press(`${there}/ask`, 'question=Varf%C3%B6r+s%C3%A5+dyrt%3F')).status, 303);
  assert.equal((await world.press(`${there}/einvoice`)).status, 303);
  const { json } = await world.call(`/documents/${id}/events`);
  assert.equal(json.items.find(({ type }) => type === 'asked').parameters.detail, 'Varför så dyrt?');
  assert.equal(json.items.at(-1).type, 'einvoice-wanted');
  const empty = await world.press(`${there}/ask`, 'question=');
  assert.equal(empty.status, 400);
  const long = await world.press(`${there}/ask`, `question=${'a'.repeat(1500)}`);
  assert.equal(long.status, 400);
  assert.ok(text(long).includes('a'.repeat(1500)), 'nothing is lost');
  assert.equal((await world.press(`${there}/ask`, `question=${'a'.repeat(60_000)}`)).status, 413);
});

test('a question goes on to the address for answers, and the answer to who asked', { skip }, async () => {
  assert.equal((await world.call('/smartmail/settings', 'PUT', { replyTo: answers })).status, 200);
  const { id, path } = await world.mailed('P-41', address);
  const there = await opened(path);
  for (let press = 0; press < 2; press += 1)
    assert.equal((await world.press(`${there}/ask`, `question=${encodeURIComponent('Gäller avgiften\r\nBcc: alla@mejl.example även mig?')}`)).status, 303);
  const mails = await world.server.until(async () => world.postfix.mailsTo(answers), (all) => all.length > 0);
  assert.equal(mails.length, 1, 'pressed twice, told once');
  const [mail] = mails;
  assert.match(mail.headers.get('reply-to'), /^<?anna@mejl\.example>?$/);
  assert.equal(mail.headers.get('bcc'), undefined);
  for (const part of ['P-41', 'Gäller avgiften', `https://postgang.example/documents/${id}`]) assert.ok(mail.text.includes(part), part);
  assert.equal((await world.call('/smartmail/settings', 'PUT', {})).status, 200);
});

test('the wrong recipient is asked once, the link ends, and paper is next', { skip }, async () => {
  const { id, path } = await world.mailed('P-5', address);
  const there = await opened(path);
  assert.match(text(await world.page(`${path}/wrong-recipient`)), /Ja, det har kommit fel/);
  assert.deepEqual(await world.since(id), ['opened']);
  assert.match(text(await world.press(`${path}/wrong-recipient`)), /Tack/);
  assert.deepEqual(await world.sinceHas(id, 'delivery-queued'), ['opened', 'wrong-recipient', 'delivery-queued']);
  for (const ended of [path, there, `${there}/pdf`]) assert.equal((await world.page(ended)).status, 410);
  assert.equal((await world.press(`${path}/open`)).status, 410);
});

test('an expired link offers a new one, which comes to the same address', { skip }, async () => {
  const { id, path } = await world.mailed('P-6', address);
  await opened(path);
  for (const period of ['P300D', 'P101D']) await world.advance(period);
  const expired = await world.page(path);
  assert.equal(expired.status, 410);
  assert.ok(!text(expired).includes(address));
  assert.equal((await world.press(`${path}/open`)).status, 303);
  const before = world.postfix.mailsTo(address).length;
  assert.match(text(await world.press(`${path}/new-link`)), /En ny länk är på väg/);
  await world.advance('PT1M');
  const mails = await world.server.until(async () => world.postfix.mailsTo(address), (all) => all.length > before);
  const fresh = /\/m\/[0-9a-z-]{35}/.exec(mails.at(-1).text)[0];
  assert.notEqual(fresh, path);
  assert.equal((await world.page(fresh)).status, 200);
  await world.press(`${path}/new-link`);
  await world.advance('PT1M');
  assert.equal((await world.since(id)).filter((type) => type === 'reminded').length, 1, 'once a day');
});

test('the sender sees both pages as they are, and its look is no opening', { skip }, async () => {
  const { id } = await world.mailed('P-7', address);
  for (const [state, part] of [['before', 'Visa fakturan'], ['after', '9999-0004']]) {
    const path = `/api/v1/documents/${id}/smartmail/page?state=${state}`;
    const answer = judged(path, 'GET', await world.server.call(path, { key: world.key }));
    assert.equal(answer.status, 200);
    assert.ok(text(answer).includes(part));
    assert.ok(!/action=|href="\//.test(text(answer)), 'nothing can be pressed');
  }
  const wrong = `/api/v1/documents/${id}/smartmail/page?state=during`;
  assert.equal(judged(wrong, 'GET', await world.server.call(wrong, { key: world.key })).status, 400);
  const none = `/api/v1/documents/${(await world.server.send(world.key, invoice({ number: 'P-7b', seller, buyer: { name: 'Utan adress', street: 'Granvägen 8', town: 'Tallmo', postalCode: '1' } }))).json.id}/smartmail/page`;
  assert.equal(judged(none, 'GET', await world.server.call(none, { key: world.key })).status, 409);
  assert.deepEqual(neverSeen(['Recipient page']), []);
  assert.deepEqual(await world.since(id), []);
});

test('another site’s form does nothing', { skip }, async () => {
  const { id, path } = await world.mailed('P-8', address);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const answer = await world.page(`${path}/open`, { method: 'POST', headers });
    assert.equal(answer.status, 403);
  }
  assert.deepEqual(await world.since(id), []);
});

test('tokens that lead nowhere answer alike, and whoever tries many is told to wait', { skip }, async () => {
  const { path } = await world.mailed('P-9', address);
  const tampered = path.slice(0, -1) + (path.endsWith('0') ? '1' : '0');
  const answers = [];
  for (const one of ['/m/x', tampered, `${tampered}/wrong-recipient`, `${tampered}/key`, `${tampered}/key/pdf`]) answers.push(await world.page(one));
  for (const one of ['/open', '/wrong-recipient', '/new-link', '/newer', '/key/ask', '/key/einvoice', '/key/parts/0']) answers.push(await world.press(tampered + one));
  for (const answer of answers) assert.deepEqual([answer.status, text(answer)], [404, text(answers[0])]);
  let last;
  for (let i = 0; i < 20; i++) last = await world.page(`/m/guess-${i}`);
  assert.equal(last.status, 429);
  assert.ok(Number(last.headers.get('retry-after')) > 0);
});
