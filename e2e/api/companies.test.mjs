// Companies and groups through the real program: what a company tells of itself, what it inherits, its place, and who lets
// whom see its documents.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from './world.mjs';

let world, server, chef, drift;
const keys = {};
const ids = {};
const secret = 'hamnens egen kran';

before(async () => {
  world = await startWorld();
  server = world.server;
  for (const [name, n] of Object.entries({ nordhamn: 11, energi: 12, lager: 13, granberga: 14 })) {
    keys[name] = await server.key(identifierOf(n), 'companies:read,companies:write,documents:read');
    ids[name] = (await server.call('/api/v1/companies', { key: keys[name] })).json.items.find((one) => one.identifier === identifierOf(n)).id;
  }
  chef = await Person.signIn(server, await server.user(identifierOf(11), 'mats@nordhamn.example', 'Mats Hedin', secret, ['--role', 'administrator']));
  await server.company(identifierOf(19), 'Driften AB', ['--operator']);
  drift = await Person.signIn(server, await server.user(identifierOf(19), 'drift@driften.example', 'Dagny Drift', secret, ['--role', 'operator']));
});
after(() => world?.server.remove());

const call = async (who, path, method = 'GET', body, headers = {}) => {
  const options = { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }) };
  return judged(path, method, who instanceof Person ? await who.call(path, options) : await server.call(path, { key: keys[who], ...options }));
};
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(answer.json));
const company = (name) => `/api/v1/companies/${ids[name]}`;

test('a company is shown with its place; a foreign one answers as none does', async () => {
  const shown = ok(await call('nordhamn', company('energi')));
  assert.equal(shown.name, 'Nordhamn Energi AB');
  assert.deepEqual(shown.above, [{ id: ids.nordhamn, name: 'Nordhamn AB' }]);
  assert.deepEqual([shown.parent, shown.group, shown.mayChange, shown.mayMove], [ids.nordhamn, ids.nordhamn, true, true]);
  assert.deepEqual(shown.addresses, { visiting: null, postal: null, billing: null });
  const own = ok(await call('energi', company('energi')));
  assert.deepEqual([own.mayChange, own.mayMove], [true, false]);
  const foreign = await call('energi', company('granberga'));
  const absent = await call('energi', '/api/v1/companies/999999');
  assert.deepEqual([foreign.status, foreign.bytes.toString()], [404, absent.bytes.toString()]);
  assert.equal((await call('energi', company('nordhamn'))).status, 404, 'a subsidiary sees nothing of what stands above it');
  const reader = await Person.signIn(server, await server.user(identifierOf(12), 'las@nordhamn.example', 'Lasse Läs', secret, ['--role', 'reader']));
  assert.equal(ok(await call(reader, company('energi'))).mayChange, false);
  refused(await call(reader, company('energi'), 'PATCH', { name: 'Nordhamn El AB' }), 403, 'scope-missing');
});

test('name, addresses and contacts are changed; what is left out stays', async () => {
  const address = { street: 'Hamngatan 4', postalCode: '999 99', city: 'Tallmo', country: 'SE' };
  const contact = { role: 'Kundreskontra', name: 'Karin Sand', email: 'karin@nordhamn.example', phone: '060-555 01 20' };
  ok(await call('energi', company('energi'), 'PATCH', { addresses: { visiting: address, billing: address }, contacts: [contact] }));
  const changed = ok(await call('energi', company('energi'), 'PATCH', { name: '  Nordhamn   Energi & Värme AB ', addresses: { billing: null } }));
  assert.equal(changed.name, 'Nordhamn Energi & Värme AB');
  assert.deepEqual(changed.addresses, { visiting: address, postal: null, billing: null });
  assert.deepEqual(changed.contacts, [contact]);
  for (const [wrong, where] of [
    [{ addresses: { visiting: { ...address, country: 'ZZ' } } }, '/addresses/visiting/country'],
    [{ addresses: { visiting: { ...address, country: 'se' } } }, '/addresses/visiting/country'],
    [{ addresses: { garage: address } }, '/addresses/garage'],
    [{ contacts: [{ ...contact, email: 'karin at nordhamn' }] }, '/contacts/0/email'],
    [{ contacts: [{ ...contact, name: 'Karin\r\nBcc: alla@example.com' }] }, '/contacts/0/name'],
    [{ contacts: Array.from({ length: 21 }, () => contact) }, '/contacts'],
    [{ name: '' }, '/name'],
    [{ isOperator: true }, '/isOperator'],
    [{ parent: null }, '/parent'],
  ]) {
    const answer = await call('energi', company('energi'), 'PATCH', wrong);
    assert.deepEqual([answer.status, answer.json.where], [400, where]);
  }
  assert.equal((await call('granberga', company('energi'), 'PATCH', { name: 'Vårt AB' })).status, 404);
  assert.equal((await call('energi', company('lager'), 'PATCH', { name: 'Vårt AB' })).status, 404, 'beside is not beneath');
  ok(await call('nordhamn', company('energi'), 'PATCH', { name: 'Nordhamn Energi AB' }));
});

