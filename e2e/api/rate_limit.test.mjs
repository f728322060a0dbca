// Who asks too often waits; nobody else does. And every operation of the contract says so.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, operationsOfTheContract } from './contract.mjs';
import { Person } from './session.mjs';
import { invoiceFrom, startWorld } from './world.mjs';

let world, server;
before(async () => {
  world = await startWorld({ args: ['--simulated-clock', '--rate-limit-read', '1/3', '--rate-limit-write', '1/2', '--rate-limit-upload', '1/2', '--rate-limit-open', '1/5'] });
  server = world.server;
});
after(() => server?.remove());

const path = '/api/v1/documents';
const read = async (key) => judged(path, 'GET', await server.call(path, { key }));

test('the headers count down, then 429 says for how long to wait', async () => {
  const key = world.keys.energi;
  const first = await read(key);
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('ratelimit-policy'), '"read";q=3;w=3');
  assert.match(first.headers.get('ratelimit'), /^"read";r=2;t=\d+$/);
  let last = first;
  for (let asked = 0; asked < 20 && last.status === 200; asked++) last = await read(key);
  assert.deepEqual([last.status, last.json.code, last.json.parameters.policy], [429, 'rate-limited', 'read']);
  assert.match(last.headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(last.headers.get('retry-after'), last.json.parameters.retryAfter);
  assert.ok(Number(last.headers.get('retry-after')) >= 1);
  assert.match(last.headers.get('ratelimit'), /^"read";r=0;t=1$/);

  assert.equal((await read(world.keys.granberga)).status, 200, 'another key has its own');
  const sent = await server.send(key, invoiceFrom('energi', 'granberga', 'R-1'));
  assert.equal(sent.status, 202, 'handing in is counted apart');
  assert.equal(sent.headers.get('ratelimit-policy'), '"upload";q=2;w=2');
  await server.until(() => read(key), (answer) => answer.status === 200);
});

test('a session has its own count, and what it changes is counted apart', async () => {
  const karin = await Person.signIn(server, world.users.karin);
  const session = await karin.call('/api/v1/session');
  assert.equal(session.headers.get('ratelimit-policy'), '"read";q=3;w=3');
  const change = () => karin.json('PUT', '/api/v1/session', { companyId: karin.session.company.id });
  const changed = await change();
  assert.equal(changed.headers.get('ratelimit-policy'), '"write";q=2;w=2');
  let last = changed;
  for (let asked = 0; asked < 20 && last.status === 200; asked++) last = await change();
  assert.deepEqual([last.status, last.json.code], [429, 'rate-limited']);
});

test('health is answered however often it is asked', async () => {
  for (let asked = 0; asked < 30; asked++) {
    const answer = await server.call('/health');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('ratelimit'), null);
  }
});

for (const one of operationsOfTheContract.filter(({ path: where }) => where.startsWith('/api/v1/')))
  test(`${one.method} ${one.path} from an address that asks too often`, async () => {
    assert.ok(one.operation.responses[429], 'the contract has no 429 here');
    const address = one.path.replace(/\{[^}]+\}/g, '00000000-0000-7000-8000-000000000000');
    const method = one.method.toUpperCase();
    let answer;
    for (let asked = 0; asked < 20 && answer?.status !== 429; asked++) answer = await server.call(address, { method });
    assert.equal(answer.status, 429);
    judged(address, method, answer);
  });
