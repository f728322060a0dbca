// Two Postgångs and the network between them: an invoice leaves one and lies in the other's inbox, and what its receiver does
// there is seen by its sender here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { PeppolWorld, hasPeppol } from '../support/peppol.mjs';
import { Server } from '../support/server.mjs';

const skip = hasPeppol() ? false : 'dnsmasq is not installed';
const seller = { identifier: company(91), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(92), name: 'Granberga Bygg AB' };
const id = ({ identifier }) => `0007:${identifier}`;
const ours = { provider: '0242:000001', participants: [id(seller)] };
const theirs = { provider: '0242:000002', participants: [id(buyer)] };
let world, keys;

before(async () => {
  if (skip) return;
  world = await PeppolWorld.start([id(seller), id(buyer)], [id(seller)]);
  const houses = { ours, theirs };
  const at = await world.startNetwork(houses);
  for (const [path, house] of Object.entries(houses)) {
    world.accessPointUrl = at(path);
    house.server = await Server.start({ args: world.serveArgs(house.provider) });
    house.url = house.server.url;
  }
  await ours.server.company(id(seller), seller.name);
  await theirs.server.company(id(buyer), buyer.name);
  keys = { ours: await ours.server.key(id(seller)), theirs: await theirs.server.key(id(buyer), 'documents:read,documents:write,filters:read,filters:write') };
});
after(async () => {
  await ours.server?.remove();
  await theirs.server?.remove();
  await world?.remove();
});

const ask = async (house, path, options = {}) => (await house.server.call(path, { key: house === ours ? keys.ours : keys.theirs, ...options })).json;
const post = (house, path, body) => ask(house, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const becomes = (house, one, status) => house.server.until(() => ask(house, `/api/v1/documents/${one}`), (document) => document.status === status);
const eventsOf = async (house, one) => (await ask(house, `/api/v1/documents/${one}/events`)).items;

async function sent(number) {
  const answer = await ours.server.send(keys.ours, invoice({ number, seller, buyer }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  const arrived = async () => (await ask(theirs, `/api/v1/documents?number=${number}&direction=received`)).items[0];
  return { here: answer.json.id, there: (await theirs.server.until(arrived, Boolean)).id };
}

test('what one sends lies in the other’s inbox, and is delivered when that says so', { skip }, async () => {
  const { here, there } = await sent('T-1');
  await becomes(ours, here, 'delivered');
  const delivered = (await eventsOf(ours, here)).find(({ type }) => type === 'delivered');
  assert.equal(delivered.evidence.kind, 'mls');
  assert.notEqual(here, there);
  const original = async (house, one) => (await house.server.call(`/api/v1/documents/${one}/original`, { key: house === ours ? keys.ours : keys.theirs })).bytes.toString();
  // Without its declaration, as it lies in the envelope.
  assert.equal((await original(theirs, there)).trim().replace(/^<\?xml.*?\?>\s*/s, ''), (await original(ours, here)).trim().replace(/^<\?xml.*?\?>\s*/s, ''));
});

test('what the receiver answers there is its answer here', { skip }, async () => {
  const yes = await sent('T-2');
  const no = await sent('T-3');
  await becomes(ours, no.here, 'delivered');
  await post(theirs, `/api/v1/documents/${yes.there}/decision`, { decision: 'accept' });
  await post(theirs, `/api/v1/documents/${no.there}/decision`, { decision: 'reject', reason: 'Vi har inte beställt detta' });
  await becomes(ours, yes.here, 'accepted');
  await becomes(ours, no.here, 'rejected');
  const rejected = (await eventsOf(ours, no.here)).find(({ type }) => type === 'rejected');
  assert.match(rejected.parameters.reason, /Vi har inte beställt detta/);
  assert.ok((await eventsOf(theirs, no.there)).some(({ type, parameters }) => type === 'notice-sent' && parameters.way === 'peppol'));
});

test('what the receiver’s filter stops there has failed here, in its words', { skip }, async () => {
  await post(theirs, '/api/v1/filters', { name: 'Ordernummer', rules: [{ term: 'BT-13', test: 'matches', value: '^45\\d{6}$', message: 'Ordernumret börjar på 45.' }], active: true });
  const { here, there } = await sent('T-4');
  assert.equal((await becomes(theirs, there, 'returned')).status, 'returned');
  const failed = await becomes(ours, here, 'failed');
  assert.equal(failed.channel, 'peppol');
  const { parameters } = (await eventsOf(ours, here)).find(({ type }) => type === 'failed');
  assert.match(parameters.words, /Ordernumret börjar på 45\./);
});
