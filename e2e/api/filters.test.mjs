// Filters through the interface: the simple form and the wider one, versions, a planned start, two editors at once, trials
// on what came, and that another company's does not exist.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { party, sendAndSettle, startWorld } from './world.mjs';

let world, server, key, other;
before(async () => {
  world = await startWorld({ args: ['--simulated-clock'] });
  server = world.server;
  const scopes = 'documents:read,documents:write,filters:read,filters:write';
  key = await server.key(`0007:${party('granberga').identifier}`, scopes);
  other = await server.key(`0007:${party('energi').identifier}`, scopes);
});
after(() => world?.server.remove());

async function call(method, path, body, as = key, headers = {}) {
  const answer = await server.call(`/api/v1${path}`, {
    key: as,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
  });
  return judged(`/api/v1${path}`, method, answer);
}

const order = { term: 'BT-13', test: 'matches', value: '^45\\d{6}$', message: 'Ordernumret har åtta siffror och börjar med 45' };
const reference = { term: 'BT-10', test: 'present' };
async function made(body) {
  const answer = await call('POST', '/filters', body);
  assert.equal(answer.status, 201, JSON.stringify(answer.json));
  return answer.json;
}
const put = (filter, change) => call('PUT', `/filters/${filter.id}`, { name: filter.name, rules: filter.rules, active: true, version: filter.version, ...change });
const away = (filter) => call('DELETE', `/filters/${filter.id}`);

test('the simple form is taken, read back and stops what falls short', async () => {
  const filter = await made({ name: 'Order', rules: [order], active: true });
  assert.deepEqual([filter.state, filter.version, filter.versionInForce], ['on', 1, 1]);
  assert.match(filter.sentences.sv[0], /BT-13/);
  assert.ok(filter.rules[0].id, 'rules have their ids on the way out');
  const stopped = await sendAndSettle(world, 'energi', 'granberga', 'F-1');
  assert.equal((await server.call(`/api/v1/documents/${stopped}`, { key: world.keys.energi })).json.status, 'returned');
  const list = await call('GET', '/filters');
  assert.deepEqual([list.json.items.length, list.json.items[0].stoppedCount30d], [1, 1]);
  assert.equal((await away(filter)).status, 204);
  const passed = await sendAndSettle(world, 'energi', 'granberga', 'F-2');
  assert.equal((await server.call(`/api/v1/documents/${passed}`, { key: world.keys.energi })).json.status, 'delivered');
});

test('a wrong rule names its place', async () => {
  for (const [rules, wanted] of [
    [[reference, { term: 'BT-999', test: 'present' }, { any: [reference, { test: 'nothing' }] }], ['rules[1].term', 'rules[2].any[1].test']],
    [[reference, { if: { term: 'BT-112', test: 'moreThan', value: 'tio' }, then: { test: 'attachment' } }], ['rules[1].if.value']],
    [[{ term: 'BT-13', test: 'matches', value: '(((' }], ['rules[0].value']],
  ]) {
    const wrong = await call('POST', '/filters', { name: 'Fel', active: true, rules });
    assert.deepEqual([wrong.status, wrong.json.code], [422, 'rules-invalid']);
    assert.deepEqual(wrong.json.problems.map((one) => one.where).sort(), wanted);
  }
  for (const [body, where] of [
    [{ rules: [], active: true }, '/name'],
    [{ name: 'x', rules: [], active: 'ja' }, '/active'],
    [{ name: 'x', rules: [], active: true, activeFrom: 'i morgon' }, '/activeFrom'],
    [{ name: 'x', active: true }, '/rules'],
  ]) {
    const answer = await call('POST', '/filters', body);
    assert.deepEqual([answer.status, answer.json.where], [400, where]);
  }
  assert.equal((await call('POST', '/filters', { name: 'x', rules: [], active: true }, key, { 'content-type': 'text/plain' })).status, 415);
});

test('rules are read back without being kept, and the vocabulary has what to build of', async () => {
  const back = await call('POST', '/filters/read-back', { rules: [order, reference] });
  assert.equal(back.status, 200);
  assert.deepEqual([back.json.sentences.sv.length, back.json.sentences.en.length, back.json.problems], [2, 2, []]);
  assert.equal((await call('POST', '/filters/read-back', { rules: [{ test: 'present' }] })).status, 422);
  const words = (await call('GET', '/filters/vocabulary')).json;
  assert.ok(words.terms.some((term) => term.term === 'BT-13' && term.title.sv));
  for (const one of words.tests) {
    const rule = await call('POST', '/filters/read-back', { rules: [one.example] });
    assert.equal(rule.status, 200, `${one.id}: ${JSON.stringify(rule.json)}`);
  }
  for (const one of words.presets) assert.equal((await call('POST', '/filters/read-back', { rules: [one.rule] })).status, 200, one.id);
});

test('a demand that nests too deep hears the limit, however deep it is', async () => {
  const nested = (levels) => (levels === 1 ? { term: 'BT-13', test: 'present' } : { all: [nested(levels - 1)] });
  const readBack = (levels) => call('POST', '/filters/read-back', { rules: [nested(levels)] });
  assert.equal((await readBack(8)).status, 200);
  for (const levels of [9, 20, 30]) {
    const answer = await readBack(levels);
    assert.deepEqual([answer.status, answer.json.problems?.[0].code], [422, 'demand-too-deep'], `${levels} levels`);
    assert.match(answer.json.problems[0].detail, /at most 8 deep/);
  }
  const endless = await readBack(200);
  assert.deepEqual([endless.status, endless.json.code, endless.json.parameters.depth], [400, 'json-too-deep', '64']);
});

