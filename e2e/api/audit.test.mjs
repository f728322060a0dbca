// The audit trail through the interface: what is told, its chain worked out anew from the export, and `admin verify`,
// which finds a row that was changed beneath the program.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { run } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, sendAndSettle, startWorld } from './world.mjs';

let world, server, key, boss, chief;
before(async () => {
  world = await startWorld();
  server = world.server;
  key = await server.key(identifierOf(12), 'documents:read,documents:write,partners:read,partners:write,audit:read');
  const admin = (n, email, name) => server.user(identifierOf(n), email, name, 'loggbok i hamnen', ['--role', 'administrator']);
  boss = await Person.signIn(server, await admin(12, 'ada@nordhamn.example', 'Ada Lund'));
  chief = await Person.signIn(server, await admin(11, 'chief@nordhamn.example', 'Inga Ek'));
});
after(() => server?.remove());

const asked = async (path, as = key) => {
  const answer = as instanceof Person ? await as.call(path) : await server.call(path, { key: as });
  return judged(path, 'GET', answer);
};
const trail = async (query = '', as = key) => (await asked(`/api/v1/audit?limit=200${query}`, as)).json.items;

test('who did what is told, the newest first, and by every filter', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'G-1');
  assert.equal((await boss.call(`/api/v1/documents/${id}`)).status, 200);
  assert.equal((await boss.call(`/api/v1/documents/${id}/copies/readable`, { headers: { accept: 'text/html' } })).status, 200);
  const items = await trail('&person=' + boss.session.user.id + '&object=document');
  assert.deepEqual(items.map(({ action, objectName, actor }) => [action, objectName, actor.name]), [
    ['document.copy-seen', 'G-1', 'Ada Lund'],
    ['document.seen', 'G-1', 'Ada Lund'],
  ]);
  assert.deepEqual(items[0].detail, { type: 'invoice' });
  assert.ok(items[0].address);
  assert.deepEqual((await trail('&text=ada%20lund&action=document.seen')).map(({ objectId }) => objectId), [id]);
  assert.deepEqual(await trail('&from=2000-01-01&to=2000-01-02'), []);
  const of = await asked(`/api/v1/documents/${id}/audit`, boss);
  assert.ok(of.json.items.some(({ action, actor }) => action === 'document.seen' && actor.name === 'Ada Lund'));
  assert.ok(of.json.items.every(({ objectId }) => objectId === id));
});

