// The whole road by Peppol: looked up in the DNS and the register, handed to an access point, answered by the receiver's
// provider and its buyer; and what comes in the other way.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { company, invoice } from '../support/invoice.mjs';
import { PeppolWorld, hasPeppol } from '../support/peppol.mjs';
import { Server, freePort, run } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';

const skip = hasPeppol() ? false : 'dnsmasq is not installed';
const us = { identifier: company(81), name: 'Nordhamn Energi AB' };
const confirms = { identifier: company(82), name: 'Österby Bygg AB' };
const rejects = { identifier: company(83), name: 'Västerby Bygg AB' };
const says_no = { identifier: company(84), name: 'Söderby Bygg AB' };
const blind = { identifier: company(85), name: 'Norrby Bygg AB' };
const refused = { identifier: company(86), name: 'Mellanby Bygg AB' };
const absent = { identifier: company(87), name: 'Ensamby Bygg AB' };
const id = ({ identifier }) => `0007:${identifier}`;
const inbound = '/api/v1/peppol/inbound';
const scope = 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write';
let world, server, key;

before(async () => {
  if (skip) return;
  world = await PeppolWorld.start([confirms, rejects, says_no, blind, refused].map(id));
  const port = await freePort();
  await world.startAccessPoint(`http://127.0.0.1:${port}`, [
    ...['--receiver', `${id(rejects)}=RE`, '--receiver', `${id(blind)}=AB`, '--receiver', `${id(refused)}=refuse`],
    ...['--response', `${id(says_no)}=RE`],
  ]);
  for (const name of ['', 'in', 'out']) mkdirSync(join(world.folder, 'house', name), { recursive: true });
  server = await Server.start({ port, args: [...world.serveArgs(), '--max-document-bytes', '1048576', '--print-house', `file://${join(world.folder, 'house')}`] });
  await server.company(id(us), us.name);
  key = await server.key(id(us), scope);
});
after(async () => {
  await server?.remove();
  await world?.remove();
});

const documentOf = async (one) => (await server.call(`/api/v1/documents/${one}`, { key })).json;
const eventsOf = async (one) => (await server.call(`/api/v1/documents/${one}/events`, { key })).json.items;
const becomes = (one, status) => server.until(() => documentOf(one), (document) => document.status === status);
const has = (one, accept) => server.until(() => eventsOf(one), (events) => events.some(accept));
async function sent(number, buyer, query = '') {
  const answer = await server.call(`/api/v1/documents${query}`, { key, method: 'POST', body: invoice({ number, seller: us, buyer }), headers: { 'content-type': 'application/xml' } });
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  return answer.json.id;
}
const handedIn = async (body, headers = {}) =>
  judged(inbound, 'POST', await server.call(inbound, { method: 'POST', body, headers: { 'content-type': 'application/xml', 'x-token': world.token('in'), ...headers } }));

test('who is registered is found, and why somebody is not', { skip }, async () => {
  const planOf = async (who) => (await server.call(`/api/v1/channels/lookup?identifier=${id(who)}`, { key })).json.plan.find(({ channel }) => channel === 'peppol');
  const found = await planOf(confirms);
  assert.deepEqual([found.reachable, found.reason, found.price.value ?? found.price], [true, 'peppol-takes-it', '0.60']);
  assert.equal((await planOf(absent)).reason, 'peppol-not-registered');
  assert.equal((await planOf(us)).reason, 'peppol-receiver-here');
});

test('an invoice goes by Peppol and is delivered when the receiver’s provider says so', { skip }, async () => {
  const one = await sent('P-1', confirms);
  await becomes(one, 'delivered');
  const events = await eventsOf(one);
  assert.equal(events.find(({ type }) => type === 'sent').evidence.kind, 'access-point');
  assert.equal(events.find(({ type }) => type === 'delivered').evidence.kind, 'mls');
  const { reference } = events.find(({ type }) => type === 'sent').parameters;
  assert.match(reference, /^[0-9a-f-]{36}$/);
  assert.equal((await world.submissions()).filter(({ instance }) => instance === reference).length, 1);
  const [delivery] = (await server.call(`/api/v1/documents/${one}/deliveries`, { key })).json.items;
  assert.equal(delivery.channel, 'peppol');
  const left = await server.call(`/api/v1/documents/${one}/deliveries/${delivery.id}/sent`, { key });
  assert.ok(left.bytes.toString().includes(reference), 'the envelope is kept byte for byte');
});

