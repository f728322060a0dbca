// A sandbox by its API alone: made by an administrator, then each test receiver to its end with a pg_test_ key, an invoice
// received, the switch into it by the portal's session, and nothing of it anywhere else.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { invoice } from '../support/invoice.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, party, sendAndSettle, startWorld } from './world.mjs';

const password = 'fyren i hamnen 1907';
let world, server, admin, key, twin, receivers;
before(async () => {
  world = await startWorld();
  server = world.server;
  const user = await server.user(identifierOf(12), 'admin@nordhamn.example', 'Ada Min', password, ['--role', 'administrator']);
  admin = await Person.signIn(server, user);
});
after(() => world?.server.remove());

const json = { 'content-type': 'application/json' };
const asKey = async (path, method = 'GET', body, as = key, headers = {}) =>
  judged(path, method, await server.call(path, { key: as, method, headers: { ...(body === undefined ? {} : json), ...headers }, body: body === undefined ? undefined : JSON.stringify(body) }));
const asAdmin = async (path, method = 'GET', body) =>
  judged(path, method, await (body === undefined ? admin.call(path, { method }) : admin.json(method, path, body)));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const document = (id, as = key) => asKey(`/api/v1/documents/${id}`, 'GET', undefined, as);
const becomes = async (id, status) => (await server.until(() => document(id), (answer) => answer.json?.status === status)).json;
const sent = async (receiver, orderNumber) => ok(await asKey('/api/v1/sandbox/send', 'POST', { receiver, ...(orderNumber ? { orderNumber } : {}) }), 202).id;
const advance = async (id) => ok(await asKey(`/api/v1/sandbox/documents/${id}/advance`, 'POST')).advanced;
const types = async (id) => ok(await asKey(`/api/v1/documents/${id}/events`)).items.map((event) => event.type);

test('an administrator makes it, and gets a key that is shown once', async () => {
  const before = ok(await asAdmin('/api/v1/sandbox'));
  assert.deepEqual([before.inside, before.sandbox], [false, null]);
  const made = ok(await asAdmin('/api/v1/sandbox', 'POST'), 201);
  assert.match(made.key.secret, /^pg_test_/);
  assert.ok(!made.key.scopes.includes('users:read') && !made.key.scopes.includes('keys:write'));
  assert.deepEqual([made.sandbox.identifier, made.sandbox.name], [identifierOf(12), party('energi').name]);
  key = made.key.secret;
  twin = made.sandbox.id;
  const again = await asAdmin('/api/v1/sandbox', 'POST');
  assert.deepEqual([again.status, again.json.code], [409, 'sandbox-exists']);
  const inside = ok(await asKey('/api/v1/sandbox'));
  assert.deepEqual([inside.inside, inside.sandbox.id], [true, twin]);
  receivers = inside.receivers;
  assert.deepEqual(receivers.map((one) => one.key), ['delivers', 'bounces', 'never-opens', 'refuses', 'stops', 'slow', 'uncertain', 'bank']);
});

test('delivers, and is opened', async () => {
  const id = await sent('delivers');
  assert.equal((await becomes(id, 'delivered')).channel, 'network');
  assert.equal(await advance(id), 1);
  await becomes(id, 'opened');
  assert.equal(await advance(id), 0);
});

test('bounces, and goes to paper', async () => {
  const id = await sent('bounces');
  assert.equal((await becomes(id, 'sent')).channel, 'print');
  assert.ok((await types(id)).includes('bounced'));
  assert.equal(await advance(id), 2);
  await server.until(() => types(id), (all) => all.includes('posted'));
});

test('is never opened, and goes to paper at its deadline', async () => {
  const id = await sent('never-opens');
  assert.equal((await becomes(id, 'sent')).channel, 'email');
  assert.equal(await advance(id), 1);
  await server.until(() => document(id), ({ json }) => json.channel === 'print');
  assert.ok((await types(id)).includes('delivery-expired'));
});

test('refuses, with a reason', async () => {
  const id = await sent('refuses');
  await becomes(id, 'delivered');
  assert.equal(await advance(id), 1);
  await becomes(id, 'rejected');
  const { items } = ok(await asKey(`/api/v1/documents/${id}/events`));
  assert.match(items.find((event) => event.type === 'rejected').parameters.reason, /Sandbox/);
});

test('stops what has no order number of its form, until it is corrected', async () => {
  const id = await sent('stops');
  await becomes(id, 'returned');
  const { items } = ok(await asKey(`/api/v1/documents/${id}/findings`));
  assert.deepEqual(items.map((finding) => finding.term), ['BT-13']);
  const corrected = ok(await asKey(`/api/v1/documents/${id}/corrections`, 'POST', { changes: [{ term: 'BT-13', value: '45123456' }], send: true }), 201);
  await becomes(corrected.id, 'delivered');
  await becomes(await sent('stops', '45000001'), 'delivered');
});

