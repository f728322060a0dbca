// Secrets at rest in the real program: nobody who has the data folder without its key has them, keys are changed while
// the server runs, and a lost key is said and not passed over.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { chmodSync, cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { company } from '../support/invoice.mjs';
import { Server, removeFolder, run, temporaryFolder } from '../support/server.mjs';

const identifier = `0007:${company(81)}`;
const args = ['--handover-sandbox'];
let server, key, hook, secret;
const calls = [];

before(async () => {
  hook = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise((resolve) => hook.listen(0, '127.0.0.1', resolve));
  server = await Server.start({ args });
  await server.company(identifier, 'Granberga Bygg AB');
  key = await server.key(identifier, 'documents:read,documents:write,filters:read,filters:write');
  const made = await json('PUT', '/api/v1/handovers/settings/default', { way: 'webhook', address: `http://127.0.0.1:${hook.address().port}/in`, version: 0 });
  assert.equal(made.status, 200, JSON.stringify(made.json));
  secret = made.json.secret;
});
after(async () => {
  await server?.remove();
  hook?.close();
});

const json = (method, path, body, at = server) => at.call(path, { key, method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const rotate = async (...more) => {
  const done = await run(['admin', 'secrets', 'rotate', '--data', server.data, '--json', ...more]);
  assert.equal(done.code, 0, done.stderr);
  return JSON.parse(done.stdout);
};

// Every file of a folder but the key's own, byte for byte.
function bytesOf(folder) {
  return Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'vault.key')
      .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name))),
  );
}

async function tried(at = server) {
  const started = await json('POST', '/api/v1/handovers/test', {}, at);
  assert.equal(started.status, 202, JSON.stringify(started.json));
  return (await at.until(() => at.call(`/api/v1/handovers/tests/${started.json.id}`, { key }), (answer) => answer.json.state !== 'sending')).json;
}
async function isSignedRight() {
  const before = calls.length;
  assert.equal((await tried()).state, 'delivered');
  const { headers, body } = calls[before];
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const right = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${right}`);
}

test('the key lies beside the database, for its owner alone', () => {
  assert.equal(statSync(join(server.data, 'vault.key')).mode & 0o777, 0o600);
});

test('the secret signs, and is nowhere in the data folder', async () => {
  await isSignedRight();
  const bytes = bytesOf(server.data);
  assert.ok(bytes.includes('"way":"webhook"'), 'the settings are there, so the secret would be seen');
  assert.equal(bytes.includes(secret), false);
  assert.equal(bytes.includes(secret.slice('whsec_'.length)), false);
});

test('its key is changed while the server runs, and the old one dropped', async () => {
  const first = readFileSync(join(server.data, 'vault.key'), 'utf8');
  assert.deepEqual(await rotate(), { sealed: 0, sealedAnew: 1, keys: 2 });
  await isSignedRight();
  assert.deepEqual(await rotate('--drop-old'), { sealed: 0, sealedAnew: 0, keys: 1 });
  await isSignedRight();
  assert.ok(!readFileSync(join(server.data, 'vault.key'), 'utf8').includes(first.trim()));
  assert.equal(statSync(join(server.data, 'vault.key')).mode & 0o777, 0o600);
  await server.stop();
  await server.up();
  await isSignedRight();
});

test('a copy with another key sends nothing unsigned and says which key is missing', async () => {
  const folder = temporaryFolder();
  await server.stop();
  cpSync(server.data, folder, { recursive: true });
  rmSync(join(folder, 'vault.key'));
  await server.up();
  const thief = await Server.start({ data: folder, args });
  try {
    const before = calls.length;
    const result = await tried(thief);
    assert.equal(result.state, 'failed');
    assert.match(result.detail, /^sealed-key-unknown: .*key [0-9a-f]{8}/);
    assert.equal(calls.length, before);
    const refused = await run(['admin', 'secrets', 'rotate', '--data', folder]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /vault\.key/);
  } finally {
    await thief.remove();
    removeFolder(folder);
  }
});

test('a key file that others may read stops the start, and says how it is closed', async () => {
  const folder = temporaryFolder();
  try {
    writeFileSync(join(folder, 'vault.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    chmodSync(join(folder, 'vault.key'), 0o644);
    const refused = await run(['admin', 'company', 'list', '--data', folder]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /chmod 600/);
  } finally {
    removeFolder(folder);
  }
});
