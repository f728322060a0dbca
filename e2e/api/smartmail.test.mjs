// Smartmail from its sender's side, through the real program, a real mail server and a print house's drop: sent, not
// opened, on paper; what its sender does meanwhile; settings, a trial on history, the list as a file. Every answer is
// held against the contract.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { removeFolder, run, temporaryFolder } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { party, startWorld } from './world.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const lena = { identifier: company(31), name: 'Lenas Verkstad AB', email: 'lena@verkstad.example' };
const gone = { identifier: company(32), name: 'Borta Bolag AB', email: 'ingen@verkstad.example' };
const nowhere = { identifier: company(33), name: 'Utan Adress AB', email: 'oskar@verkstad.example', postalCode: '999 99' }; // no such post code
const postalAddress = { street: 'Verkstadsgatan 4', postalCode: '851 11', city: 'Tallmo', country: 'SE' };
let postfix, drop, world, server, key;

const json = { 'content-type': 'application/json' };
const call = async (path, method = 'GET', body = undefined, by = key) =>
  judged(path, method, await server.call(path, { key: by, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) }));
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, JSON.stringify(answer.json));
  return answer.json;
};
const pass = async (advance) => ok(await call('/api/v1/clock', 'POST', { advance }));

async function send(number, buyer, query = '') {
  const xml = invoice({ number, seller: party('energi'), buyer, dueDate: '2029-12-31' });
  const sent = judged(`/api/v1/documents${query}`, 'POST', await server.call(`/api/v1/documents${query}`, { key, method: 'POST', body: xml, headers: { 'content-type': 'application/xml' } }));
  const { id } = ok(sent, 202);
  await server.until(() => server.call(`/api/v1/documents/${id}`, { key }), (answer) => !['received', 'ready', 'sending'].includes(answer.json.status) || answer.json.channel === 'print');
  return id;
}
const deliveries = async (id) => ok(await call(`/api/v1/documents/${id}/deliveries`)).items;
const mailOf = async (id) => (await deliveries(id)).find((one) => one.channel === 'email');
const letterOf = async (id) => (await deliveries(id)).find((one) => one.channel === 'print');
const act = async (action, documents, more = {}) => ok(await call('/api/v1/smartmail/actions', 'POST', { action, documents, ...more })).items;
const inTheList = async (id, query = '') => ok(await call(`/api/v1/smartmail${query}`)).items.find((one) => one.document.id === id);
const second = (instant) => instant.slice(0, 19);
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

before(async () => {
  if (skip) return;
  postfix = await Postfix.start([lena.email, nowhere.email]);
  drop = temporaryFolder();
  await run(['print-house', '--drop', `file://${drop}`, '--once']);
  world = await startWorld({
    args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example', '--print-house', `file://${drop}`],
  });
  server = world.server;
  key = world.keys.energi;
  for (const one of [lena, gone, nowhere])
    ok(await call(`/api/v1/partners/0007:${one.identifier}`, 'PUT', { name: one.name, email: one.email, ...(one === nowhere ? {} : { postalAddress }) }), 201);
});
after(async () => {
  await world?.server.remove();
  await postfix?.remove();
  if (drop) removeFolder(drop);
});

test('what nobody opens goes to paper at its deadline, once', { skip }, async () => {
  const id = await send('S-1', lena);
  const mail = await mailOf(id);
  assert.equal(mail.state, 'waiting');
  assert.equal(mail.evidence.kind, 'smtp');
  assert.deepEqual(mail.recipients.map((one) => one.address), [lena.email]);
  assert.deepEqual(mail.actions, { remind: null, extend: null, postNow: null, stop: null });
  assert.ok(mail.letterPrice, 'what the letter will cost');
  assert.match(mail.wire.at(-1).text, /250/, 'the words of the mail server');
  const listed = await inTheList(id, '?state=waiting&sort=deadline');
  assert.equal(listed.deadline, mail.deadline);
  assert.deepEqual(listed.document.receiver, { identifier: `0007:${lena.identifier}`, name: lena.name });

  await pass('P10D');
  const expired = await mailOf(id);
  assert.equal(expired.state, 'posted');
  assert.equal(second(expired.expiredAt), second(mail.deadline), 'at its own time');
  assert.equal(expired.actions.postNow, 'smartmail-on-paper');
  const letter = await letterOf(id);
  assert.ok(['queued', 'sending', 'sent'].includes(letter.state), letter.state);
  assert.deepEqual(letter.price, mail.letterPrice);
  assert.equal(readdirSync(join(drop, 'in')).filter((name) => name.endsWith('.zip')).length, 1);
  await pass('P10D');
  assert.equal((await deliveries(id)).length, 2);
  const events = ok(await call(`/api/v1/documents/${id}/events`)).items;
  const expiry = events.filter((one) => one.type === 'delivery-expired');
  assert.deepEqual(expiry.map((one) => one.parameters.reason), ['deadline']);
});