test('identifiers are held to their schemes, and belong to one company', async () => {
  const put = (body, who = 'energi') => call(who, `${company('energi')}/identifiers`, 'PUT', body);
  const main = identifierOf(12);
  const changed = ok(await put({ identifier: main, identifiers: ['0088: 7300000000004'] }));
  assert.deepEqual(changed.identifiers, [main, '0088:7300000000004']);
  const vat = await put({ identifier: `0007:SE${main.slice(5)}01` });
  refused(vat, 400, 'identifier-is-vat-number');
  assert.equal(vat.json.parameters.suggestion, main);
  assert.equal(vat.json.where, '/identifier');
  const check = await put({ identifier: main, identifiers: ['0192:988077918'] });
  refused(check, 400, 'identifier-check-digit');
  assert.deepEqual([check.json.where, check.json.parameters.scheme], ['/identifiers/0', '0192']);
  assert.match(check.json.advice, /9 digits/);
  refused(await put({ identifier: main, identifiers: ['0001:1'] }), 400, 'identifier-scheme-unknown');
  refused(await put({ identifier: main, identifiers: [identifierOf(14)] }), 409, 'identifier-taken');
  assert.deepEqual(ok(await call('energi', company('energi'))).identifiers, [main, '0088:7300000000004'], 'nothing half-done');
  assert.equal((await put({ identifier: main }, 'lager')).status, 404);
  assert.deepEqual(ok(await put({ identifier: main })).identifiers, [main]);
});

test('a setting is inherited until it is set, and again when it is unset', async () => {
  const settings = async (name) => Object.fromEntries(ok(await call(name, `${company(name)}/settings`)).items.map((one) => [one.key, one]));
  const set = (name, key, value, who = name) => call(who, `${company(name)}/settings/${key}`, 'PUT', { value });
  assert.deepEqual([(await settings('energi')).language.origin, (await settings('energi')).language.value], ['default', null]);
  ok(await set('nordhamn', 'language', 'sv'));
  ok(await set('nordhamn', 'supportEmail', 'kundservice@nordhamn.example'));
  const inherited = (await settings('energi')).language;
  assert.deepEqual([inherited.origin, inherited.value, inherited.inherited.from.name, inherited.own], ['inherited', 'sv', 'Nordhamn AB', null]);
  ok(await set('energi', 'language', 'en'));
  const own = (await settings('energi')).language;
  assert.deepEqual([own.origin, own.value, own.inherited.value], ['own', 'en', 'sv']);
  assert.equal((await settings('lager')).language.value, 'sv');
  assert.equal((await settings('granberga')).language.origin, 'default', 'another group inherits nothing');
  const back = ok(await call('energi', `${company('energi')}/settings/language`, 'DELETE'));
  assert.deepEqual([back.origin, back.value], ['inherited', 'sv']);
  for (const [key, value] of [['language', 'fr'], ['supportEmail', 'nej'], ['contactLines', []], ['contactLines', ['a', 'b', 'c', 'd', 'e']], ['contactLines', ['två\nrader']], ['noticeEmail', null], ['language', { sv: 1 }]])
    refused(await set('energi', key, value), 400, 'setting-value-invalid');
  assert.equal((await set('energi', 'isOperator', true)).status, 404);
  assert.equal((await set('energi', 'language', 'en', 'lager')).status, 404);
  assert.equal((await set('nordhamn', 'language', 'en', 'energi')).status, 404, 'nobody sets what stands above');
});

