// Who sees what, through every way out that exists: a foreign document answers exactly as an absent one.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Person } from './session.mjs';
import { identifierOf, sendAndSettle, startWorld } from './world.mjs';

let world, server, own, between, internal;
const nobody = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';

before(async () => {
  world = await startWorld();
  server = world.server;
  own = await sendAndSettle(world, 'energi', 'stranger', 'V-1'); // no channel: its sender's alone
  between = await sendAndSettle(world, 'energi', 'granberga', 'V-2');
  internal = await sendAndSettle(world, 'energi', 'lager', 'V-3');
});
after(() => world?.server.remove());

const get = (who, path) => server.call(path, { key: world.keys[who] });
const idsOf = async (who, query = '') => (await get(who, `/api/v1/documents?limit=200${query}`)).json.items.map((one) => one.id).sort();

test('lists, search and counts show each their own', async () => {
  assert.deepEqual(await idsOf('energi'), [own, between, internal].sort());
  assert.deepEqual(await idsOf('granberga'), [between]);
  assert.deepEqual(await idsOf('lager'), [internal]);
  assert.deepEqual([...new Set(await idsOf('nordhamn'))], [own, between, internal].sort(), 'the parent sees its subsidiaries');
  assert.deepEqual(await idsOf('lager', '&query=V-1'), []);
  assert.deepEqual(await idsOf('lager', '&number=V-1'), []);
  assert.equal((await get('lager', '/api/v1/documents/facets')).json.total.count, 1);
  assert.equal((await get('granberga', '/api/v1/documents/facets?query=V')).json.total.count, 1);
});

test('statistics and overview count each their own', async () => {
  const sum = async (who) => (await get(who, '/api/v1/statistics')).json.items.reduce((total, row) => total + row.documents, 0);
  assert.equal(await sum('granberga'), 1);
  assert.equal(await sum('lager'), 1);
  const foreign = await get('lager', `/api/v1/statistics?company=${identifierOf(12)}`);
  assert.deepEqual([foreign.status, foreign.json.items], [200, []]);
  const overview = (await get('lager', '/api/v1/overview')).json;
  assert.equal(overview.sent.documents, 0);
  assert.equal(overview.received.documents, 1);
  assert.deepEqual(overview.latest.filter((one) => one.documentId !== internal), []);
});

test('a foreign document answers exactly as an absent one, whatever is asked of it', async () => {
  const delivery = (await get('energi', `/api/v1/documents/${between}/deliveries`)).json.items[0].id;
  const paths = ['', '/events', '/terms', '/findings', '/deliveries', '/versions', '/original', '/copies/email', '/copies/print', '/attachments/0', `/deliveries/${delivery}/sent`];
  for (const path of paths) {
    const foreign = await get('lager', `/api/v1/documents/${between}${path}`);
    const absent = await get('lager', `/api/v1/documents/${nobody}${path}`);
    assert.equal(foreign.status, 404, path);
    assert.deepEqual(foreign.bytes, absent.bytes, path);
    const names = (answer) => [...answer.headers.keys()].filter((name) => !['date', 'x-request-id'].includes(name));
    assert.deepEqual(names(foreign), names(absent), path);
  }
});

test('a foreign document cannot be opened', async () => {
  const holm = await Person.signIn(server, world.users.holm);
  const open = (id) => holm.json('POST', `/api/v1/documents/${id}/opened`, { what: 'copy' });
  const foreign = await open(internal);
  assert.equal(foreign.status, 404);
  assert.deepEqual(foreign.bytes, (await open(nobody)).bytes);
});

test('partners are the own company’s', async () => {
  const names = async (who) => (await get(who, '/api/v1/partners')).json.items.map((one) => one.name).sort();
  assert.ok((await names('energi')).includes('Granberga Bygg AB'));
  assert.ok(!(await names('lager')).includes('Granberga Bygg AB'));
});

test('companies: a subsidiary knows itself, a parent its group', async () => {
  const names = async (who) => (await get(who, '/api/v1/companies')).json.items.map((one) => one.name).sort();
  assert.deepEqual(await names('lager'), ['Nordhamn Lager AB']);
  assert.deepEqual(await names('nordhamn'), ['Nordhamn AB', 'Nordhamn Energi AB', 'Nordhamn Lager AB']);
});

test('a parent’s user switches between the group’s companies and sees what each sees', async () => {
  const chef = await Person.signIn(server, world.users.chef);
  assert.deepEqual(chef.session.companies.map((one) => one.name), ['Nordhamn AB', 'Nordhamn Energi AB', 'Nordhamn Lager AB']);
  const lager = chef.session.companies.find((one) => one.name === 'Nordhamn Lager AB');
  assert.equal((await chef.json('PUT', '/api/v1/session', { companyId: lager.id })).json.company.name, 'Nordhamn Lager AB');
  assert.deepEqual((await chef.call('/api/v1/documents')).json.items.map((one) => one.id), [internal]);
  assert.equal((await chef.call(`/api/v1/documents/${between}`)).status, 404);
  assert.equal((await chef.call(`/api/v1/documents/${internal}`)).json.direction, 'received');
});

test('the receiver sees its delivery and not what went before', async () => {
  const sender = (await get('energi', `/api/v1/documents/${between}/events`)).json;
  const receiver = (await get('granberga', `/api/v1/documents/${between}/events`)).json;
  assert.ok(sender.items.some((event) => event.type === 'received'));
  assert.ok(receiver.items.every((event) => !['received', 'recognised', 'checked', 'routed'].includes(event.type)), JSON.stringify(receiver.items.map((event) => event.type)));
  assert.ok(receiver.items.some((event) => event.type === 'delivered'));
  assert.equal(sender.chain.intact, true);
});