test('of two editors at once one is told, and nothing is lost', async () => {
  const filter = await made({ name: 'Ref', rules: [reference], active: false });
  const answers = await Promise.all(['Den ena', 'Den andra'].map((name) => put(filter, { name, active: false })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  const late = answers.find((answer) => answer.status === 409);
  assert.deepEqual([late.json.code, late.json.parameters.version], ['filter-changed', '2']);
  const versions = (await call('GET', `/filters/${filter.id}/versions`)).json.items;
  assert.deepEqual(versions.map((one) => one.version), [2, 1]);
  assert.equal((await put(filter, { version: undefined })).status, 400);
  await away(filter);
});

test('an earlier version comes back as a new one', async () => {
  const filter = await made({ name: 'Ett', rules: [reference], active: false, comment: 'första' });
  await put(filter, { name: 'Två', rules: [order], active: false });
  const restored = await call('POST', `/filters/${filter.id}/restore`, { version: 1 });
  assert.deepEqual([restored.status, restored.json.name, restored.json.version], [200, 'Ett', 3]);
  assert.equal((await call('POST', `/filters/${filter.id}/restore`, { version: 9 })).status, 404);
  await away(filter);
});

test('a planned start begins by itself', async () => {
  const now = Date.parse((await server.call('/api/v1/health')).json.time);
  const activeFrom = new Date(now + 3_600_000).toISOString();
  const filter = await made({ name: 'Planerat', rules: [order], active: true, activeFrom });
  assert.deepEqual([filter.state, filter.versionInForce], ['planned', null]);
  const before = await sendAndSettle(world, 'energi', 'granberga', 'P-1');
  assert.equal((await server.call(`/api/v1/documents/${before}`, { key: world.keys.energi })).json.status, 'delivered');
  const chef = await Person.signIn(server, world.users.chef);
  const moved = await chef.json('POST', '/api/v1/clock', { advance: 'PT2H' });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
  const afterwards = await sendAndSettle(world, 'energi', 'granberga', 'P-2');
  assert.equal((await server.call(`/api/v1/documents/${afterwards}`, { key: world.keys.energi })).json.status, 'returned');
  assert.equal((await call('GET', `/filters/${filter.id}`)).json.state, 'on');
  await away(filter);
});

test('a trial says what would have been stopped, by whom and why, and can be ended', async () => {
  await sendAndSettle(world, 'energi', 'granberga', 'T-1');
  const started = await call('POST', '/filters/trials', { rules: [{ ...order, id: 'ordern' }], months: 12 });
  assert.equal(started.status, 202, JSON.stringify(started.json));
  let trial = started.json;
  while (trial.state === 'running') trial = (await call('GET', `/filters/trials/${trial.id}`)).json;
  assert.equal(trial.state, 'done');
  assert.ok(trial.total >= 3);
  assert.deepEqual([trial.done, trial.stopped, trial.held], [trial.total, trial.total, 0]);
  assert.equal(trial.documents[0].number, 'T-1');
  assert.match(trial.documents[0].finding.id, /^demand-/);
  assert.deepEqual(trial.demands, [{ id: 'ordern', stopped: trial.total }]);
  assert.equal(trial.senders[0].name, 'Nordhamn Energi AB');
  assert.equal((await call('GET', `/filters/trials/${trial.id}`, undefined, other)).status, 404);
  // Page by page it is the same list; a cursor of another list is refused.
  const listed = await call('GET', `/filters/trials/${trial.id}/documents?limit=1`);
  assert.equal(listed.status, 200);
  assert.deepEqual(listed.json.items, trial.documents.slice(0, 1));
  assert.equal(trial.documentsCursor, null, 'all of it is in the trial');
  assert.equal((await call('GET', `/filters/trials/${trial.id}/documents?cursor=x`)).status, 400);
  assert.equal((await call('GET', `/filters/trials/${trial.id}/documents`, undefined, other)).status, 404);
  assert.equal((await call('DELETE', `/filters/trials/${trial.id}`)).status, 204);
  assert.equal((await call('GET', `/filters/trials/${trial.id}`)).status, 404);
  assert.equal((await call('POST', '/filters/trials', { rules: [order], months: 13 })).status, 400);
  assert.equal((await call('POST', '/filters/trials', { rules: [{ test: 'nothing' }], months: 1 })).status, 422);
});

test("another company's filter does not exist, and a key needs the scope", async () => {
  const filter = await made({ name: 'Eget', rules: [reference], active: false });
  for (const [method, path, body] of [
    ['GET', ''],
    ['PUT', '', { name: 'x', rules: [], active: false, version: 1 }],
    ['DELETE', ''],
    ['GET', '/versions'],
    ['POST', '/restore', { version: 1 }],
  ])
    assert.equal((await call(method, `/filters/${filter.id}${path}`, body, other)).status, 404, `${method} ${path}`);
  assert.deepEqual((await call('GET', '/filters', undefined, other)).json.items, []);
  assert.equal((await call('GET', '/filters', undefined, world.keys.granberga)).status, 403);
  assert.equal((await call('GET', '/filters', undefined, 'pg_live_nobody')).status, 401);
  assert.equal((await call('GET', '/filters/none')).status, 404);
  await away(filter);
});

const elsewhere = new Map([
  ['post /api/v1/filters 409', 'a hundred filters'],
  ['post /api/v1/filters/trials 429', 'tests/insight/filter_trial_test.cc'],
  ['put /api/v1/filters/{filterId} 422', 'the same reading as POST /filters has'],
]);

test('every documented answer of these resources was seen', () => {
  assert.deepEqual(neverSeen(['Filters'], elsewhere), []);
});
