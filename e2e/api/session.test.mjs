// Sessions and keys as an attacker meets them.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Person, cookieOf, signInAnswer } from './session.mjs';
import { identifierOf, invoiceFrom, startWorld } from './world.mjs';

let world, server;
before(async () => {
  world = await startWorld();
  server = world.server;
});
after(() => world?.server.remove());

test('the cookie is out of reach of scripts and other sites', async () => {
  const answer = await signInAnswer(server, world.users.karin);
  assert.match(answer.headers.getSetCookie()[0], /^postgang_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
});

test('signing in gives a new session and ends the one before', async () => {
  const first = await Person.signIn(server, world.users.karin);
  const again = await signInAnswer(server, world.users.karin, { cookie: first.cookie });
  assert.notEqual(cookieOf(again), first.cookie);
  assert.equal((await first.call('/api/v1/session')).status, 401);
});

test('a session that somebody chose is not taken over', async () => {
  const planted = `postgang_session=${'a'.repeat(43)}`;
  const answer = await signInAnswer(server, world.users.karin, { cookie: planted });
  assert.notEqual(cookieOf(answer), planted);
  assert.equal((await server.call('/api/v1/session', { headers: { cookie: planted } })).status, 401);
});

test('without the CSRF token a cookie changes nothing', async () => {
  const karin = await Person.signIn(server, world.users.karin);
  const per = await Person.signIn(server, world.users.holm);
  const post = (headers) => server.call('/api/v1/documents', { method: 'POST', body: invoiceFrom('energi', 'granberga', 'S-1'), headers: { cookie: karin.cookie, 'content-type': 'application/xml', ...headers } });
  for (const headers of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'x'.repeat(43) }, { 'x-csrf-token': per.session.csrfToken }]) {
    const answer = await post(headers);
    assert.deepEqual([answer.status, answer.json.code], [403, 'csrf-token-wrong']);
  }
  const foreign = await post({ 'x-csrf-token': karin.session.csrfToken, 'sec-fetch-site': 'cross-site' });
  assert.deepEqual([foreign.status, foreign.json.code], [403, 'origin-foreign']);
  assert.equal((await post({ 'x-csrf-token': karin.session.csrfToken })).status, 202);
});

test('a key goes before a cookie and is not helped by it', async () => {
  const karin = await Person.signIn(server, world.users.karin);
  const answer = await server.call('/api/v1/documents', { key: 'pg_live_wrong', headers: { cookie: karin.cookie } });
  assert.deepEqual([answer.status, answer.json.code], [401, 'key-invalid']);
  assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
});

test('keys that are wrong', async () => {
  for (const authorization of ['Bearer', 'Bearer ', 'Basic abc', `Bearer ${'x'.repeat(5000)}`, 'Bearer pg_live_', `bearer${world.keys.energi}`]) {
    const answer = await server.call('/api/v1/documents', { headers: { authorization } });
    assert.deepEqual([answer.status, answer.json.code], [401, 'key-invalid'], authorization);
  }
});

test('a key may do what its scopes say and no more', async () => {
  const reader = await server.key(identifierOf(12), 'documents:read');
  assert.equal((await server.call('/api/v1/documents', { key: reader })).status, 200);
  for (const [method, path] of [['POST', '/api/v1/documents'], ['POST', '/api/v1/validate'], ['GET', '/api/v1/partners'], ['GET', '/api/v1/statistics']]) {
    const answer = await server.call(path, { key: reader, method, body: method === 'POST' ? 'x' : undefined });
    assert.deepEqual([answer.status, answer.json.code], [403, 'scope-missing'], path);
    assert.ok(answer.json.parameters.scope.includes(':'));
  }
});

test('a wrong password and an unknown address cannot be told apart, and guessing is slowed', async () => {
  const wrong = await signInAnswer(server, { email: 'chef@nordhamn.example', password: 'fel lösenord' });
  const unknown = await signInAnswer(server, { email: 'ingen@nordhamn.example', password: 'fel lösenord' });
  assert.deepEqual(wrong.json, unknown.json);
  let last;
  for (let tries = 0; tries < 6; tries++) last = await signInAnswer(server, { email: 'chef@nordhamn.example', password: 'fel lösenord' });
  assert.deepEqual([last.status, last.json.code], [429, 'too-many-attempts']);
  const right = await signInAnswer(server, world.users.chef);
  assert.equal(right.status, 429, 'the right password waits as well');
});

test('a flood of sign-ins does not stop the documents', async () => {
  const flood = Array.from({ length: 40 }, (_, index) => signInAnswer(server, { email: `bot${index}@evil.example`, password: 'fel lösenord' }));
  const sent = await server.send(world.keys.energi, invoiceFrom('energi', 'granberga', 'S-2'));
  assert.equal(sent.status, 202);
  for (const answer of await Promise.all(flood)) assert.ok([401, 429].includes(answer.status), String(answer.status));
});
