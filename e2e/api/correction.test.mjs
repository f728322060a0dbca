// A receiver's filter stops, its sender puts right and sends again, by the API: what both see on the way, and what neither
// may do.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from './world.mjs';

let world, server, energi, granberga, karin, holm;
before(async () => {
  world = await startWorld();
  server = world.server;
  energi = world.keys.energi;
  granberga = await server.key(identifierOf(14), 'documents:read,documents:write,filters:read,filters:write');
  karin = await Person.signIn(server, world.users.karin);
  holm = await Person.signIn(server, world.users.holm);
  const made = await ask(granberga, 'POST', '/api/v1/filters', {
    name: 'Ordernummer',
    rules: [{ id: 'order', term: 'BT-13', test: 'digits', least: 8, most: 8, prefix: '45', message: { sv: 'Ordernumret har åtta siffror och börjar med 45.', en: 'The order number has eight digits and begins with 45.' } }],
    active: true,
  });
  assert.equal(made.status, 201, JSON.stringify(made.json));
});
after(() => world?.server.remove());

async function ask(key, method, path, body) {
  const answer = await server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  return judged(path, method, answer);
}
const read = async (key, path) => (await ask(key, 'GET', path)).json;
const stopOne = (number, rest) => sendAndSettle(world, 'energi', 'granberga', number, rest);
const order = (value) => [{ term: 'BT-13', value }];
const correct = (id, changes, rest = {}) => ask(energi, 'POST', `/api/v1/documents/${id}/corrections`, { changes, send: true, ...rest });

test('a stop is seen by both, with the receiver’s own words', async () => {
  const id = await stopOne('S-1');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'returned');
  const there = await read(granberga, `/api/v1/documents/${id}`);
  assert.equal(there.status, 'returned');
  assert.equal(there.direction, 'received');
  for (const key of [energi, granberga]) {
    const [finding] = (await read(key, `/api/v1/documents/${id}/findings`)).items;
    assert.equal(finding.id, 'demand-form');
    assert.equal(finding.term, 'BT-13');
    assert.equal(finding.value, 'PO-1');
    assert.equal(finding.explanation.sv, 'Ordernumret har åtta siffror och börjar med 45.');
  }
  const copy = await server.call(`/api/v1/documents/${id}/copies/email?format=html&faults=1`, { key: granberga });
  assert.equal(copy.status, 200);
  assert.match(copy.bytes.toString(), /45/);
});

test('Stoppade groups by cause for both sides and counts', async () => {
  const id = await stopOne('S-2');
  const mine = await read(energi, '/api/v1/stopped?side=sent');
  const group = mine.groups.find((one) => one.cause.term === 'BT-13');
  assert.ok(group.items.some((item) => item.id === id && item.putRightBy !== null && item.held === false));
  assert.equal(mine.total, mine.groups.reduce((sum, one) => sum + one.documents, 0));
  assert.equal(group.trend.at(-1), group.documents);
  const theirs = await read(granberga, '/api/v1/stopped?side=received&groupBy=counterpart');
  assert.equal(theirs.groups[0].counterpart.name, 'Nordhamn Energi AB');
  const [sender] = (await read(granberga, '/api/v1/stopped/senders')).items;
  assert.equal(sender.name, 'Nordhamn Energi AB');
  assert.ok(sender.share > 0 && sender.rightFirstTime < 1);
});

test('the form opens the faulty field, with the place on the copy and what the receiver wants', async () => {
  const id = await stopOne('S-3');
  const form = await read(energi, `/api/v1/documents/${id}/correction`);
  assert.equal(form.possible, true);
  const [field] = form.fields;
  assert.equal(field.term, 'BT-13');
  assert.equal(field.open, true);
  assert.equal(field.value, 'PO-1');
  assert.match(field.demand.sv, /åtta siffror/);
  const { cutOut } = form.findings[0];
  assert.ok(cutOut.cells.some((cell) => cell.marked && cell.value === 'PO-1'));
  const amount = form.fields.find((one) => one.term === 'BT-112');
  assert.equal(amount.correctable, false);
  assert.ok(form.same.length >= 1);
});

