// «Öppnad» is a person's act, «hämtad» a program's: neither is ever taken for the other, and the sender's own looking is
// nothing at all.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Person } from './session.mjs';
import { sendAndSettle, startWorld } from './world.mjs';

let world, server, karin, holm;
before(async () => {
  world = await startWorld();
  server = world.server;
  karin = await Person.signIn(server, world.users.karin);
  holm = await Person.signIn(server, world.users.holm);
});
after(() => world?.server.remove());

const asSender = (id, path = '') => server.call(`/api/v1/documents/${id}${path}`, { key: world.keys.energi });
const typesOf = async (id) => (await asSender(id, '/events')).json.items.map((event) => event.type);
const open = (person, id) => person.json('POST', `/api/v1/documents/${id}/opened`, { what: 'copy' });

test('a receiver’s person who has it in view gives the sender «öppnad», once, with when and by whom', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-1');
  assert.equal((await open(holm, id)).status, 204);
  assert.equal((await open(holm, id)).status, 204);
  const opened = (await asSender(id, '/events')).json.items.filter((event) => event.type === 'opened');
  assert.equal(opened.length, 1);
  assert.deepEqual(opened[0].actor, { kind: 'person', name: 'Karin Holm' });
  assert.deepEqual(opened[0].parameters, { by: 'Karin Holm', company: 'Granberga Bygg AB', what: 'copy' });
  const document = (await asSender(id)).json;
  assert.equal(document.status, 'opened');
  assert.equal(document.answer.key, 'opened');
  assert.equal(document.answer.parameters.by, 'Karin Holm');
});

test('the sender’s own looking is answered and not recorded', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-2');
  const before = await typesOf(id);
  assert.equal((await open(karin, id)).status, 204);
  await karin.call(`/api/v1/documents/${id}/copies/email?format=html`);
  await asSender(id, '/original');
  await asSender(id, '/copies/email');
  assert.deepEqual(await typesOf(id), before);
});

test('a person’s GET is not an opening', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-3');
  const before = await typesOf(id);
  await holm.call(`/api/v1/documents/${id}`);
  await holm.call(`/api/v1/documents/${id}/copies/email?format=html`);
  await holm.call(`/api/v1/documents/${id}/original`);
  assert.deepEqual(await typesOf(id), before);
});

test('a program’s fetch gives «hämtad», once for a key, and leaves the status', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-4');
  const fetch = (path) => server.call(`/api/v1/documents/${id}${path}`, { key: world.keys.granberga });
  await fetch(''); // to know of it is not to have it
  assert.ok(!(await typesOf(id)).includes('fetched'));
  await fetch('/original');
  await fetch('/original');
  await fetch('/copies/email');
  assert.deepEqual((await typesOf(id)).filter((type) => type === 'fetched' || type === 'opened'), ['fetched']);
  const document = (await asSender(id)).json;
  assert.equal(document.status, 'delivered');
  assert.equal(document.answer.key, 'fetched');
});

test('HEAD brings nothing home', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-5');
  const head = await server.call(`/api/v1/documents/${id}/original`, { key: world.keys.granberga, method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.ok(!(await typesOf(id)).includes('fetched'));
});

test('a program cannot say that a person has opened it', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'O-6');
  const answer = await server.call(`/api/v1/documents/${id}/opened`, { key: world.keys.granberga, method: 'POST', body: '{"what":"copy"}', headers: { 'content-type': 'application/json' } });
  assert.deepEqual([answer.status, answer.json.code], [403, 'not-a-person']);
});
