// Registers through the interface: rows one by one, good files and bad ones, a million rows while the old ones answer, and
// that a filter asks them.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, neverSeen } from './contract.mjs';
import { party, sendAndSettle, startWorld } from './world.mjs';
import { zipOf } from './zip.mjs';

let world, server, key, other;
before(async () => {
  world = await startWorld();
  server = world.server;
  const scopes = 'documents:read,documents:write,filters:read,filters:write';
  key = await server.key(`0007:${party('granberga').identifier}`, scopes);
  other = await server.key(`0007:${party('energi').identifier}`, scopes);
});
after(() => world?.server.remove());

async function call(method, path, body, as = key) {
  const answer = await server.call(`/api/v1${path}`, {
    key: as,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return judged(`/api/v1${path}`, method, answer);
}
async function made(name, kind = 'references', sharedWithSenders = false) {
  const answer = await call('POST', '/registers', { name, kind, sharedWithSenders });
  assert.equal(answer.status, 201, JSON.stringify(answer.json));
  return answer.json;
}
async function upload(register, bytes, query = '', as = key, type = 'text/csv') {
  const path = `/registers/${register.id}/import${query}`;
  const answer = await server.call(`/api/v1${path}`, { key: as, method: 'POST', body: bytes, headers: { 'content-type': type } });
  return judged(`/api/v1${path}`, 'POST', answer);
}
async function imported(register, bytes, query = '') {
  const started = await upload(register, bytes, query);
  assert.equal(started.status, 202, JSON.stringify(started.json));
  let state = started.json;
  while (state.state === 'running') state = (await call('GET', `/registers/imports/${state.id}`)).json;
  return state;
}
const rowsOf = async (register, query = '') => (await call('GET', `/registers/${register.id}/rows${query}`)).json.items;
const preview = async (register, bytes, query = '') => (await upload(register, bytes, `?preview=true${query}`)).json;

test('rows are put, found by their beginning, changed and removed', async () => {
  const register = await made('Referenser', 'references', true);
  const put = (value, body = {}) => call('PUT', `/registers/${register.id}/rows/${encodeURIComponent(value)}`, body);
  assert.equal((await put('Anna Ek/12', { label: 'Lager', from: '2026-01-01' })).status, 200);
  await put('Bo Al');
  await put('anna ek/12', { label: 'Butik' });
  assert.deepEqual((await rowsOf(register)).map((row) => [row.value, row.label]), [['anna ek/12', 'Butik'], ['Bo Al', null]]);
  assert.equal((await rowsOf(register, '?query=ANNA')).length, 1);
  assert.equal((await rowsOf(register, '?query=but')).length, 1);
  assert.equal((await call('GET', `/registers/${register.id}`)).json.rows, 2);
  assert.equal((await call('DELETE', `/registers/${register.id}/rows/Bo%20Al`)).status, 204);
  assert.equal((await call('DELETE', `/registers/${register.id}/rows/Bo%20Al`)).status, 404);
  assert.equal((await put('x', { from: '2026-13-01' })).status, 400);
  assert.deepEqual((await put('x', { supplier: 'nonsens' })).json.code, 'register-supplier-malformed');
});

test('a file is looked at first: columns guessed, rows shown, faults said', async () => {
  const register = await made('Order', 'orders');
  const file = 'Ordernr;Benämning;Leverantör;Giltig från;Giltig till\n45000001;Virke;559990-0015;2026-01-01;2026-12-31\n;tom;;;\n45000002;;hej;;\n45000003;;;i dag;\n45000004;;;2026-05-01;2026-04-01\n45000001;Igen;5599900015;2026-01-01;\n';
  const shown = await preview(register, file);
  assert.deepEqual(shown.columns.map((column) => column.guess), ['value', 'label', 'supplier', 'from', 'to']);
  assert.deepEqual([shown.encoding, shown.separator, shown.total, shown.valid, shown.rows.length], ['utf-8', ';', 6, 1, 6]);
  assert.deepEqual(
    shown.errors.map((error) => [error.row, error.column, error.code]),
    [
      [3, 0, 'register-value-missing'],
      [4, 2, 'register-supplier-malformed'],
      [5, 3, 'register-date-malformed'],
      [6, 4, 'register-dates-reversed'],
      [7, 0, 'register-row-repeated'],
    ],
  );
  assert.equal((await call('GET', `/registers/${register.id}`)).json.rows, 0, 'nothing is kept');
  const wrong = await preview(register, 'Kolumn A;Kolumn B\n1;2\n');
  assert.deepEqual(wrong.errors.map((error) => error.code), ['register-column-missing']);
  assert.equal((await preview(register, 'Kolumn A;Kolumn B\n1;2\n', '&columns=value:1')).valid, 1);
});

test('characters of every kind, and of two kinds in one file', async () => {
  const register = await made('Tecken');
  const latin = Buffer.from('Referens\nÅsa Öberg\n', 'latin1');
  assert.deepEqual([(await preview(register, latin)).encoding, (await preview(register, latin)).rows], ['iso-8859-1', [['Åsa Öberg']]]);
  const mixed = Buffer.concat([Buffer.from('Referens\nÅsa\nÖrjan\n'), Buffer.from('Älva\n', 'latin1')]);
  const shown = await preview(register, mixed);
  assert.deepEqual([shown.encoding, shown.valid, shown.rows], ['mixed', 3, [['Åsa'], ['Örjan'], ['Älva']]]);
  assert.deepEqual(shown.errors.map((error) => [error.row, error.code]), [[4, 'register-encoding']]);
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Referens\nÅsa\n', 'utf16le')]);
  assert.deepEqual((await preview(register, wide)).rows, [['Åsa']]);
});

test('what is no table is refused, and says why', async () => {
  const register = await made('Fel');
  for (const [bytes, status, code] of [
    ['', 422, 'spreadsheet-empty'],
    ['"Referens\nöppet\n', 422, 'spreadsheet-quote-open'],
    [Buffer.from('a\0b'), 422, 'text-damaged'],
    [Buffer.from('PK\x03\x04skräp'), 422, 'archive-damaged'],
    ['%PDF-1.7', 415, 'spreadsheet-unknown'],
    ['Kolumn A;Kolumn B\n1;2\n', 422, 'register-column-missing'],
    [';'.repeat(300) + 'x', 413, 'spreadsheet-too-wide'],
  ]) {
    const answer = await upload(register, bytes);
    assert.deepEqual([answer.status, answer.json.code], [status, code], String(bytes).slice(0, 20));
  }
  assert.equal((await upload(register, 'Referens\n1\n', '?columns=value:9')).json.code, 'register-column-unknown');
  assert.equal((await upload(register, 'Referens\n1\n', '?columns=nonsens')).status, 400);
  assert.equal((await upload(register, 'Referens\n1\n', '?mode=merge')).status, 400);
  const none = await imported(register, 'Referens;Till\n1;i går\n');
  assert.deepEqual([none.state, none.errors.map((error) => error.code)], ['failed', ['register-nothing-right', 'register-date-malformed']]);
  const open = await imported(register, 'Referens\n1\n"öppet\n');
  assert.deepEqual([open.state, open.errors.map((error) => error.code)], ['failed', ['spreadsheet-quote-open']]);
  assert.equal((await call('GET', `/registers/${register.id}`)).json.rows, 0, 'nothing of a broken file is taken in');
});

const space = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const workbook = (rows) =>
  zipOf({
    'xl/workbook.xml': `<workbook xmlns="${space}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${space}"><sheetData>${rows}</sheetData></worksheet>`,
  });
const text = (value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;

test('a workbook: formulas are never run, and what looks like one stays a text', async () => {
  const register = await made('Arbetsbok');
  const book = workbook(
    `<row r="1">${text('Referens')}</row><row r="2">${text('=HYPERLINK(1)')}</row><row r="3"><c><f>1+1</f><v>2</v></c></row><row r="4"><c><f>1+1</f></c></row><row r="5"><c t="e"><v>#N/A</v></c></row>`,
  );
  const shown = await preview(register, book);
  assert.deepEqual([shown.encoding, shown.separator, shown.valid], [null, null, 2]);
  assert.deepEqual(
    shown.errors.map((error) => [error.row, error.code]),
    [
      [3, 'register-formula'],
      [4, 'register-formula-empty'],
      [5, 'register-cell-error'],
    ],
  );
  assert.equal((await imported(register, book)).state, 'done');
  assert.deepEqual((await rowsOf(register)).map((row) => row.value).sort(), ['2', '=HYPERLINK(1)']);
  const file = await call('GET', `/registers/${register.id}/export`);
  assert.match(file.bytes.toString(), /^'=HYPERLINK/m);
  assert.doesNotMatch(file.bytes.toString().replace(/^\uFEFF/, ''), /^[=+@-]/m);
  const again = await made('Tillbaka');
  assert.equal((await imported(again, file.bytes)).state, 'done');
  assert.deepEqual(await rowsOf(again), await rowsOf(register));
});

test('add leaves what is there, replace does not', async () => {
  const register = await made('Lägen');
  await imported(register, 'Referens\nA\nB\n');
  await imported(register, 'Referens\nB\nC\n', '?mode=add');
  assert.deepEqual((await rowsOf(register)).map((row) => row.value), ['A', 'B', 'C']);
  await imported(register, 'Referens\nD\n');
  assert.deepEqual((await rowsOf(register)).map((row) => row.value), ['D']);
  assert.equal((await call('GET', `/registers/${register.id}`)).json.rows, 1);
});

test('a million rows come in while the old ones answer', async () => {
  const register = await made('Stort', 'orders');
  await imported(register, 'Ordernr\ngammal\n');
  const lines = ['Ordernr'];
  for (let i = 0; i < 1_000_000; ++i) lines.push(String(45_000_000 + i));
  const started = await upload(register, lines.join('\n'));
  assert.equal(started.status, 202, JSON.stringify(started.json));
  assert.equal((await upload(register, 'Ordernr\n1\n')).json.code, 'import-under-way');
  let state = started.json;
  let whileFilling = 0;
  while (state.state === 'running') {
    const rows = await rowsOf(register, '?limit=1');
    state = (await call('GET', `/registers/imports/${state.id}`)).json;
    if (state.state === 'running' && rows[0].value === 'gammal') ++whileFilling;
  }
  assert.deepEqual([state.state, state.done, state.errors], ['done', 1_000_000, []]);
  assert.ok(whileFilling > 0);
  assert.equal((await call('GET', `/registers/${register.id}`)).json.rows, 1_000_000);
  assert.deepEqual((await rowsOf(register, '?query=45999999')).map((row) => row.value), ['45999999']);
  lines.push('one', 'more');
  const over = await upload(register, lines.join('\n'), '?preview=true');
  assert.deepEqual([over.status, over.json.code], [413, 'spreadsheet-too-long']);
});

test('a filter asks the register, which then cannot be removed', async () => {
  const register = await made('Inköpsorder', 'orders');
  await imported(register, 'Ordernr\n45000001\n');
  const rule = { term: 'BT-13', test: 'inRegister', kind: 'orderNumber', register: 'Inköpsorder' };
  const filter = (await call('POST', '/filters', { name: 'Order i registret', rules: [rule], active: true })).json;
  const stopped = await sendAndSettle(world, 'energi', 'granberga', 'R-1', { order: '99' });
  assert.equal((await server.call(`/api/v1/documents/${stopped}`, { key: world.keys.energi })).json.status, 'returned');
  const refused = await call('DELETE', `/registers/${register.id}`);
  assert.deepEqual([refused.status, refused.json.code], [409, 'register-in-use']);
  const renamed = await call('PUT', `/registers/${register.id}`, { name: 'Annat', kind: 'orders', sharedWithSenders: true });
  assert.deepEqual([renamed.status, renamed.json.code], [409, 'register-in-use']);
  await call('DELETE', `/filters/${filter.id}`);
  assert.equal((await call('PUT', `/registers/${register.id}`, { name: 'Annat', kind: 'orders', sharedWithSenders: true })).json.name, 'Annat');
  assert.equal((await call('POST', '/registers', { name: 'Annat', kind: 'orders', sharedWithSenders: true })).json.code, 'register-name-taken');
  assert.equal((await call('DELETE', `/registers/${register.id}`)).status, 204);
  assert.equal((await call('GET', `/registers/${register.id}`)).status, 404);
});

test("another company's register does not exist", async () => {
  const register = await made('Eget');
  const state = await imported(register, 'Referens\nhemlig\n');
  for (const [method, path, body] of [
    ['GET', ''],
    ['PUT', '', { name: 'x', kind: 'orders', sharedWithSenders: true }],
    ['DELETE', ''],
    ['GET', '/rows'],
    ['GET', '/export'],
    ['PUT', '/rows/x', {}],
    ['DELETE', '/rows/hemlig'],
  ])
    assert.equal((await call(method, `/registers/${register.id}${path}`, body, other)).status, 404, `${method} ${path}`);
  assert.equal((await upload(register, 'Referens\nx\n', '', other)).status, 404);
  assert.equal((await call('GET', `/registers/imports/${state.id}`, undefined, other)).status, 404);
  assert.deepEqual((await call('GET', '/registers', undefined, other)).json.items, []);
  assert.equal((await call('GET', '/registers', undefined, world.keys.granberga)).status, 403);
});

const elsewhere = new Map([['post /api/v1/registers/{registerId}/import 429', 'eight files that wait']]);

test('every documented answer of these resources was seen', () => {
  assert.deepEqual(neverSeen(['Registers'], elsewhere), []);
});
