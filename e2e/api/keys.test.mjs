// API keys through the real program: made, narrowed, taken over, revoked by people; what a key can never do.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, startWorld } from './world.mjs';

let world, server, ada, bo, karin, top;
const nobody = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';

before(async () => {
  world = await startWorld();
  server = world.server;
  const administrator = async (n, email, name) => Person.signIn(server, await server.user(identifierOf(n), email, name, 'sommar i hamnen', ['--role', 'administrator']));
  ada = await administrator(12, 'ada@nordhamn.example', 'Ada Lind');
  bo = await administrator(12, 'bo@nordhamn.example', 'Bo Ek');
  top = await administrator(11, 'top@nordhamn.example', 'Tina Topp');
  karin = await Person.signIn(server, world.users.karin);
});
after(() => server?.remove());

const call = async (person, method, path, body) => judged(path, method, body === undefined ? await person.call(path, { method }) : await person.json(method, path, body));
const wanted = { name: 'Affärssystem', scopes: ['documents:read', 'documents:write'], expiresInDays: 90 };
const make = async (person, change = {}) => {
  const made = await call(person, 'POST', '/api/v1/keys', { ...wanted, ...change });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  return made.json;
};
const list = async (person) => (await call(person, 'GET', '/api/v1/keys')).json.items;
const listed = async (person, id) => (await list(person)).find((one) => one.id === id);
const read = (secret, path = '/api/v1/documents') => server.call(path, { key: secret });
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.json?.code], [status, code]);

test('a key is made, its secret shown once, and works', async () => {
  const { key, secret } = await make(ada);
  assert.match(secret, /^pg_live_[\w-]{43}$/);
  assert.deepEqual([key.state, key.scopes, key.effectiveScopes, key.madeBy.name, key.lastUsedAt], ['active', wanted.scopes, wanted.scopes, 'Ada Lind', null]);
  assert.equal(Math.round((Date.parse(key.expiresAt) - Date.parse(key.createdAt)) / 86_400_000), 90);
  assert.equal(key.endsSoon, false);
  assert.equal((await read(secret)).status, 200);
  const after = await listed(ada, key.id);
  assert.equal(after.lastUsedFrom, '127.0.0.1');
  assert.ok(after.lastUsedAt);
  const everything = (await call(ada, 'GET', '/api/v1/keys')).bytes.toString();
  assert.ok(!everything.includes(secret.slice(8)), 'the list has no secrets');
});

test('a key that ends within a fortnight would be warned of; one without an end never', async () => {
  assert.equal((await make(ada, { expiresInDays: null })).key.expiresAt, null);
  assert.equal((await make(ada, { expiresInDays: 30 })).key.endsSoon, false);
});

test('revoked: shut out at once, for good, and still in the list', async () => {
  const { key, secret } = await make(ada);
  assert.equal((await read(secret)).status, 200);
  assert.equal((await call(ada, 'DELETE', `/api/v1/keys/${key.id}`)).status, 204);
  refused(await read(secret), 401, 'key-invalid');
  const after = await listed(ada, key.id);
  assert.deepEqual([after.state, after.effectiveScopes], ['revoked', []]);
  assert.equal((await call(ada, 'DELETE', `/api/v1/keys/${key.id}`)).status, 204, 'twice is once');
  assert.equal((await listed(ada, key.id)).revokedAt, after.revokedAt);
  refused(await call(ada, 'PATCH', `/api/v1/keys/${key.id}`, { name: 'Åter' }), 409, 'key-ended');
  refused(await call(ada, 'POST', `/api/v1/keys/${key.id}/take-over`), 409, 'key-ended');
});

test('scopes are taken away at once, and never given back', async () => {
  const { key, secret } = await make(ada, { scopes: ['documents:read', 'partners:read'] });
  assert.equal((await read(secret, '/api/v1/partners')).status, 200);
  const narrowed = await call(ada, 'PATCH', `/api/v1/keys/${key.id}`, { name: 'Bara dokument', scopes: ['documents:read'], expiresInDays: 365 });
  assert.deepEqual([narrowed.status, narrowed.json.name, narrowed.json.scopes], [200, 'Bara dokument', ['documents:read']]);
  refused(await read(secret, '/api/v1/partners'), 403, 'scope-missing');
  refused(await call(ada, 'PATCH', `/api/v1/keys/${key.id}`, { scopes: ['documents:read', 'partners:read'] }), 400, 'key-scopes-wider');
});

