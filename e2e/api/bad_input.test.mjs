// Hostile and mistaken input over HTTP: each has its clear Problem, nothing is lost, nobody sees what isn't theirs.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { invoiceFrom, startWorld } from './world.mjs';
import { zipOf } from './zip.mjs';

let world, server, key;
before(async () => {
  world = await startWorld();
  server = world.server;
  key = world.keys.energi;
});
after(() => world?.server.remove());

const documentsOf = async (who) => (await server.call('/api/v1/documents?limit=200', { key: world.keys[who] })).json.items;

// Taken in, kept, stopped, shown to its sender alone with the reason. What could not be read at all has no copies.
async function isKeptAndStopped(bytes, { readInPart = false } = {}) {
  const sent = await server.send(key, bytes);
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const document = (await server.settled(key, sent.json.id)).json;
  assert.equal(document.status, 'stopped');
  assert.equal(document.copies.length > 0, readInPart);
  const findings = (await server.call(`/api/v1/documents/${document.id}/findings`, { key })).json.items;
  assert.ok(findings.length >= 1);
  for (const language of ['sv', 'en']) assert.ok(findings[0].explanation[language].length > 10, JSON.stringify(findings[0]));
  const original = await server.call(`/api/v1/documents/${document.id}/original`, { key });
  assert.ok(original.bytes.equals(Buffer.from(bytes)), 'byte for byte');
  for (const other of ['granberga', 'lager']) {
    assert.equal((await server.call(`/api/v1/documents/${document.id}`, { key: world.keys[other] })).status, 404);
    assert.ok(!(await documentsOf(other)).some((one) => one.id === document.id));
  }
  return findings.map((finding) => finding.id);
}

// Over a limit: refused, and nothing of it is kept.
async function isRefused(status, code, bytes, headers = {}) {
  const before = (await documentsOf('energi')).length;
  const answer = await server.send(key, bytes, headers);
  assert.equal(answer.status, status, JSON.stringify(answer.json));
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(answer.json.code, code);
  assert.ok(answer.json.detail && answer.json.title && answer.json.status === status);
  assert.equal((await documentsOf('energi')).length, before);
  return answer;
}

test('not XML', async () => assert.ok((await isKeptAndStopped('Hej, här kommer fakturan.')).length > 0));
test('a PDF', async () => isKeptAndStopped('%PDF-1.7\n%âãÏÓ\n1 0 obj'));
test('bytes that are no text', async () => isKeptAndStopped(Buffer.from([0, 255, 1, 254, 2, 253, 0, 0])));
test('XML that breaks off', async () => isKeptAndStopped(invoiceFrom('energi', 'granberga', 'B-1').slice(0, 1500)));
test('an unknown format', async () => isKeptAndStopped('<order xmlns="urn:example:unknown"><id>1</id></order>'));
test('a DTD with entities', async () =>
  isKeptAndStopped('<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>'));
test('an external entity', async () =>
  isKeptAndStopped('<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>'));
test('elements nested ten thousand deep', async () => isKeptAndStopped('<a>'.repeat(10_000) + '</a>'.repeat(10_000)));
test('a million attributes', async () => isKeptAndStopped(`<Invoice ${Array.from({ length: 200_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`));
test('wrong types in the right places', async () =>
  isKeptAndStopped(
    invoiceFrom('energi', 'granberga', 'B-2')
      .replace(/<cbc:IssueDate>[^<]*/, '<cbc:IssueDate>yesterday')
      .replace(/<cbc:PayableAmount currencyID="SEK">[^<]*/, '<cbc:PayableAmount currencyID="SEK">a lot'),
    { readInPart: true },
  ));

