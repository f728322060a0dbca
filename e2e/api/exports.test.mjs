// Exports through the real program: what is exported is opened again and held against the list, row by row; files against
// the originals, byte by byte. And views that a company shares.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { csvRows, dateOfSerial, workbookRows } from '../support/tables.mjs';
import { unzipped } from '../support/unzip.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, sendAndSettle, startWorld } from './world.mjs';

let world, server, key, other, karin, chef;
const exports = '/api/v1/exports';
const views = '/api/v1/views';
const names = ['direction', 'number', 'type', 'status', 'channel', 'counterpart', 'identifier', 'customerNumber', 'issued', 'due', 'received', 'amount', 'currency', 'orderReference', 'buyerReference', 'paymentReference', 'company', 'id', 'file', 'sha256'];
const column = Object.fromEntries(names.map((name, place) => [name, place]));

before(async () => {
  world = await startWorld({ args: ['--simulated-clock', '--rate-limit-read', 'off', '--rate-limit-write', 'off'] });
  server = world.server;
  key = world.keys.energi;
  other = world.keys.granberga;
  for (let number = 0; number < 12; number++)
    await sendAndSettle(world, 'energi', number % 3 === 0 ? 'lager' : 'granberga', `E-${number}`, { lines: [{ text: 'Värme', quantity: 1, öre: 10_001 * (number + 1) }] });
  await sendAndSettle(world, 'energi', 'granberga', '=HYPERLINK("https://evil.example","x")');
  await sendAndSettle(world, 'granberga', 'energi', 'G-1');
  karin = await Person.signIn(server, world.users.karin);
  chef = await Person.signIn(server, await server.user(identifierOf(12), 'boss@nordhamn.example', 'Bodil Boss', 'vinter i skogen', ['--role', 'administrator']));
});
after(() => server?.remove());

const json = (body) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const call = async (path, method = 'GET', body, as = key) => judged(path, method, await server.call(path, { key: as, method, ...(body === undefined ? {} : json(body)) }));
const by = async (person, method, path, body) => judged(path, method, body === undefined ? await person.call(path, { method }) : await person.json(method, path, body));

// One keeps ten at a time: older ones go first.
async function exported(form, filter = {}, as = key) {
  const { items } = (await call(exports, 'GET', undefined, as)).json;
  for (const { id } of items.slice(8)) await call(`${exports}/${id}`, 'DELETE', undefined, as);
  const started = await call(exports, 'POST', { form, filter }, as);
  assert.equal(started.status, 202, JSON.stringify(started.json));
  const done = await server.until(() => call(`${exports}/${started.json.id}`, 'GET', undefined, as), ({ json: { state } }) => state !== 'waiting' && state !== 'making', 30_000);
  assert.equal(done.json.state, 'done', JSON.stringify(done.json));
  const file = await call(`${exports}/${started.json.id}/file`, 'GET', undefined, as);
  assert.equal(file.status, 200);
  assert.equal(file.bytes.length, done.json.size);
  return { made: done.json, started: started.json, file };
}

// Every page of the list.
async function listed(filter, as = key) {
  const items = [];
  for (let cursor = ''; ; ) {
    const { json: page } = await call(`/api/v1/documents?${new URLSearchParams({ ...filter, limit: '5', ...(cursor ? { cursor } : {}) })}`, 'GET', undefined, as);
    items.push(...page.items);
    if (!page.nextCursor) return items;
    cursor = page.nextCursor;
  }
}

const filters = [
  {},
  { direction: 'sent', sort: '-amount' },
  { query: 'granberga', sort: 'receivedAt' },
  { counterpart: identifierOf(13) },
  { amountFrom: '500', amountTo: '1000', sort: 'amount' },
  { number: 'finns inte' },
];

test('a table has the list’s rows, all of them, in its order', async () => {
  for (const filter of filters) {
    const rows = await listed(filter);
    const { made, file, started } = await exported('csv', filter);
    const [heading, ...table] = csvRows(file.bytes);
    assert.equal(heading[column.number], 'Nummer');
    assert.deepEqual([made.documents, started.total], [rows.length, rows.length], JSON.stringify(filter));
    assert.deepEqual(
      table.map((row) => [row[column.id], row[column.number], row[column.amount], row[column.currency], row[column.due]]),
      rows.map((row) => [row.id, row.number, row.amount.value.replace('.', ','), row.amount.currency, row.dueDate]),
      JSON.stringify(filter),
    );
  }
});

