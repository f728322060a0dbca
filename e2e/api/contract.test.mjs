// openapi.json held against what the running server answers: every path and method, every status that can be brought about.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { judged, neverSeen, operationsOfTheContract } from './contract.mjs';
import { Person, signInAnswer } from './session.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from './world.mjs';
import { zipOf } from './zip.mjs';

let world, server, karin, holm, delivered, unreadable, withAttachment;
const nobody = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';

before(async () => {
  world = await startWorld({ args: ['--simulated-clock'] });
  server = world.server;
  karin = await Person.signIn(server, world.users.karin);
  holm = await Person.signIn(server, world.users.holm);
  delivered = await sendAndSettle(world, 'energi', 'granberga', 'C-1');
  await sendAndSettle(world, 'energi', 'stranger', 'C-2');
  withAttachment = await sendAndSettle(world, 'energi', 'granberga', 'C-3', { attachment: { name: 'Mätarprotokoll.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 test') } });
  const sent = await server.send(world.keys.energi, 'this is not XML');
  unreadable = sent.json.id;
  await server.settled(world.keys.energi, unreadable);
});
after(() => world?.server.remove());

const asKey = async (path, options = {}) => judged(path, options.method ?? 'GET', await server.call(path, { key: world.keys.energi, ...options }));
const asPerson = async (person, path, options = {}) => judged(path, options.method ?? 'GET', await person.call(path, options));
const asNobody = async (path, options = {}) => judged(path, options.method ?? 'GET', await server.call(path, options));
const json = (body) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const ok = (answer, status = 200) => assert.equal(answer.status, status, JSON.stringify(answer.json));

test('/session', async () => {
  ok(judged('/api/v1/session', 'POST', await signInAnswer(server, world.users.chef)));
  ok(judged('/api/v1/session', 'POST', await signInAnswer(server, { email: 'karin@nordhamn.example', password: 'fel lösenord' })), 401);
  ok(judged('/api/v1/session', 'POST', await signInAnswer(server, '{')), 400);
  ok(judged('/api/v1/session', 'POST', await signInAnswer(server, world.users.chef, { 'content-type': 'text/plain' })), 415);
  ok(judged('/api/v1/session', 'POST', await signInAnswer(server, world.users.chef, { origin: 'https://evil.example' })), 403);
  const guess = () => signInAnswer(server, { email: 'gast@nordhamn.example', password: 'fel lösenord' });
  let last;
  for (let tries = 0; tries < 6; tries++) last = judged('/api/v1/session', 'POST', await guess());
  ok(last, 429);
  assert.ok(Number(last.headers.get('retry-after')) >= 1);

  ok(await asPerson(karin, '/api/v1/session'));
  ok(await asNobody('/api/v1/session'), 401);

  const chef = await Person.signIn(server, world.users.chef);
  const other = chef.session.companies.find((one) => one.id !== chef.session.company.id);
  const put = async (body, headers = {}) => judged('/api/v1/session', 'PUT', await chef.json('PUT', '/api/v1/session', body, headers));
  ok(await put({ companyId: other.id }));
  ok(await put({ companyId: '987654' }), 404);
  ok(await put({ company: other.id }), 400);
  ok(await put({ companyId: other.id }, { 'content-type': 'text/plain' }), 415);
  ok(await put({ companyId: other.id }, { 'x-csrf-token': 'wrong' }), 403);
  ok(judged('/api/v1/session', 'PUT', await server.call('/api/v1/session', { method: 'PUT', ...json({ companyId: other.id }) })), 401);
  ok(judged('/api/v1/session', 'DELETE', await chef.call('/api/v1/session', { method: 'DELETE', headers: { 'x-csrf-token': 'wrong' } })), 403);
  ok(judged('/api/v1/session', 'DELETE', await chef.call('/api/v1/session', { method: 'DELETE' })), 204);
  ok(judged('/api/v1/session', 'DELETE', await chef.call('/api/v1/session', { method: 'DELETE' })), 401);
});

