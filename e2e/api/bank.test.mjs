// Invoices to internet banks through the real program and a real SFTP server: applied for, accepted, handed over, receipted,
// shown; and what happens when a bank says no. The hub is the simulated one.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { invoice } from '../support/invoice.mjs';
import { run } from '../support/server.mjs';
import { hasSftp, Sftp } from '../support/sftp.mjs';
import { judged, neverSeen } from './contract.mjs';
import { identifierOf, party, startWorld } from './world.mjs';

const skip = hasSftp() ? false : 'sshd is not installed';
const base = '/api/v1/bank-agreements';
let sftp, world, server, key, staff, lists = 0;

const atHub = () => ['--drop', sftp.url, '--key', sftp.key, '--host-key', sftp.hostKey, '--once'];
async function hub(...more) {
  const worked = await run(['bank-hub', ...atHub(), ...more]);
  assert.equal(worked.code, 0, worked.stderr);
  return worked.stdout;
}

before(async () => {
  if (skip) return;
  sftp = await Sftp.start();
  await hub();
  const paper = join(sftp.folder, 'paper');
  for (const name of ['', 'in', 'out']) mkdirSync(join(paper, name));
  world = await startWorld({
    args: ['--simulated-clock', '--bank-hub', sftp.url, '--bank-hub-key', sftp.key, '--bank-hub-host-key', sftp.hostKey, '--print-house', `file://${paper}`],
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

const headers = { 'content-type': 'application/json' };
const call = async (path, method = 'GET', body, as = key) =>
  judged(path, method, await server.call(path, { key: as, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers }) }));
const ok = (answer) => (assert.equal(answer.status, 200, JSON.stringify(answer.json)), answer.json);
const agreements = async (status) => ok(await call(`${base}?status=${status}`)).items;
const document = async (id) => (await server.call(`/api/v1/documents/${id}`, { key })).json;
const delivery = async (id) => (await server.call(`/api/v1/documents/${id}/deliveries`, { key })).json.items.find((one) => one.channel === 'bank');
const events = async (id) => (await server.call(`/api/v1/documents/${id}/events`, { key })).json.items;

const people = { karin: { name: 'Karin Ek', customerNumber: '34052', receiver: '196505030004.NB.SE' }, bo: { name: 'Bo Ek', customerNumber: '34053', receiver: '197001010005.NB.SE' } };

async function applies(who, change = {}) {
  const { name, customerNumber, receiver, ends = false } = { ...people[who], ...change };
  const list = join(sftp.folder, `list-${++lists}.csv`);
  writeFileSync(list, `${party('energi').identifier};${receiver};${customerNumber};;${name};Nordbanken${ends ? ';end' : ''}\n`);
  await hub('--applications', list);
  await pass('PT6M');
}
async function pass(advance) {
  const moved = await server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance }), headers });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
}
async function known(who) {
  const { name, customerNumber } = people[who];
  const put = await server.call(`/api/v1/partners/customer:${customerNumber}`, { key, method: 'PUT', body: JSON.stringify({ name, kind: 'person' }), headers });
  assert.ok([200, 201].includes(put.status), JSON.stringify(put.json));
}
async function send(number, who, address = {}) {
  const { name, customerNumber } = people[who];
  const xml = invoice({ number, seller: party('energi'), buyer: { name, customerNumber, street: 'Strandgatan 4', postalCode: '999 99', town: 'Tallmo', ...address } });
  const sent = await server.send(key, xml);
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.until(() => server.call(`/api/v1/documents/${sent.json.id}`, { key }), (answer) => !['received', 'ready'].includes(answer.json.status));
  return sent.json.id;
}

test('who we are with the banks is shown, with what the format is worth', { skip }, async () => {
  const settings = ok(await call(`${base}/settings`));
  assert.equal(settings.acceptance, 'automatic');
  assert.equal(settings.issuer, party('energi').identifier);
  assert.match(settings.modelledOn, /BGC Invoice/);
  assert.equal(settings.certified, false);
  assert.deepEqual(ok(await call(base)), { items: [], nextCursor: null, counts: { applied: 0, accepted: 0, refused: 0, ended: 0 } });
});

test('applied for, accepted, sent by Multikanal, receipted, shown: delivered', { skip }, async () => {
  await known('karin');
  const before = await send('K-0', 'karin');
  assert.equal((await document(before)).status, 'failed', 'without an agreement there is no road');
  await applies('karin');
  const [agreement] = await agreements('accepted');
  assert.equal(agreement.receiver, '19650503-****.NB.SE');
  assert.equal(agreement.counterpart, 'customer:34052');
  assert.equal(agreement.by, null);
  await pass('PT6M');
  assert.match(await hub(), /1 agreements answered/);

  const id = await send('K-1', 'karin');
  assert.equal((await document(id)).channel, 'bank');
  assert.equal((await delivery(id)).state, 'queued');
  await pass('PT16M');
  assert.equal((await delivery(id)).status, 'sent');
  assert.match(await hub(), /1 files taken \(1 invoices\); 1 shown/);
  await pass('PT6M');
  assert.equal((await document(id)).status, 'delivered');
  const said = await delivery(id);
  assert.deepEqual([said.status, said.evidence.kind, said.price.value], ['delivered', 'bank', '1.20']);
  assert.ok(!JSON.stringify(await events(id)).includes('196505030004'), 'a personal number stands in no event');

  // The copy that the bank shows is the one under Internetbank.
  const sent = await server.call(`/api/v1/documents/${id}/deliveries/${said.id}/sent`, { key });
  assert.equal(sent.headers.get('content-type'), 'application/pdf');
  const copy = await server.call(`/api/v1/documents/${id}/copies/bank?format=pdf`, { key });
  assert.ok(sent.bytes.equals(copy.bytes));

  const [file] = ok(await call('/api/v1/bank-files')).items;
  assert.deepEqual([file.kind, file.state, file.records], ['invoices', 'accepted', 1]);
  const all = ok(await call('/api/v1/bank-files', 'GET', undefined, staff)).items;
  assert.deepEqual(all.map(({ kind }) => kind).sort(), ['agreement-answers', 'invoices']);
  assert.deepEqual(sftp.files('out'), []);
});