test('its sender gives it longer, keeps it off paper, or posts it now', { skip }, async () => {
  const [longer, never, now] = [await send('S-2', lena), await send('S-3', lena), await send('S-4', lena)];
  const before = (await mailOf(longer)).deadline;
  const [extended] = await act('extend', [longer], { days: 3 });
  assert.equal(days(before, extended.deadline), 3);
  assert.deepEqual((await act('stop', [never])).map((one) => [one.done, one.deadline]), [[true, null]]);
  assert.equal((await act('stop', [never]))[0].done, true, 'it is so already');
  assert.equal((await act('post-now', [now]))[0].done, true);
  assert.equal((await letterOf(now)).state, 'queued');
  const moved = ok(await call(`/api/v1/documents/${longer}/events`)).items.at(-1);
  assert.deepEqual([moved.type, moved.parameters.reason, moved.parameters.deadline], ['deadline-moved', 'extended', extended.deadline]);

  await pass('P8D');
  assert.equal((await mailOf(longer)).state, 'waiting');
  await pass('P30D');
  assert.equal(second((await mailOf(longer)).expiredAt), second(extended.deadline));
  assert.equal((await mailOf(never)).state, 'waiting');
  assert.equal((await mailOf(never)).deadline, null);
  assert.equal((await deliveries(now)).length, 2);
});

test('who has not opened is reminded', { skip }, async () => {
  const id = await send('S-5', lena);
  const had = postfix.mailsTo(lena.email).length;
  assert.equal((await act('remind', [id]))[0].done, true);
  await server.until(() => mailOf(id), (mail) => mail.reminders === 1);
  await server.until(async () => postfix.mailsTo(lena.email), (mails) => mails.length === had + 1);
  const [again] = await act('remind', [id]);
  assert.deepEqual([again.done, again.problem.code], [false, 'smartmail-reminded-lately']);
});

test('many at once, each by itself; what is not there and what is another company’s is not to be found', { skip }, async () => {
  const [one, two] = [await send('S-6', lena), await send('S-7', nowhere)];
  const made = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';
  const items = await act('post-now', [one, two, made]);
  assert.deepEqual(items.map((item) => item.problem?.code ?? 'done'), ['done', 'smartmail-no-postal-address', 'document-not-found']);
  assert.equal((await mailOf(two)).actions.postNow, 'smartmail-no-postal-address');
  const foreign = ok(await call('/api/v1/smartmail/actions', 'POST', { action: 'stop', documents: [two, made] }, world.keys.granberga)).items;
  assert.deepEqual(foreign.map((item) => item.problem.code), ['document-not-found', 'document-not-found']);
  assert.equal(ok(await call('/api/v1/smartmail', 'GET', undefined, world.keys.granberga)).items.length, 0);
  for (const body of [
    { action: 'burn', documents: [one] },
    { action: 'stop', documents: [] },
    { action: 'stop', documents: ['x'] },
    { action: 'extend', documents: [one] },
    { action: 'extend', documents: [one], days: 61 },
    { action: 'stop', documents: [one], days: 3 },
    { action: 'stop', documents: Array.from({ length: 201 }, () => one) },
  ])
    ok(await call('/api/v1/smartmail/actions', 'POST', body), 400);
  const same = { key, method: 'POST', body: JSON.stringify({ action: 'extend', documents: [two], days: 1 }), headers: { ...json, 'idempotency-key': 's-7' } };
  const first = judged('/api/v1/smartmail/actions', 'POST', await server.call('/api/v1/smartmail/actions', same));
  const second = judged('/api/v1/smartmail/actions', 'POST', await server.call('/api/v1/smartmail/actions', same));
  assert.deepEqual(second.json, first.json, 'the same wish twice is once');
  ok(judged('/api/v1/smartmail/actions', 'POST', await server.call('/api/v1/smartmail/actions', { ...same, body: JSON.stringify({ action: 'extend', documents: [two], days: 2 }) })), 422);
});