test('a workbook has real amounts and dates', async () => {
  const rows = await listed({ direction: 'sent' });
  const { file } = await exported('xlsx', { direction: 'sent' });
  const [, ...table] = workbookRows(file.bytes);
  assert.equal(table.length, rows.length);
  for (const [place, row] of rows.entries()) {
    const cells = table[place];
    assert.deepEqual([cells[column.id], cells[column.number]], [row.id, row.number]);
    assert.equal(typeof cells[column.amount], 'number');
    assert.equal(cells[column.amount], Number(row.amount.value));
    assert.equal(dateOfSerial(cells[column.due]), row.dueDate);
    assert.equal(typeof cells[column.received], 'number');
    assert.equal(typeof cells[column.identifier], 'string');
  }
});

test('no cell of a table is a formula', async () => {
  const { file } = await exported('csv', { query: 'HYPERLINK' });
  assert.match(file.bytes.toString(), /'=HYPERLINK/);
  assert.doesNotMatch(file.bytes.toString(), /(^|;|\n)"?=/);
});

test('a zip has each original byte for byte, and sums that hold', async () => {
  const rows = await listed({});
  const { file } = await exported('originals');
  const files = unzipped(file.bytes);
  const [, ...table] = csvRows(files.get('documents.csv'));
  assert.deepEqual(table.map((row) => row[column.id]), rows.map(({ id }) => id));
  assert.equal(files.size, rows.length + 2, 'no two have one name');
  const sums = new Map(files.get('SHA256SUMS').toString().trim().split('\n').map((line) => line.split('  ').reverse()));
  for (const row of table) {
    const bytes = files.get(row[column.file]);
    const original = await call(`/api/v1/documents/${row[column.id]}/original`);
    assert.ok(bytes.equals(original.bytes), row[column.file]);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), row[column.sha256]);
    assert.equal(sums.get(row[column.file]), row[column.sha256]);
  }
  assert.ok(sums.has('documents.csv'));
});

test('a zip of copies has the copy that is shown', async () => {
  const { file } = await exported('pdfs', { number: 'E-4' });
  const files = unzipped(file.bytes);
  const [, row] = csvRows(files.get('documents.csv'));
  const copy = await call(`/api/v1/documents/${row[column.id]}/copies/email?format=pdf`);
  assert.ok(files.get(row[column.file]).equals(copy.bytes));
});

test('each has its own, and of others’ nobody learns anything', async () => {
  const { made } = await exported('csv');
  for (const as of [other, world.keys.lager, world.keys.nordhamn]) {
    assert.equal((await call(`${exports}/${made.id}`, 'GET', undefined, as)).status, 404);
    assert.equal((await call(`${exports}/${made.id}/file`, 'GET', undefined, as)).status, 404);
    assert.equal((await call(`${exports}/${made.id}`, 'DELETE', undefined, as)).status, 404);
    assert.ok(!(await call(exports, 'GET', undefined, as)).json.items.some(({ id }) => id === made.id));
  }
  assert.equal((await by(chef, 'GET', `${exports}/${made.id}`)).status, 404, 'nor somebody else of the company');
  const theirs = await exported('csv', {}, other);
  const numbers = csvRows(theirs.file.bytes).slice(1).map((row) => row[column.number]);
  assert.ok(numbers.includes('G-1') && !numbers.includes('E-0'), numbers.join());
  assert.equal((await call(`${exports}/${made.id}`, 'DELETE')).status, 204);
  assert.equal((await call(`${exports}/${made.id}/file`)).status, 404);
});

test('what is no export is refused, in words', async () => {
  for (const body of [{}, { form: 'docx' }, { form: 'csv', language: 'de' }, { form: 'csv', filter: [] }, { form: 'csv', filter: { status: ['nothing'] } }, { form: 'csv', filter: { colour: 'red' } }, { form: 'csv', filter: { cursor: 'x' } }, { form: 'csv', filter: { number: { a: 1 } } }, { form: 'csv', filter: { query: 'x'.repeat(500) } }, { form: 'csv', more: 1 }])
    assert.equal((await call(exports, 'POST', body)).status, 400, JSON.stringify(body));
  const company = await exported('csv', { company: identifierOf(14) });
  assert.equal(company.made.documents, 0, 'of a company of which nothing is seen there is nothing');
});

test('a person’s own list says how much there is room for', async () => {
  const started = await by(karin, 'POST', exports, { form: 'xlsx', language: 'en', filter: { query: 'E-1' } });
  assert.equal(started.status, 202);
  const { json: list } = await by(karin, 'GET', exports);
  assert.equal(list.items[0].id, started.json.id);
  assert.deepEqual(list.items[0].filter, { query: 'E-1' });
  assert.ok(list.limits.rows > list.limits.files && list.limits.bytes > 0);
  await server.until(() => by(karin, 'GET', `${exports}/${started.json.id}`), ({ json: { state } }) => state === 'done', 30_000);
  const file = await by(karin, 'GET', `${exports}/${started.json.id}/file`);
  assert.match(file.headers.get('content-disposition'), /postgang-\d{4}-\d{2}-\d{2}\.xlsx/);
  const trail = await by(chef, 'GET', '/api/v1/audit?object=export');
  assert.deepEqual([...new Set(trail.json.items.filter(({ objectId }) => objectId === started.json.id).map(({ action }) => action))].sort(), ['export.asked', 'export.downloaded']);
});