test('POST /documents', async () => {
  const post = async (body, headers = {}, key = world.keys.energi) =>
    judged('/api/v1/documents', 'POST', await server.call('/api/v1/documents', { key, method: 'POST', body, headers: { 'content-type': 'application/xml', ...headers } }));
  const xml = invoiceFrom('energi', 'granberga', 'C-10');
  ok(await post(xml, { 'x-file-name': 'Faktura%20%C3%A5.xml', 'idempotency-key': 'c-10' }), 202);
  ok(await post(xml, { 'x-file-name': 'Faktura%20%C3%A5.xml', 'idempotency-key': 'c-10' }), 202);
  ok(await post(invoiceFrom('energi', 'granberga', 'C-11'), { 'idempotency-key': 'c-10' }), 422);
  const repeated = await post(xml);
  ok(repeated, 409);
  assert.equal(repeated.json.code, 'duplicate-document');
  assert.match(repeated.json.documentId, /^[0-9a-f-]{36}$/);
  const zip = await post(zipOf({ 'a.xml': invoiceFrom('energi', 'granberga', 'C-12'), 'b.xml': 'not XML' }), { 'content-type': 'application/zip' });
  ok(zip, 202);
  assert.equal(zip.json.documents.length, 2);
  ok(await post(''), 400);
  ok(await post(xml, {}, 'pg_live_wrong'), 401);
  ok(await post(xml, {}, await server.key(identifierOf(12), 'documents:read')), 403);
  ok(await post('{}', { 'content-type': 'application/json' }), 415);
  ok(await post(gzipSync(Buffer.alloc(60 * 1024 * 1024)), { 'content-encoding': 'gzip' }), 413);
});

test('POST /validate', async () => {
  const post = async (body, headers = {}, key = world.keys.energi) =>
    judged('/api/v1/validate', 'POST', await server.call('/api/v1/validate', { key, method: 'POST', body, headers: { 'content-type': 'application/xml', ...headers } }));
  const good = await post(invoiceFrom('energi', 'granberga', 'C-20'));
  assert.deepEqual([good.json.valid, good.json.number, good.json.type], [true, 'C-20', 'invoice'], JSON.stringify(good.json));
  const bad = await post('<not-an-invoice/>');
  assert.equal(bad.json.valid, false);
  assert.ok(bad.json.findings.length > 0);
  ok(await post(zipOf({ 'a.xml': invoiceFrom('energi', 'granberga', 'C-21'), 'b.xml': invoiceFrom('energi', 'granberga', 'C-22') }), { 'content-type': 'application/zip' }), 400);
  ok(await post('', {}, 'pg_live_wrong'), 401);
  ok(await post(invoiceFrom('energi', 'granberga', 'C-20'), {}, await server.key(identifierOf(12), 'documents:read')), 403);
  ok(await post('{}', { 'content-type': 'application/json' }), 415);
  ok(await post(gzipSync(Buffer.alloc(60 * 1024 * 1024)), { 'content-encoding': 'gzip' }), 413);
});

test('lists, with every filter and sort', async () => {
  const filter = `direction=sent&status=delivered,failed&type=invoice&channel=network&from=2020-01-01&to=2099-12-31&dueFrom=2020-01-01&dueTo=2099-12-31&amountFrom=1&amountTo=999999.50&counterpart=${identifierOf(14)}`;
  const list = await asKey(`/api/v1/documents?${filter}&limit=1`);
  assert.equal(list.json.items.length, 1, JSON.stringify(list.json));
  for (const sort of ['-receivedAt', 'receivedAt', '-dueDate', 'dueDate', '-amount', 'amount']) ok(await asPerson(karin, `/api/v1/documents?sort=${sort}`));
  ok(await asKey('/api/v1/documents?query=granberga'));
  ok(await asKey('/api/v1/documents?number=C-1'));
  ok(await asKey('/api/v1/documents?limit=0'), 400);
  ok(await asKey('/api/v1/documents?cursor=made-up'), 400);
  ok(await asKey(`/api/v1/documents/facets?${filter}`));
  ok(await asKey('/api/v1/documents/facets?status=nothing'), 400);
});

