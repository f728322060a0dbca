// What people are told, through the real program: the list, the counts, what is read, the stream, whom it is for, the day's
// mail through a real SMTP server, and the way out of it.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Follower } from './follower.mjs';
import { Person } from './session.mjs';
import { identifierOf, party, startWorld } from './world.mjs';

const all = '/api/v1/notifications';
const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
let world, server, reader, foreign;

before(async () => {
  world = await startWorld({ args: ['--simulated-clock'] });
  server = world.server;
  reader = await server.user(identifierOf(12), 'las@nordhamn.example', 'Lasse Läsare', 'sommar i hamnen', ['--role', 'reader']);
  foreign = world.users.holm;
});
after(() => world?.server.remove());

const as = (person, on = server) => Person.signIn(on, person);
const call = async (who, method, path, body) => judged(path, method, body === undefined ? await who.call(path, { method }) : await who.json(method, path, body));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const listed = async (who, query = '') => ok(await call(who, 'GET', `${all}${query}`)).items;
const unread = async (who) => ok(await call(who, 'GET', `${all}/counts`)).unread;
const told = (who, accept) => server.until(() => listed(who), accept);

// Nobody is reached by these.
async function failing(number, on = server, key = world.keys.energi) {
  const sent = await on.send(key, invoice({ number, seller: party('energi'), buyer: { identifier: company(77), name: 'Fyrnäs El AB' } }));
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  const { json } = await on.settled(key, sent.json.id);
  assert.equal(json.status, 'failed');
  return sent.json.id;
}
async function pass(advance, on = server, key = world.keys.energi) {
  const moved = await on.call('/api/v1/clock', { key, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' } });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
}

test('a document that nobody could be reached with is told to its sender’s people', async () => {
  const karin = await as(world.users.karin);
  const stream = await Follower.open(server, { cookie: karin.cookie });
  await stream.next();
  const id = await failing('A-1');
  await stream.until(({ event }) => event === 'notification');
  stream.close();
  const [one] = await told(karin, (items) => items.length === 1);
  assert.deepEqual([one.kind, one.documentId, one.words.number, one.words.counterpart, one.path, one.readAt, one.count], ['failed', id, 'A-1', 'Fyrnäs El AB', `/documents/${id}`, null, 1]);
  assert.equal(one.company.name, 'Nordhamn Energi AB');
  assert.deepEqual(ok(await call(karin, 'GET', `${all}/counts`)), { unread: 1, kinds: [{ kind: 'failed', unread: 1 }] });
  assert.deepEqual(await listed(await as(foreign)), [], 'another company’s people hear nothing');
  assert.deepEqual(await listed(await as(reader)), [], 'nor who can do nothing about it');
  assert.deepEqual(await listed(await as(world.users.chef)), [], 'nor who is above and has not asked');
});

test('a crowd is one row that counts, and is read at once', async () => {
  const karin = await as(world.users.karin);
  for (let index = 0; index < 5; index++) await failing(`B-${index}`);
  const [row] = await told(karin, ([first]) => first?.count === 6);
  assert.deepEqual([row.words, row.documentId, row.path], [{}, null, '/documents/sent?status=failed']);
  assert.equal((await listed(await as(foreign))).length, 0);
  const left = ok(await call(await as(foreign), 'POST', `${all}/read`, { ids: [row.id] }));
  assert.equal(left.unread, 0);
  assert.equal(await unread(karin), 1, 'nobody reads for somebody else');
  assert.equal(ok(await call(karin, 'POST', `${all}/read`, { until: '2020-01-01T00:00:00Z' })).unread, 1);
  assert.equal(ok(await call(karin, 'POST', `${all}/read`, { until: row.at })).unread, 0);
  assert.notEqual((await listed(karin))[0].readAt, null);
  assert.deepEqual(await listed(karin, '?unread=true'), []);
  assert.equal((await listed(karin, '?kind=failed')).length, 1);
  assert.deepEqual(await listed(karin, '?kind=rejected'), []);
});

test('what is asked wrongly is refused', async () => {
  const karin = await as(world.users.karin);
  for (const query of ['?kind=other', '?unread=yes', '?limit=0', '?cursor=x', '?other=1']) assert.equal((await call(karin, 'GET', `${all}${query}`)).status, 400, query);
  assert.equal((await call(karin, 'GET', `${all}/counts?x=1`)).status, 400);
  for (const body of [{}, { ids: [] }, { ids: ['x'] }, { until: 'i går' }, { other: 1 }, { ids: 'x' }]) assert.equal((await call(karin, 'POST', `${all}/read`, body)).status, 400, JSON.stringify(body));
  assert.equal((await judged(all, 'GET', await server.call(all, { key: world.keys.energi }))).status, 403, 'a program has no bell');
  for (const token of ['x', '0'.repeat(200)]) {
    const path = `/api/v1/unsubscribe/${token}`;
    assert.equal(judged(path, 'POST', await server.call(path, { method: 'POST' })).status, 404);
  }
});

test('everybody chooses for itself', async () => {
  const lasse = await as(reader);
  const me = ok(await call(lasse, 'GET', '/api/v1/me'));
  assert.deepEqual([me.portal.failed, me.notices.failed, me.portal.stopped, me.notices.stopped, me.alsoSeen, me.digestHour], [false, 'none', true, 'each', false, 7]);
  assert.equal(me.portal['webhook-off'], undefined, 'what only administrators hear');
  assert.equal(me.portal.lead, undefined);
  const changed = ok(await call(lasse, 'PATCH', '/api/v1/me', { portal: { failed: true }, notices: { failed: 'digest' }, alsoSeen: true, digestHour: 16 }));
  assert.deepEqual([changed.portal.failed, changed.notices.failed, changed.alsoSeen, changed.digestHour, changed.theme], [true, 'digest', true, 16, 'system']);
  for (const body of [{ portal: { lead: true } }, { portal: { 'morning-list': true } }, { portal: { failed: 'yes' } }, { notices: { 'webhook-off': 'each' } }, { notices: { failed: 'daily' } }, { digestHour: 24 }, { digestHour: -1 }, { digestHour: '7' }, { alsoSeen: 'ja' }, { portal: [] }, { notices: [] }])
    assert.equal((await call(lasse, 'PATCH', '/api/v1/me', body)).status, 400, JSON.stringify(body));
  await failing('C-1');
  assert.equal((await told(lasse, (items) => items.length === 1))[0].words.number, 'C-1');
  const chef = await as(world.users.chef);
  ok(await call(chef, 'PATCH', '/api/v1/me', { alsoSeen: true }));
  await failing('C-2');
  await told(chef, (items) => items.length === 1);
});

test('a page follows another', async () => {
  const karin = await as(world.users.karin);
  await pass('PT1H');
  await failing('D-1');
  await told(karin, (items) => items.some(({ words }) => words.number === 'D-1'));
  const ids = (await listed(karin)).map(({ id }) => id);
  const paged = [];
  for (let cursor = ''; cursor !== null; ) {
    const { items, nextCursor } = ok(await call(karin, 'GET', `${all}?limit=1${cursor && `&cursor=${cursor}`}`));
    paged.push(...items.map(({ id }) => id));
    cursor = nextCursor;
  }
  assert.deepEqual(paged, ids);
});

test('the day’s mail, and the way out of it', { skip }, async () => {
  const postfix = await Postfix.start(['karin@nordhamn.example']);
  const mailing = await Server.start({ args: ['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] });
  try {
    await mailing.company(identifierOf(12), 'Nordhamn Energi AB');
    const key = await mailing.key(identifierOf(12), 'documents:read,documents:write');
    const karin = await as(await mailing.user(identifierOf(12), 'karin@nordhamn.example', 'Karin Sand', 'sommar i hamnen'), mailing);
    await failing('E-1', mailing, key);
    await mailing.until(() => listed(karin), (items) => items.length === 1);
    await pass('P1D', mailing, key);
    const [mail] = await mailing.until(async () => postfix.mailsTo('karin@nordhamn.example'), (mails) => mails.length > 0);
    for (const part of [mail.text, mail.html]) assert.ok(part.includes('E-1') && part.includes('https://postgang.example/notifications'), part);
    assert.match(mail.headers.get('subject'), /E-1/);
    assert.equal(mail.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    const path = new URL(/<([^>]+)>/.exec(mail.headers.get('list-unsubscribe'))[1]).pathname;
    assert.ok(mail.text.includes(`/unsubscribe#${path.split('/').at(-1)}`), 'the same for a person');
    assert.equal((await mailing.call(path)).status, 405, 'whoever only follows it changes nothing');
    const left = judged(path, 'POST', await mailing.call(path, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } }));
    assert.deepEqual(ok(left).kinds, ['failed', 'rejected']);
    const me = ok(await call(karin, 'GET', '/api/v1/me'));
    assert.deepEqual([me.notices.failed, me.notices.rejected, me.notices.stopped, me.portal.failed], ['none', 'none', 'each', true]);
    await failing('E-2', mailing, key);
    await pass('P2D', mailing, key);
    assert.equal(postfix.mailsTo('karin@nordhamn.example').length, 1);
  } finally {
    await mailing.remove();
    postfix.remove();
  }
});

test('whoever has lost the right sees none of it', async () => {
  const karin = await as(world.users.karin);
  assert.ok((await listed(karin)).some(({ kind }) => kind === 'failed'));
  const admin = await as(await server.user(identifierOf(11), 'admin@nordhamn.example', 'Anna Admin', 'vinter i hamnen', ['--role', 'administrator']));
  const lager = admin.session.companies.find(({ name }) => name === 'Nordhamn Lager AB').id;
  const moved = await admin.json('PATCH', `/api/v1/users/${karin.session.user.id}`, { memberships: [{ companyId: lager, role: 'clerk' }] });
  assert.equal(moved.status, 200, JSON.stringify(moved.json));
  const there = await as(world.users.karin);
  const items = await told(there, (now) => now.some(({ kind }) => kind === 'account-changed'));
  assert.deepEqual([...new Set(items.map(({ company: of }) => of.name))], ['Nordhamn Lager AB']);
  assert.equal(await unread(there), items.length);
});

test('whoever guesses at links is told to wait', async () => {
  const path = `/api/v1/unsubscribe/${'x'.repeat(43)}`;
  const statuses = [];
  for (let index = 0; index < 25; index++) statuses.push(judged(path, 'POST', await server.call(path, { method: 'POST' })).status);
  assert.equal(statuses.at(-1), 429);
});

test('every documented answer has been seen', { skip }, () => {
  assert.deepEqual(neverSeen(['Notifications']), []);
});
