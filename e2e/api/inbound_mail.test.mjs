// What comes in by mail: through a real postfix into a mailbox that a real dovecot serves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CuttingProxy, Dovecot, hasDovecot } from '../support/dovecot.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server } from '../support/server.mjs';

const skip = hasPostfix() && hasDovecot() ? false : 'needs postfix and dovecot, and root to run them';
const buyer = { identifier: company(71), name: 'Granberga Bygg AB' };
const seller = { identifier: company(72), name: 'Nordhamn Energi AB' };
const supplier = { identifier: company(73), name: 'Björkvik Kontorsservice AB' };
const ours = 'retur@postgang.example';
const theirs = 'faktura@bjorkvik.example';
const gone = 'gone@nordhamn.example';
const scope = 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write';
const json = { 'content-type': 'application/json' };
let postfix, dovecot, proxy, server, address;
const keys = {};

const call = (path, key, method = 'GET', body = undefined) =>
  server.call(path, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) });
const advance = async (period) => assert.equal((await call('/api/v1/clock', keys.buyer, 'POST', { advance: period })).status, 200);
const received = async (number) => (await call(`/api/v1/documents?number=${number}&direction=received`, keys.buyer)).json.items;
const done = () => dovecot.count('Postgang-done');

let mails = 0;
function letter(to, files, { from = theirs, subject = 'Fakturor', id = `m${++mails}@bjorkvik.example`, text = 'Hej.', header = '' } = {}) {
  const parts = files.map(
    ([name, type, bytes]) =>
      `--b1\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n')}\n`,
  );
  return `From: Björkvik <${from}>\nTo: ${to}\nSubject: ${subject}\nMessage-ID: <${id}>\n${header}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\n${text}\n${parts.join('')}--b1--\n`;
}
const xml = (number, rest = {}) => ['faktura.xml', 'application/xml', invoice({ number, seller: supplier, buyer, ...rest })];

before(async () => {
  if (skip) return;
  postfix = await Postfix.start([ours, theirs], { late: [gone] });
  dovecot = await Dovecot.start(postfix.maildir(ours));
  proxy = await CuttingProxy.before(dovecot.port);
  server = await Server.start({
    args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', ours, '--public-url', 'https://postgang.example', '--imap', `imap://127.0.0.1:${proxy.port}`, '--imap-user', 'retur', '--imap-password', dovecot.password, '--imap-every', '1'],
  });
  for (const [name, each] of Object.entries({ buyer, seller })) {
    await server.company(`0007:${each.identifier}`, each.name);
    keys[name] = await server.key(`0007:${each.identifier}`, scope);
  }
  const on = await call('/api/v1/settings/inbound-invoices', keys.buyer, 'PUT', { on: true });
  assert.equal(on.status, 200, JSON.stringify(on.json));
  address = on.json.address;
});
after(async () => {
  await server?.remove();
  proxy?.close();
  await dovecot?.remove();
  postfix?.remove();
});

test('a company has an address for its suppliers when it wants one', { skip }, async () => {
  assert.match(address, /^retur\+in-[a-z2-7]{26}@postgang\.example$/);
  const path = '/api/v1/settings/inbound-invoices';
  assert.deepEqual((await call(path, keys.buyer)).json, { on: true, address, available: true });
  assert.deepEqual((await call(path, keys.seller)).json, { on: false, address: null, available: true });
  assert.equal((await call(path, keys.seller, 'PUT', {})).status, 400);
  assert.equal((await call(path, keys.seller, 'PUT', { on: 'ja' })).status, 400);
});

test('a supplier’s invoice by mail lands in the company’s inbox, and the same message twice counts once', { skip }, async () => {
  const message = letter(address, [xml('P-1'), ['faktura.pdf', 'application/pdf', '%PDF-1.7\n']]);
  postfix.deliver(theirs, address, message);
  const [document] = await server.until(() => received('P-1'), (items) => items.length === 1);
  assert.equal(document.sender.name, supplier.name);
  await server.until(async () => done(), (count) => count === 1);
  postfix.deliver(theirs, address, message);
  await server.until(async () => done(), (count) => count === 2);
  assert.equal((await received('P-1')).length, 1);
  assert.deepEqual(postfix.mailsTo(theirs), [], 'nothing to say about it');
  const { json: events } = await call(`/api/v1/documents/${document.id}/events`, keys.buyer);
  assert.ok(events.items.length > 0);
});

test('what cannot be taken in is answered in plain words, and an answer is not answered', { skip }, async () => {
  const before = done();
  postfix.deliver(theirs, address, letter(address, [['faktura.pdf', 'application/pdf', '%PDF-1.7\n']], { id: 'pdf@bjorkvik.example' }));
  const [answer] = await server.until(async () => postfix.mailsTo(theirs), (all) => all.length === 1);
  assert.equal(answer.headers.get('subject'), 'Din faktura till Granberga Bygg AB kunde inte tas emot');
  assert.equal(answer.headers.get('in-reply-to'), '<pdf@bjorkvik.example>');
  assert.match(answer.headers.get('auto-submitted'), /^auto-/);
  // Somebody's program sends it back to where it came from.
  postfix.deliver(theirs, address, letter(address, [], { header: 'Auto-Submitted: auto-replied\n', subject: 'Autosvar' }));
  await server.until(async () => done(), (count) => count === before + 2);
  await advance('PT1M');
  assert.equal(postfix.mailsTo(theirs).length, 1);
});

