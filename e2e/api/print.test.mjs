// A letter through the real program: put in line, handed over to a real SFTP server at its cut-off, answered by the
// simulated print house, taken back, returned.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { invoice } from '../support/invoice.mjs';
import { run } from '../support/server.mjs';
import { hasSftp, Sftp } from '../support/sftp.mjs';
import { identifierOf, party, startWorld } from './world.mjs';
import { Person } from './session.mjs';

const skip = hasSftp() ? false : 'sshd is not installed';
let sftp, world, server, key, staff;

const house = (...more) => run(['print-house', '--drop', sftp.url, '--key', sftp.key, '--host-key', sftp.hostKey, '--once', ...more]);

before(async () => {
  if (skip) return;
  sftp = await Sftp.start();
  await house();
  world = await startWorld({
    args: ['--simulated-clock', '--print-house', sftp.url, '--print-house-key', sftp.key, '--print-house-host-key', sftp.hostKey],
  });
  server = world.server;
  key = world.keys.energi;
  await server.company(identifierOf(19), 'Driften AB', ['--operator']);
  staff = await server.key(identifierOf(19), 'documents:read');
});
after(async () => {
  await world?.server.remove();
  await sftp?.remove();
});

const toKarin = (number, address = {}) =>
  invoice({
    number,
    seller: party('energi'),
    buyer: { name: 'Karin Ek', street: 'Strandgatan 4', postalCode: '851 11', town: 'Tallmo', ...address },
  });
const document = async (id) => (await server.call(`/api/v1/documents/${id}`, { key })).json;
const letter = async (id) => (await server.call(`/api/v1/documents/${id}/deliveries`, { key })).json.items.find((one) => one.channel === 'print');
const events = async (id) => (await server.call(`/api/v1/documents/${id}/events`, { key })).json.items;
async function send(number, address) {
  const sent = await server.send(key, toKarin(number, address));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.until(() => server.call(`/api/v1/documents/${sent.json.id}`, { key }), (answer) => !['received', 'ready'].includes(answer.json.status));
  return sent.json.id;
}
async function pass(advance) {
  const moved = await server.call('/api/v1/clock', {
    key, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' },
  });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
}
const batches = async () => (await server.call('/api/v1/print-batches', { key: staff })).json.items;

test('a letter waits for its cut-off, is handed over, printed and posted', { skip }, async () => {
  const id = await send('B-1');
  assert.equal((await document(id)).status, 'sending');
  assert.equal((await letter(id)).status, 'queued');
  assert.deepEqual(sftp.files('in'), []);

  await pass('P6D');
  assert.equal((await letter(id)).status, 'sent');
  assert.equal(sftp.files('in').length, 1);
  const [batch] = await batches();
  assert.equal(`${batch.id}.zip`, sftp.files('in')[0]);
  assert.equal(batch.state, 'handed-over');
  assert.equal(batch.letters, 1);
  assert.equal(batch.trouble, null);

  const worked = await house('--returned', '0');
  assert.equal(worked.code, 0, worked.stderr);
  await pass('PT2H');
  assert.deepEqual((await events(id)).map((one) => one.type).slice(-2), ['printed', 'posted']);
  assert.equal((await document(id)).status, 'sent');
  assert.deepEqual(sftp.files('out'), []);

  const left = await server.call(`/api/v1/documents/${id}/deliveries/${(await letter(id)).id}/sent`, { key });
  assert.equal(left.status, 200);
  assert.equal(left.bytes.subarray(0, 5).toString(), '%PDF-');
  assert.match(left.headers.get('content-type'), /^application\/pdf/);
});

test('a letter that comes back fails its document, and says what to do', { skip }, async () => {
  const id = await send('B-2');
  await pass('P6D');
  const worked = await house('--returned', '1');
  assert.match(worked.stdout, /1 returned/);
  await pass('PT2H');
  const failed = await document(id);
  assert.equal(failed.status, 'failed');
  assert.equal((await letter(id)).status, 'returned');
  const last = (await events(id)).at(-1);
  assert.equal(last.type, 'failed');
  assert.match(last.parameters.reason, /^letter-returned-/);
});

