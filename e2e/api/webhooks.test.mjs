// Webhooks through the real program: what is told, signed, tried again, replayed; secrets that are changed; receivers that
// are slow, gone or huge; addresses that lead inwards; a server that dies in the middle.
import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { after, before, beforeEach, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Hooked, verified } from '../support/hooked.mjs';
import { Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';

const parent = { identifier: company(71), name: 'Nordhamn AB' };
const seller = { identifier: company(72), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(73), name: 'Granberga Bygg AB' };
const scopes = 'documents:read,documents:write,webhooks:read,webhooks:write';
const all = '/api/v1/webhooks';
let server, hooked, key, buyerKey, parentKey, made;

before(async () => {
  hooked = await Hooked.start();
  server = await Server.start({ args: ['--simulated-clock', '--handover-sandbox'] });
  await server.company(`0007:${parent.identifier}`, parent.name);
  await server.company(`0007:${seller.identifier}`, seller.name, ['--parent', `0007:${parent.identifier}`]);
  await server.company(`0007:${buyer.identifier}`, buyer.name);
  key = await server.key(`0007:${seller.identifier}`, scopes);
  buyerKey = await server.key(`0007:${buyer.identifier}`, scopes);
  parentKey = await server.key(`0007:${parent.identifier}`, scopes);
});
after(async () => {
  await server?.remove();
  await hooked?.stop();
});
// Each test begins with a receiver that says yes, and with no webhooks of earlier ones.
beforeEach(async () => {
  for (const as of [key, buyerKey, parentKey])
    for (const { id } of ok(await call(all, 'GET', undefined, as)).items) assert.equal((await call(`${all}/${id}`, 'DELETE', undefined, as)).status, 204);
  hooked.clear();
});

const call = async (path, method = 'GET', body, as = key, on = server) =>
  judged(path, method, await on.call(path, { key: as, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const make = async (body = {}, as = key) => {
  made = ok(await call(all, 'POST', { url: hooked.url(), events: ['document.delivered'], ...body }, as), 201);
  return made;
};
async function pass(advance) {
  const moved = await server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' } });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
}
async function sent(number) {
  const answer = await server.send(key, invoice({ number, seller, buyer }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  await server.settled(key, answer.json.id);
  return answer.json.id;
}
const calls = (count, path) => server.until(async () => hooked.to(path), (got) => got.length >= count);
const messages = async (id, query = '', as = key) => ok(await call(`${all}/${id}/messages${query}`, 'GET', undefined, as));
const detail = async (id, message) => ok(await call(`${all}/${id}/messages/${message}`));
const ended = (id, message) => server.until(() => detail(id, message), ({ endedAt }) => endedAt !== null);

test('a secret is shown when it is made and never again', async () => {
  const { id, secret, health } = await make({ description: 'Affärssystemet' });
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.deepEqual(health, { delivered: 0, failed: 0, lastAt: null, lastTaken: null });
  assert.equal(ok(await call(`${all}/${id}`)).secret, null);
  const { items, eventTypes } = ok(await call(all));
  assert.equal(items.length, 1);
  assert.ok(!JSON.stringify(items).includes('whsec_'));
  assert.ok(eventTypes.includes('document.delivered'));
  const changed = ok(await call(`${all}/${id}`, 'PATCH', { description: null, events: ['*'], directions: ['sent'], documentTypes: ['invoice'] }));
  assert.deepEqual([changed.description, changed.events, changed.directions, changed.documentTypes, changed.secret], [null, ['*'], ['sent'], ['invoice'], null]);
  assert.equal(changed.url, hooked.url(), 'what is left out stays');
});

test('what happens is told once, signed, without contents', async () => {
  const { secret, id } = await make();
  const document = await sent('W-1');
  const [told] = await calls(1);
  const json = verified(secret, told.headers, told.body);
  assert.equal(told.method, 'POST');
  assert.equal(told.headers['content-type'], 'application/json');
  assert.equal(json.type, 'document.delivered');
  assert.deepEqual([json.data.id, json.data.number, json.data.kind, json.data.status, json.data.direction], [document, 'W-1', 'invoice', 'delivered', 'sent']);
  assert.deepEqual(json.data.company, { identifier: `0007:${seller.identifier}`, name: seller.name });
  assert.deepEqual(json.data.counterpart, { identifier: `0007:${buyer.identifier}`, name: buyer.name });
  assert.ok(json.data.links.document.endsWith(`/api/v1/documents/${document}`));
  assert.throws(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, told.headers, told.body), /no signature fits/);
  assert.throws(() => verified(secret, told.headers, told.body.replace('W-1', 'W-2')), /no signature fits/);
  const { items } = await messages(id);
  assert.equal(items.length, 1);
  const message = await ended(id, items[0].id);
  assert.equal(told.headers['webhook-id'], message.id);
  assert.deepEqual(message.payload, json);
  assert.deepEqual(message.tried.map(({ number, status, taken }) => [number, status, taken]), [[1, 204, true]]);
  assert.ok(message.tried[0].milliseconds >= 0);
  assert.deepEqual((({ delivered, failed, lastTaken }) => [delivered, failed, lastTaken])(ok(await call(`${all}/${id}`)).health), [1, 0, true]);
});

test('directions, types of document and companies choose', async () => {
  await make({ url: hooked.url('/sent'), directions: ['sent'] });
  await make({ url: hooked.url('/received'), directions: ['received'] });
  await make({ url: hooked.url('/orders'), documentTypes: ['order'] });
  await make({ url: hooked.url('/buyer') }, buyerKey);
  await make({ url: hooked.url('/above'), includeSubsidiaries: true }, parentKey);
  await make({ url: hooked.url('/alone') }, parentKey);
  await sent('W-2');
  for (const path of ['/sent', '/buyer', '/above']) await calls(1, path);
  await pass('PT1M');
  assert.deepEqual(['/sent', '/received', '/orders', '/buyer', '/above', '/alone'].map((path) => hooked.to(path).length), [1, 0, 0, 1, 1, 0]);
  assert.equal(hooked.to('/buyer')[0].json.data.direction, 'received');
  assert.equal(hooked.to('/above')[0].json.data.company.name, seller.name);
});

test('a failure is tried again, each attempt with its code and answer, and a replay keeps the id', async () => {
  const { id } = await make();
  hooked.answer = (_, response) => response.writeHead(500).end('the ledger is closed');
  await sent('W-3');
  await calls(1);
  await pass('PT30S');
  await pass('PT2M');
  assert.equal(hooked.to().length, 3, '5 s and 1 min later');
  assert.equal(new Set(hooked.to().map(({ headers }) => headers['webhook-id'])).size, 1);
  const [item] = (await messages(id, '?state=failed')).items;
  assert.equal(item.attempts, 3);
  const failed = await detail(id, item.id);
  assert.deepEqual(failed.tried.map(({ status, taken, answer }) => [status, taken, answer]), Array(3).fill([500, false, 'the ledger is closed']));
  assert.ok(Date.parse(failed.nextTryAt) > Date.parse(failed.tried[2].startedAt));
  hooked.clear();
  const again = ok(await call(`${all}/${id}/messages/${item.id}/replay`, 'POST'), 202);
  assert.deepEqual([again.id, again.state, again.replays], [item.id, 'waiting', 1]);
  const delivered = await ended(id, item.id);
  assert.equal(delivered.state, 'delivered');
  assert.equal(delivered.attempts, 4);
  assert.equal(hooked.to()[0].headers['webhook-id'], item.id);
  await pass('P1D');
  assert.equal(hooked.to().length, 1, 'the earlier retries are over');
});

test('after three days it is given up, and many are sent again at once', async () => {
  const { id } = await make();
  hooked.status = 404;
  for (const number of ['W-4', 'W-5', 'W-6']) await sent(number);
  await calls(3);
  await pass('P4D');
  const given = (await messages(id, '?state=given-up')).items;
  assert.equal(given.length, 3);
  assert.deepEqual(given.map(({ attempts, nextTryAt }) => [attempts, nextTryAt]), Array(3).fill([11, null]));
  const pages = [await messages(id, '?limit=2')];
  pages.push(await messages(id, `?limit=2&cursor=${pages[0].nextCursor}`));
  assert.deepEqual(pages.flatMap(({ items }) => items.map((item) => item.id)), given.map((item) => item.id));
  assert.equal(pages[1].nextCursor, null);
  hooked.clear();
  const nothing = ok(await call(`${all}/${id}/replay`, 'POST', { to: '2020-01-01T00:00:00Z' }), 202);
  assert.deepEqual(nothing, { replayed: 0, more: false });
  assert.deepEqual(ok(await call(`${all}/${id}/replay`, 'POST', { from: '2020-01-01T00:00:00Z', state: 'failed' }), 202), { replayed: 3, more: false });
  await calls(3);
  for (const { id: message } of given) assert.equal((await ended(id, message)).state, 'delivered');
});

test('while the secret is changed both sign, and then the new one alone', async () => {
  const { id, secret } = await make();
  const rotated = ok(await call(`${all}/${id}/rotate-secret`, 'POST', {}));
  assert.notEqual(rotated.secret, secret);
  assert.ok(rotated.previousSecretUntil);
  await sent('W-7');
  const [both] = await calls(1);
  verified(secret, both.headers, both.body);
  verified(rotated.secret, both.headers, both.body);
  await pass('P1DT1M');
  assert.equal(ok(await call(`${all}/${id}`)).previousSecretUntil, null);
  hooked.clear();
  await sent('W-8');
  const [one] = await calls(1);
  verified(rotated.secret, one.headers, one.body);
  assert.throws(() => verified(secret, one.headers, one.body), /no signature fits/);
  const atOnce = ok(await call(`${all}/${id}/rotate-secret`, 'POST', { previousValidFor: 'PT0S' }));
  assert.equal(atOnce.previousSecretUntil, null);
});

test('a test tells how it was answered, also of one that is off', async () => {
  const { id, secret } = await make({ active: false });
  hooked.answer = (_, response) => response.writeHead(401).end('who are you?');
  const { id: message, type } = ok(await call(`${all}/${id}/test`, 'POST'), 202);
  assert.equal(type, 'webhook.test');
  const answered = await ended(id, message);
  assert.deepEqual([answered.state, answered.tried[0].status, answered.tried[0].answer], ['given-up', 401, 'who are you?']);
  assert.equal(verified(secret, hooked.to()[0].headers, hooked.to()[0].body).type, 'webhook.test');
  await sent('W-9');
  await pass('PT1M');
  assert.equal(hooked.to().length, 1, 'nothing else is sent while it is off, and a test once');
  assert.equal((await call(`${all}/${id}/messages/${message}/replay`, 'POST')).json.code, 'webhook-off');
  assert.equal((await call(`${all}/${id}/replay`, 'POST', {})).json.code, 'webhook-off');
});

test('410 turns it off, and turned on it is told what comes then', async () => {
  const { id } = await make();
  hooked.status = 410;
  await sent('W-10');
  const off = await server.until(() => call(`${all}/${id}`), ({ json }) => !json.active);
  assert.equal(off.json.offReason, 'gone');
  hooked.clear();
  await sent('W-11');
  const on = ok(await call(`${all}/${id}`, 'PATCH', { active: true }));
  assert.deepEqual([on.active, on.offReason, on.failingSince], [true, null, null]);
  await sent('W-12');
  await calls(1);
  await pass('PT1M');
  assert.deepEqual(hooked.to().map(({ json }) => json.data.number), ['W-12']);
});

test('a receiver that never answers holds up nobody else', async () => {
  const other = await Hooked.start();
  const held = [];
  other.answer = (_, response) => held.push(response);
  try {
    await make({ url: other.url(), events: ['*'] });
    await make();
    for (const number of ['W-13', 'W-14', 'W-15']) await sent(number);
    const told = await calls(3);
    assert.deepEqual(told.map(({ json }) => json.data.number).sort(), ['W-13', 'W-14', 'W-15']);
    assert.ok(held.length > 0, 'the slow one was asked, too');
  } finally {
    for (const response of held) response.writeHead(204).end();
    await other.stop();
  }
});

test('an answer without end is read so far and no further, a redirect is not followed', async () => {
  const { id } = await make();
  hooked.answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more).on('error', () => {});
    more();
  };
  const { id: message } = ok(await call(`${all}/${id}/test`, 'POST'), 202);
  const huge = await ended(id, message);
  assert.deepEqual([huge.state, huge.tried[0].status, huge.tried[0].answer.length], ['delivered', 200, 1024]);
  hooked.clear();
  hooked.answer = (_, response) => response.writeHead(307, { location: hooked.url('/internal') }).end();
  const { id: second } = ok(await call(`${all}/${id}/test`, 'POST'), 202);
  assert.equal((await ended(id, second)).tried[0].status, 307);
  assert.equal(hooked.to('/internal').length, 0);
});

test('another company’s webhook is as if there were none', async () => {
  const { id } = await make();
  const { id: message } = ok(await call(`${all}/${id}/test`, 'POST'), 202);
  await ended(id, message);
  const nobody = '00000000-0000-7000-8000-000000000000';
  for (const [method, below, body] of [['GET', ''], ['PATCH', '', { active: false }], ['DELETE', ''], ['POST', '/rotate-secret', {}], ['POST', '/test'], ['POST', '/replay', {}], ['GET', '/messages'], ['GET', `/messages/${message}`], ['POST', `/messages/${message}/replay`]]) {
    const foreign = await call(`${all}/${id}${below}`, method, body, buyerKey);
    const absent = await call(`${all}/${nobody}${below}`, method, body, buyerKey);
    assert.equal(foreign.status, 404, `${method} ${below}`);
    assert.deepEqual(foreign.bytes, absent.bytes, `${method} ${below}`);
  }
  const { id: own } = ok(await call(all, 'POST', { url: hooked.url() }, buyerKey), 201);
  assert.equal((await call(`${all}/${own}/messages/${message}`, 'GET', undefined, buyerKey)).status, 404, 'nor through one’s own');
  assert.equal(ok(await call(`${all}/${id}`)).active, true);
});

test('what is asked for is read strictly', async () => {
  for (const [body, where] of [
    [{}, '/url'],
    [{ url: '' }, '/url'],
    [{ url: 'ftp://example.com/' }, '/url'],
    [{ url: hooked.url(), events: [] }, '/events'],
    [{ url: hooked.url(), events: ['document.eaten'] }, '/events/0'],
    [{ url: hooked.url(), events: 'document.sent' }, '/events'],
    [{ url: hooked.url(), directions: ['up'] }, '/directions/0'],
    [{ url: hooked.url(), documentTypes: ['poem'] }, '/documentTypes/0'],
    [{ url: hooked.url(), active: 'yes' }, '/active'],
    [{ url: hooked.url(), secret: 'whsec_mine' }, '/secret'],
    [{ url: hooked.url(), description: 'x'.repeat(201) }, '/description'],
  ]) {
    const refused = await call(all, 'POST', body);
    assert.equal(refused.status, 400, JSON.stringify(body));
    assert.equal(refused.json.where, where, JSON.stringify(body));
  }
  const { id } = await make();
  assert.equal((await call(`${all}/${id}/messages?state=lost`)).status, 400);
  assert.equal((await call(`${all}/${id}/messages?colour=red`)).status, 400);
  assert.equal((await call(`${all}/${id}/messages?cursor=made-up`)).status, 400);
  assert.equal((await call(`${all}/${id}/replay`, 'POST', { from: 'yesterday' })).status, 400);
  assert.equal((await call(`${all}/${id}/replay`, 'POST', { state: 'lost' })).status, 400);
  assert.equal((await call(`${all}/${id}/rotate-secret`, 'POST', { previousValidFor: 'P31D' })).status, 400);
});

test('a company has fifty and no more', async () => {
  for (let count = 0; count < 50; count++) await make({ active: false });
  const refused = await call(all, 'POST', { url: hooked.url() });
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'webhooks-too-many');
});

test('a server that dies tells everything all the same, and nothing under two ids', async () => {
  await make();
  const numbers = Array.from({ length: 25 }, (_, index) => `K-${index}`);
  for (const number of numbers.slice(0, 15)) assert.equal((await server.send(key, invoice({ number, seller, buyer }))).status, 202);
  await server.kill();
  await server.up();
  for (const number of numbers.slice(15)) assert.equal((await server.send(key, invoice({ number, seller, buyer }))).status, 202);
  await server.until(async () => new Set(hooked.to().map(({ json }) => json.data.number)), (told) => numbers.every((number) => told.has(number)), 30_000);
  const ids = new Map();
  for (const { json, headers } of hooked.to()) ids.set(json.data.number, (ids.get(json.data.number) ?? new Set()).add(headers['webhook-id']));
  for (const [number, of] of ids) assert.equal(of.size, 1, number);
});

test('no address leads inwards', async (context) => {
  const strict = await Server.start({ args: ['--simulated-clock'] });
  context.after(() => strict.remove());
  await strict.company(`0007:${seller.identifier}`, seller.name);
  const own = await strict.key(`0007:${seller.identifier}`, scopes);
  const post = (url) => call(all, 'POST', { url }, own, strict);
  for (const host of ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '017700000001', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '169.254.169.254', '[fe80::1]', '[fd00::1]', '10.0.0.8', '172.16.0.1', '192.168.0.1', '100.64.0.1', 'localhost', 'LOCALHOST']) {
    const refused = await post(`https://${host}:${hooked.port}/in`);
    assert.equal(refused.status, 400, host);
    assert.equal(refused.json.code, 'address-refused', host);
    assert.equal(refused.json.where, '/url', host);
  }
  for (const url of [hooked.url().replace('127.0.0.1', 'example.com'), 'https://user:word@example.com/', 'https://example.com/#a', 'file:///etc/passwd', 'https:///in'])
    assert.equal((await post(url)).json.code, 'url-invalid', url);

  // A name may be set, since what it stands for may change: what counts is where the connection would go.
  const named = hostname();
  const inside = await lookup(named, { all: true }).catch(() => []);
  const names = inside.some(({ address }) => /^(10|127|172|192\.168)\b/.test(address)) ? [`${named}:${hooked.port}`] : [];
  for (const name of [...names, `localhost.:${hooked.port}`]) {
    const answer = await post(`https://${name}/in`);
    if (answer.status === 400) {
      assert.equal(answer.json.code, 'address-refused', name);
      continue;
    }
    const { id } = ok(answer, 201);
    const { id: message } = ok(await call(`${all}/${id}/test`, 'POST', undefined, own, strict), 202);
    const { json } = await strict.until(() => call(`${all}/${id}/messages/${message}`, 'GET', undefined, own, strict), (got) => got.json.endedAt !== null);
    assert.equal(json.tried[0].status, null, name);
    assert.ok(['address-refused', 'host-unknown'].includes(json.tried[0].code), `${name}: ${json.tried[0].code}`);
  }
  assert.equal(hooked.calls.length, 0, 'nobody inside was called');
});

test('every answer of the contract was seen', () => {
  assert.deepEqual(neverSeen(['Webhooks']), []);
});
