// Retention through the real program: rules, holds, eight years on the simulated clock, what verify says then; and what is
// held about a person.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { run, Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';

const seller = { identifier: company(81), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(82), name: 'Granberga Bygg AB' };
const scopes = 'documents:read,documents:write,partners:read,partners:write,companies:read,companies:write,users:read,users:write';
let server, key, other;

before(async () => {
  server = await Server.start({ args: ['--simulated-clock'] });
  for (const one of [seller, buyer]) await server.company(`0007:${one.identifier}`, one.name);
  await server.user(`0007:${seller.identifier}`, 'karin@nordhamn.example', 'Karin Sund', 'sommar i hamnen');
  key = await server.key(`0007:${seller.identifier}`, scopes);
  other = await server.key(`0007:${buyer.identifier}`, scopes);
});
after(() => server?.remove());

const call = async (path, method = 'GET', body, as = key) =>
  judged(path, method, await server.call(path, { key: as, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const retention = '/api/v1/retention';
async function send(number) {
  const sent = await server.send(key, invoice({ number, seller, buyer }));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.settled(key, sent.json.id);
  return sent.json.id;
}
const isThere = async (id) => (await server.call(`/api/v1/documents/${id}`, { key })).status === 200;

test('accounting records are kept by law, and never shorter', async () => {
  const { rules, yearEnd } = ok(await call(retention));
  assert.equal(yearEnd, 12);
  assert.deepEqual(rules.find((rule) => rule.kind === 'invoice').years, 7);
  for (const body of [{ years: 6 }, { days: 100 }]) {
    const refused = await call(`${retention}/invoice`, 'PUT', body);
    assert.deepEqual([refused.status, refused.json.code], [400, 'retention-too-short']);
  }
  assert.equal(ok(await call(`${retention}/invoice`, 'PUT', { years: 10 })).rules[0].years, 10);
  assert.equal(ok(await call(`${retention}/order`, 'PUT', { days: 30 })).rules.find((rule) => rule.kind === 'order').days, 30);
  ok(await call(`${retention}/invoice`, 'PUT', { years: 7 }));
  assert.equal((await call(`${retention}/letter`, 'PUT', { years: 7 })).status, 404);
  assert.equal((await call(retention, 'PUT', { yearEnd: 13 })).status, 400);
  assert.equal(ok(await call(retention, 'PUT', { yearEnd: 6 })).yearEnd, 6);
  ok(await call(retention, 'PUT', { yearEnd: 12 }));
});

test('a hold is put on what is seen, and released once', async () => {
  const id = await send('H-1');
  assert.equal(ok(await call(`${retention}/holds/${id}`, 'PUT', { reason: 'Tvist' })).holds[0].document, id);
  const absent = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';
  assert.equal((await call(`${retention}/holds/${absent}`, 'PUT', { reason: 'Tvist' })).status, 404);
  assert.equal((await call(`${retention}/holds/${id}`, 'DELETE')).status, 204);
  assert.equal((await call(`${retention}/holds/${id}`, 'DELETE')).status, 404);
});

test('eight years on: what is due is gone, what is held is not, and the store is whole', async () => {
  const gone = await send('R-1');
  const held = await send('R-2');
  ok(await call(`${retention}/holds/${held}`, 'PUT', { reason: 'Revision' }, other));
  const { items } = ok(await call(`${retention}/preview`));
  assert.equal(items.length, 1);
  assert.equal(items[0].documents, 3);
  const year = Number(items[0].from.slice(0, 4));
  const days = Math.round((Date.UTC(year, 0, 2) - Date.now()) / 86_400_000) + 1;
  const advance = async (duration) => {
    const body = JSON.stringify({ advance: duration });
    const moved = await server.call('/api/v1/clock', { key, method: 'POST', body, headers: { 'content-type': 'application/json' } });
    assert.equal(moved.status, 200, JSON.stringify(moved.json));
  };
  for (let left = days; left > 0; left -= 365) await advance(`P${Math.min(left, 365)}D`);
  await advance('PT4H'); // what is due goes by night, after half past two
  await server.until(() => isThere(gone), (there) => !there, 30_000);
  assert.ok(await isThere(held), 'its receiver holds it');
  const { erased, lastRunOn } = ok(await call(retention));
  assert.equal(erased, 2);
  assert.ok(lastRunOn);
  await server.stop();
  const verified = await run(['admin', 'verify', '--data', server.data, '--json']);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  assert.equal(JSON.parse(verified.stdout).erased, 2);
  await server.up();
});

test('what is held about a person, as JSON and as a file', async () => {
  const found = ok(await call('/api/v1/persons/report?query=karin%40nordhamn.example'));
  assert.deepEqual(found.users.map((user) => user.name), ['Karin Sund']);
  const file = await call('/api/v1/persons/report?query=karin&format=csv');
  assert.equal(file.status, 200);
  assert.match(file.bytes.toString(), /Karin Sund/);
  assert.equal((await call('/api/v1/persons/report?query=ka')).json.code, 'query-too-short');
  assert.equal(ok(await call('/api/v1/persons/report?query=19850412-0017')).masked, ok(await call('/api/v1/persons/report?query=198504120017')).masked);
  assert.deepEqual(ok(await call('/api/v1/persons/report?query=karin%40nordhamn.example', 'GET', undefined, other)).users, []);
});

test('a company holds no more than a thousand documents one by one', async () => {
  const id = await send('H-2');
  ok(await call(`${retention}/holds/all`, 'PUT', { reason: 'Allt' }));
  assert.equal(ok(await call(`${retention}/holds/${id}`, 'PUT', { reason: 'Tvist' })).holds.length, 2);
  assert.equal((await call(`${retention}/holds/all`, 'DELETE')).status, 204);
});

test('every answer that the contract has was seen', () => {
  // Over a thousand holds: tests/store.
  assert.deepEqual(neverSeen(['Retention'], new Map([[`put ${retention}/holds/{held} 409`, true]])), []);
});
