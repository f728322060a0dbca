// Idempotency-Key: the same request twice is one document and one answer.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { invoiceFrom, startWorld } from './world.mjs';
import { zipOf } from './zip.mjs';

let world, server, key;
before(async () => {
  world = await startWorld();
  server = world.server;
  key = world.keys.energi;
});
after(() => world?.server.remove());

const countOf = async (number) => (await server.call(`/api/v1/documents?number=${number}`, { key })).json.items.length;

test('the answer is given again, marked, and nothing is doubled', async () => {
  const xml = invoiceFrom('energi', 'granberga', 'I-1');
  const first = await server.send(key, xml, { 'idempotency-key': 'one' });
  const second = await server.send(key, xml, { 'idempotency-key': 'one' });
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.deepEqual(second.json, first.json);
  assert.equal(first.headers.get('idempotency-replayed'), null);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  await server.settled(key, first.json.id);
  assert.equal(await countOf('I-1'), 1);
});

test('another request under the same key is refused', async () => {
  await server.send(key, invoiceFrom('energi', 'granberga', 'I-2'), { 'idempotency-key': 'two' });
  const other = await server.send(key, invoiceFrom('energi', 'granberga', 'I-3'), { 'idempotency-key': 'two' });
  assert.deepEqual([other.status, other.json.code], [422, 'idempotency-key-reused']);
  const renamed = await server.send(key, invoiceFrom('energi', 'granberga', 'I-2'), { 'idempotency-key': 'two', 'x-file-name': 'other.xml' });
  assert.equal(renamed.status, 422);
  assert.equal(await countOf('I-3'), 0);
});

test('keys belong to their caller', async () => {
  assert.equal((await server.send(key, invoiceFrom('energi', 'granberga', 'I-4'), { 'idempotency-key': 'four' })).status, 202);
  const other = await server.send(world.keys.lager, invoiceFrom('lager', 'granberga', 'I-5'), { 'idempotency-key': 'four' });
  assert.equal(other.status, 202);
  assert.equal(other.headers.get('idempotency-replayed'), null);
});

test('twenty at once are one', async () => {
  const xml = invoiceFrom('energi', 'granberga', 'I-6');
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.send(key, xml, { 'idempotency-key': 'six' })));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [202]);
  assert.equal(new Set(answers.map((answer) => answer.json.id)).size, 1);
  await server.settled(key, answers[0].json.id);
  assert.equal(await countOf('I-6'), 1);
});

test('a zip is answered again as a whole', async () => {
  const zip = zipOf({ 'a.xml': invoiceFrom('energi', 'granberga', 'I-7'), 'b.xml': invoiceFrom('energi', 'granberga', 'I-8') });
  const headers = { 'content-type': 'application/zip', 'idempotency-key': 'seven' };
  const first = await server.send(key, zip, headers);
  assert.equal(first.status, 202, JSON.stringify(first.json));
  assert.deepEqual((await server.send(key, zip, headers)).json, first.json);
});

test('a refusal is not kept: the corrected request may use the key', async () => {
  assert.equal((await server.send(key, '', { 'idempotency-key': 'eight' })).status, 400);
  assert.equal((await server.send(key, invoiceFrom('energi', 'granberga', 'I-9'), { 'idempotency-key': 'eight' })).status, 202);
});

test('a key that is none', async () => {
  for (const wrong of ['x'.repeat(201), 'å']) {
    const answer = await server.send(key, 'x', { 'idempotency-key': Buffer.from(wrong).toString('latin1') });
    assert.deepEqual([answer.status, answer.json.code, answer.json.where], [400, 'parameter-invalid', 'Idempotency-Key']);
  }
});