test('who is let see less than when it was made cannot take it home', async () => {
  const { made } = await exported('csv', {}, world.keys.nordhamn);
  await server.company(identifierOf(17), 'Nordhamn Nytt AB', ['--parent', identifierOf(11)]);
  const refused = await server.until(() => call(`${exports}/${made.id}/file`, 'GET', undefined, world.keys.nordhamn), ({ status }) => status === 409, 10_000);
  assert.equal(refused.json.code, 'export-sight-changed');
});

test('a view that is shared is the company’s, and goes by its maker’s or an administrator’s hand', async () => {
  const reader = await Person.signIn(server, await server.user(identifierOf(12), 'reader@nordhamn.example', 'Rut Read', 'vinter i skogen', ['--role', 'reader']));
  const shared = await by(karin, 'POST', views, { list: 'sent', name: 'Misslyckade <b>', query: 'status=failed' });
  assert.equal(shared.status, 201, JSON.stringify(shared.json));
  const second = (await by(karin, 'POST', views, { list: 'sent', name: 'Andra', query: '' })).json;
  const seen = (await by(reader, 'GET', views)).json.items;
  assert.deepEqual(seen.map(({ name, by: who, mayRemove }) => [name, who, mayRemove]), [['Andra', 'Karin Sand', false], ['Misslyckade <b>', 'Karin Sand', false]]);
  assert.equal((await by(reader, 'POST', views, { list: 'sent', name: 'x', query: '' })).json.code, 'scope-missing');
  assert.equal((await by(reader, 'DELETE', `${views}/${second.id}`)).json.code, 'scope-missing');
  const clerk = await Person.signIn(server, await server.user(identifierOf(12), 'clerk@nordhamn.example', 'Kalle Klerk', 'vinter i skogen'));
  assert.equal((await by(clerk, 'DELETE', `${views}/${second.id}`)).json.code, 'view-of-others');
  assert.equal((await by(chef, 'DELETE', `${views}/${second.id}`)).status, 204, 'an administrator');
  assert.equal((await by(karin, 'DELETE', `${views}/${shared.json.id}`)).status, 204, 'its maker');
  assert.equal((await by(karin, 'DELETE', `${views}/${shared.json.id}`)).status, 404);
  const holm = await Person.signIn(server, world.users.holm);
  const theirs = (await by(holm, 'POST', views, { list: 'sent', name: 'Deras', query: '' })).json;
  assert.equal((await by(karin, 'DELETE', `${views}/${theirs.id}`)).status, 404);
  assert.ok(!(await by(karin, 'GET', views)).json.items.some(({ id }) => id === theirs.id));
  for (const body of [{}, { list: 'other', name: 'x' }, { list: 'sent', name: ' ' }, { list: 'sent', name: 'x'.repeat(61) }, { list: 'sent', name: 'x', by: 'me' }]) assert.equal((await by(karin, 'POST', views, body)).status, 400, JSON.stringify(body));
  const trail = await by(chef, 'GET', '/api/v1/audit?object=shared-view');
  assert.deepEqual(trail.json.items.map(({ action }) => action).sort(), ['shared-view.made', 'shared-view.made', 'shared-view.removed', 'shared-view.removed']);
});

test('a company has as many shared views as a list can show', async () => {
  const holm = await Person.signIn(server, world.users.holm);
  let last;
  for (let number = 0; number <= 100; number++) last = await by(holm, 'POST', views, { list: 'sent', name: `Vy ${number}`, query: '' });
  assert.deepEqual([last.status, last.json.code], [409, 'shared-views-full']);
});

test('its file lies there for seven days', async () => {
  const { made } = await exported('csv');
  const moved = await server.call('/api/v1/clock', { key, method: 'POST', ...json({ advance: 'P8D' }) });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
  await exported('csv', { number: 'E-1' }); // which wakes who sweeps
  await server.until(() => call(`${exports}/${made.id}`), ({ json: { state } }) => state === 'removed', 30_000);
  assert.equal((await call(`${exports}/${made.id}/file`)).status, 404);
});

test('every answer that the contract has was seen', () => {
  // More than three at once, a server that makes none, and a file that another node has: tests/flow/document_exports_test.cc.
  const elsewhere = new Map([`post ${exports} 429`, `post ${exports} 409`, `get ${exports}/{exportId}/file 503`].map((answer) => [answer, true]));
  assert.deepEqual(neverSeen(['Exports'], elsewhere), []);
});
