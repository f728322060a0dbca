// Into the receiver's own system through the real program: a real SFTP server, a receiver of webhooks, a mail server, a
// program that confirms; a test invoice by each way; and a watched folder for sending.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { hasPostfix, Postfix } from '../support/postfix.mjs';
import { Server, removeFolder, temporaryFolder } from '../support/server.mjs';
import { hasSftp, Sftp } from '../support/sftp.mjs';
import { judged, neverSeen } from './contract.mjs';

const seller = { identifier: company(61), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(62), name: 'Granberga Bygg AB' };
const scopes = 'documents:read,documents:write,filters:read,filters:write';
const skip = hasSftp() ? false : 'sshd is not installed';
const noMail = hasPostfix() ? false : 'postfix is not to be started here';
const ekonomi = 'ekonomi@granberga.example';
let folder, server, key, receiver, narrow, sftp, postfix, hook;

// Takes webhooks: answers with `status`, and remembers what came.
class Hook {
  static start() {
    const hook = new Hook();
    hook.calls = [];
    hook.status = 204;
    hook.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        hook.calls.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
        response.writeHead(hook.status, hook.status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    return new Promise((resolve) => hook.server.listen(0, '127.0.0.1', () => resolve(hook)));
  }
  get url() {
    return `http://127.0.0.1:${this.server.address().port}/in`;
  }
}

before(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'root'));
  if (!skip) sftp = await Sftp.start();
  if (!noMail) postfix = await Postfix.start([ekonomi]);
  hook = await Hook.start();
  const mail = postfix ? ['--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] : [];
  const keyFile = sftp ? ['--handover-key', sftp.key] : [];
  server = await Server.start({ args: ['--simulated-clock', '--handover-sandbox', '--handover-root', join(folder, 'root'), ...keyFile, ...mail] });
  for (const one of [seller, buyer]) await server.company(`0007:${one.identifier}`, one.name);
  key = await server.key(`0007:${seller.identifier}`, scopes);
  receiver = await server.key(`0007:${buyer.identifier}`, scopes);
  narrow = await server.key(`0007:${buyer.identifier}`, 'documents:read,documents:write');
});
after(async () => {
  await server?.remove();
  await sftp?.remove();
  postfix?.remove();
  hook?.server.close();
  if (folder) removeFolder(folder);
});