test('what a group sets is on the copies of its companies, at once', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'S-1');
  const copy = async () => (await server.call(`/api/v1/documents/${id}/copies/email`, { key: keys.energi, headers: { accept: 'text/html' } })).bytes.toString();
  assert.doesNotMatch(await copy(), /Ring växeln/);
  ok(await call('nordhamn', `${company('nordhamn')}/settings/contactLines`, 'PUT', { value: ['Ring växeln', '060-555 01 00'] }));
  assert.match(await copy(), /Ring växeln/);
  ok(await call('energi', `${company('energi')}/settings/contactLines`, 'PUT', { value: ['Fråga Karin'] }));
  const own = await copy();
  assert.match(own, /Fråga Karin/);
  assert.doesNotMatch(own, /Ring växeln/);
});

test('who is told of stops is a setting, too', async () => {
  ok(await call('nordhamn', `${company('nordhamn')}/settings/noticeEmail`, 'PUT', { value: 'stopp@nordhamn.example' }));
  const mail = await server.key(identifierOf(12), 'documents:read,documents:write,filters:read,filters:write');
  const own = (await server.call('/api/v1/settings/notice-email', { key: mail })).json;
  assert.equal(own.email, null, 'the page about notices shows what is its own');
  await server.call('/api/v1/settings/notice-email', { key: mail, method: 'PUT', body: '{"email":"egen@nordhamn.example"}', headers: { 'content-type': 'application/json' } });
  const items = ok(await call('energi', `${company('energi')}/settings`)).items;
  const setting = items.find((one) => one.key === 'noticeEmail');
  assert.deepEqual([setting.origin, setting.value, setting.inherited.value], ['own', 'egen@nordhamn.example', 'stopp@nordhamn.example']);
});

test('the group is a tree: its administrator makes and moves companies within it', async () => {
  const make = (body, who = chef, headers = {}) => call(who, '/api/v1/companies', 'POST', body, headers);
  const depot = { identifier: identifierOf(21), name: 'Nordhamn Depå AB', parent: ids.lager };
  const made = ok(await make(depot, chef, { 'idempotency-key': 'depot' }), 201);
  assert.deepEqual(made.above.map(({ name }) => name), ['Nordhamn AB', 'Nordhamn Lager AB']);
  assert.equal(ok(await make(depot, chef, { 'idempotency-key': 'depot' }), 201).id, made.id, 'once is once');
  refused(await make({ ...depot, name: 'Annat AB' }, chef, { 'idempotency-key': 'depot' }), 422, 'idempotency-key-reused');
  refused(await make(depot), 409, 'identifier-taken');
  assert.equal((await make({ ...depot, identifier: identifierOf(22), parent: ids.granberga })).status, 404);
  ids.depot = made.id;

  const tree = async (who) => ok(await call(who, '/api/v1/groups')).items.map((group) => group.companies.map(({ name, depth }) => `${'.'.repeat(depth)}${name}`));
  assert.deepEqual(await tree(chef), [['Nordhamn AB', '.Nordhamn Energi AB', '.Nordhamn Lager AB', '..Nordhamn Depå AB']]);
  const move = (name, parent, who = chef) => call(who, `${company(name)}/parent`, 'PUT', { parent });
  ok(await move('lager', ids.energi));
  assert.deepEqual(await tree('lager'), [['Nordhamn AB', '.Nordhamn Energi AB', '..Nordhamn Lager AB', '...Nordhamn Depå AB']]);
  refused(await move('energi', ids.depot), 409, 'parent-beneath-itself');
  refused(await move('energi', ids.energi), 409, 'parent-beneath-itself');
  refused(await move('nordhamn', ids.energi), 403, 'move-needs-operator');
  refused(await move('energi', null), 403, 'move-needs-operator');
  assert.equal((await move('energi', ids.granberga)).status, 404);
  assert.equal((await move('granberga', ids.energi)).status, 404);
  ok(await move('lager', ids.nordhamn));
  ok(await move('lager', ids.nordhamn));
});