test('one document and all that hangs on it', async () => {
  const paths = ['', '/events', '/terms', '/findings', '/deliveries', '/versions', '/original', '/evidence', '/copies/email', '/copies/print?format=pdf&download=1&language=en', '/copies/bank?format=html', '/copies/readable?format=html&language=sv'];
  for (const id of [delivered, withAttachment]) {
    for (const path of paths) {
      ok(await asKey(`/api/v1/documents/${id}${path}`));
      ok(await asPerson(karin, `/api/v1/documents/${id}${path}`));
      ok(await asPerson(holm, `/api/v1/documents/${id}${path}`));
    }
  }
  for (const path of paths) ok(await asKey(`/api/v1/documents/${nobody}${path}`), 404);
  for (const path of ['', '/events', '/terms', '/findings', '/deliveries', '/versions', '/original']) ok(await asKey(`/api/v1/documents/${unreadable}${path}`));
  ok(await asKey(`/api/v1/documents/${unreadable}/copies/email`), 409);
  ok(await asKey(`/api/v1/documents/${delivered}/copies/email?format=docx`), 400);
  ok(await asKey(`/api/v1/documents/${delivered}/evidence?language=fi`), 400);

  const { items } = (await asKey(`/api/v1/documents/${delivered}/deliveries`)).json;
  assert.equal(items.length, 1);
  assert.ok(items[0].sentBytes, 'what left the house is kept');
  ok(await asKey(items[0].sentBytes.href));
  ok(await asKey(`/api/v1/documents/${delivered}/deliveries/${nobody}/sent`), 404);

  const { attachments } = (await asKey(`/api/v1/documents/${withAttachment}`)).json;
  assert.equal(attachments.length, 1);
  const attachment = await asKey(`/api/v1/documents/${withAttachment}/attachments/${attachments[0].index}`);
  assert.equal(attachment.bytes.toString(), '%PDF-1.4 test');
  assert.match(attachment.headers.get('content-disposition'), /^attachment; /);
  ok(await asKey(`/api/v1/documents/${withAttachment}/attachments/7`), 404);
});

test('POST /documents/{id}/opened', async () => {
  const open = async (person, id, body = { what: 'copy' }, headers = {}) => judged(`/api/v1/documents/${id}/opened`, 'POST', await person.json('POST', `/api/v1/documents/${id}/opened`, body, headers));
  ok(await open(holm, delivered, undefined, { 'idempotency-key': 'o-1' }), 204);
  ok(await open(holm, delivered, undefined, { 'idempotency-key': 'o-1' }), 204);
  ok(await open(holm, withAttachment, undefined, { 'idempotency-key': 'o-1' }), 422);
  ok(await open(holm, delivered, { what: 'soul' }), 400);
  ok(await open(holm, delivered, undefined, { 'content-type': 'text/plain' }), 415);
  ok(await open(holm, delivered, undefined, { 'x-csrf-token': '' }), 403);
  ok(await open(holm, nobody), 404);
  ok(await asNobody(`/api/v1/documents/${delivered}/opened`, { method: 'POST', ...json({ what: 'copy' }) }), 401);
});

test('overview, partners, statistics, companies, channels', async () => {
  for (const period of ['today', '7d', '30d']) ok(await asPerson(karin, `/api/v1/overview?period=${period}`));
  ok(await asPerson(karin, '/api/v1/overview?period=ever'), 400);

  ok(await asKey('/api/v1/partners'));
  ok(await asKey('/api/v1/partners?query=granberga&limit=1'));
  ok(await asKey('/api/v1/partners?limit=x'), 400);
  const one = `/api/v1/partners/${encodeURIComponent(identifierOf(14))}`;
  ok(await asKey(one));
  ok(await asKey(`/api/v1/partners/${encodeURIComponent(identifierOf(99))}`), 404);
  const put = async (path, body, headers = {}, key = world.keys.energi) => judged(path, 'PUT', await server.call(path, { key, method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }));
  const address = { street: 'Sågvägen 3', postalCode: '123 45', city: 'Granberga', country: 'SE' };
  ok(await put(one, { name: 'Granberga Bygg AB', email: 'faktura@granberga.example', postalAddress: address, channels: ['network', 'print'] }));
  ok(await put('/api/v1/partners/customer%3A20117', { name: 'Anna Berg', kind: 'person' }), 201);
  ok(await put(one, { name: '' }), 400);
  ok(await put(one, { name: 'Granberga' }, { 'content-type': 'text/xml' }), 415);
  ok(await put(one, { name: 'Granberga' }, {}, await server.key(identifierOf(12), 'partners:read')), 403);
  ok(await put(one, { name: 'Granberga' }, {}, 'pg_live_wrong'), 401);

  for (const groups of ['', 'channel,month', 'direction,type,status', 'company,day', 'currency']) ok(await asKey(`/api/v1/statistics?groupBy=${groups}&from=2020-01-01&to=2099-12-31`));
  ok(await asKey(`/api/v1/statistics?company=${identifierOf(12)}&direction=sent`));
  ok(await asKey('/api/v1/statistics?groupBy=moon'), 400);

  ok(await asPerson(karin, '/api/v1/companies'));
  ok(await asPerson(karin, '/api/v1/companies?limit=999'), 400);

  ok(await asKey(`/api/v1/channels/lookup?identifier=${identifierOf(14)}`));
  ok(await asKey('/api/v1/channels/lookup?identifier=0007:1234567890'), 400);

  await server.company(identifierOf(19), 'Driften AB', ['--operator']);
  const staff = await server.key(identifierOf(19), 'documents:read');
  ok(judged('/api/v1/print-batches', 'GET', await server.call('/api/v1/print-batches', { key: staff })));
  ok(judged('/api/v1/print-batches', 'GET', await server.call('/api/v1/print-batches?limit=0', { key: staff })), 400);
  ok(await asKey('/api/v1/print-batches'), 403);
});

