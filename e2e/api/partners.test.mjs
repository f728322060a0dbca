// Partners through the interface: where they stand and in which order, payment accounts that change, doubles merged and
// split, a counterpart asked by mail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix } from '../support/postfix.mjs';
import { Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';

const seller = { identifier: company(191), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(192), name: 'Granberga Bygg AB' };
const stranger = { identifier: company(193), name: 'Fyrnäs El AB' };
const scopes = 'documents:read,documents:write,partners:read,partners:write';
const json = { 'content-type': 'application/json' };
let postfix, server, silent, key, buyerKey, silentKey;

before(async () => {
  postfix = await Postfix.start(['faktura@fyrnas.example', 'annan@fyrnas.example']);
  server = await Server.start({ args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] });
  silent = await Server.start({ args: ['--simulated-clock'] });
  for (const one of [seller, buyer]) await server.company(`0007:${one.identifier}`, one.name);
  await silent.company(`0007:${seller.identifier}`, seller.name);
  key = await server.key(`0007:${seller.identifier}`, scopes);
  buyerKey = await server.key(`0007:${buyer.identifier}`, scopes);
  silentKey = await silent.key(`0007:${seller.identifier}`, scopes);
});
after(async () => {
  await server?.remove();
  await silent?.remove();
  postfix?.remove();
});

const call = async (path, method = 'GET', body, as = key, on = server) =>
  judged(`/api/v1${path}`, method, await on.call(`/api/v1${path}`, { ...(as ? { key: as } : {}), method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(answer.json));
const pass = async (advance) => ok(await server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance }), headers: json }));
const list = async (query = '', as = key) => ok(await call(`/partners${query}`, 'GET', undefined, as));
const one = async (identifier, as = key) => ok(await call(`/partners/${encodeURIComponent(identifier)}`, 'GET', undefined, as));
const toBuyer = `0007:${buyer.identifier}`, fromSeller = `0007:${seller.identifier}`;

async function sent(number, { to = buyer, account } = {}) {
  let xml = invoice({ number, seller, buyer: to });
  if (account) xml = xml.replace('<cbc:ID>99990004</cbc:ID>', `<cbc:ID>${account}</cbc:ID>`);
  const answer = await server.send(key, xml);
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  await server.settled(key, answer.json.id);
  return answer.json.id;
}

test('each stands where it stands, with amounts both ways; lists go both ways in every order', async () => {
  await sent('P-1');
  await sent('P-2');
  await sent('P-3', { to: stranger });
  const partner = await one(toBuyer);
  assert.deepEqual([partner.status, partner.customer, partner.sentCount, partner.openStops], ['new', true, 2, 0]);
  assert.deepEqual(partner.amounts.map(({ currency, sent: out, received }) => [currency, Number(out), Number(received)]), [['SEK', 2500, 0]]);
  assert.deepEqual(partner.rightFirstTime.sent, { documents: 2, right: 2 });
  assert.ok(partner.reach.some(({ channel, reachable, how }) => channel === 'network' && reachable && how.includes('register')), JSON.stringify(partner.reach));
  assert.equal((await one(`0007:${stranger.identifier}`)).status, 'not-reachable');
  assert.equal((await one(fromSeller, buyerKey)).receivedCount, 2);

  for (const sort of ['activity', 'name', 'documents', 'amount']) {
    const whole = (await list(`?sort=${sort}`)).items.map(({ identifier }) => identifier);
    const first = await list(`?sort=${sort}&limit=1`);
    const second = await list(`?sort=${sort}&limit=1&cursor=${first.nextCursor}`);
    assert.deepEqual([first.items[0].identifier, second.items[0].identifier], whole.slice(0, 2));
    assert.equal(first.previousCursor, null);
    assert.deepEqual((await list(`?sort=${sort}&limit=1&cursor=${second.previousCursor}`)).items[0].identifier, whole[0]);
  }
  const { facets } = await list('?status=new');
  const counts = Object.fromEntries(facets.status.map(({ value, count }) => [value, count]));
  assert.deepEqual([counts.new, counts['not-reachable']], [1, 1]);
  assert.deepEqual((await list('?status=not-reachable')).items.map(({ name }) => name), [stranger.name]);
  assert.deepEqual((await list('?channel=network')).items.map(({ name }) => name), [buyer.name]);
  refused(await call('/partners?status=ingen'), 400, 'parameter-invalid');
  refused(await call('/partners?sort=size'), 400, 'parameter-invalid');
});