test('is slow', async () => {
  const id = await sent('slow');
  await becomes(id, 'sent');
  assert.equal(await advance(id), 1);
  await becomes(id, 'delivered');
});

test('is uncertain', async () => {
  const id = await sent('uncertain');
  const { json: deliveries } = await server.until(() => asKey(`/api/v1/documents/${id}/deliveries`), ({ json: { items } }) => items[0]?.status === 'uncertain');
  assert.equal(deliveries.items[0].channel, 'email');
});

test('lies in the internet bank', async () => assert.equal((await becomes(await sent('bank'), 'delivered')).channel, 'bank'));

test('a file of our own goes the same way, and to a customer here it goes nowhere', async () => {
  const { identifier, name } = receivers.find((one) => one.key === 'delivers');
  const own = invoice({ number: 'EGEN-1', seller: party('energi'), buyer: { identifier: identifier.slice(5), name } });
  const { id } = ok(judged('/api/v1/documents', 'POST', await server.send(key, own)), 202);
  await becomes(id, 'delivered');
  const toCustomer = await server.send(key, invoice({ number: 'EGEN-2', seller: party('energi'), buyer: party('granberga') }));
  await becomes(toCustomer.json.id, 'delivered');
  const there = ok(await asKey('/api/v1/documents?number=EGEN-2', 'GET', undefined, world.keys.granberga));
  assert.deepEqual(there.items, []);
  assert.equal((await document(id, world.keys.energi)).status, 404);
  assert.equal((await document(id, world.keys.nordhamn)).status, 404, 'nor the group above');
});

test('a supplier’s invoice is received', async () => {
  for (const kind of ['invoice', 'credit-note']) {
    const { id, number } = ok(await asKey('/api/v1/sandbox/receive', 'POST', { kind }), 202);
    const found = await becomes(id, 'delivered');
    assert.deepEqual([found.direction, found.number, found.type], ['received', number, kind]);
  }
  const { items } = ok(await asKey('/api/v1/documents?direction=received', 'GET', undefined, world.keys.energi));
  assert.deepEqual(items, []);
});

test('what would leave the building, or come in, is refused', async () => {
  for (const [path, body] of [
    ['/api/v1/handovers/settings/default', { way: 'webhook', address: 'https://erp.example.com/in', version: 0 }],
    ['/api/v1/settings/watched-folder', { address: 'ut', version: 0 }],
    ['/api/v1/settings/inbound-invoices', { on: true }],
  ]) {
    const refused = await asKey(path, 'PUT', body);
    assert.deepEqual([refused.status, refused.json.code], [409, 'not-in-sandbox'], path);
  }
});

test('outside of it there are no test receivers', async () => {
  for (const [path, body] of [['send', { receiver: 'delivers' }], ['receive', { kind: null }]]) {
    const refused = await asKey(`/api/v1/sandbox/${path}`, 'POST', body, world.keys.energi);
    assert.deepEqual([refused.status, refused.json.code], [409, 'sandbox-only']);
  }
  const real = await sendAndSettle(world, 'energi', 'granberga', 'RIKTIG-1');
  const refused = await asKey(`/api/v1/sandbox/documents/${real}/advance`, 'POST', undefined, world.keys.energi);
  assert.deepEqual([refused.status, refused.json.code], [409, 'sandbox-only']);
  assert.equal((await document(real)).status, 404, 'a real document is never in it');
  assert.equal((await asKey(`/api/v1/sandbox/documents/${real}/advance`, 'POST')).status, 404);
});

test('whoever may act for the company may enter it, and has no people to manage there', async () => {
  const session = ok(await asAdmin('/api/v1/session'));
  const offered = session.companies.find((one) => one.id === twin);
  assert.equal(offered.sandboxOf, session.company.id);
  const inside = ok(await asAdmin('/api/v1/session', 'PUT', { companyId: twin }));
  assert.equal(inside.company.id, twin);
  assert.equal(inside.user.role, 'administrator');
  assert.ok(inside.scopes.includes('keys:write') && !inside.scopes.includes('users:write'));
  const within = await asAdmin('/api/v1/sandbox', 'POST');
  assert.deepEqual([within.status, within.json.code], [409, 'sandbox-of-sandbox']);
  const stranger = await Person.signIn(server, world.users.holm);
  assert.equal((await stranger.json('PUT', '/api/v1/session', { companyId: twin })).status, 404);
});

test('emptied, it is a new one with the same key', async () => {
  const { sandbox } = ok(await asAdmin('/api/v1/sandbox/reset', 'POST'));
  assert.notEqual(sandbox.id, twin);
  assert.deepEqual(ok(await asKey('/api/v1/documents')).items, []);
  assert.equal(ok(await asAdmin('/api/v1/session')).company.id, sandbox.id, 'whoever was in it still is');
  await becomes(await sent('delivers'), 'delivered');
});

test('the chains of a sandbox are whole like any other', async () => assert.match(await server.admin('verify'), /./));

test('every documented answer was seen', () => assert.deepEqual(neverSeen(['Sandbox']), []));
