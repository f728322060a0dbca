// People through the real program: invitations, roles, passwords, the second step, sessions, one's own settings; and what
// each of them refuses.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Server } from '../support/server.mjs';
import { judged, neverSeen, operationsOfTheContract } from './contract.mjs';
import { Person, cookieOf, signInAnswer } from './session.mjs';
import { identifierOf, startWorld } from './world.mjs';

const nobody = '00000000-0000-7000-8000-000000000000';
const chosen = 'fyra kloka ugglor';
let world, server, mailing, boss, clerk, other;

before(async () => {
  world = await startWorld();
  server = world.server;
  await server.company(identifierOf(16), 'Postgång Drift', ['--operator']);
  boss = await server.user(identifierOf(11), 'boss@nordhamn.example', 'Bodil Boss', 'vinter i skogen', ['--role', 'administrator']);
  clerk = await server.user(identifierOf(12), 'clerk@nordhamn.example', 'Kalle Klerk', 'vinter i skogen');
  other = await server.user(identifierOf(14), 'other@granberga.example', 'Olga Orm', 'vinter i skogen', ['--role', 'administrator']);
  // A mail server that does not answer: mail is on, and nothing arrives.
  mailing = await Server.start({ args: ['--smtp', 'smtp://127.0.0.1:1', '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] });
  await mailing.company(identifierOf(11), 'Nordhamn AB');
  await mailing.user(identifierOf(11), 'boss@nordhamn.example', 'Bodil Boss', 'vinter i skogen', ['--role', 'administrator']);
});
after(async () => {
  await world?.server.remove();
  await mailing?.remove();
});

const as = async (person, on = server) => Person.signIn(on, person);
const call = async (who, method, path, body) => judged(path, method, body === undefined ? await who.call(path, { method }) : await who.json(method, path, body));
const open = async (path, method = 'GET', body, on = server) =>
  judged(path, method, await on.call(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.json?.code], [status, code]);
const companyOf = (person, name) => person.session.companies.find((company) => company.name === name).id;
const tokenOf = (invitation) => invitation.link.split('#')[1];

function codeOf(secret, step = Math.floor(Date.now() / 30000)) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seed).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

let made = 0;
// A user of its own for a test, invited and accepted.
async function invited(role = 'clerk', company = 'Nordhamn Energi AB') {
  const admin = await as(boss);
  const email = `ny${++made}@nordhamn.example`;
  const invitation = ok(await call(admin, 'POST', '/api/v1/invitations', { email, name: `Ny ${made}`, memberships: [{ companyId: companyOf(admin, company), role }] }), 201);
  const answer = await open(`/api/v1/invitation-links/${tokenOf(invitation)}`, 'POST', { name: `Ny ${made}`, password: chosen });
  const session = ok(answer);
  return { email, password: chosen, id: session.user.id, person: new Person(server, cookieOf(answer), session), companyId: companyOf(admin, company), admin };
}

test('an invitation becomes a user with the role it says, once', async () => {
  const admin = await as(boss);
  const companyId = companyOf(admin, 'Nordhamn Energi AB');
  const body = { email: 'Per.Lind@nordhamn.example', name: 'Per Lind', language: 'en', memberships: [{ companyId, role: 'support' }] };
  const invitation = ok(await call(admin, 'POST', '/api/v1/invitations', body), 201);
  refused(await call(admin, 'POST', '/api/v1/invitations', body), 409, 'invitation-open');
  const listed = ok(await call(admin, 'GET', '/api/v1/invitations'));
  assert.equal(listed.mailIsOn, false);
  assert.equal(listed.items.find((item) => item.id === invitation.id).link, undefined, 'the link is shown once');
  const again = ok(await call(admin, 'POST', `/api/v1/invitations/${invitation.id}/resend`));
  refused(await open(`/api/v1/invitation-links/${tokenOf(invitation)}`), 404, 'link-invalid');
  const link = `/api/v1/invitation-links/${tokenOf(again)}`;
  const shown = ok(await open(link));
  assert.deepEqual([shown.email, shown.companies, shown.known], ['per.lind@nordhamn.example', ['Nordhamn Energi AB'], false]);
  refused(await open(link, 'POST', { name: 'Per Lind', password: 'kort' }), 400, 'password-too-short');
  refused(await open(link, 'POST', { name: 'Per Lind', password: 'password123' }), 400, 'password-common');
  refused(await open(link, 'POST', { name: 'Per Lind', password: 'nordhamn2026' }), 400, 'password-personal');
  const session = ok(await open(link, 'POST', { name: 'Per Lind', password: chosen }));
  assert.deepEqual([session.user.role, session.user.language, session.scopes.includes('filters:write')], ['support', 'en', false]);
  refused(await open(link, 'POST', { name: 'Per Lind', password: chosen }), 404, 'link-invalid');
  refused(await call(admin, 'POST', '/api/v1/invitations', body), 409, 'already-member');
});

test('an invitation that was withdrawn is void', async () => {
  const admin = await as(boss);
  const invitation = ok(await call(admin, 'POST', '/api/v1/invitations', { email: 'aldrig@nordhamn.example', name: 'Aldrig', memberships: [{ companyId: companyOf(admin, 'Nordhamn AB'), role: 'reader' }] }), 201);
  const stranger = await as(other);
  refused(await call(stranger, 'DELETE', `/api/v1/invitations/${invitation.id}`), 404, 'not-found');
  refused(await call(stranger, 'POST', `/api/v1/invitations/${invitation.id}/resend`), 404, 'not-found');
  assert.equal(ok(await call(stranger, 'GET', '/api/v1/invitations')).items.length, 0);
  ok(await call(admin, 'DELETE', `/api/v1/invitations/${invitation.id}`), 204);
  refused(await open(`/api/v1/invitation-links/${tokenOf(invitation)}`, 'POST', { name: 'A', password: chosen }), 404, 'link-invalid');
});

test('a user that there is already accepts with its own password and gets the role beside its own', async () => {
  const admin = await as(boss);
  const invitation = ok(await call(admin, 'POST', '/api/v1/invitations', { email: other.email, name: 'Någon', memberships: [{ companyId: companyOf(admin, 'Nordhamn Lager AB'), role: 'reader' }] }), 201);
  const link = `/api/v1/invitation-links/${tokenOf(invitation)}`;
  assert.equal(ok(await open(link)).known, true);
  refused(await open(link, 'POST', { password: 'inte mitt lösenord' }), 401, 'credentials-wrong');
  const session = ok(await open(link, 'POST', { password: other.password }));
  assert.deepEqual(session.companies.map((company) => company.name).sort(), ['Granberga Bygg AB', 'Nordhamn Lager AB']);
  assert.equal(session.user.name, 'Olga Orm');
  refused(await call(admin, 'GET', `/api/v1/users/${session.user.id}/sessions`), 403, 'user-of-others');
});

test('what an invitation may not say', async () => {
  const admin = await as(boss);
  const companyId = companyOf(admin, 'Nordhamn AB');
  const stranger = await as(other);
  const good = { email: 'x@nordhamn.example', name: 'X', memberships: [{ companyId, role: 'clerk' }] };
  const post = (body) => call(admin, 'POST', '/api/v1/invitations', { ...good, ...body });
  refused(await post({ email: 'ingen' }), 400, 'email-malformed');
  refused(await post({ memberships: [] }), 400, 'memberships-missing');
  refused(await post({ memberships: [{ companyId, role: 'operator' }] }), 400, 'role-unknown');
  refused(await post({ memberships: [{ companyId: stranger.session.company.id, role: 'clerk' }] }), 400, 'company-unknown');
  refused(await post({ memberships: [{ companyId: 'x', role: 'clerk' }] }), 400, 'company-unknown');
  refused(await post({ staff: true }), 400, 'field-unknown');
  refused(await post({ memberships: [{ companyId, role: 'clerk', staff: true }] }), 400, 'field-unknown');
  const key = await server.key(identifierOf(11), 'users:read,users:write');
  const byKey = await server.call('/api/v1/invitations', { key, method: 'POST', body: JSON.stringify(good), headers: { 'content-type': 'application/json' } });
  refused(judged('/api/v1/invitations', 'POST', byKey), 403, 'not-a-person');
});

test('a role acts at once, and nobody changes his own', async () => {
  const { person, id, companyId, admin } = await invited();
  const roles = (list) => call(admin, 'PATCH', `/api/v1/users/${id}`, { memberships: list });
  assert.ok(person.session.scopes.includes('documents:write'));
  ok(await roles([{ companyId, role: 'reader' }]));
  assert.ok(!ok(await person.call('/api/v1/session')).scopes.includes('documents:write'));
  refused(await call(admin, 'PATCH', `/api/v1/users/${admin.session.user.id}`, { memberships: [] }), 403, 'own-role');
  refused(await call(admin, 'PATCH', `/api/v1/users/${admin.session.user.id}`, { active: false }), 403, 'own-role');
  ok(await roles([]));
  assert.equal((await person.call('/api/v1/session')).status, 401, 'without a role there is no session');
});

test('a user of others is as absent as none', async () => {
  const admin = await as(boss);
  const { id } = await invited();
  const stranger = await as(world.users.holm);
  refused(await call(stranger, 'GET', '/api/v1/users'), 403, 'scope-missing');
  const foreign = await as(other);
  const absent = await call(foreign, 'GET', `/api/v1/users/${nobody}`);
  for (const [method, path, body] of [['GET', ''], ['PATCH', '', { name: 'X' }], ['GET', '/sessions'], ['DELETE', '/sessions'], ['DELETE', '/second-factor']]) {
    const answer = await call(foreign, method, `/api/v1/users/${id}${path}`, body);
    assert.deepEqual([answer.status, answer.json], [404, absent.json], `${method} ${path}`);
  }
  assert.equal(ok(await call(admin, 'GET', `/api/v1/users/${id}`)).id, id);
  assert.ok(!ok(await call(foreign, 'GET', '/api/v1/users')).items.some((user) => user.id === id));
});

test('under «all that I may see» nobody administers where its role is lower', async () => {
  const admin = await as(other); // administrator of Granberga, reader of Nordhamn Lager by an earlier invitation
  const lager = companyOf(admin, 'Nordhamn Lager AB');
  const keyBody = { name: 'X', scopes: ['documents:read'], expiresInDays: 30, companyId: lager };
  const bossKey = await (await as(boss)).json('POST', '/api/v1/keys', keyBody);
  assert.equal(bossKey.status, 201);
  const invitation = ok(await call(await as(boss), 'POST', '/api/v1/invitations', { email: other.email, name: 'Olga', memberships: [{ companyId: companyOf(await as(boss), 'Nordhamn Energi AB'), role: 'clerk' }] }), 201);
  const energi = invitation.memberships[0].companyId;
  ok(await open(`/api/v1/invitation-links/${tokenOf(invitation)}`, 'POST', { password: other.password }));
  ok(await admin.json('PUT', '/api/v1/session', { companyId: admin.session.company.id, everything: true }));
  for (const companyId of [lager, energi]) assert.equal((await admin.json('POST', '/api/v1/keys', { ...keyBody, companyId })).status, 404, 'a key for it');
  assert.ok(!ok(await admin.call('/api/v1/keys')).items.some((key) => [lager, energi].includes(key.company.id)), 'its keys');
  assert.equal((await admin.json('PATCH', `/api/v1/companies/${energi}`, { name: 'Min nu' })).status, 404, 'the company');
  const trails = ok(await admin.call('/api/v1/audit?limit=200')).items.map((entry) => entry.company);
  assert.ok(!trails.includes(energi) && !trails.includes(lager), 'its trail');
  refused(await call(admin, 'POST', '/api/v1/invitations', { email: 'z@nordhamn.example', name: 'Z', memberships: [{ companyId: energi, role: 'reader' }] }), 400, 'company-unknown');
});

test('the last administrator stays', async () => {
  const first = await as(other);
  const companyId = first.session.company.id;
  const invitation = ok(await call(first, 'POST', '/api/v1/invitations', { email: 'andra@granberga.example', name: 'Andra', memberships: [{ companyId, role: 'administrator' }] }), 201);
  const answer = await open(`/api/v1/invitation-links/${tokenOf(invitation)}`, 'POST', { name: 'Andra', password: chosen });
  const second = new Person(server, cookieOf(answer), ok(answer));
  ok(await call(second, 'PATCH', `/api/v1/users/${first.session.user.id}`, { memberships: [{ companyId, role: 'clerk' }] }));
  const staff = await server.user(identifierOf(16), 'drift@postgang.example', 'Dag Drift', 'vinter i skogen', ['--role', 'operator']);
  const drift = await as(staff);
  refused(await drift.json('PUT', '/api/v1/session', { companyId }), 400, 'reason-missing');
  const acting = await drift.json('PUT', '/api/v1/session', { companyId, reason: 'Ärende 1042' });
  assert.deepEqual([acting.status, acting.json.reason], [200, 'Ärende 1042']);
  refused(await call(drift, 'PATCH', `/api/v1/users/${second.session.user.id}`, { memberships: [] }), 409, 'last-administrator');
  ok(await call(drift, 'PATCH', `/api/v1/users/${first.session.user.id}`, { memberships: [{ companyId, role: 'administrator' }] }));
});

test('a closed account is out and comes back; sessions are ended by the administrator', async () => {
  const { person, id, email, admin } = await invited();
  const where = () => call(admin, 'GET', `/api/v1/users/${id}/sessions`);
  const [session, ...more] = ok(await where()).items;
  assert.deepEqual([session.method, session.address, session.current, more], ['invitation', '127.0.0.1', false, []]);
  refused(await call(person, 'GET', `/api/v1/users/${id}/sessions`), 403, 'scope-missing');
  ok(await call(admin, 'DELETE', `/api/v1/users/${id}/sessions`), 204);
  assert.deepEqual(ok(await where()).items, []);
  assert.equal((await person.call('/api/v1/me')).status, 401);
  const again = await as({ email, password: chosen });
  ok(await call(admin, 'PATCH', `/api/v1/users/${id}`, { active: false }));
  assert.equal((await again.call('/api/v1/me')).status, 401);
  assert.equal((await signInAnswer(server, { email, password: chosen })).json.code, 'credentials-wrong');
  ok(await call(admin, 'PATCH', `/api/v1/users/${id}`, { active: true, name: 'Ett Annat Namn' }));
  assert.equal((await as({ email, password: chosen })).session.user.name, 'Ett Annat Namn');
});

test('the second step: enrolled, asked for, used once, reset', async () => {
  const { person, id, email, admin } = await invited();
  refused(await call(person, 'POST', '/api/v1/me/second-factor', { password: 'fel lösenord' }), 400, 'password-wrong');
  refused(await call(person, 'POST', '/api/v1/me/second-factor/confirmation', { code: '123456' }), 409, 'second-factor-off');
  refused(await call(person, 'POST', '/api/v1/me/second-factor/recovery-codes', { password: chosen }), 409, 'second-factor-off');
  refused(await call(person, 'POST', '/api/v1/me/second-factor/removal', { password: chosen }), 409, 'second-factor-off');
  refused(await call(admin, 'DELETE', `/api/v1/users/${id}/second-factor`), 409, 'second-factor-off');
  const { secret, uri, qr } = ok(await call(person, 'POST', '/api/v1/me/second-factor', { password: chosen }), 201);
  assert.match(uri, new RegExp(`secret=${secret}&`));
  assert.ok(qr.modules >= 21 && /^(M\d+ \d+h\d+v1h-\d+z)+$/.test(qr.path));
  assert.equal((await signInAnswer(server, { email, password: chosen })).json.secondFactor, undefined, 'not before it is confirmed');
  refused(await call(person, 'POST', '/api/v1/me/second-factor/confirmation', { code: '000000' }), 400, 'second-factor-wrong');
  const step = Math.floor(Date.now() / 30000);
  const { recoveryCodes } = ok(await call(person, 'POST', '/api/v1/me/second-factor/confirmation', { code: codeOf(secret, step - 1) }));
  assert.equal(new Set(recoveryCodes).size, 10);
  refused(await call(person, 'POST', '/api/v1/me/second-factor', { password: chosen }), 409, 'second-factor-on');

  const pending = async () => {
    const answer = await signInAnswer(server, { email, password: chosen });
    assert.deepEqual([answer.status, answer.json.secondFactor, answer.headers.getSetCookie()], [200, true, []]);
    return answer.json.pending;
  };
  const enter = (waits, code) => open('/api/v1/session/second-factor', 'POST', { pending: waits, code });
  const waits = await pending();
  refused(await enter('x'.repeat(43), '123456'), 401, 'sign-in-over');
  refused(await enter(waits, codeOf(secret, step - 1)), 401, 'second-factor-wrong');
  ok(await enter(waits, codeOf(secret, step)));
  refused(await enter(await pending(), codeOf(secret, step)), 401, 'second-factor-wrong');
  ok(await enter(await pending(), recoveryCodes[0].toLowerCase()));
  const late = await pending();
  refused(await enter(late, recoveryCodes[0]), 401, 'second-factor-wrong');
  const fresh = ok(await call(person, 'POST', '/api/v1/me/second-factor/recovery-codes', { password: chosen })).recoveryCodes;
  refused(await enter(late, recoveryCodes[1]), 401, 'second-factor-wrong');
  ok(await enter(late, fresh[0]));
  assert.deepEqual(ok(await call(person, 'GET', '/api/v1/me/second-factor')), { on: true, demanded: false, recoveryCodesLeft: 9 });

  ok(await call(admin, 'DELETE', `/api/v1/users/${id}/second-factor`), 204);
  assert.equal((await person.call('/api/v1/me')).status, 401, 'its sessions end with it');
  const back = await as({ email, password: chosen });
  const second = ok(await call(back, 'POST', '/api/v1/me/second-factor', { password: chosen }), 201);
  ok(await call(back, 'POST', '/api/v1/me/second-factor/confirmation', { code: codeOf(second.secret) }));
  const guessed = await pending();
  let answer;
  for (let tries = 0; tries < 6; tries++) answer = await enter(guessed, '000000');
  refused(answer, 429, 'too-many-attempts');
  refused(await call(back, 'POST', '/api/v1/me/second-factor/confirmation', { code: '000000' }), 429, 'too-many-attempts');
  ok(await call(back, 'POST', '/api/v1/me/second-factor/removal', { password: chosen }), 204);
});

test('a company that demands the second step lets nobody past without', async () => {
  const admin = await as(other);
  const person = await as(world.users.holm);
  refused(await call(person, 'GET', '/api/v1/settings/second-factor'), 403, 'scope-missing');
  assert.equal(ok(await call(admin, 'GET', '/api/v1/settings/second-factor')).demanded, false);
  refused(await call(admin, 'PUT', '/api/v1/settings/second-factor', {}), 400, 'field-invalid');
  ok(await call(admin, 'PUT', '/api/v1/settings/second-factor', { demanded: true }));
  const session = ok(await person.call('/api/v1/session'));
  assert.deepEqual([session.secondFactorFirst, session.scopes], [true, []]);
  for (const path of ['/api/v1/documents', '/api/v1/partners', '/api/v1/statistics', '/api/v1/users', '/api/v1/notifications']) refused(await person.call(path), 403, 'second-factor-first');
  assert.deepEqual(ok(await person.call('/api/v1/companies')).items, []);
  const { secret } = ok(await call(person, 'POST', '/api/v1/me/second-factor', { password: world.users.holm.password }), 201);
  ok(await call(person, 'POST', '/api/v1/me/second-factor/confirmation', { code: codeOf(secret) }));
  assert.equal((await person.call('/api/v1/documents')).status, 200);
  refused(await call(person, 'POST', '/api/v1/me/second-factor/removal', { password: world.users.holm.password }), 409, 'second-factor-demanded');
});

test('a password is changed with the old one, and other sessions end', async () => {
  const { person, email } = await invited();
  const elsewhere = await as({ email, password: chosen });
  refused(await call(person, 'POST', '/api/v1/me/password', { password: 'fel lösenord', newPassword: 'fem kloka ugglor' }), 400, 'password-wrong');
  refused(await call(person, 'POST', '/api/v1/me/password', { password: chosen, newPassword: '1234567890' }), 400, 'password-common');
  ok(await call(person, 'POST', '/api/v1/me/password', { password: chosen, newPassword: 'fem kloka ugglor' }), 204);
  assert.equal((await elsewhere.call('/api/v1/me')).status, 401);
  assert.equal((await person.call('/api/v1/me')).status, 200);
  await as({ email, password: 'fem kloka ugglor' });
});

test('sessions are listed and ended, one’s own alone', async () => {
  const { person, email } = await invited();
  const elsewhere = await as({ email, password: chosen });
  const { items } = ok(await call(person, 'GET', '/api/v1/sessions'));
  assert.equal(items.length, 2);
  assert.equal(items.filter((session) => session.current).length, 1);
  const foreign = ok(await call(await as(clerk), 'GET', '/api/v1/sessions')).items[0].id;
  const absent = await call(person, 'DELETE', `/api/v1/sessions/${nobody}`);
  assert.deepEqual((await call(person, 'DELETE', `/api/v1/sessions/${foreign}`)).json, absent.json);
  ok(await call(person, 'DELETE', `/api/v1/sessions/${items.find((session) => !session.current).id}`), 204);
  assert.equal((await elsewhere.call('/api/v1/me')).status, 401);
  const third = await as({ email, password: chosen });
  ok(await call(person, 'DELETE', '/api/v1/sessions'), 204);
  assert.equal((await third.call('/api/v1/me')).status, 401);
  assert.equal((await person.call('/api/v1/me')).status, 200);
});

test('one’s own settings and views', async () => {
  const { person } = await invited();
  const me = ok(await call(person, 'GET', '/api/v1/me'));
  assert.deepEqual([me.theme, me.notices.stopped, me.notices['morning-list'], me.notices['new-sign-in']], ['system', 'each', 'each', 'each']);
  const changed = ok(await call(person, 'PATCH', '/api/v1/me', { name: 'Nytt Namn', language: 'en', theme: 'dark', notices: { stopped: 'digest' } }));
  assert.deepEqual([changed.name, changed.language, changed.theme, changed.notices.stopped, changed.notices['new-sign-in']], ['Nytt Namn', 'en', 'dark', 'digest', 'each']);
  assert.equal(ok(await person.call('/api/v1/session')).user.theme, 'dark');
  for (const body of [{ theme: 'pink' }, { language: 'de' }, { notices: { 'new-sign-in': 'digest' } }, { notices: { other: 'each' } }, { email: 'x@y.example' }, { memberships: [] }, { staff: true }])
    assert.equal((await call(person, 'PATCH', '/api/v1/me', body)).status, 400, JSON.stringify(body));
  assert.deepEqual(ok(await call(person, 'GET', '/api/v1/me/views')).items, []);
  const { items } = ok(await call(person, 'PUT', '/api/v1/me/views', { items: [{ list: 'sent', name: 'Mina <b>', query: 'status=failed' }] }));
  assert.deepEqual([items[0].list, items[0].name, items[0].query], ['sent', 'Mina <b>', 'status=failed']);
  assert.deepEqual(ok(await call(person, 'GET', '/api/v1/me/views')).items, items);
  for (const body of [{}, { items: [{ list: 'other', name: 'x' }] }, { items: [{ list: 'sent', name: ' ' }] }, { items: [{ id: 'x', list: 'sent', name: 'x' }] }, { items: Array.from({ length: 101 }, () => ({ list: 'sent', name: 'x' })) }])
    assert.equal((await call(person, 'PUT', '/api/v1/me/views', body)).status, 400);
  const foreign = await as(clerk);
  assert.deepEqual(ok(await call(foreign, 'GET', '/api/v1/me/views')).items, []);
});

test('a forgotten password is asked for alike, whoever it is', async () => {
  refused(await open('/api/v1/password-links', 'POST', { email: boss.email }), 503, 'mail-off');
  const known = await open('/api/v1/password-links', 'POST', { email: 'boss@nordhamn.example' }, mailing);
  const unknown = await open('/api/v1/password-links', 'POST', { email: 'ingen@nordhamn.example' }, mailing);
  assert.deepEqual([known.status, known.bytes.length, unknown.status, unknown.bytes.length], [202, 0, 202, 0]);
  refused(await open('/api/v1/password-links/x', 'GET'), 404, 'link-invalid');
  refused(await open('/api/v1/password-links/x', 'POST', { password: chosen }), 404, 'link-invalid');
  let last;
  for (let tries = 0; tries < 31; tries++) last = await open('/api/v1/password-links', 'POST', { email: `n${tries}@nordhamn.example` }, mailing);
  refused(last, 429, 'too-many-attempts');
});

test('guessing at one’s own password is held back like guessing at the door', async () => {
  const { person } = await invited();
  for (let tries = 0; tries < 5; tries++) await call(person, 'POST', '/api/v1/me/password', { password: `fel ${tries}`, newPassword: 'fem kloka ugglor' });
  refused(await call(person, 'POST', '/api/v1/me/password', { password: chosen, newPassword: 'fem kloka ugglor' }), 429, 'too-many-attempts');
  for (const path of ['', '/recovery-codes', '/removal']) refused(await call(person, 'POST', `/api/v1/me/second-factor${path}`, { password: chosen }), 429, 'too-many-attempts');
});

test('without a session there is nothing, and a key is no person', async () => {
  const key = world.keys.energi;
  const own = operationsOfTheContract.filter(({ operation }) => operation.tags.includes('Account') && operation.security.length > 0);
  assert.ok(own.length > 10);
  for (const { path, method } of own) {
    const at = path.replace(/\{[^}]+\}/g, nobody);
    const headers = { 'content-type': 'application/json' };
    const body = method === 'get' || method === 'delete' ? undefined : '{}';
    assert.equal(judged(at, method, await server.call(at, { method: method.toUpperCase(), body, headers })).status, 401, `${method} ${path}`);
    refused(judged(at, method, await server.call(at, { method: method.toUpperCase(), body, headers, key })), 403, 'not-a-person');
  }
});

test('another site’s form accepts and asks for nothing', async () => {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
  for (const path of ['/api/v1/session/second-factor', '/api/v1/password-links', '/api/v1/password-links/x', '/api/v1/invitation-links/x'])
    refused(judged(path, 'POST', await server.call(path, { method: 'POST', body: '{}', headers })), 403, 'origin-foreign');
});

test('the command line gives a new password', async () => {
  const { email } = await invited();
  const made = (await server.admin('user', 'password', '--email', email)).trim();
  assert.ok(made.length >= 10);
  assert.equal((await signInAnswer(server, { email, password: chosen })).json.code, 'credentials-wrong');
  await as({ email, password: made });
});

// Brought about by timing or load alone: tests/access has them.
const elsewhere = new Map([
  ['post /api/v1/password-links/{token} 429', 'too many hashes at once'],
  ['get /api/v1/password-links/{token} 204', 'its link goes by mail alone: own_account_test has it'],
  ['post /api/v1/password-links/{token} 204', 'its link goes by mail alone: own_account_test has it'],
  ['post /api/v1/invitation-links/{token} 409', 'two who accept at the same instant'],
  ['post /api/v1/invitation-links/{token} 429', 'too many hashes at once'],
]);
test('every documented answer was seen', () => assert.deepEqual(neverSeen(['Account', 'Users'], elsewhere), []));