test('operator staff make customers and move them, and change nothing that is a customer’s', async () => {
  const make = (body) => call(drift, '/api/v1/companies', 'POST', body);
  const made = ok(await make({ identifier: identifierOf(23), name: 'Ny Kund AB' }), 201);
  assert.deepEqual([made.parent, made.mayMove, made.mayChange], [null, true, false]);
  ids.kund = made.id;
  // Who is known as a counterpart, since a customer has handed in its invoice, becomes a customer by the operator alone.
  const handed = await server.call('/api/v1/documents?direction=received', { key: world.keys.granberga, method: 'POST', body: invoiceFrom('stranger', 'granberga', 'N-1'), headers: { 'content-type': 'application/xml' } });
  assert.equal(handed.status, 202, JSON.stringify(handed.json));
  const fish = { identifier: identifierOf(15), name: 'Okänd Fisk AB' };
  refused(await call(chef, '/api/v1/companies', 'POST', fish), 409, 'identifier-taken');
  const known = ok(await make(fish), 201);
  assert.deepEqual([known.isCustomer, known.parent, known.identifier], [true, null, fish.identifier]);
  refused(await make(fish), 409, 'identifier-taken');
  assert.equal((await call(drift, company('kund'), 'PATCH', { name: 'Kapad AB' })).status, 404);
  assert.equal(ok(await call(drift, `${company('kund')}/parent`, 'PUT', { parent: ids.granberga })).parent, ids.granberga);
  assert.equal(ok(await call(drift, `${company('kund')}/parent`, 'PUT', { parent: null })).parent, null);
  const groups = ok(await call(drift, '/api/v1/groups?limit=1'));
  assert.equal(groups.items.length, 1);
  assert.ok(groups.nextCursor);
  const names = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = ok(await call(drift, `/api/v1/groups?limit=1&cursor=${cursor}`));
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  }
  for (const name of ['Nordhamn AB', 'Granberga Bygg AB', 'Ny Kund AB']) assert.ok(names.includes(name), names.join());
  assert.equal((await call(drift, '/api/v1/groups?cursor=x')).status, 400);
});

test('insight is given within the group, by who rules the owner, and seen by both', async () => {
  const cell = (owner, viewer) => `/api/v1/insight/${ids[owner]}/${ids[viewer]}`;
  const give = (who, owner, viewer, terms = { sent: true, received: false, types: ['invoice'] }) => call(who, cell(owner, viewer), 'PUT', terms);
  const internal = await sendAndSettle(world, 'energi', 'granberga', 'I-1');
  const looks = async () => (await server.call(`/api/v1/documents/${internal}`, { key: keys.lager })).status;
  assert.equal(await looks(), 404);
  const given = ok(await give('energi', 'energi', 'lager'));
  assert.deepEqual([given.owner, given.viewer, given.types, given.mayAct], [ids.energi, ids.lager, ['invoice'], false]);
  await server.until(looks, (status) => status === 200);
  for (const who of ['energi', 'lager', 'nordhamn']) {
    const { grants } = ok(await call(who, '/api/v1/insight'));
    assert.deepEqual(grants.map(({ owner, viewer }) => [owner, viewer]), [[ids.energi, ids.lager]], who);
  }
  const matrix = ok(await call('lager', '/api/v1/insight'));
  assert.deepEqual(
    matrix.companies.filter(({ seen }) => seen).map(({ name }) => name),
    ['Nordhamn Lager AB', 'Nordhamn Depå AB'],
  );
  assert.ok(ok(await call(drift, `/api/v1/insight?company=${ids.energi}`)).grants.length === 1);
  assert.equal((await call('granberga', `/api/v1/insight?company=${ids.energi}`)).status, 404);

  refused(await give('energi', 'energi', 'nordhamn'), 409, 'grant-through-tree');
  refused(await give('energi', 'energi', 'energi'), 400, 'grant-to-itself');
  refused(await give('energi', 'energi', 'lager', { sent: false }), 400, 'grant-of-nothing');
  refused(await give('energi', 'energi', 'lager', { sent: true, types: ['love-letter'] }), 400, 'field-invalid');
  for (const [who, owner, viewer] of [['lager', 'energi', 'lager'], ['granberga', 'energi', 'granberga'], ['energi', 'energi', 'granberga'], ['nordhamn', 'granberga', 'energi']])
    assert.equal((await give(who, owner, viewer)).status, 404, `${who}: ${owner} → ${viewer}`);
  assert.equal((await call('lager', cell('energi', 'lager'), 'DELETE')).status, 404, 'the one who sees does not decide');
  ok(await call(chef, cell('energi', 'lager'), 'DELETE'), 204);
  assert.equal((await call(chef, cell('energi', 'lager'), 'DELETE')).status, 404);
  await server.until(looks, (status) => status === 404);
});

test('every answer of the contract has been given', async () => {
  ok(await call('energi', '/api/v1/companies'));
  assert.deepEqual(neverSeen(['Companies']), []);
});