test('what is handed on without a confirmation stays sent', { skip }, async () => {
  const one = await sent('P-2', blind);
  await has(one, ({ type, evidence }) => type === 'sent' && evidence?.kind === 'mls');
  assert.equal((await documentOf(one)).status, 'sent');
});

test('what is rejected, or refused at once, goes the next way or has failed in its words', { skip }, async () => {
  const one = await sent('P-3', rejects, '?channel=peppol');
  const failed = await becomes(one, 'failed');
  assert.equal(failed.channel, 'peppol');
  const reason = (await eventsOf(one)).find(({ type }) => type === 'failed').parameters;
  assert.equal(reason.reason, 'peppol-rejected');
  assert.match(reason.words, /buyer reference is not known/);

  const at = { street: 'Storgatan 1', postalCode: '111 22', city: 'Stockholm', country: 'SE' };
  for (const who of [rejects, refused]) {
    const put = await server.call(`/api/v1/partners/${id(who)}`, { key, method: 'PUT', body: JSON.stringify({ name: who.name, postalAddress: at }), headers: { 'content-type': 'application/json' } });
    assert.ok(put.status < 300, JSON.stringify(put.json));
    const two = await sent(`P-4-${who.identifier}`, who);
    await has(two, ({ type, parameters }) => type === 'delivery-queued' && parameters.channel === 'print');
    assert.ok((await eventsOf(two)).some(({ type, parameters }) => type === 'delivery-failed' && parameters.channel === 'peppol'));
  }
});

test('a buyer’s no stands on the timeline', { skip }, async () => {
  const one = await sent('P-5', says_no);
  await becomes(one, 'rejected');
  const no = (await eventsOf(one)).find(({ type }) => type === 'rejected');
  assert.match(no.parameters.reason, /reference is not known/);
});

test('who is not in Peppol gets it another way, and the plan says why', { skip }, async () => {
  const one = await sent('P-6', absent);
  await has(one, ({ type }) => type === 'routed');
  const { plan } = (await eventsOf(one)).find(({ type }) => type === 'routed');
  assert.equal(plan.find(({ channel }) => channel === 'peppol').reason, 'peppol-not-registered');
});

test('an invoice from outside lies in the inbox, and its sender is told', { skip }, async () => {
  const file = join(world.folder, 'in.xml');
  writeFileSync(file, invoice({ number: 'I-1', seller: confirms, buyer: us }));
  const done = await run(world.handInArgs(server.url, file, id(confirms), id(us), ['--every-status']));
  assert.equal(done.code, 0, done.stdout + done.stderr);
  const taken = JSON.parse(done.stdout);
  assert.equal(taken.kind, 'invoice');
  assert.equal(taken.countryCodeC4, 'SE');
  await becomes(taken.document, 'delivered');
  const [entry] = (await server.call('/api/v1/documents?number=I-1&direction=received', { key })).json.items;
  assert.equal(entry.id, taken.document);
  const told = await server.until(world.submissions.bind(world), (items) => items.some(({ about }) => about === taken.sbdhInstanceIdentifier));
  assert.equal(told.find(({ about }) => about === taken.sbdhInstanceIdentifier).code, 'AP');
});

test('what is stopped for its content is told with why', { skip }, async () => {
  const demand = await server.call('/api/v1/filters', {
    key, method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ordernummer', rules: [{ term: 'BT-13', test: 'matches', value: '^45\\d{6}$', message: 'Ordernumret börjar på 45.' }], active: true }),
  });
  assert.ok(demand.status < 300, JSON.stringify(demand.json));
  const file = join(world.folder, 'stopped.xml');
  writeFileSync(file, invoice({ number: 'I-2', seller: confirms, buyer: us }));
  const taken = JSON.parse((await run(world.handInArgs(server.url, file, id(confirms), id(us)))).stdout);
  const told = await server.until(world.submissions.bind(world), (items) => items.some(({ about }) => about === taken.sbdhInstanceIdentifier));
  assert.equal(told.find(({ about }) => about === taken.sbdhInstanceIdentifier).code, 'RE');
});

