// Drift for staff, the package of evidence checked by the program itself, and the morning list through a real mail server.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server, run } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const seller = { identifier: company(31), name: 'Nordhamn Energi AB' };
const buyer = { identifier: company(32), name: 'Granberga Bygg AB' };
const stranger = { identifier: company(33), name: 'Fyrnäs El AB' };
const listPath = '/api/v1/settings/morning-list';
let postfix, server, key, staff, clerk;

before(async () => {
  if (!skip) postfix = await Postfix.start(['ekonomi@nordhamn.example']);
  server = await Server.start({
    args: ['--simulated-clock', ...(postfix ? ['--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] : [])],
  });
  await server.company(`0007:${company(30)}`, 'Postgång Drift AB', ['--operator']);
  await server.company(`0007:${seller.identifier}`, seller.name);
  await server.company(`0007:${buyer.identifier}`, buyer.name);
  key = await server.key(`0007:${seller.identifier}`);
  staff = await Person.signIn(server, await server.user(`0007:${company(30)}`, 'drift@postgang.example', 'Drift', 'norrsken i januari', ['--role', 'operator']));
  clerk = await Person.signIn(server, await server.user(`0007:${seller.identifier}`, 'karin@nordhamn.example', 'Karin Sand', 'sommar i hamnen'));
});
after(async () => {
  await server?.remove();
  postfix?.remove();
});

const ask = async (person, path, method = 'GET', body, headers = {}) =>
  judged(path, method, await (body === undefined ? person.call(path, { method, headers }) : person.json(method, path, body, headers)));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer);
const sent = async (number, to) => {
  const answer = await server.send(key, invoice({ number, seller, buyer: to }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  return (await server.settled(key, answer.json.id)).json;
};

test('failures are grouped by cause, and one act answers the group', async () => {
  for (const number of ['D-1', 'D-2', 'D-3']) assert.equal((await sent(number, stranger)).status, 'failed');
  const { json: now } = ok(await ask(staff, '/api/v1/operations'));
  const [group] = now.failures;
  assert.deepEqual([group.cause, group.documents, group.companies], ['no-channel', 3, 1]);
  assert.ok(now.queues.every((queue) => queue.dead === 0));
  assert.deepEqual([now.dead, now.printBatches, now.lateLetters, now.partial], [[], [], 0, false]);

  const still = ok(await ask(staff, '/api/v1/operations/retry', 'POST', { cause: 'no-channel', channel: null })).json.items;
  assert.deepEqual(still.map((item) => [item.done, item.problem.code]), Array(3).fill([false, 'no-channel']));

  await server.company(`0007:${stranger.identifier}`, stranger.name);
  const now2 = ok(await ask(staff, '/api/v1/operations/retry', 'POST', { cause: 'no-channel' })).json.items;
  assert.deepEqual(now2.map((item) => item.done), [true, true, true]);
  for (const { id } of now2) assert.equal((await server.until(() => server.call(`/api/v1/documents/${id}`, { key }), ({ json }) => json.status === 'delivered')).json.status, 'delivered');
  assert.deepEqual(ok(await ask(staff, '/api/v1/operations')).json.failures, []);
  assert.deepEqual(ok(await ask(staff, '/api/v1/operations/retry', 'POST', { cause: 'no-channel' })).json.items, []);
  assert.equal(ok(await ask(staff, '/api/v1/operations/jobs/retry', 'POST', { kind: 'deliver' })).json.jobs, 0);
});

test('operations are for staff alone', async () => {
  for (const [path, method, body] of [
    ['/api/v1/operations', 'GET'],
    ['/api/v1/operations/retry', 'POST', { cause: 'no-channel' }],
    ['/api/v1/operations/jobs/retry', 'POST', { kind: 'deliver' }],
  ]) {
    ok(await ask(clerk, path, method, body), 403);
    ok(judged(path, method, await server.call(path, { key, method, body: body && JSON.stringify(body), headers: body ? { 'content-type': 'application/json' } : {} })), 403);
    ok(judged(path, method, await server.call(path, { method })), 401);
    if (!body) continue;
    ok(await ask(staff, path, method, { other: 1 }), 400);
    ok(await ask(staff, path, method, body, { 'content-type': 'text/plain' }), 415);
  }
  assert.deepEqual([staff.session.user.staff, clerk.session.user.staff], [true, false]);
});

test('a package of evidence is fetched and found whole by the program, and a changed one is not', async () => {
  const { id } = await sent('D-10', buyer);
  const answer = ok(judged(`/api/v1/documents/${id}/evidence`, 'GET', await server.call(`/api/v1/documents/${id}/evidence`, { key })));
  assert.match(answer.headers.get('content-disposition'), /bevispaket-D-10\.zip/);
  const file = join(server.data, 'evidence.zip');
  writeFileSync(file, answer.bytes);
  const whole = await run(['verify-evidence', '--json', file]);
  assert.equal(whole.code, 0, whole.stderr + whole.stdout);
  const report = JSON.parse(whole.stdout);
  const chain = (await server.call(`/api/v1/documents/${id}/events`, { key })).json.chain;
  assert.deepEqual([report.good, report.document, report.head], [true, id, chain.head]);
  assert.equal((await run(['verify-evidence', '--head', '00', file])).code, 1);

  const at = answer.bytes.indexOf('original-');
  const changed = Buffer.from(answer.bytes);
  changed[at] ^= 0x20;
  writeFileSync(file, changed);
  assert.notEqual((await run(['verify-evidence', file])).code, 0);
  assert.equal((await run(['verify-evidence'])).code, 2);
});

test('the morning list is set, comes in the morning and not without news', { skip }, async () => {
  const before = ok(await ask(clerk, listPath)).json;
  assert.deepEqual([before.addresses, before.at, before.mailIsOn], [[], '07:00', true]);
  ok(await ask(clerk, listPath, 'PUT', { addresses: ['no address'] }), 400);
  ok(await ask(clerk, listPath, 'PUT', { addresses: ['ekonomi@nordhamn.example'], at: '25:00' }), 400);
  const set = ok(await ask(clerk, listPath, 'PUT', { addresses: ['ekonomi@nordhamn.example'], at: '06:30', bankDaysOnly: false, language: 'sv' })).json;
  assert.deepEqual([set.at, set.bankDaysOnly], ['06:30', false]);

  const advance = (period) => server.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance: period }), headers: { 'content-type': 'application/json' } });
  await advance('P1D');
  assert.deepEqual(await postfix.mailsTo('ekonomi@nordhamn.example'), [], 'nothing to say, nothing sent');
  assert.equal((await sent('D-4712', { identifier: company(39), name: 'Ingen Nåbar AB' })).status, 'failed');
  await advance('P1D');
  const [mail] = await server.until(() => postfix.mailsTo('ekonomi@nordhamn.example'), (mails) => mails.length >= 1);
  const text = typeof mail === 'string' ? mail : (mail.text ?? mail.bytes?.toString() ?? JSON.stringify(mail));
  assert.match(text, /D-4712/);
  ok(await ask(clerk, listPath, 'PUT', { addresses: [] }));
});

test('every documented answer was seen', () => {
  assert.deepEqual(neverSeen(['Operations']), []);
});