test('a try says what the receiver would say, and keeps nothing', async () => {
  const id = await stopOne('S-4');
  const wrong = (await ask(energi, 'POST', `/api/v1/documents/${id}/corrections`, { changes: order('99'), send: false })).json;
  assert.equal(wrong.valid, false);
  assert.equal(wrong.judgements[0].ok, false);
  const right = (await ask(energi, 'POST', `/api/v1/documents/${id}/corrections`, { changes: order('45123456'), send: false })).json;
  assert.equal(right.valid, true);
  assert.deepEqual(right.difference.map(({ term, before: was, after: is }) => [term, was, is]), [['BT-13', 'PO-1', '45123456']]);
  assert.equal(right.plan.find(({ reachable }) => reachable).channel, 'network');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).supersededBy, null);
});

test('corrected it is a new version, delivered, and the chain is shown to both', async () => {
  const id = await stopOne('S-5');
  const made = await correct(id, order('45123456'), { reason: 'Beställaren gav rätt nummer' });
  assert.equal(made.status, 201);
  await server.settled(energi, made.json.id);
  assert.equal((await read(energi, `/api/v1/documents/${made.json.id}`)).status, 'delivered');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'superseded');
  for (const key of [energi, granberga]) {
    const { items } = await read(key, `/api/v1/documents/${made.json.id}/versions`);
    assert.deepEqual(items.map((one) => one.version), [1, 2]);
    assert.equal(items[1].reason, 'Beställaren gav rätt nummer');
    assert.equal(items[1].difference[0].after, '45123456');
  }
  const file = await ask(energi, 'GET', `/api/v1/documents/${id}/corrected-file`);
  assert.match(file.bytes.toString(), /<cbc:ID>45123456<\/cbc:ID>/);
  const original = await server.call(`/api/v1/documents/${id}/original`, { key: energi });
  assert.match(original.bytes.toString(), /<cbc:ID>PO-1<\/cbc:ID>/);
  const { items } = await read(energi, '/api/v1/stopped/corrected');
  assert.ok(items.some((one) => one.id === made.json.id && one.difference[0].term === 'BT-13'));
});

test('two who correct at once: one is told, nothing is lost', async () => {
  const id = await stopOne('S-6');
  const answers = await Promise.all([
    karin.json('POST', `/api/v1/documents/${id}/corrections`, { changes: order('45123456'), send: true }),
    karin.json('POST', `/api/v1/documents/${id}/corrections`, { changes: order('45999999'), send: true }),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  const late = answers.find(({ status }) => status === 409).json;
  assert.equal(late.code, 'document-superseded');
  assert.equal(late.parameters.documentId, answers.find(({ status }) => status === 201).json.id);
  assert.deepEqual([late.parameters.by, Number.isNaN(Date.parse(late.parameters.at))], ['Karin Sand', false]);
  const later = (await correct(id, order('45777777'))).json;
  assert.deepEqual([later.code, later.parameters.by, later.parameters.at], ['document-superseded', 'Karin Sand', late.parameters.at]);
});

test('a correction is seen as its receiver would see it before it is sent', async () => {
  const id = await stopOne('P-1');
  const path = `/api/v1/documents/${id}/corrections/preview`;
  const see = (value, query = '', rest = {}) => ask(energi, 'POST', path + query, { changes: order(value), send: false, ...rest });
  const right = await see('45123456');
  assert.equal(right.status, 200);
  assert.match(right.headers.get('content-type'), /^text\/html/);
  assert.match(right.headers.get('content-security-policy'), /default-src 'none'/);
  const page = right.bytes.toString();
  assert.ok(page.includes('45123456') && !page.includes('PO-1'), 'the corrected value, not the old one');
  assert.doesNotMatch(page, /class="[^"]*fault/);
  assert.match((await see('99')).bytes.toString(), /class="[^"]*fault/, 'what it would still be stopped for is marked');
  assert.match((await see('45123456', '?language=en')).bytes.toString(), /Invoice/);
  const pdf = await see('45123456', '?format=pdf');
  assert.deepEqual([pdf.status, pdf.headers.get('content-type'), pdf.bytes.subarray(0, 5).toString()], [200, 'application/pdf', '%PDF-']);
  assert.equal((await see('45123456', '?format=odt')).status, 400);
  assert.equal((await see('45123456', '', { send: true })).json.code, 'field-invalid');
  const amount = await ask(energi, 'POST', path, { changes: [{ term: 'BT-112', value: '1.00' }], send: false });
  assert.deepEqual([amount.status, amount.json.code], [422, 'term-not-correctable']);
  assert.equal((await ask(granberga, 'POST', path, { changes: order('45123456'), send: false })).status, 403);
  const reader = await server.key(identifierOf(11), 'documents:read');
  assert.equal((await ask(reader, 'POST', path, { changes: order('45123456'), send: false })).status, 403);
  const tooLarge = await server.call(path, { key: energi, method: 'POST', body: ' '.repeat(31_000_000), headers: { 'content-type': 'application/json' } });
  assert.equal(tooLarge.status, 413);
  const seen = await read(energi, `/api/v1/documents/${id}`);
  assert.deepEqual([seen.status, seen.supersededBy], ['returned', null]);
  await correct(id, order('45123456'));
  assert.equal((await see('45123456')).json.code, 'document-superseded');
});

