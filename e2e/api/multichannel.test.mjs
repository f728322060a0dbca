// Multikanal through the interface: the policy, what it says, what it does with the next document, and another one tried.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Server, removeFolder, temporaryFolder } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';

const seller = { identifier: company(41), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(42), name: 'Granberga Bygg AB' };
const scopes = 'documents:read,documents:write,partners:read,partners:write';
const policyPath = '/api/v1/multichannel/policy';
let folder, server, key;

before(async () => {
  folder = temporaryFolder();
  for (const name of ['', 'in', 'out']) mkdirSync(join(folder, 'house', name), { recursive: true });
  server = await Server.start({ args: ['--simulated-clock', '--print-house', `file://${join(folder, 'house')}`] });
  await server.company(`0007:${seller.identifier}`, seller.name);
  await server.company(`0007:${buyer.identifier}`, buyer.name);
  key = await server.key(`0007:${seller.identifier}`, scopes);
});
after(async () => {
  await server?.remove();
  if (folder) removeFolder(folder);
});

const call = async (path, method = 'GET', body, as = key) =>
  judged(path, method, await server.call(path, { key: as, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ok = (answer) => (assert.equal(answer.status, 200, JSON.stringify(answer.json)), answer.json);
const at = { street: 'Storgatan 1', postalCode: '111 22', city: 'Stockholm', country: 'SE' };
const sent = async (number) => {
  const answer = await server.send(key, invoice({ number, seller, buyer }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  const { id } = answer.json;
  return (await server.until(() => server.call(`/api/v1/documents/${id}`, { key }), ({ json }) => !['received', 'ready'].includes(json.status))).json;
};
const planOf = async (id) => (await server.call(`/api/v1/documents/${id}/events`, { key })).json.items.find(({ type }) => type === 'routed').plan;

test('without a policy the cheapest goes first, and the plan of anybody is shown unsent', async () => {
  const { policy, sentences, channels } = ok(await call(policyPath));
  assert.deepEqual(policy, { by: 'price', order: [], demands: [], asks: false });
  assert.equal(sentences.sv.length, 2);
  assert.deepEqual(channels.map(({ channel }) => channel), ['system', 'network', 'peppol', 'email', 'bank', 'print']);
  const looked = ok(await call(`/api/v1/channels/lookup?identifier=0007:${buyer.identifier}`));
  assert.equal(looked.by, 'price');
  assert.deepEqual(looked.plan.filter(({ reachable }) => reachable).map(({ channel }) => channel), ['network']);
  assert.equal((await sent('M-1')).channel, 'network');
});

test('a policy is read back, kept, and holds for the next document', async () => {
  ok(await call(`/api/v1/partners/0007:${buyer.identifier}`, 'PUT', { name: buyer.name, postalAddress: at }));
  const paper = { by: 'speed', demands: [{ who: 'named', counterparts: [`0007:${buyer.identifier}`], verb: 'only', channels: ['print'] }] };
  const said = ok(await call(`${policyPath}/read-back`, 'POST', paper));
  assert.deepEqual(said.sentences.sv, ['Den snabbaste kanalen som når mottagaren går först.', 'Till Granberga Bygg AB bara via Papper.', 'När en kanal inte når fram tar nästa över.']);
  assert.deepEqual(ok(await call(policyPath)).policy.demands, [], 'read back is not kept');

  const trial = ok(await call('/api/v1/multichannel/trials', 'POST', paper));
  assert.equal(trial.documents, 1);
  assert.equal(trial.changed, 1);
  assert.deepEqual(trial.newest.map(({ number, now, then }) => [number, now, then]), [['M-1', 'network', 'print']]);

  assert.deepEqual(ok(await call(policyPath, 'PUT', paper)).policy.demands, paper.demands);
  const document = await sent('M-2');
  assert.equal(document.channel, 'print');
  assert.equal((await planOf(document.id)).find(({ channel }) => channel === 'network').reason, 'policy-only');
  const back = ok(await call('/api/v1/multichannel/trials', 'POST', {}));
  assert.equal(back.changed, 1);
  assert.deepEqual(back.newest.map(({ number, now, then }) => [number, now, then]), [['M-2', 'print', 'network']]);
  assert.equal(back.cost[0].then, '0.60');
});

test('what a policy forbids fails with the reason, and goes when somebody says so', async () => {
  ok(await call(policyPath, 'PUT', { demands: [{ who: 'companies', verb: 'never', channels: ['network', 'email', 'print'] }] }));
  const document = await sent('M-3');
  assert.equal(document.status, 'failed');
  const { items } = (await server.call(`/api/v1/documents/${document.id}/events`, { key })).json;
  assert.equal(items.at(-1).parameters.code ?? items.at(-1).reason?.code ?? JSON.stringify(items.at(-1)).match(/policy-forbids/)?.[0], 'policy-forbids');
  const again = await server.call(`/api/v1/documents/${document.id}/resend`, { key, method: 'POST', body: JSON.stringify({ channel: 'network' }), headers: { 'content-type': 'application/json' } });
  assert.ok(again.status < 300, JSON.stringify(again.json));
  assert.equal((await server.settled(key, document.id)).json.status, 'delivered');
  ok(await call(policyPath, 'PUT', {}));
});

test('what is no policy is refused with its place, and nothing is changed', async () => {
  for (const [body, where] of [
    [{ by: 'luck' }, '/by'],
    [{ by: 'order' }, '/order'],
    [{ demands: [{ who: 'everyone', verb: 'never', channels: ['telegram'] }] }, '/demands/0/channels/0'],
    [{ demands: [{ who: 'named', verb: 'never', channels: ['print'] }] }, '/demands/0/counterparts'],
  ]) {
    const refused = await call(policyPath, 'PUT', body);
    assert.equal(refused.status, 400);
    assert.equal(refused.json.code, 'policy-malformed');
    assert.equal(refused.json.where, where);
  }
  assert.deepEqual(ok(await call(policyPath)).policy.demands, []);
  const reader = await server.key(`0007:${seller.identifier}`, 'partners:read');
  assert.equal((await call(policyPath, 'PUT', {}, reader)).status, 403);
});

test('every documented answer was seen', () => assert.deepEqual(neverSeen(['Multichannel']), []));