test('what needs somebody answers nobody, and a scope answers who lacks it', async () => {
  const statistics = await server.key(identifierOf(12), 'statistics:read');
  const documents = await server.key(identifierOf(12), 'documents:read');
  for (const { path, method, operation } of operationsOfTheContract) {
    if (method !== 'get' || !operation.responses[401]) continue;
    const address = path.replace('{id}', delivered).replace('{kind}', 'email').replace('{index}', '0').replace('{deliveryId}', nobody).replace('{identifier}', identifierOf(14));
    ok(await asNobody(address), 401);
    if (!operation.responses[403]) continue;
    ok(await asNobody(address, { key: path.includes('statistics') ? documents : statistics }), 403);
  }
  ok(await asNobody('/api/v1/session', { key: documents }), 403);
});

test('operation', async () => {
  ok(await asNobody('/health'));
  ok(await asNobody('/metrics'));
  const contract = await asNobody('/api/openapi.json');
  assert.equal(contract.json.openapi, '3.1.0');
});

test('the clock, because this server was started with one', async () => {
  const advance = async (body, options = {}) => judged('/api/v1/clock', 'POST', await server.call('/api/v1/clock', { key: world.keys.energi, method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...options } }));
  const before = Date.parse((await asNobody('/health')).json.time);
  const moved = await advance({ advance: 'PT2H' }, { 'idempotency-key': 'k-1' });
  assert.ok(Date.parse(moved.json.now) >= before + 7_200_000);
  assert.deepEqual((await advance({ advance: 'PT2H' }, { 'idempotency-key': 'k-1' })).json, moved.json, 'once is once');
  ok(await advance({ advance: 'PT3H' }, { 'idempotency-key': 'k-1' }), 422);
  ok(await advance({ advance: 'tomorrow' }), 400);
  ok(await advance({ advance: 'P1D' }, { 'content-type': 'text/plain' }), 415);
  ok(await asNobody('/api/v1/clock', { method: 'POST', ...json({ advance: 'P1D' }) }), 401);
  const person = await Person.signIn(server, world.users.karin);
  ok(judged('/api/v1/clock', 'POST', await person.json('POST', '/api/v1/clock', { advance: 'PT1S' }, { 'x-csrf-token': 'wrong' })), 403);
});

// What cannot be brought about from outside, with the test that holds it instead.
const elsewhere = new Map([
  ['post /api/v1/documents 503', 'a store that is gone: tests/flow'],
  ['get /health 503', 'a store that is gone'],
  ['get /api/v1/stream 503', '2,000 clients'],
  ['get /api/v1/stream 200', 'stream.test.mjs: it never ends'],
  ['post /api/v1/clock 404', 'bad_input.test.mjs: a server without the option'],
  ['get /api/v1/documents/{id}/attachments/{index} 409', 'an attachment that is not base64'],
]);

test('every documented status was seen', () => {
  assert.deepEqual(neverSeen(undefined, elsewhere), []);
});