test('a letter is taken back until its cut-off', { skip }, async () => {
  const id = await send('B-3');
  const recall = () => server.call(`/api/v1/documents/${id}/recall`, {
    key, method: 'POST', body: JSON.stringify({ reason: 'Fel belopp' }), headers: { 'content-type': 'application/json' },
  });
  assert.equal((await recall()).status, 200);
  assert.equal((await document(id)).status, 'cancelled');
  assert.equal((await letter(id)).status, 'failed');
  const before = (await batches()).length;
  await pass('P6D');
  assert.equal((await batches()).length, before);

  const late = await send('B-4');
  await pass('P6D');
  const refused = await server.call(`/api/v1/documents/${late}/recall`, {
    key, method: 'POST', body: JSON.stringify({ reason: 'Fel belopp' }), headers: { 'content-type': 'application/json' },
  });
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'recall-too-late');
});

test('an address that no letter finds is no road, and why is said', { skip }, async () => {
  const id = await send('B-5', { postalCode: '999 99' });
  assert.equal((await document(id)).status, 'failed');
  const routed = (await events(id)).find((one) => one.type === 'routed');
  assert.ok(routed);
  assert.equal((await events(id)).at(-1).parameters.reason, 'no-channel-person');
});

test('receipts that cannot be read are laid aside and told to staff', { skip }, async () => {
  const [newest] = await batches();
  writeFileSync(join(sftp.drop, 'out', `${newest.id}.7.json`), '{"batch": ');
  await pass('PT2H');
  assert.deepEqual(sftp.files('out'), []);
  assert.deepEqual(sftp.files('unread'), [`${newest.id}.7.json`]);
  assert.equal(readFileSync(join(sftp.drop, 'unread', `${newest.id}.7.json`), 'utf8'), '{"batch": ');
  assert.match((await batches())[0].trouble, /^print-receipts-malformed: /);
});

test('a print house that is away is waited for, over a kill', { skip }, async () => {
  await server.kill(); // and with it the connection that it keeps
  await sftp.down();
  await server.up();
  const id = await send('B-6');
  await pass('P6D');
  assert.equal((await letter(id)).status, 'sending');
  assert.equal((await batches())[0].state, 'waiting');
  const [waiting] = await batches();
  assert.match(waiting.trouble, /^drop-/);
  await server.kill();
  await sftp.up();
  await server.up();
  await pass('PT1H'); // time goes on from where it had been moved to: the house is asked again at its next try
  assert.equal((await server.until(() => letter(id), ({ status }) => status === 'sent', 20_000)).status, 'sent');
  assert.equal(sftp.files('in').filter((file) => file === `${waiting.id}.zip`).length, 1);
});

test('batches are for staff alone', { skip }, async () => {
  const karin = await Person.signIn(server, world.users.karin);
  const refused = await karin.call('/api/v1/print-batches');
  assert.equal(refused.status, 403);
  assert.equal(refused.json.code, 'staff-only');
  assert.equal((await server.call('/api/v1/print-batches', { key })).status, 403);
  assert.equal((await server.call('/api/v1/print-batches?limit=0', { key: staff })).status, 400);
});

test('settings that cannot be are refused before anything starts', { skip }, async () => {
  for (const [args, says] of [
    [['--cut-off', '25:00'], /cut-off/],
    [['--print-house', 'ftp://x@y/z'], /drop-url-invalid|sftp:\/\//],
    [['--letter-prices', '/nowhere.json'], /nowhere\.json/],
    [['--own-forms', join(sftp.folder, 'sshd_config')], /own-forms|JSON/],
  ]) {
    const { code, stderr } = await run(['serve', '--data', world.server.data, '--listen', '127.0.0.1:0', ...args]);
    assert.notEqual(code, 0);
    assert.match(stderr, says);
  }
});
