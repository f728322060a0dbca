// What somebody may is what holds now: a role, a membership or an insight that was taken away is gone for sessions and keys
// that were made before, within the second that look-ups are remembered. And what is lent is lent: read only, by type and
// direction, to act with.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { identifierOf, nobody, nouns, Realm } from './permission_realm.mjs';
import { Person } from './session.mjs';

let realm, server, ids, administrator;
const password = 'sommar i hamnen 1962';
before(async () => {
  realm = await Realm.start();
  server = realm.server;
  ids = {};
  for (const side of ['own', 'daughter', 'sister', 'foreign']) ids[side] = await realm.companyId(side);
  administrator = await realm.sign('administrator');
});
after(() => realm?.remove());

let count = 0;
// A person with these roles, as [['daughter', 'clerk'] …]; the first makes the account.
async function person(...roles) {
  const email = `person${++count}@postgang.example`;
  const who = await server.user(identifierOf(roles[0][0]), email, `Person ${count}`, password, ['--role', roles[0][1]]);
  const { items } = await realm.ok('own', 'GET', '/users');
  const made = { ...who, id: items.find((user) => user.email === email).id };
  if (roles.length > 1) await setRoles(made, roles);
  return made;
}
async function setRoles(who, roles, by = administrator) {
  const memberships = roles.map(([side, role]) => ({ companyId: ids[side], role }));
  const answer = await by.json('PATCH', `/api/v1/users/${who.id}`, { memberships });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
}
const ok = (answer, status = 200) => (assert.equal(answer.status, status, answer.bytes.toString().slice(0, 400)), answer.json);
const as = (key) => ({ call: (path, options = {}) => server.call(path, { ...options, key }) });
const change = (who, path, body = {}, method = 'POST') => who.call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const eventually = (ask, status) => server.until(ask, (answer) => answer.status === status);
const sent = (side, to = 'stranger') => realm.sent(side, to);

// --- Roles and memberships

test('a session does what its person’s role is now', async () => {
  const who = await person(['daughter', 'clerk']);
  const session = await Person.signIn(server, who);
  const put = () => session.json('PUT', '/api/v1/partners/customer:roll', { name: 'Anna Berg' });
  assert.ok((await put()).status < 300);
  await setRoles(who, [['daughter', 'reader']]);
  const refused = await eventually(put, 403);
  assert.equal(refused.json.code, 'scope-missing');
  assert.equal((await session.call('/api/v1/partners')).status, 200, 'and reads on');
  await setRoles(who, [['daughter', 'clerk']]);
  await server.until(put, ({ status }) => status < 300);
});

test('who is no longer of a company is out of it, in the session that was open', async () => {
  const who = await person(['daughter', 'clerk'], ['sister', 'reader']);
  const id = await sent('daughter');
  const session = await Person.signIn(server, who);
  ok(await session.json('PUT', '/api/v1/session', { companyId: ids.daughter }));
  ok(await session.call(`/api/v1/documents/${id}`));
  await setRoles(who, [['sister', 'reader']]);
  const path = `/api/v1/documents/${id}`;
  await server.until(() => session.call(path), ({ status }) => status === 404 || status === 401);
  assert.equal((await session.json('PUT', '/api/v1/session', { companyId: ids.daughter })).status === 200, false);
  const again = await Person.signIn(server, who);
  assert.equal((await again.call(path)).status, 404);
  assert.deepEqual(again.session.companies.map((one) => one.id), [ids.sister]);
});

test('whoever is made inactive is signed out', async () => {
  const who = await person(['daughter', 'clerk']);
  const session = await Person.signIn(server, who);
  ok(await administrator.json('PATCH', `/api/v1/users/${who.id}`, { active: false }));
  await eventually(() => session.call('/api/v1/documents'), 401);
});

test('another’s session is as one that is not there', async () => {
  const [first, second] = [await Person.signIn(server, await person(['daughter', 'clerk'])), await Person.signIn(server, await person(['daughter', 'clerk']))];
  const { items } = ok(await second.call('/api/v1/sessions'));
  const remove = (id) => first.call(`/api/v1/sessions/${id}`, { method: 'DELETE' });
  const theirs = await remove(items[0].id);
  assert.equal(theirs.status, 404);
  assert.deepEqual(theirs.bytes, (await remove(nobody)).bytes);
  ok(await second.call('/api/v1/session'));
});

// --- Keys that outlive the role of whoever made them