test('a payment account that is new on a known supplier is flagged until somebody confirms it', async () => {
  await pass('P1D');
  await sent('P-4', { account: '54029681' });
  const [account, ...others] = (await one(fromSeller, buyerKey)).paymentIdentifiers;
  assert.deepEqual([account.account, account.changed, account.documents], ['bankgiro:54029681', true, 1]);
  assert.deepEqual(others.map(({ changed }) => changed), [false]);
  const flagged = await server.until(() => list('?paymentChanged=true', buyerKey), ({ items }) => items.length > 0);
  assert.deepEqual(flagged.items.map(({ identifier, changedPaymentIdentifiers }) => [identifier, changedPaymentIdentifiers]), [[fromSeller, 1]]);
  const path = `/partners/${fromSeller}/payment-identifiers/confirmation`;
  refused(await call(path, 'POST', { account: 'bankgiro:99990004000' }, buyerKey), 404, 'not-found');
  const confirmed = ok(await call(path, 'POST', { account: 'bankgiro:54029681' }, buyerKey));
  assert.deepEqual([confirmed.changedPaymentIdentifiers, confirmed.paymentIdentifiers[0].changed], [0, false]);
  assert.ok(confirmed.paymentIdentifiers[0].confirmedAt);
  assert.equal((await list('?paymentChanged=true', buyerKey)).items.length, 0);
});

test('doubles are suggested, merged, found by the alias, and split again', async () => {
  const vat = `9955:se${stranger.identifier}01`;
  ok(await call(`/partners/${vat}`, 'PUT', { name: 'Fyrnäs El' }), 201);
  const { items } = ok(await call(`/partners/doubles?partner=${encodeURIComponent(vat)}`));
  assert.deepEqual(items.map(({ reason, keep, other }) => [reason, keep.identifier, other.identifier]), [['same-organisation-number', `0007:${stranger.identifier}`, vat]]);
  refused(await call('/partners/doubles?nonsense=1'), 400, 'parameter-invalid');
  const merged = ok(await call(`/partners/0007:${stranger.identifier}/merge`, 'POST', { other: vat }));
  assert.deepEqual(merged.aliases.map(({ identifier }) => identifier), [vat]);
  assert.equal((await one(vat)).identifier, `0007:${stranger.identifier}`);
  assert.deepEqual((await list(`?query=${encodeURIComponent(vat)}`)).items.map(({ name }) => name), [stranger.name]);
  refused(await call(`/partners/0007:${stranger.identifier}/merge`, 'POST', { other: vat }), 409, 'merge-with-itself');
  refused(await call(`/partners/0007:${stranger.identifier}/merge`, 'POST', { other: 'customer:ingen' }), 404, 'not-found');
  assert.deepEqual(ok(await call('/partners/doubles')).items.filter(({ other }) => other.identifier === vat), []);
  const split = ok(await call(`/partners/0007:${stranger.identifier}/split`, 'POST', { alias: vat }));
  assert.deepEqual(split.aliases, []);
  refused(await call(`/partners/0007:${stranger.identifier}/split`, 'POST', { alias: vat }), 404, 'not-found');
  assert.equal((await one(vat)).identifier, vat);
});

test('two that are said not to be the same are not suggested again, until it is taken back', async () => {
  const kept = `0007:${stranger.identifier}`;
  const vat = `9955:se${stranger.identifier}01`;
  const suggested = async () => ok(await call(`/partners/doubles?partner=${encodeURIComponent(vat)}`)).items.length;
  assert.equal(await suggested(), 1);
  refused(await call(`/partners/${kept}/distinctions`, 'POST', { other: 'customer:ingen' }), 404, 'not-found');
  refused(await call(`/partners/${kept}/distinctions`, 'POST', { other: kept }), 409, 'partners-are-one');
  const said = ok(await call(`/partners/${vat}/distinctions`, 'POST', { other: kept }));
  assert.deepEqual([said.identifier, said.other, said.otherName], [vat, kept, stranger.name]);
  assert.ok(said.saidBy);
  assert.equal(await suggested(), 0);
  assert.deepEqual(ok(await call(`/partners/${kept}/distinctions`, 'POST', { other: vat })).saidAt, said.saidAt, 'said again, it stays as it was');
  const { items } = ok(await call(`/partners/distinctions?partner=${encodeURIComponent(kept)}`));
  assert.deepEqual(items.map(({ identifier, other, otherName, saidBy }) => [identifier, other, otherName, saidBy]), [[kept, vat, 'Fyrnäs El', said.saidBy]]);
  assert.equal(ok(await call('/partners/distinctions')).items.length, 1);
  assert.deepEqual(ok(await call('/partners/distinctions', 'GET', undefined, buyerKey)).items, [], "another company's are its own");
  refused(await call(`/partners/${kept}/distinctions/${encodeURIComponent(vat)}`, 'DELETE', undefined, buyerKey), 404, 'not-found');
  ok(await call(`/partners/${kept}/distinctions/${encodeURIComponent(vat)}`, 'DELETE'), 204);
  refused(await call(`/partners/${kept}/distinctions/${encodeURIComponent(vat)}`, 'DELETE'), 404, 'not-found');
  refused(await call('/partners/distinctions?nonsense=1'), 400, 'parameter-invalid');
  assert.equal(await suggested(), 1);
});