test('a connection that is cut while a message is fetched loses nothing and doubles nothing', { skip }, async () => {
  const before = done();
  proxy.cutsAfter = 3000;
  const padding = ['stor.pdf', 'application/pdf', 'x'.repeat(200_000)];
  postfix.deliver(theirs, address, letter(address, [xml('P-2'), padding]));
  await server.until(async () => proxy.cuts, (cuts) => cuts >= 2);
  assert.equal((await received('P-2')).length, 0);
  proxy.cutsAfter = null;
  await server.until(() => received('P-2'), (items) => items.length === 1);
  await server.until(async () => done(), (count) => count === before + 1);
  assert.equal(dovecot.count(''), 0);
});

test('what nobody understands is set aside, and the others go on', { skip }, async () => {
  const before = [done(), dovecot.count('Postgang-set-aside')];
  postfix.deliver(theirs, ours, 'Subject: hej\n\nVem är ni?\n');
  postfix.deliver(theirs, ours, `From: <<<\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(400)}`);
  postfix.deliver(theirs, address, letter(address, [xml('P-3')]));
  await server.until(async () => [done(), dovecot.count('Postgang-set-aside')], ([good, aside]) => good === before[0] + 1 && aside === before[1] + 2);
  await server.until(() => received('P-3'), (items) => items.length === 1);
  const metrics = (await server.call('/metrics')).bytes.toString();
  assert.match(metrics, /postgang_inbound_mails_total\{meaning="unreadable"\} 1\n/);
});

test('a server killed in between finds the message again', { skip }, async () => {
  await server.kill();
  postfix.deliver(theirs, address, letter(address, [xml('P-4')]));
  await server.up();
  await server.until(() => received('P-4'), (items) => items.length === 1);
  assert.equal((await call('/api/v1/settings/inbound-invoices', keys.buyer)).json.address, address);
});

test('a notice that comes back late has bounced, in the words of the server that it came to', { skip }, async () => {
  await server.user(`0007:${seller.identifier}`, gone, 'Karin Sand', 'sommar i hamnen');
  const rules = [{ id: 'order', term: 'BT-13', test: 'digits', least: 8, most: 8, prefix: '45' }];
  assert.equal((await call('/api/v1/filters', keys.buyer, 'POST', { name: 'Krav', active: true, rules })).status, 201);
  const sent = await server.send(keys.seller, invoice({ number: 'N-1', seller, buyer }));
  await server.settled(keys.seller, sent.json.id);
  await advance('PT1M');
  const events = await server.until(
    async () => (await call(`/api/v1/documents/${sent.json.id}/events`, keys.seller)).json.items.filter((event) => event.type === 'notice-bounced'),
    (items) => items.length === 1,
    20_000,
  );
  assert.match(JSON.stringify(events[0]), /User unknown/);
});

test('a Smartmail to a mailbox that does not exist bounces with its reason, and goes on', { skip }, async (context) => {
  const stranger = { identifier: company(74), name: 'Okänd Fisk AB' };
  const put = await call(`/api/v1/partners/0007:${stranger.identifier}`, keys.seller, 'PUT', { name: stranger.name, email: gone });
  assert.equal(put.status, 201, JSON.stringify(put.json));
  const { json: lookup } = await call(`/api/v1/channels/lookup?identifier=0007:${stranger.identifier}`, keys.seller);
  if (!lookup.plan.some((step) => step.channel === 'email' && step.reachable)) return context.skip('the channel e-mail is not built here');
  const sent = await server.send(keys.seller, invoice({ number: 'SM-1', seller, buyer: stranger }));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const deliveries = await server.until(
    async () => (await call(`/api/v1/documents/${sent.json.id}/deliveries`, keys.seller)).json.items,
    (items) => items.some((each) => each.channel === 'email' && each.status === 'bounced'),
    20_000,
  );
  assert.match(JSON.stringify(deliveries), /5\.1\.1 .*User unknown/);
  const { json: document } = await server.settled(keys.seller, sent.json.id);
  assert.ok(['sent', 'failed', 'sending'].includes(document.status), document.status);
});

test('without an address the server takes nothing in', { skip }, async () => {
  const off = await call('/api/v1/settings/inbound-invoices', keys.buyer, 'PUT', { on: false });
  assert.deepEqual(off.json, { on: false, address: null, available: true });
  const before = dovecot.count('Postgang-set-aside');
  postfix.deliver(theirs, address, letter(address, [xml('P-9')]));
  await server.until(async () => dovecot.count('Postgang-set-aside'), (count) => count === before + 1);
  assert.equal((await received('P-9')).length, 0);
});