async function keyOf(who, scopes) {
  const session = await Person.signIn(server, who);
  return ok(await session.json('POST', '/api/v1/keys', { name: 'Affärssystem', scopes, expiresInDays: 30 }), 201).secret;
}
const keyPut = (key) => server.call('/api/v1/partners/customer:nyckel', { key, method: 'PUT', body: '{"name":"Anna Berg"}', headers: { 'content-type': 'application/json' } });

test('a key does no more than its maker still may, and takes part in what comes back', async () => {
  const who = await person(['daughter', 'administrator']);
  const key = await keyOf(who, ['documents:read', 'partners:write']);
  assert.ok((await keyPut(key)).status < 300);
  await setRoles(who, [['daughter', 'reader']]);
  assert.equal((await eventually(() => keyPut(key), 403)).json.code, 'scope-missing');
  ok(await server.call('/api/v1/documents', { key }));
  await setRoles(who, [['daughter', 'administrator']]);
  await server.until(() => keyPut(key), ({ status }) => status < 300);
});

test('a key whose maker has left may nothing, until another administrator takes it over', async () => {
  const who = await person(['daughter', 'administrator'], ['sister', 'reader']);
  const session = await Person.signIn(server, who);
  ok(await session.json('PUT', '/api/v1/session', { companyId: ids.daughter }));
  const { key: made, secret } = ok(await session.json('POST', '/api/v1/keys', { name: 'Kvar', scopes: ['documents:read'], expiresInDays: 30 }), 201);
  ok(await server.call('/api/v1/documents', { key: secret }));
  await setRoles(who, [['sister', 'reader']]);
  await server.until(() => server.call('/api/v1/documents', { key: secret }), ({ status }) => status === 403 || status === 401);
  ok(await administrator.json('POST', `/api/v1/keys/${made.id}/take-over`, {}));
  await eventually(() => server.call('/api/v1/documents', { key: secret }), 200);
});

test('nobody gives a key, or a person, more than he has himself', async () => {
  const who = await person(['daughter', 'administrator']);
  const session = await Person.signIn(server, who);
  for (const scope of ['keys:write', 'everything:write'])
    assert.equal((await session.json('POST', '/api/v1/keys', { name: 'X', scopes: [scope], expiresInDays: 30 })).status, 400, scope);
  const elsewhere = await session.json('POST', '/api/v1/keys', { name: 'X', scopes: ['documents:read'], expiresInDays: 30, companyId: ids.foreign });
  assert.equal(elsewhere.status, 404);
  const up = await session.json('PATCH', `/api/v1/users/${(await person(['daughter', 'clerk'])).id}`, { memberships: [{ companyId: ids.daughter, role: 'operator' }] });
  assert.equal(up.status, 400, 'nobody is made staff of the operator here');
  const out = await session.json('PATCH', `/api/v1/users/${(await person(['daughter', 'clerk'])).id}`, { memberships: [{ companyId: ids.own, role: 'administrator' }] });
  assert.ok([400, 404].includes(out.status), 'nor administrator of what stands above');
  assert.equal((await session.json('PATCH', `/api/v1/users/${who.id}`, { memberships: [{ companyId: ids.daughter, role: 'reader' }] })).status, 403, 'nor changes his own role');
});

// --- Delad insyn

const cell = (owner, viewer) => `/insight/${ids[owner]}/${ids[viewer]}`;
const give = (terms) => realm.ok('own', 'PUT', cell('daughter', 'sister'), { sent: true, received: true, types: [], mayAct: false, ...terms });
const takeBack = () => realm.ok('own', 'DELETE', cell('daughter', 'sister'));

// Everything that changes a document; each is refused as read only.
const changesOf = (id) => [
  ['decision', { decision: 'accept' }],
  ['corrections', { changes: [{ term: 'BT-13', value: '45123456' }], send: false }],
  ['corrections/preview', { changes: [{ term: 'BT-13', value: '45123456' }], send: false }],
  ['credit?kind=credit-note&number=K-1', undefined],
  ['resend', {}],
  ['recall', {}],
  ['notices', undefined],
].map(([what, body]) => [`/api/v1/documents/${id}/${what}`, body]);