test('pages follow each other without a gap', async () => {
  const all = await trail();
  let cursor = '';
  const paged = [];
  do {
    const { json } = await asked(`/api/v1/audit?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    paged.push(...json.items);
    cursor = json.nextCursor;
  } while (cursor);
  const numbers = paged.map(({ sequence }) => sequence);
  assert.deepEqual(numbers, numbers.map((_, index) => numbers[0] - index));
  assert.equal(numbers.at(-1), 1);
  assert.ok(numbers.length >= all.length);
});

test('the top of a group reads the trails beneath, and nobody those beside', async () => {
  const seen = await trail('', chief);
  assert.ok(seen.some(({ actor }) => actor.name === 'Ada Lund'));
  const lager = await server.key(identifierOf(13), 'documents:read,audit:read');
  assert.ok((await trail('', lager)).every(({ actor }) => actor.name !== 'Ada Lund'));
  const company = (await trail())[0].company;
  assert.deepEqual(await trail(`&company=${company}`, lager), []);
  assert.deepEqual(await trail('&company=nonsense'), []);
  assert.equal((await asked('/api/v1/audit', await server.key(identifierOf(12), 'documents:read'))).status, 403);
});

test('who was refused what is in the log, for those who watch it', async () => {
  const lager = await server.key(identifierOf(13), 'documents:read');
  assert.equal((await server.call('/api/v1/audit', { key: lager })).status, 403);
  await server.until(async () => server.log, (log) => log.split('\n').some((line) => line.includes('"refused"') && line.includes('scope-missing') && line.includes('"/api/v1/audit"')));
  assert.equal(server.log.includes(lager), false, 'and the key is not');
});

// As store/audit.h says it.
function hashOf(previous, entry) {
  const number = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  const text = (value) => {
    const bytes = Buffer.from(value ?? '', 'utf8');
    return Buffer.concat([number(bytes.length), bytes]);
  };
  const [seconds, fraction] = entry.at.replace('Z', '').split('.');
  const at = BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt((fraction ?? '0').padEnd(6, '0'));
  const { actor } = entry;
  const texts = [actor.kind, actor.id, actor.name, entry.reason, entry.action, entry.object, entry.objectId, entry.objectName, entry.detail, entry.address];
  const bytes = [Buffer.from('postgang-audit-1\n'), previous, number(entry.company), number(entry.sequence), number(at), ...texts.map(text)];
  return createHash('sha256').update(Buffer.concat(bytes)).digest();
}

test('whoever has the export can work the chain out again', async () => {
  await server.call('/api/v1/partners/0007:5599900130', { key, method: 'PUT', body: JSON.stringify({ name: '=1+1', email: 'åsa@exempel.example' }), headers: { 'content-type': 'application/json' } });
  const company = (await trail())[0].company;
  const { bytes } = await asked(`/api/v1/audit/export?format=jsonl&company=${company}`);
  const entries = bytes.toString().trim().split('\n').map((line) => JSON.parse(line)).reverse();
  assert.ok(entries.length > 5);
  let previous = Buffer.alloc(32);
  for (const [index, entry] of entries.entries()) {
    assert.equal(entry.sequence, index + 1);
    previous = hashOf(previous, entry);
    assert.equal(previous.toString('hex'), entry.hash, JSON.stringify(entry));
  }
  const proof = (await asked('/api/v1/audit/proof')).json.items.find((head) => head.company === company);
  const now = await trail();
  assert.equal(now.find(({ sequence }) => sequence === proof.sequence).hash, proof.hash);
  const csv = (await asked('/api/v1/audit/export?language=en')).bytes.toString();
  assert.match(csv, /changed the counterpart/);
  assert.match(csv, /'=1\+1/, 'no formula');
  assert.doesNotMatch(csv, /exempel\.example/, 'no private address: the trail is never erased');
});

test('after a kill the chain is whole, and what was changed is there', async () => {
  const number = async () => (await asked('/api/v1/audit/proof')).json.items.reduce((sum, head) => sum + head.sequence, 0);
  const before = await number();
  const answer = await server.call('/api/v1/partners/0007:5599900130', { key, method: 'PUT', body: JSON.stringify({ name: 'Granberga' }), headers: { 'content-type': 'application/json' } });
  assert.equal(answer.status, 200);
  await server.kill();
  await server.up();
  assert.ok((await number()) >= before + 1);
  assert.deepEqual((await trail('&action=partner.changed'))[0].detail, { name: ['=1+1', 'Granberga'] });
});

test('admin verify proves the trail whole, and finds a row that somebody changed', async () => {
  await server.stop();
  const verify = () => run(['admin', 'verify', '--data', server.data, '--json']);
  const whole = await verify();
  assert.equal(whole.code, 0, whole.stdout + whole.stderr);
  assert.ok(JSON.parse(whole.stdout).auditEntries > 5);
  const database = new DatabaseSync(join(server.data, 'postgang.sqlite'));
  const change = "UPDATE audit_entries SET actor_name = 'Någon annan' WHERE sequence = 2";
  assert.throws(() => database.exec(change), /append-only/);
  database.exec('DROP TRIGGER audit_entries_unchanged');
  database.exec(change);
  database.close();
  const damaged = await verify();
  assert.equal(damaged.code, 1);
  assert.ok(JSON.parse(damaged.stdout).damages.every(({ what, where }) => what === 'audit' && / row 2$/.test(where)), damaged.stdout);
  await server.up();
});

test('every documented answer was seen', () => assert.deepEqual(neverSeen(['Audit']), []));
