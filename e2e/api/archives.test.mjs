// A leaving customer's archive through the real program: made, taken home, unpacked; its sums and each chain proved; kept
// for two weeks.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { removeFolder, run, Server, temporaryFolder } from '../support/server.mjs';
import { unzipped } from '../support/unzip.mjs';
import { judged, neverSeen } from './contract.mjs';

const seller = { identifier: company(91), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(92), name: 'Granberga Bygg AB' };
const scopes = 'documents:read,documents:write,partners:read,partners:write,companies:read,companies:write,users:read,users:write,tickets:read,tickets:write';
let server, key, other, folder;

before(async () => {
  folder = temporaryFolder();
  server = await Server.start({ args: ['--simulated-clock'] });
  for (const one of [seller, buyer]) await server.company(`0007:${one.identifier}`, one.name);
  key = await server.key(`0007:${seller.identifier}`, scopes);
  other = await server.key(`0007:${buyer.identifier}`, scopes);
});
after(async () => {
  await server?.remove();
  if (folder) removeFolder(folder);
});

const call = async (path, method = 'GET', as = key) => judged(path, method, await server.call(path, { key: as, method }));
const archives = '/api/v1/archives';
async function send(number, name) {
  const sent = await server.send(key, invoice({ number, seller, buyer }), name ? { 'x-file-name': encodeURIComponent(name) } : {});
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.settled(key, sent.json.id);
  return sent.json.id;
}
async function made(as = key) {
  const started = await call(archives, 'POST', as);
  assert.equal(started.status, 202, JSON.stringify(started.json));
  const again = await call(archives, 'POST', as);
  const done = await server.until(() => call(`${archives}/${started.json.id}`, 'GET', as), (answer) => answer.json.state !== 'making', 30_000);
  assert.equal(done.json.state, 'done', JSON.stringify(done.json));
  return { archive: done.json, again };
}
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('everything is in it, the sums hold, and each chain is proved', async () => {
  const ids = [await send('A-1'), await send('A-2', '../../etc/passwd.xml')];
  const { archive } = await made();
  assert.equal(archive.documents, 2);
  const file = await call(`${archives}/${archive.id}/file`);
  assert.equal(file.status, 200);
  assert.equal(file.bytes.length, archive.size);
  const files = unzipped(file.bytes);
  const sums = files.get('SHA256SUMS').toString().trim().split('\n').map((line) => line.split('  '));
  assert.equal(sums.length, files.size - 1);
  for (const [digest, path] of sums) assert.equal(sum(files.get(path)), digest, path);
  for (const name of ['index.html', 'documents.csv', 'partners.csv', 'companies.csv', 'users.csv', 'settings.json', 'audit.jsonl']) assert.ok(files.has(name), name);
  for (const id of ids) {
    const place = [...files.keys()].find((path) => path.includes(id) && path.endsWith('/evidence.zip'));
    assert.ok(place, `${id} has no evidence`);
    assert.ok([...files.keys()].some((path) => path.includes(id) && path.includes('/original-')), `${id} has no original`);
    const zip = join(folder, `${id}.zip`);
    writeFileSync(zip, files.get(place));
    const verified = await run(['verify-evidence', zip]);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  }
});

test('a ticket is in it with its thread and its file', async () => {
  const asked = {
    subject: 'Fakturan kom inte fram',
    text: 'Se bilagan',
    attachments: [{ fileName: 'logg.txt', mediaType: 'text/plain', content: Buffer.from('rad ett').toString('base64') }],
  };
  const headers = { 'content-type': 'application/json' };
  const options = { key, method: 'POST', headers, body: JSON.stringify(asked) };
  const ticket = await judged('/api/v1/tickets', 'POST', await server.call('/api/v1/tickets', options));
  assert.equal(ticket.status, 201, JSON.stringify(ticket.json));
  const { archive } = await made();
  const files = unzipped((await call(`${archives}/${archive.id}/file`)).bytes);
  const folder = `tickets/${ticket.json.number.replace(/\D/g, '')}`;
  const kept = JSON.parse(files.get(`${folder}/ticket.json`).toString());
  assert.equal(kept.subject, asked.subject);
  const message = kept.messages.find((one) => one.text === asked.text);
  assert.equal(files.get(`${folder}/${message.attachments[0].file}`).toString(), 'rad ett');
  assert.ok(files.get('tickets.csv').toString().includes(ticket.json.number));
  assert.ok(files.get('index.html').toString().includes('tickets.csv'));
});

test("the receiver's holds what it has got, and nobody fetches another's", async () => {
  const { archive } = await made(other);
  assert.equal(archive.documents, 2);
  assert.equal((await call(`${archives}/${archive.id}`)).status, 404);
  assert.equal((await call(`${archives}/${archive.id}/file`)).status, 404);
  assert.deepEqual((await call(archives)).json.items.map((one) => one.id).includes(archive.id), false);
});

test('it lies there for two weeks', async () => {
  const { items } = (await call(archives)).json;
  const moved = await server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance: 'P15D' }), headers: { 'content-type': 'application/json' } });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
  assert.equal((await call(archives)).json.items[0].state, 'removed');
  assert.equal((await call(`${archives}/${items[0].id}/file`)).status, 404);
});

test('one is made at a time', async () => {
  for (let number = 0; number < 30; number++) await send(`B-${number}`);
  const answers = await Promise.all([call(archives, 'POST'), call(archives, 'POST'), call(archives, 'POST')]);
  assert.equal(answers.filter((answer) => answer.status === 409 && answer.json.code === 'archive-under-way').length >= 1, true, answers.map((answer) => answer.status).join());
  await server.until(() => call(archives), (answer) => answer.json.items.every((one) => one.state !== 'making'), 60_000);
});

test('every answer that the contract has was seen', () => {
  // More than four at once, and a file that another node has: tests/flow/archives_test.cc.
  const elsewhere = new Map([`post ${archives} 429`, `get ${archives}/{archiveId}/file 503`].map((answer) => [answer, true]));
  assert.deepEqual(neverSeen(['Import and export'], elsewhere).filter((answer) => answer.includes(archives)), []);
});