const call = async (path, method = 'GET', body, as = receiver) =>
  judged(path, method, await server.call(path, { key: as, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const settings = '/api/v1/handovers/settings';
async function choose(way, kind = 'default') {
  const { items } = ok(await call(settings));
  const { version } = items.find((item) => item.kind === kind);
  return ok(await call(`${settings}/${kind}`, 'PUT', { ...way, version }));
}
async function pass(advance) {
  const moved = await server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' } });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
}
const document = async (id, as = key) => (await server.call(`/api/v1/documents/${id}`, { key: as })).json;
const events = async (id, as = key) => (await server.call(`/api/v1/documents/${id}/events`, { key: as })).json.items;
const lastOf = async (id, type) => (await events(id)).filter((event) => event.type === type).at(-1);
async function sent(number) {
  const answer = await server.send(key, invoice({ number, seller, buyer }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  await server.settled(key, answer.json.id);
  return answer.json.id;
}
const tested = async (id, accept) => (await server.until(() => call(`/api/v1/handovers/tests/${id}`), ({ json }) => accept(json))).json;

test('at first everything lies in the inbox, and there is nothing to try', async () => {
  const { items, available } = ok(await call(settings));
  assert.deepEqual(items.map(({ kind, own, effective }) => [kind, own, effective.way]), ['default', 'invoice', 'credit-note', 'other'].map((kind) => [kind, null, 'inbox']));
  assert.equal(available.folder, true);
  assert.equal(available.ownFolder, `0007_${buyer.identifier}`);
  if (sftp) assert.match(available.publicKey, /^ssh-ed25519 /);
  assert.equal((await lastOf(await sent('H-1'), 'delivered')).evidence.kind, 'inbox');
  const refused = await call('/api/v1/handovers/test', 'POST', { kind: 'invoice' });
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'handover-test-inbox');
});

test('a program fetches and confirms, or says no', async () => {
  await choose({ way: 'api', hours: 4 });
  const id = await sent('H-2');
  assert.equal((await document(id)).status, 'sent');
  const { items } = ok(await call('/api/v1/handovers'));
  assert.deepEqual(items.map((item) => [item.id, item.number, item.overdue, item.evidence]), [[id, 'H-2', false, 'waiting']]);
  const file = await server.call(items[0].original, { key: receiver });
  assert.equal(file.status, 200);
  assert.match(file.bytes.toString(), /H-2/);
  assert.ok((await events(id)).some(({ type }) => type === 'fetched'));
  assert.equal((await document(id)).status, 'sent', 'fetched is not confirmed');
  assert.equal(ok(await call(items[0].confirmation, 'POST', { result: 'taken' })).evidence, 'confirmed');
  ok(await call(items[0].confirmation, 'POST', {}));
  assert.equal((await call(items[0].confirmation, 'POST', { result: 'refused', reason: 'too late' })).status, 409);
  assert.equal((await call(items[0].confirmation, 'POST', { result: 'refused' })).status, 400);
  assert.equal((await document(id)).status, 'delivered');
  assert.equal((await lastOf(id, 'delivered')).evidence.kind, 'confirmed');

  const other = await sent('H-3');
  assert.equal((await call(`/api/v1/handovers/${other}/confirmation`, 'POST', {}, key)).status, 404, 'its sender is not its receiver');
  ok(await call(`/api/v1/handovers/${other}/confirmation`, 'POST', { result: 'refused', reason: 'Unknown supplier account' }));
  assert.equal((await lastOf(other, 'delivery-failed')).parameters.detail, 'Unknown supplier account');
  assert.equal((await lastOf(other, 'delivered')).evidence.kind, 'inbox');
  assert.deepEqual(ok(await call('/api/v1/handovers')).items, []);
});

test('what is not taken in time is told to both', async () => {
  const id = await sent('H-4');
  await pass('PT5H');
  assert.equal((await events(id)).filter(({ type }) => type === 'not-fetched').length, 1);
  assert.ok((await events(id, receiver)).some(({ type }) => type === 'not-fetched'), 'the receiver sees it in its timeline');
  for (const [as, direction] of [[key, 'sent'], [receiver, 'received']]) {
    const { needsYou } = ok(await call('/api/v1/overview', 'GET', undefined, as));
    assert.ok(needsYou.some((need) => need.kind === 'not-fetched' && need.direction === direction && need.count === 1), direction);
  }
  assert.equal(ok(await call('/api/v1/handovers')).items[0].overdue, true);
  ok(await call(`/api/v1/handovers/${id}/confirmation`, 'POST', { result: 'taken' }));
  const { needsYou } = ok(await call('/api/v1/overview', 'GET', undefined, key));
  assert.ok(!needsYou.some(({ kind }) => kind === 'not-fetched'));
});

test('a test invoice waits for the program as a document does, and is none', async () => {
  const started = ok(await call('/api/v1/handovers/test', 'POST', { kind: 'invoice' }), 202);
  assert.equal(started.state, 'waiting');
  assert.match(started.number, /^TEST-/);
  const waiting = ok(await call('/api/v1/handovers')).items;
  assert.deepEqual(waiting.map(({ id, test: isTest }) => [id, isTest]), [[started.id, true]]);
  const file = await call(started.original);
  assert.match(file.bytes.toString(), /TEST/);
  assert.ok(ok(await call(`/api/v1/handovers/tests/${started.id}`)).fetchedAt);
  assert.equal(ok(await call(started.confirmation, 'POST', { result: 'taken' })).evidence, 'confirmed');
  assert.equal(ok(await call(`/api/v1/handovers/tests/${started.id}`)).state, 'delivered');
  assert.equal(ok(await call('/api/v1/handovers/tests')).items[0].id, started.id);
  const found = await server.call(`/api/v1/documents?number=${started.number}`, { key: receiver });
  assert.deepEqual(found.json.items, [], 'it is in no list');
  const judgedWell = await server.call('/api/v1/validate', { key, method: 'POST', body: file.bytes, headers: { 'content-type': 'application/xml' } });
  assert.deepEqual(judgedWell.json.findings.map(({ id: rule }) => rule), ['sender-not-yours'], 'nothing else is wrong with it');
});

test('over SFTP the file lies there whole, and is delivered when it was taken', { skip }, async () => {
  await choose({ way: 'folder', address: sftp.url, hostKey: sftp.hostKey, copy: true });
  const id = await sent('H/5');
  assert.equal((await document(id)).status, 'sent');
  assert.equal((await document(id)).channel, 'system');
  const names = sftp.files('').filter((name) => name.startsWith('H_5'));
  assert.deepEqual(names.map((name) => name.split('.').pop()), ['xml', 'pdf']);
  const original = await server.call(`/api/v1/documents/${id}/original`, { key });
  assert.deepEqual(readFileSync(join(sftp.drop, names[0])), original.bytes);
  await pass('PT10M');
  assert.equal((await document(id)).status, 'sent');
  rmSync(join(sftp.drop, names[0]));
  await pass('PT10M');
  await server.until(() => document(id), ({ status }) => status === 'delivered');
  assert.equal((await lastOf(id, 'delivered')).evidence.kind, 'file-taken');
  assert.ok(!JSON.stringify(await events(id)).includes(sftp.drop), 'the sender is not told where');

  const started = ok(await call('/api/v1/handovers/test', 'POST', {}), 202);
  const laid = await tested(started.id, ({ state }) => state !== 'sending');
  assert.deepEqual([laid.state, laid.evidence], ['sent', 'file']);
  rmSync(join(sftp.drop, laid.detail));
  await pass('PT10M');
  assert.equal((await tested(started.id, ({ state }) => state === 'delivered')).evidence, 'file-taken');
});

test('a server that is away is tried again, and nothing is laid twice', { skip }, async () => {
  await sftp.down();
  const answer = await server.send(key, invoice({ number: 'H-6', seller, buyer }));
  await server.until(() => events(answer.json.id), (all) => all.some(({ type }) => type === 'delivery-failed'), 30_000);
  await sftp.up();
  await pass('PT2M');
  await server.until(() => document(answer.json.id), ({ status }) => status === 'sent');
  assert.equal(sftp.files('').filter((name) => name.startsWith('H-6')).length, 2);
});

test('a webhook is signed, and delivered when it answers 2xx', async () => {
  const made = await choose({ way: 'webhook', address: hook.url, copy: true }, 'invoice');
  assert.match(made.secret, /^whsec_/);
  assert.equal(ok(await call(settings)).secret, null, 'it is told once');
  const id = await sent('H-7');
  assert.equal((await document(id)).status, 'delivered');
  assert.equal((await lastOf(id, 'delivered')).evidence.kind, '2xx');
  const { headers, body } = hook.calls.at(-1);
  const signed = createHmac('sha256', Buffer.from(made.secret.slice(6), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signed}`);
  const { type, data } = JSON.parse(body);
  assert.equal(type, 'document.handed-over');
  assert.deepEqual([data.id, data.delivery, data.test, data.number], [id, headers['webhook-id'], false, 'H-7']);
  const original = await server.call(`/api/v1/documents/${id}/original`, { key });
  assert.deepEqual(Buffer.from(data.original.base64, 'base64'), original.bytes);
  assert.match(Buffer.from(data.copy.base64, 'base64').toString('latin1'), /^%PDF-/);

  const kept = await choose({ way: 'webhook', address: hook.url }, 'invoice');
  assert.equal(kept.secret, null, 'the secret stays');
  const started = ok(await call('/api/v1/handovers/test', 'POST', { kind: 'invoice' }), 202);
  assert.equal((await tested(started.id, ({ state }) => state !== 'sending')).evidence, '2xx');
  assert.equal(JSON.parse(hook.calls.at(-1).body).data.test, true);
});

test('a webhook that does not take it is tried again, and after three days it lies in the inbox', async () => {
  hook.status = 302;
  hook.calls.length = 0;
  const answer = await server.send(key, invoice({ number: 'H-8', seller, buyer }));
  const { id } = answer.json;
  await server.until(() => events(id), (all) => all.some(({ type }) => type === 'delivery-failed'));
  const first = hook.calls.length;
  assert.equal(first, 1, 'a redirect is not followed');
  hook.status = 503;
  await pass('PT2M');
  await server.until(() => hook.calls.length, (count) => count > first);
  assert.equal(hook.calls[0].headers['webhook-id'], hook.calls.at(-1).headers['webhook-id']);
  await pass('P4D');
  await server.until(() => document(id), ({ status }) => status === 'delivered', 30_000);
  assert.equal((await lastOf(id, 'delivered')).evidence.kind, 'inbox');
  const started = ok(await call('/api/v1/handovers/test', 'POST', { kind: 'invoice' }), 202);
  const failed = await tested(started.id, ({ state }) => state === 'failed');
  assert.match(failed.detail, /503/);
  hook.status = 204;
});

test('by e-mail the original is attached', { skip: noMail }, async () => {
  await choose({ way: 'email', address: ekonomi }, 'invoice');
  const id = await sent('H-9');
  assert.equal((await document(id)).status, 'sent');
  assert.equal((await lastOf(id, 'sent')).evidence.kind, 'smtp');
  const mail = await server.until(() => postfix.mailsTo(ekonomi), (mails) => mails.length === 1);
  assert.match(mail[0].raw, /filename="?H-9_/);
  assert.ok(!ok(await call('/api/v1/handovers')).items.some(({ number }) => number === 'H-9'), 'nobody is asked to confirm a mail');
  const started = ok(await call('/api/v1/handovers/test', 'POST', { kind: 'invoice' }), 202);
  assert.equal((await tested(started.id, ({ state }) => state !== 'sending')).evidence, 'smtp');
});

test('a mail that nobody takes lies in the inbox', { skip: noMail }, async () => {
  await choose({ way: 'email', address: 'borta@granberga.example' }, 'invoice');
  const answer = await server.send(key, invoice({ number: 'H-10', seller, buyer }));
  await server.until(() => document(answer.json.id), ({ status }) => status === 'delivered');
  assert.equal((await lastOf(answer.json.id, 'delivered')).evidence.kind, 'inbox');
});

test('settings are kept in versions, and what cannot be is refused with its place', async () => {
  const before = ok(await call(settings)).items.find(({ kind }) => kind === 'credit-note');
  ok(await call(`${settings}/credit-note`, 'PUT', { way: 'api', version: before.version }));
  const late = await call(`${settings}/credit-note`, 'PUT', { way: 'inbox', version: before.version });
  assert.deepEqual([late.status, late.json.code], [409, 'handover-settings-changed']);
  assert.equal((await call(`${settings}/credit-note`, 'DELETE')).status, 204);
  assert.equal(ok(await call(settings)).items.find(({ kind }) => kind === 'credit-note').own, null);
  for (const [body, where] of [
    [{ way: 'pigeon' }, '/way'],
    [{ way: 'folder', address: '../other' }, '/address'],
    [{ way: 'webhook', address: 'ftp://example.com' }, '/address'],
    [{ way: 'api', hours: 0 }, '/hours'],
  ]) {
    const refused = await call(`${settings}/other`, 'PUT', body);
    assert.equal(refused.status, 400, JSON.stringify(body));
    assert.equal(refused.json.where, where);
  }
  assert.equal((await call(`${settings}/pigeon`, 'PUT', { way: 'api' })).status, 404);
  assert.equal((await call(`${settings}/other`, 'PUT', { way: 'api' }, narrow)).status, 403, 'a key for documents may not send them elsewhere');
});

const watched = '/api/v1/settings/watched-folder';

test('files in a watched folder are taken in once, and moved', async () => {
  const set = ok(await call(watched, 'PUT', { address: 'out', version: 0 }, key));
  assert.equal(set.place.address, 'out');
  const out = join(folder, 'root', `0007_${seller.identifier}`, 'out');
  await server.until(() => call(watched, 'GET', undefined, key), ({ json }) => json.lookedAt !== null);
  writeFileSync(join(folder, 'whole.xml'), invoice({ number: 'W-1', seller, buyer }));
  copyFileSync(join(folder, 'whole.xml'), join(out, 'w-1.xml'));
  writeFileSync(join(out, 'nothing.xml'), '');
  await pass('PT3M');
  const { files } = (await server.until(() => call(watched, 'GET', undefined, key), ({ json }) => json.files.length === 2 && json.files.every(({ state }) => state !== 'seen'))).json;
  assert.deepEqual(Object.fromEntries(files.map(({ name, state }) => [name, state])), { 'w-1.xml': 'taken', 'nothing.xml': 'refused' });
  const { document: id } = files.find(({ name }) => name === 'w-1.xml');
  await server.settled(key, id);
  assert.equal((await events(id))[0].parameters.door, 'folder');
  assert.deepEqual(readdirSync(join(out, 'done')), ['w-1.xml']);
  assert.deepEqual(readdirSync(join(out, 'failed')).sort(), ['nothing.xml', 'nothing.xml.txt']);
  copyFileSync(join(folder, 'whole.xml'), join(out, 'w-1.xml'));
  await pass('PT3M');
  await server.until(() => readdirSync(out), (names) => !names.includes('w-1.xml'));
  const again = await server.call('/api/v1/documents?number=W-1&direction=sent', { key });
  assert.equal(again.json.items.length, 1, 'the same file is sent once');
});

test('a watched folder over SFTP, and one that is none', { skip }, async () => {
  const { version } = ok(await call(watched, 'GET', undefined, key));
  mkdirSync(join(sftp.drop, 'watched'));
  ok(await call(watched, 'PUT', { address: `${sftp.url}/watched`, hostKey: sftp.hostKey, version }, key));
  assert.equal((await call(watched, 'PUT', { address: 'out', version }, key)).status, 409);
  assert.equal((await call(watched, 'PUT', { address: '/etc', version: version + 1 }, key)).status, 400);
  writeFileSync(join(sftp.drop, 'watched', 'w-2.xml'), invoice({ number: 'W-2', seller, buyer }));
  await pass('PT3M');
  await server.until(() => sftp.files('watched/done'), (names) => names.includes('w-2.xml'));
  const found = await server.call('/api/v1/documents?number=W-2&direction=sent', { key });
  assert.equal((await events(found.json.items[0].id))[0].parameters.door, 'sftp');
  assert.equal((await call(watched, 'DELETE', undefined, key)).status, 204);
  assert.equal(ok(await call(watched, 'GET', undefined, key)).place, null);
});

test('what waits, was taken and came late follows from the events alone', async () => {
  assert.match(await server.admin('verify'), /./);
});

test('every documented answer was seen', { skip }, () => assert.deepEqual(neverSeen(['Hand-over']), []));