test('what a bank refuses goes on by the next channel', { skip }, async () => {
  const id = await send('K-2', 'karin', { postalCode: '851 11' });
  assert.equal((await document(id)).channel, 'bank', 'it is the cheapest');
  await pass('PT16M');
  assert.match(await hub('--refused', '1'), /1 refused/);
  await pass('PT6M');
  assert.equal((await delivery(id)).status, 'failed');
  const now = await document(id);
  assert.deepEqual([now.status, now.channel], ['sent', 'print']);
  const failed = (await events(id)).find(({ type }) => type === 'delivery-failed');
  assert.match(failed.parameters.detail, /4[0-9]0/);
});

test('a file that is refused fails each of its invoices, and says why', { skip }, async () => {
  const id = await send('K-3', 'karin');
  await pass('PT16M');
  assert.match(await hub('--refuse-files'), /refused B/);
  await pass('PT6M');
  assert.equal((await document(id)).status, 'failed');
  assert.equal((await events(id)).at(-1).parameters.reason, 'bank-file-refused');
  const [file] = ok(await call('/api/v1/bank-files')).items;
  assert.deepEqual([file.state, file.reason], ['refused', '900: Filen kan inte tas emot']);
});

test('who uses another name waits for the clerk; a refusal is told, an agreement is ended', { skip }, async () => {
  await known('bo');
  await applies('bo', { name: 'Eva Alm' });
  const [waiting] = await agreements('applied');
  assert.deepEqual([waiting.waits, waiting.counterpart, waiting.name], ['other-name', 'customer:34053', 'Eva Alm']);
  const decision = (body) => call(`${base}/${waiting.id}/decision`, 'POST', body);
  assert.equal((await decision({ decision: 'refuse' })).json.code, 'reason-missing');
  assert.equal((await decision({ decision: 'maybe' })).status, 400);
  assert.equal(ok(await decision({ decision: 'refuse', reason: 'Fel kundnummer' })).status, 'refused');
  const late = await decision({ decision: 'accept' });
  assert.deepEqual([late.status, late.json.code], [409, 'bank-agreement-answered']);
  assert.equal((await call(`${base}/019ab000-0000-7000-8000-000000000001/decision`, 'POST', { decision: 'end' })).status, 404);

  const [karin] = await agreements('accepted');
  const foreign = await call(`${base}/${karin.id}/decision`, 'POST', { decision: 'end' }, world.keys.granberga);
  assert.equal(foreign.status, 404, "another company's agreement is not there");
  assert.equal(ok(await call(`${base}/${karin.id}/decision`, 'POST', { decision: 'end' })).status, 'ended');
  assert.equal((await document(await send('K-4', 'karin'))).status, 'failed');
  await pass('PT1M');
  assert.match(await hub(), /2 agreements answered/);
});

test('a company may answer every application itself', { skip }, async () => {
  assert.equal((await call(`${base}/settings`, 'PUT', { acceptance: 'sometimes' })).status, 400);
  assert.equal(ok(await call(`${base}/settings`, 'PUT', { acceptance: 'by-hand' })).acceptance, 'by-hand');
  await applies('karin');
  const [waiting] = await agreements('applied');
  assert.equal(waiting.waits, 'by-hand');
  assert.equal(ok(await call(`${base}/${waiting.id}/decision`, 'POST', { decision: 'accept' })).status, 'accepted');
  ok(await call(`${base}/settings`, 'PUT', { acceptance: 'automatic' }));
});

test('agreements from before are imported, all or none', { skip }, async () => {
  const upload = async (text, more = {}) => judged(`${base}/import`, 'POST', await server.call(`${base}/import`, { key, method: 'POST', body: text, headers: { 'content-type': 'text/csv', ...more } }));
  const wrong = await upload('FMI;Kundnummer\n196912310009.NB.SE;1\nhej;2\n');
  assert.deepEqual([wrong.status, wrong.json.code, wrong.json.parameters.row], [400, 'bank-row-malformed', '3']);
  assert.deepEqual(ok(await upload('FMI;Kundnummer;Namn\n197001010005.NB.SE;34053;Bo Ek\n196912310009.NB.SE;77;Eva\n')), { added: 1, changed: 1 });
  assert.equal((await document(await send('B-1', 'bo'))).channel, 'bank');
  const large = await upload(gzipSync(`FMI\n${'x'.repeat(17 * 1024 * 1024)}`), { 'content-encoding': 'gzip' });
  assert.equal(large.status, 413);
});

test('what the hub sends that cannot be read is laid aside and told to staff alone', { skip }, async () => {
  writeFileSync(join(sftp.drop, 'out', 'answers.odd.xml'), '<answers');
  await pass('PT6M');
  assert.deepEqual(sftp.files('unread'), ['answers.odd.xml']);
  const [unread] = ok(await call('/api/v1/bank-files', 'GET', undefined, staff)).items.filter(({ state }) => state === 'unread');
  assert.match(unread.trouble, /cannot be read/);
  assert.ok(ok(await call('/api/v1/bank-files')).items.every(({ state }) => state !== 'unread'));
});

test('every answer of the contract has been given', { skip }, () => assert.deepEqual(neverSeen(['Bank']), []));