test('a mail that bounces is on paper at once', { skip }, async () => {
  const id = await send('S-8', gone);
  const mail = await mailOf(id);
  assert.equal(mail.state, 'bounced');
  assert.match(mail.recipients[0].bounced, /5\.1\.1/);
  assert.equal(mail.actions.extend, 'smartmail-bounced');
  assert.ok(await letterOf(id));
});

test('the sender picks the channel', { skip }, async () => {
  const id = await send('S-9', lena, '?channel=print');
  const made = await server.until(() => deliveries(id), (all) => all.length > 0);
  assert.deepEqual(made.map((one) => one.channel), ['print']);
  const unknown = judged('/api/v1/documents?channel=fax', 'POST', await server.call('/api/v1/documents?channel=fax', { key, method: 'POST', body: invoice({ number: 'S-10', seller: party('energi'), buyer: lena }), headers: { 'content-type': 'application/xml' } }));
  assert.deepEqual([unknown.status, unknown.json.code, unknown.json.where], [400, 'channel-unknown', 'channel']);
  const received = await server.call('/api/v1/documents?channel=print&direction=received', { key, method: 'POST', body: invoice({ number: 'S-11', seller: lena, buyer: party('energi') }), headers: { 'content-type': 'application/xml' } });
  assert.equal(received.status, 400);
});

test('settings of the company and of a counterpart, inherited', { skip }, async () => {
  const path = '/api/v1/smartmail/settings';
  const partner = `/api/v1/partners/0007:${lena.identifier}/smartmail`;
  assert.deepEqual(ok(await call(path)).own, {});
  assert.equal(ok(await call(path, 'PUT', { days: 5, exempt: ['villkor*'] })).effective.days, 5);
  assert.equal(ok(await call(partner)).own, null);
  const own = ok(await call(partner, 'PUT', { days: 14, addresses: ['ekonomi@verkstad.example'] }));
  assert.deepEqual([own.effective.days, own.effective.exempt, own.effective.addresses], [14, ['villkor*'], ['ekonomi@verkstad.example']]);
  assert.deepEqual(ok(await call(path)).counterparts.map((one) => [one.name, one.own.days]), [[lena.name, 14]]);
  assert.equal(ok(await call('/api/v1/smartmail/summary')).ownSettings, 1);
  for (const [where, body] of [
    ['/days', { days: 0 }], ['/days', { days: 91 }], ['/form', { form: 'paper' }], ['/replyTo', { replyTo: 'nobody' }], ['/exempt/0', { exempt: [''] }],
    ['/addresses', { addresses: ['a@b.example'] }], ['/colour', { colour: 'red' }], ['/remindAfterDays/0', { remindAfterDays: ['4'] }],
  ]) {
    const refused = await call(path, 'PUT', body);
    assert.deepEqual([refused.status, refused.json.where], [400, where], JSON.stringify(refused.json));
  }
  const bare = await server.call(path, { key, method: 'PUT', body: '{}', headers: { 'content-type': 'text/plain' } });
  ok(judged(path, 'PUT', bare), 415);
  ok(judged(partner, 'PUT', await server.call(partner, { key, method: 'PUT', body: '{}', headers: { 'content-type': 'text/plain' } })), 415);
  ok(await call(partner, 'PUT', { days: 'x' }), 400);
  assert.equal(ok(await call(path)).own.days, 5, 'what is refused changes nothing');

  const id = await send('S-12', { ...lena });
  const mail = await mailOf(id);
  assert.ok(days(mail.sentAt, mail.deadline) > 10, 'the counterpart’s fourteen days, or what the due date leaves');
  assert.deepEqual(mail.recipients.map((one) => one.address), [lena.email, 'ekonomi@verkstad.example']);
  assert.equal((await call(partner, 'DELETE')).status, 204);
  assert.equal(ok(await call(partner)).effective.days, 5);
  for (const method of ['GET', 'PUT', 'DELETE']) ok(await call(`/api/v1/partners/0007:${company(99)}/smartmail`, method, method === 'PUT' ? {} : undefined), 404);
  ok(await call(partner, 'GET', undefined, world.keys.granberga), 404);
});