test('the same Idempotency-Key gives the same new version', async () => {
  const id = await stopOne('S-7');
  const once = () =>
    server.call(`/api/v1/documents/${id}/corrections`, { key: energi, method: 'POST', body: JSON.stringify({ changes: order('45123456'), send: true }), headers: { 'content-type': 'application/json', 'idempotency-key': 'rätt-7'.replace('ä', 'a') } });
  const [first, second] = [await once(), await once()];
  assert.equal(first.status, 201);
  assert.equal(second.json.id, first.json.id);
});

test('all of a cause are put right together, with a result for each', async () => {
  const ids = [await stopOne('G-1'), await stopOne('G-2'), await stopOne('G-3')];
  const done = (await correct(ids[2], order('45000001'))).json;
  const { items } = (await ask(energi, 'POST', '/api/v1/corrections', { documents: ids, changes: order('45123456'), send: true })).json;
  assert.deepEqual(items.map(({ ok }) => ok), [true, true, false]);
  assert.equal(items[2].problem.code, 'document-superseded');
  assert.equal(items[2].problem.documentId, done.id);
  for (const { newId } of items.slice(0, 2)) {
    await server.settled(energi, newId);
    assert.equal((await read(energi, `/api/v1/documents/${newId}`)).status, 'delivered');
  }
});

test('of all of a cause, each says what changes in it; files are laid in all of them', async () => {
  const ids = [await stopOne('L-1', { order: 'A1' }), await stopOne('L-2', { order: 'A2' })];
  const file = { reference: 'Tidrapport', fileName: 'tider.csv', mediaType: 'text/csv', content: Buffer.from('datum;timmar\n').toString('base64') };
  const many = (send, rest = {}) => ask(energi, 'POST', '/api/v1/corrections', { documents: ids, changes: order('45123456'), attachments: [file], send, ...rest });
  const tried = (await many(false)).json.items;
  assert.deepEqual(tried.map(({ ok, newId, difference }) => [ok, newId, difference.find(({ term }) => term === 'BT-13').before]), [[true, null, 'A1'], [true, null, 'A2']]);
  const { json } = await many(true);
  for (const { newId } of json.items) {
    await server.settled(energi, newId);
    const held = await read(energi, `/api/v1/documents/${newId}`);
    assert.deepEqual([held.status, held.attachments.map(({ name }) => name)], ['delivered', ['tider.csv']]);
  }
  const bad = await many(false, { attachments: [{ ...file, mediaType: 'application/x-msdownload' }] });
  assert.deepEqual(bad.json.items.map(({ problem, difference }) => [problem.code, difference]), ids.map(() => ['document-superseded', []]));
  const large = await server.call('/api/v1/corrections', { key: energi, method: 'POST', body: ' '.repeat(31_000_000), headers: { 'content-type': 'application/json' } });
  assert.equal(large.status, 413);
});

test('while a value is typed, the receiver’s shared register says what it could become, and no other does', async () => {
  const id = await stopOne('O-1');
  const register = async (name, sharedWithSenders, rows) => {
    const made = (await ask(granberga, 'POST', '/api/v1/registers', { name, kind: 'orders', sharedWithSenders })).json;
    for (const [value, row] of rows) assert.equal((await ask(granberga, 'PUT', `/api/v1/registers/${made.id}/rows/${value}`, row)).status, 200);
  };
  await register('Öppna', true, [['45000001', {}], ['45000017', {}], ['46000001', {}], ['45000099', { to: '2020-01-01' }], ['45000098', { supplier: identifierOf(13) }]]);
  await register('Egna', false, [['45000055', {}]]);
  const typed = async (value) => (await ask(energi, 'POST', `/api/v1/documents/${id}/corrections`, { changes: order(value), send: false })).json.judgements[0];
  const begun = await typed('4500');
  assert.deepEqual([begun.ok, begun.suggestions.map(({ value, source }) => [value, source])], [false, [['45000001', 'register'], ['45000017', 'register']]]);
  assert.deepEqual((await typed('45000017')).suggestions, [], 'what is typed is no suggestion');
  const freely = await sendAndSettle(world, 'energi', 'granberga', 'O-2', { order: '45123456' });
  const form = await read(energi, `/api/v1/documents/${freely}/correction`);
  const field = form.fields.find(({ term }) => term === 'BT-13');
  assert.deepEqual([field.open, field.suggestions.some(({ value }) => value === '45000001')], [false, true], 'without a fault, too');
});