test('empty', async () => isRefused(400, 'document-empty', ''));
test('60 MB', async () => {
  const before = (await documentsOf('energi')).length;
  let refused = false;
  try {
    const answer = await server.send(key, Buffer.alloc(60 * 1024 * 1024, 'a'));
    assert.equal(answer.status, 413);
    assert.equal(answer.json.code, 'body-too-large');
    refused = true;
  } catch (fault) {
    if (fault instanceof assert.AssertionError) throw fault;
    refused = true; // the server hung up while we were still sending: as good an answer as any
  }
  assert.ok(refused);
  assert.equal((await documentsOf('energi')).length, before);
});
test('a compression bomb', async () => isRefused(413, 'document-too-large', gzipSync(Buffer.alloc(300 * 1024 * 1024)), { 'content-encoding': 'gzip' }));
test('a bomb within a zip', async () => {
  const large = Buffer.alloc(49 * 1024 * 1024);
  const bomb = zipOf(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.xml`, large])));
  await isRefused(413, 'archive-too-large', bomb, { 'content-type': 'application/zip' });
});
test('a damaged content coding', async () => isRefused(400, 'encoding-damaged', Buffer.from('not gzip'), { 'content-encoding': 'gzip' }));
test('an unknown content coding', async () => isRefused(415, 'encoding-unknown', 'x', { 'content-encoding': 'lzma' }));
test('a form instead of the file', async () =>
  isRefused(415, 'media-type-unsupported', 'file=a', { 'content-type': 'application/x-www-form-urlencoded' }));
test('JSON instead of the file', async () => isRefused(415, 'media-type-unsupported', '{}', { 'content-type': 'application/json' }));

test('one bad file in a zip stops only itself', async () => {
  const sent = await server.send(key, zipOf({ 'bra.xml': invoiceFrom('energi', 'granberga', 'B-10'), 'dålig.xml': 'ingenting' }), { 'content-type': 'application/zip' });
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const statuses = [];
  for (const { id, fileName } of sent.json.documents) statuses.push([fileName, (await server.settled(key, id)).json.status]);
  assert.deepEqual(statuses.sort(), [['bra.xml', 'delivered'], ['dålig.xml', 'stopped']]);
});

test('a file name that is hostile is only a name', async () => {
  for (const name of ['../../../etc/passwd', 'a\u202Egpj.exe', '"><script>alert(1)</script>', 'x'.repeat(500)]) {
    const sent = await server.send(key, `${invoiceFrom('energi', 'granberga', 'B-20')}<!-- ${encodeURIComponent(name).slice(0, 50)} -->`, { 'x-file-name': encodeURIComponent(name) });
    assert.equal(sent.status, 202, JSON.stringify(sent.json));
    const original = await server.call(`/api/v1/documents/${sent.json.id}/original`, { key });
    const disposition = original.headers.get('content-disposition');
    assert.match(disposition, /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/);
    assert.ok(!disposition.includes('/'));
  }
  assert.equal((await server.send(key, 'x', { 'x-file-name': '%zz' })).status, 400);
});

test('an attachment that calls itself HTML comes down as bytes', async () => {
  const sent = await server.send(key, invoiceFrom('energi', 'granberga', 'B-30', { attachment: { name: 'x.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') } }));
  await server.settled(key, sent.json.id);
  const answer = await server.call(`/api/v1/documents/${sent.json.id}/attachments/0`, { key });
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  assert.match(answer.headers.get('content-disposition'), /^attachment/);
  assert.match(answer.headers.get('content-security-policy'), /sandbox/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('queries that are wrong say which parameter', async () => {
  for (const [query, where] of [
    ['stauts=sent', 'stauts'],
    ['status=gone', 'status'],
    ['direction=up', 'direction'],
    ['from=2026-02-30', 'from'],
    ['amountFrom=1e9', 'amountFrom'],
    ['sort=name', 'sort'],
    ['limit=1000', 'limit'],
  ]) {
    const answer = await server.call(`/api/v1/documents?${query}`, { key });
    assert.deepEqual([answer.status, answer.json.code, answer.json.where], [400, 'parameter-invalid', where]);
  }
});

test('a search text is only text', async () => {
  for (const text of ["' OR 1=1 --", '"', '%', '_', '*', 'NEAR(a b)', '\\', '(', 'a AND', '\u0000', '0'.repeat(400)]) {
    const answer = await server.call(`/api/v1/documents?query=${encodeURIComponent(text).replace('%00', '')}`, { key });
    assert.equal(answer.status, 200, `${text}: ${JSON.stringify(answer.json)}`);
  }
  assert.equal((await server.call("/api/v1/documents?query=' OR 1=1 --", { key })).json.items.length, 0);
});

test('paths, methods and ids that are not there', async () => {
  assert.equal((await server.call('/api/v1/nothing', { key })).status, 404);
  assert.equal((await server.call('/api/v1/nothing', { key })).json.code, 'not-found');
  assert.equal((await server.call('/api/v1/documents/..%2f..%2fetc', { key })).status, 404);
  const patched = await server.call('/api/v1/documents', { key, method: 'PATCH' });
  assert.equal(patched.status, 405);
  assert.match(patched.headers.get('allow'), /GET/);
});

test('time does not move on a server that was not started so', async () => {
  const answer = await server.call('/api/v1/clock', { key, method: 'POST', body: '{"advance":"P1D"}', headers: { 'content-type': 'application/json' } });
  assert.equal(answer.status, 404);
});