test('insight to read: seen in every list, changed by nothing, and no more than the documents', async () => {
  const id = await sent('daughter');
  const filter = await nouns.filter.make(realm, 'own');
  const looker = await Person.signIn(server, await person(['sister', 'clerk']));
  const key = as(await server.key(identifierOf('sister'), 'documents:read,documents:write,partners:read,filters:read'));
  const absent = await looker.call(`/api/v1/documents/${nobody}`);
  for (const who of [looker, key]) assert.deepEqual((await who.call(`/api/v1/documents/${id}`)).bytes, absent.bytes, 'before');
  await give({});
  for (const who of [looker, key]) {
    await eventually(() => who.call(`/api/v1/documents/${id}`), 200);
    assert.ok(ok(await who.call('/api/v1/documents?limit=200')).items.some((one) => one.id === id));
    for (const part of ['events', 'terms', 'findings', 'deliveries', 'versions', 'original', 'copies/email'])
      assert.ok([200, 409].includes((await who.call(`/api/v1/documents/${id}/${part}`)).status), part);
    for (const [path, body] of changesOf(id)) {
      const options = { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) };
      const refused = await who.call(path, options);
      assert.deepEqual([refused.status, refused.json?.code], [403, 'read-only-insight'], path);
      const none = await who.call(path.replace(id, nobody), options);
      assert.equal(none.status, 404, `${path}: of one that is not there nothing is said`);
    }
    assert.equal((await who.call('/api/v1/partners?query=Fisk')).json.items.length, 0, 'whom the other trades with stays its own');
    assert.equal((await who.call(`/api/v1/filters/${filter.filterId}`)).status, 404);
  }
  await takeBack();
  for (const who of [looker, key]) {
    const gone = await eventually(() => who.call(`/api/v1/documents/${id}`), 404);
    assert.deepEqual(gone.bytes, absent.bytes, 'after');
    assert.ok(ok(await who.call('/api/v1/documents?limit=200')).items.every((one) => one.id !== id));
  }
});

test('insight by direction and type: the rest answers as if it were not there', async () => {
  const [out, in_] = [await sent('daughter'), await sent('sender', 'daughter')];
  const looker = await Person.signIn(server, await person(['sister', 'reader']));
  const sees = async (id) => (await looker.call(`/api/v1/documents/${id}`)).status;
  for (const [terms, seen] of [
    [{ sent: true, received: false }, [200, 404]],
    [{ sent: false, received: true }, [404, 200]],
    [{ sent: true, received: true, types: ['credit-note'] }, [404, 404]],
    [{ sent: true, received: true, types: ['invoice'] }, [200, 200]],
  ]) {
    await give(terms);
    await server.until(async () => [await sees(out), await sees(in_)], (now) => now[0] === seen[0] && now[1] === seen[1]);
    const listed = ok(await looker.call('/api/v1/documents?limit=200')).items.map((one) => one.id);
    assert.deepEqual([out, in_].map((id) => listed.includes(id)), seen.map((status) => status === 200), JSON.stringify(terms));
  }
  await takeBack();
});

test('insight with the right to act acts, for those whose own role acts', async () => {
  const id = await sent('daughter');
  await give({ mayAct: true });
  const clerk = await Person.signIn(server, await person(['sister', 'clerk']));
  const reader = await Person.signIn(server, await person(['sister', 'reader']));
  await eventually(() => clerk.call(`/api/v1/documents/${id}`), 200);
  const recall = (who) => change(who, `/api/v1/documents/${id}/recall`);
  assert.equal((await recall(reader)).json.code, 'scope-missing');
  const acted = await recall(clerk);
  assert.ok(![403, 404].includes(acted.status), acted.bytes.toString());
  await takeBack();
});

// --- «Alla jag får se»

test('everything at once: seen by each role, done by the roles that may', async () => {
  const [mine, theirs, strange] = [await sent('daughter'), await sent('sister'), await sent('foreign')];
  const who = await Person.signIn(server, await person(['daughter', 'clerk'], ['sister', 'reader']));
  const one = { companyId: ids.daughter };
  ok(await who.json('PUT', '/api/v1/session', one));
  assert.equal((await who.call(`/api/v1/documents/${theirs}`)).status, 404);
  ok(await who.json('PUT', '/api/v1/session', { ...one, everything: true }));
  const listed = ok(await who.call('/api/v1/documents?limit=200')).items.map((each) => each.id);
  assert.deepEqual([mine, theirs, strange].map((id) => listed.includes(id)), [true, true, false]);
  assert.equal((await who.call(`/api/v1/documents/${strange}`)).status, 404);
  assert.ok(![403, 404].includes((await change(who, `/api/v1/documents/${mine}/recall`)).status));
  assert.deepEqual([(await change(who, `/api/v1/documents/${theirs}/recall`)).json.code], ['read-only-insight']);
});