test('summary, another deadline tried, and the list as a file', { skip }, async () => {
  const summary = ok(await call('/api/v1/smartmail/summary'));
  assert.deepEqual(summary.states.map((one) => one.state), ['waiting', 'opened', 'posted', 'bounced', 'failed']);
  assert.ok(summary.states[0].documents > 0 && summary.states[2].documents > 0, JSON.stringify(summary.states));
  assert.ok(summary.next.documents >= 1);
  const trial = ok(await call('/api/v1/smartmail/trials', 'POST', { days: 3, months: 12 }));
  assert.equal(trial.posted.now, trial.posted.then, 'nobody has opened anything here');
  assert.equal(trial.mails, trial.opened.now + trial.posted.now);
  for (const body of [{}, { days: 0 }, { days: 5, months: 13 }, { days: 5, more: 1 }]) ok(await call('/api/v1/smartmail/trials', 'POST', body), 400);
  ok(judged('/api/v1/smartmail/trials', 'POST', await server.call('/api/v1/smartmail/trials', { key, method: 'POST', body: '{"days":5}', headers: { 'content-type': 'text/plain' } })), 415);

  const swedish = await call('/api/v1/smartmail/export');
  const text = swedish.bytes.toString();
  assert.match(text, /^\uFEFFNummer;Typ;Mottagare;/);
  assert.match(text, /\r\nS-1;Faktura;Lenas Verkstad AB;/);
  const english = (await call('/api/v1/smartmail/export?language=en&state=bounced')).bytes.toString();
  assert.deepEqual(english.trim().split('\r\n').map((line) => line.split(';')[0].replace('\uFEFF', '')), ['Number', 'S-8']);

  const pages = [];
  for (let cursor = ''; ; ) {
    const page = ok(await call(`/api/v1/smartmail?limit=2${cursor}`));
    pages.push(...page.items.map((one) => one.delivery));
    if (!page.nextCursor) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  assert.equal(new Set(pages).size, pages.length);
  assert.equal(ok(await call(`/api/v1/smartmail?counterpart=0007:${gone.identifier}`)).items.length, 1);
  assert.equal(ok(await call('/api/v1/smartmail?query=OSKAR%40verkstad')).items.length, 1);
  for (const query of ['?state=lost', '?sort=amount', '?from=yesterday', '?limit=0', '?cursor=made-up', '?colour=red']) ok(await call(`/api/v1/smartmail${query}`), 400);
  for (const query of ['?state=lost', '?limit=1']) ok(await call(`/api/v1/smartmail/summary${query}`), 400);
  ok(await call('/api/v1/smartmail/export?language=de'), 400);
});

test('the overview says what goes to paper within a day', { skip }, async () => {
  const id = await send('S-13', lena);
  const { sentAt, deadline } = await mailOf(id);
  await pass(`PT${Math.round(days(sentAt, deadline) * 86_400) - 3600}S`);
  const need = ok(await call('/api/v1/overview')).needsYou.find((one) => one.kind === 'smartmail-deadline');
  assert.equal(need.oldest, deadline);
  assert.ok(need.counterparts.includes(lena.name));
});

test('a person does the same in the portal', { skip }, async () => {
  const karin = await Person.signIn(server, world.users.karin);
  ok(judged('/api/v1/smartmail', 'GET', await karin.call('/api/v1/smartmail')));
  const made = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';
  ok(judged('/api/v1/smartmail/actions', 'POST', await karin.json('POST', '/api/v1/smartmail/actions', { action: 'stop', documents: [made] })));
  ok(judged('/api/v1/smartmail/actions', 'POST', await karin.json('POST', '/api/v1/smartmail/actions', { action: 'stop', documents: [made] }, { 'x-csrf-token': 'wrong' })), 403);
});

test('every answer that the contract promises has been seen', { skip }, () => assert.deepEqual(neverSeen(['Smartmail']), []));