const envelope = (receiver, instance, xml) => {
  const type = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1';
  const scope = (kind, value, scheme) => `<Scope><Type>${kind}</Type><InstanceIdentifier>${value}</InstanceIdentifier>${scheme ? `<Identifier>${scheme}</Identifier>` : ''}</Scope>`;
  const party = (tag, value) => `<${tag}><Identifier Authority="iso6523-actorid-upis">${value}</Identifier></${tag}>`;
  return `<?xml version="1.0" encoding="UTF-8"?><StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion>${party('Sender', id(confirms))}${party('Receiver', receiver)}<DocumentIdentification><Standard>urn:oasis:names:specification:ubl:schema:xsd:Invoice-2</Standard><TypeVersion>2.1</TypeVersion><InstanceIdentifier>${instance}</InstanceIdentifier><Type>Invoice</Type><CreationDateAndTime>2026-11-23T10:00:00Z</CreationDateAndTime></DocumentIdentification><BusinessScope>${scope('DOCUMENTID', type, 'busdox-docid-qns')}${scope('PROCESSID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0', 'cenbii-procid-ubl')}${scope('COUNTRY_C1', 'SE')}</BusinessScope></StandardBusinessDocumentHeader>${xml.replace(/^<\?xml[^>]*\?>\s*/, '')}</StandardBusinessDocument>`;
};

test('the door knows its access point, its customers, and what came before', { skip }, async () => {
  const xml = invoice({ number: 'I-3', seller: confirms, buyer: us, order: '45123456' });
  const bytes = envelope(id(us), 'instance-1', xml);
  assert.equal((await handedIn(bytes, { 'x-token': 'guessed-guessed-guessed' })).status, 401);
  assert.equal((await handedIn(bytes, { 'x-token': '' })).status, 401);
  const first = await handedIn(bytes, { 'x-as4-time': '2026-11-23T10:00:01Z', 'x-as4-message-id': 'm@ap', 'x-sender-access-point': 'POP000002' });
  assert.equal(first.status, 200, JSON.stringify(first.json));
  const again = await handedIn(bytes);
  assert.deepEqual(again.json, first.json);
  await becomes(first.json.document, 'delivered');
  assert.equal((await server.call('/api/v1/documents?number=I-3&direction=received', { key })).json.items.length, 1);

  const unknown = await handedIn(envelope(id(absent), 'instance-2', xml));
  assert.equal(unknown.status, 422);
  assert.equal(unknown.json.code, 'peppol-receiver-unknown');
  assert.equal((await handedIn('<x/>')).status, 400);
  assert.equal((await handedIn(bytes, { 'x-as4-time': 'yesterday' })).status, 400);
  assert.equal((await handedIn(bytes, { 'content-type': 'application/json' })).status, 415);
  assert.equal((await handedIn(gzipSync(bytes), { 'content-encoding': 'gzip' })).json.document, first.json.document);
  assert.equal((await handedIn(gzipSync(Buffer.alloc(2 * 1024 * 1024, 32)), { 'content-encoding': 'gzip' })).status, 413);
});

test('what is set up by halves does not start', { skip }, async () => {
  const ended = await run(['serve', '--data', join(world.folder, 'other'), '--peppol-access-point', 'http://ap.example.com']);
  assert.notEqual(ended.code, 0);
  assert.match(ended.stderr, /peppol-authorities/);
  assert.ok(readFileSync(world.file('in.token')).length > 20);
});

test('every documented answer was seen', { skip }, () => assert.deepEqual(neverSeen(['Peppol'], new Map([[`post ${inbound} 503`, 'the store cannot be reached']])), []));