test('a correction goes by the channel that is chosen, where that reaches', async () => {
  const id = await stopOne('V-1');
  const none = await correct(id, order('45123456'), { channel: 'print' });
  assert.deepEqual([none.status, none.json.code, none.json.parameters.channel], [409, 'channel-not-reachable', 'print']);
  const tried = await ask(energi, 'POST', `/api/v1/documents/${id}/corrections`, { changes: order('45123456'), channel: 'network', send: false });
  assert.equal(tried.json.plan[0].channel, 'network');
  const made = await correct(id, order('45123456'), { channel: 'network' });
  await server.settled(energi, made.json.id);
  assert.equal((await read(energi, `/api/v1/documents/${made.json.id}`)).channel, 'network');
});

test('what is remembered puts the next one right, and can be withdrawn', async () => {
  await correct(await stopOne('R-1'), order('45111111'), { remember: true });
  const second = await stopOne('R-2');
  await server.until(() => server.call(`/api/v1/documents/${second}`, { key: energi }), ({ json }) => json.status === 'superseded');
  const [rule] = (await read(energi, '/api/v1/rules-remembered')).items;
  assert.equal(rule.value, '45111111');
  assert.equal(rule.used, 1);
  assert.equal((await ask(granberga, 'DELETE', `/api/v1/rules-remembered/${rule.id}`)).status, 404);
  assert.equal((await ask(energi, 'DELETE', `/api/v1/rules-remembered/${rule.id}`)).status, 204);
  const third = await stopOne('R-3');
  await server.until(() => server.call(`/api/v1/documents/${third}`, { key: energi }), ({ json }) => json.status === 'returned');
});

test('what takes a credit note is refused, and its drafts are made', async () => {
  const id = await stopOne('K-1');
  const refused = await correct(id, [{ term: 'BT-1', value: 'K-2' }]);
  assert.equal(refused.status, 422);
  assert.equal(refused.json.code, 'term-not-correctable');
  const draft = async (kind, number) => (await ask(energi, 'POST', `/api/v1/documents/${id}/credit?kind=${kind}&number=${number}`)).bytes.toString();
  const creditNote = await draft('credit-note', 'K-101');
  assert.match(creditNote, /<CreditNote/);
  const again = await sendAndSettle(world, 'energi', 'lager', 'K-9');
  assert.equal((await read(energi, `/api/v1/documents/${again}`)).status, 'delivered');
  assert.match(await draft('new-invoice', 'K-102'), /<cbc:ID>K-102<\/cbc:ID>/);
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${id}/credit?kind=credit-note&number=K-1`)).status, 422);
});

test('bad changes say where, and nothing happens', async () => {
  const id = await stopOne('B-1');
  const path = `/api/v1/documents/${id}/corrections`;
  const unknown = await ask(energi, 'POST', path, { changes: [{ term: 'BT-999', value: 'x' }], send: false });
  assert.equal(unknown.status, 400);
  assert.equal(unknown.json.where, '/changes/0/term');
  const unchanged = await ask(energi, 'POST', path, { changes: order('PO-1'), send: true });
  assert.equal(unchanged.json.code, 'nothing-changed');
  const notEnough = await ask(energi, 'POST', path, { changes: order('47'), send: true });
  assert.equal(notEnough.status, 422);
  assert.equal(notEnough.json.code, 'correction-not-enough');
  const attachment = { reference: 'b1', fileName: 'x.exe', mediaType: 'application/x-msdownload', content: 'TVo=' };
  const refused = await ask(energi, 'POST', path, { changes: order('45123456'), attachments: [attachment], send: false });
  assert.equal(refused.json.code, 'attachment-type-refused');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).status, 'returned');
});

test('only the sender corrects, only the receiver decides, a stranger sees nothing', async () => {
  const id = await stopOne('A-1');
  assert.equal((await ask(granberga, 'POST', `/api/v1/documents/${id}/corrections`, { changes: order('45123456'), send: true })).status, 403);
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${id}/decision`, { decision: 'release' })).status, 403);
  const lager = world.keys.lager;
  assert.equal((await ask(lager, 'GET', `/api/v1/documents/${id}/correction`)).status, 404);
  assert.equal((await ask(lager, 'POST', `/api/v1/documents/${id}/decision`, { decision: 'release' })).status, 404);
});