test('another administrator takes a key over', async () => {
  const { key, secret } = await make(ada);
  const taken = await call(bo, 'POST', `/api/v1/keys/${key.id}/take-over`);
  assert.deepEqual([taken.status, taken.json.madeBy.name, taken.json.state], [200, 'Bo Ek', 'active']);
  assert.equal((await read(secret)).status, 200, 'with the same secret');
});

test('what is wrong is refused, and nothing is made', async () => {
  const before = (await list(ada)).length;
  const post = (body) => call(ada, 'POST', '/api/v1/keys', body);
  refused(await post({ ...wanted, scopes: [] }), 400, 'key-without-scope');
  refused(await post({ ...wanted, scopes: ['documents:delete'] }), 400, 'scope-unknown');
  refused(await post({ ...wanted, scopes: ['keys:write'] }), 400, 'scope-unknown');
  for (const expiresInDays of [31, 0, -30, 30.5, '30', 36_500]) refused(await post({ ...wanted, expiresInDays }), 400, 'field-invalid');
  refused(await post({ name: 'X', scopes: ['documents:read'] }), 400, 'field-invalid');
  refused(await post({ ...wanted, name: '' }), 400, 'field-invalid');
  refused(await post({ ...wanted, name: 'x\u0000y' }), 400, 'field-invalid');
  refused(await post({ ...wanted, name: 'x'.repeat(101) }), 400, 'field-invalid');
  refused(await post({ ...wanted, madeBy: nobody }), 400, 'field-unknown');
  refused(await post({ ...wanted, secret: 'pg_live_mine' }), 400, 'field-unknown');
  const form = judged('/api/v1/keys', 'POST', await ada.call('/api/v1/keys', { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } }));
  assert.equal(form.status, 415);
  assert.equal((await list(ada)).length, before);
});

test('who is no administrator, and what is no person, gets no keys', async () => {
  const { key, secret } = await make(ada, { scopes: ['companies:read', 'companies:write', 'users:read', 'users:write'] });
  const calls = [['GET', '/api/v1/keys'], ['POST', '/api/v1/keys', wanted], ['PATCH', `/api/v1/keys/${key.id}`, { name: 'X' }], ['POST', `/api/v1/keys/${key.id}/take-over`], ['DELETE', `/api/v1/keys/${key.id}`]];
  for (const [method, path, body] of calls) {
    refused(await call(karin, method, path, body), 403, 'scope-missing');
    const program = await server.call(path, { key: secret, method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
    refused(judged(path, method, program), 403, 'scope-missing');
    refused(judged(path, method, await server.call(path, { method })), 401, 'not-signed-in');
    if (method === 'GET') continue;
    const forged = await ada.call(path, { method, headers: { 'x-csrf-token': 'wrong' } });
    refused(judged(path, method, forged), 403, 'csrf-token-wrong');
  }
  assert.equal((await listed(ada, key.id)).state, 'active');
});

test("another company's key answers exactly as an absent one", async () => {
  const holm = await Person.signIn(server, await server.user(identifierOf(14), 'chef@granberga.example', 'Per Holm', 'byggnadslov 1962', ['--role', 'administrator']));
  const { key } = await make(ada);
  for (const [method, below, body] of [['PATCH', '', { name: 'X' }], ['POST', '/take-over'], ['DELETE', '']]) {
    const foreign = await call(holm, method, `/api/v1/keys/${key.id}${below}`, body);
    const absent = await call(holm, method, `/api/v1/keys/${nobody}${below}`, body);
    assert.equal(foreign.status, 404);
    assert.deepEqual(foreign.bytes, absent.bytes);
    assert.equal((await call(holm, method, `/api/v1/keys/not-an-id${below}`, body)).status, 404);
  }
  assert.equal((await list(holm)).find((one) => one.id === key.id), undefined);
  assert.equal((await call(holm, 'POST', '/api/v1/keys', { ...wanted, companyId: ada.session.company.id })).status, 404);
});

test("the group's top makes and revokes keys of the companies beneath it", async () => {
  const { key, secret } = await make(top, { companyId: ada.session.company.id });
  assert.equal(key.company.name, 'Nordhamn Energi AB');
  assert.equal((await read(secret)).status, 200);
  assert.equal((await listed(ada, key.id)).madeBy.name, 'Tina Topp');
  assert.equal((await call(top, 'DELETE', `/api/v1/keys/${key.id}`)).status, 204);
  refused(await read(secret), 401, 'key-invalid');
});

test('every answer of the contract has been given', () => assert.deepEqual(neverSeen(['Keys']), []));