test('documents of an alias stand with the partner that is kept', async () => {
  ok(await call('/partners/0007:' + stranger.identifier + '/merge', 'POST', { other: toBuyer }));
  assert.equal((await one(toBuyer)).sentCount, 4);
  const { items } = ok(await call(`/documents?counterpart=${encodeURIComponent(`0007:${stranger.identifier}`)}`));
  assert.equal(items.length, 4);
  const asked = ok(await call('/exports', 'POST', { form: 'csv', filter: { counterpart: `0007:${stranger.identifier}` } }), 202);
  const made = await server.until(async () => ok(await call(`/exports/${asked.id}`)), ({ state }) => state !== 'waiting' && state !== 'making');
  assert.deepEqual([made.state, made.documents], ['done', 4], 'and in what is exported of them');
  await sent('P-5');
  assert.equal((await one(`0007:${stranger.identifier}`)).sentCount, 5);
  ok(await call(`/partners/0007:${stranger.identifier}/split`, 'POST', { alias: toBuyer }));
  assert.deepEqual([(await one(toBuyer)).sentCount, (await one(`0007:${stranger.identifier}`)).sentCount], [4, 1]);
});

test('a counterpart is asked by mail; its answer is a suggestion and changes nothing', async () => {
  const partner = `/partners/0007:${stranger.identifier}`;
  refused(await call('/partners/customer:ingen/invitations', 'POST', { email: 'faktura@fyrnas.example' }), 404, 'not-found');
  refused(await call(`${partner}/invitations`, 'POST', {}), 400, 'email-invalid');
  const made = ok(await call(`${partner}/invitations`, 'POST', { email: 'faktura@fyrnas.example' }), 201);
  refused(await call(`${partner}/invitations`, 'POST', { email: 'Faktura@Fyrnas.example' }), 409, 'invited-lately');
  const settle = `${partner}/invitations/${made.id}/settlement`;
  refused(await call(settle, 'POST', { taken: true }), 409, 'invitation-unanswered');
  const [mail] = await server.until(async () => postfix.mailsTo('faktura@fyrnas.example'), (all) => all.length > 0);
  assert.match(mail.text, new RegExp(seller.name));
  const token = /\/answer#([\w-]+)/.exec(mail.text)[1];

  const link = `/partner-invitation-links/${token}`;
  assert.deepEqual([ok(await call(link, 'GET', undefined, null)).company, ok(await call(link, 'GET', undefined, null)).settled], [seller.name, false]);
  refused(await call('/partner-invitation-links/gissad', 'GET', undefined, null), 404, 'link-invalid');
  refused(await call('/partner-invitation-links/gissad', 'POST', { answer: 'no' }, null), 404, 'link-invalid');
  refused(await call(link, 'POST', { answer: 'peppol', value: '0007:1' }, null), 400, 'field-invalid');
  const foreign = judged(`/api/v1${link}`, 'POST', await server.call(`/api/v1${link}`, { method: 'POST', headers: { ...json, origin: 'https://annan.example', 'sec-fetch-site': 'cross-site' }, body: JSON.stringify({ answer: 'no' }) }));
  assert.equal(foreign.status, 403);
  ok(await call(link, 'POST', { answer: 'peppol', value: `0007:${stranger.identifier}` }, null));
  const before = await one(`0007:${stranger.identifier}`);
  assert.deepEqual([before.chosenChannels, before.invitations[0].answer.kind, before.invitations[0].answer.value], [[], 'peppol', `0007:${stranger.identifier}`]);
  refused(await call(`${partner}/invitations/019ab2c4-5d10-7c3e-9a51-2f6f0c8e4801/settlement`, 'POST', { taken: true }), 404, 'not-found');
  assert.equal(ok(await call(settle, 'POST', { taken: false })).settled.taken, false);

  // Whoever says so is never asked again.
  const other = ok(await call(`${partner}/invitations`, 'POST', { email: 'annan@fyrnas.example', language: 'en' }), 201);
  assert.equal(other.answer, null);
  const [second] = await server.until(async () => postfix.mailsTo('annan@fyrnas.example'), (all) => all.length > 0);
  ok(await call(`/partner-invitation-links/${/\/answer#([\w-]+)/.exec(second.text)[1]}`, 'POST', { answer: 'refuse' }, null));
  await pass('P31D');
  refused(await call(`${partner}/invitations`, 'POST', { email: 'annan@fyrnas.example' }), 409, 'invitation-refused');
});

test('where no mail leaves, nobody is asked', async () => {
  ok(await call('/partners/customer:1', 'PUT', { name: 'Anna Berg' }, silentKey, silent), 201);
  refused(await call('/partners/customer:1/invitations', 'POST', { email: 'anna@berg.example' }, silentKey, silent), 503, 'mail-is-off');
});

test('every documented answer was seen', () => assert.deepEqual(neverSeen(['Partner upkeep']), []));