test('the receiver accepts or rejects what has arrived, once', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'D-1', { order: '45123456' });
  const silent = await ask(granberga, 'POST', `/api/v1/documents/${id}/decision`, { decision: 'reject' });
  assert.equal(silent.json.code, 'reason-missing');
  const answer = await holm.json('POST', `/api/v1/documents/${id}/decision`, { decision: 'reject', reason: 'Fel pris på rad 1' });
  assert.equal(answer.json.status, 'rejected');
  assert.equal((await read(energi, `/api/v1/documents/${id}`)).answer.parameters.reason, 'Fel pris på rad 1');
  assert.equal((await ask(granberga, 'POST', `/api/v1/documents/${id}/decision`, { decision: 'accept' })).json.code, 'decision-taken');
  const other = await sendAndSettle(world, 'energi', 'granberga', 'D-2', { order: '45123456' });
  assert.equal((await ask(granberga, 'POST', `/api/v1/documents/${other}/decision`, { decision: 'accept' })).json.status, 'accepted');
});

test('sending once more says that it was sent already; taking back ends when somebody has opened it', async () => {
  const id = await sendAndSettle(world, 'energi', 'granberga', 'T-1', { order: '45123456' });
  const state = await read(energi, `/api/v1/documents/${id}/resend`);
  assert.equal(state.possible, true);
  assert.equal(state.alreadySent.channel, 'network');
  assert.equal(state.recall.possible, true);
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${id}/resend`, {})).json.code, 'resend-confirm');
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${id}/resend`, { confirm: true })).status, 202);
  await server.until(() => server.call(`/api/v1/documents/${id}/deliveries`, { key: energi }), ({ json }) => json.items.length === 2);
  await holm.json('POST', `/api/v1/documents/${id}/opened`, { what: 'copy' });
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${id}/recall`, {})).json.code, 'recall-too-late');
  const other = await sendAndSettle(world, 'energi', 'granberga', 'T-2', { order: '45123456' });
  assert.equal((await ask(energi, 'POST', `/api/v1/documents/${other}/recall`, { reason: 'Fel mottagare' })).json.status, 'cancelled');
  assert.equal((await read(granberga, `/api/v1/documents/${other}`)).status, 'cancelled');
});

test('one bad invoice in a zip returns that invoice alone', async () => {
  const { zipOf } = await import('./zip.mjs');
  const files = { 'a.xml': invoiceFrom('energi', 'granberga', 'Z-1', { order: '45123456' }), 'b.xml': invoiceFrom('energi', 'granberga', 'Z-2') };
  const { json } = await server.send(energi, zipOf(files), { 'content-type': 'application/zip' });
  const statuses = [];
  for (const { id } of json.documents) statuses.push((await server.settled(energi, id)).json.status);
  assert.deepEqual(statuses, ['delivered', 'returned']);
});

test('a supplier’s invoice that its receiver hands in meets the same filter', async () => {
  const xml = invoiceFrom('stranger', 'granberga', 'L-1');
  const sent = await server.call('/api/v1/documents?direction=received', { key: granberga, method: 'POST', body: xml, headers: { 'content-type': 'application/xml' } });
  judged('/api/v1/documents?direction=received', 'POST', sent);
  assert.equal(sent.status, 202);
  await server.settled(granberga, sent.json.id);
  assert.equal((await read(granberga, `/api/v1/documents/${sent.json.id}`)).status, 'returned');
  const foreign = await server.call('/api/v1/documents?direction=received', { key: granberga, method: 'POST', body: invoiceFrom('stranger', 'energi', 'L-2'), headers: { 'content-type': 'application/xml' } });
  assert.equal(foreign.json.code, 'buyer-not-you');
});

// 413 is bad_input's matter: the same limit of the same server.
const elsewhere = new Map([
  ['post /api/v1/documents/{id}/corrections 413', 'a body of 30 MB'],
  ['post /api/v1/documents/{id}/corrections/preview 413', 'refused above, before anybody reads it'],
  ['post /api/v1/corrections 413', 'likewise'],
]);

test('every documented answer of these resources was seen', () => {
  assert.deepEqual(neverSeen(['Stopped', 'Correction'], elsewhere), []);
});
