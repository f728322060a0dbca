// Leads through the real program: the public form under everything that a stranger may send, the confirmation through a real
// mail server, and what the operator's staff do with what comes.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { company } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';

const noMail = hasPostfix() ? false : 'needs postfix, and root to run it';
const nobody = '00000000-0000-7000-8000-000000000000';
const perAddress = 10; // an hour: api/lead_limit.h; without a form's token each counts twice
const boxes = ['karin@mejl.example', 'injected@mejl.example', 'offer@mejl.example', 'forsta@holmsoner.example'];
let postfix, server, staff, clerk, known;

before(async () => {
  if (!noMail) postfix = await Postfix.start(boxes);
  const mail = postfix ? ['--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'] : [];
  server = await Server.start({ args: ['--simulated-clock', ...mail] });
  await server.company(`0007:${company(60)}`, 'Postgång Drift AB', ['--operator']);
  known = await server.company(`0007:${company(61)}`, 'Nordhamn Energi AB');
  staff = await Person.signIn(server, await server.user(`0007:${company(60)}`, 'drift@postgang.example', 'Drift', 'norrsken i januari', ['--role', 'operator']));
  clerk = await Person.signIn(server, await server.user(known, 'karin@nordhamn.example', 'Karin Sand', 'sommar i hamnen', ['--role', 'administrator']));
});
after(async () => {
  await server?.remove();
  postfix?.remove();
});

const open = async (method, path, body) => judged(path, method, await server.call(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }));
const ask = async (method, path, body, who = staff) => judged(path, method, await (body === undefined ? who.call(path, { method }) : who.json(method, path, body)));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, answer.bytes.toString().slice(0, 500)), answer.json);
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.json?.code], [status, code], answer.bytes.toString().slice(0, 300));
// An hour later whoever has written much may write again.
const anHour = () => ask('POST', '/api/v1/clock', { advance: 'PT61M' });
const write = (body) => open('POST', '/api/v1/leads', { name: 'Karin Holm', ...body });
const list = async (query = '') => ok(await ask('GET', `/api/v1/leads${query}`));
const find = async (text) => (await list(`?query=${encodeURIComponent(text)}`)).items;
const wrote = async (body) => {
  ok(await write(body), 202);
  const [lead] = await find(body.email ?? body.phone.replace(/\D/g, ''));
  assert.ok(lead, 'it is there');
  return lead;
};

test('one who writes is found by the staff, as it was written', async () => {
  const form = ok(await open('GET', '/api/v1/leads/form'));
  assert.equal(form.confirms, Boolean(postfix));
  assert.equal(form.monthsKept, 24);
  const answer = ok(await write({ company: ' Holm  &  Söner AB', phone: '070-123 45 67', email: 'Holm@HolmSoner.example', message: 'Vi skickar\n400 fakturor.', language: 'en', source: '/welcome', consent: form.consent }), 202);
  assert.deepEqual(answer, { received: true });
  const [lead] = await find('holm & söner');
  assert.deepEqual(
    [lead.name, lead.company, lead.phone, lead.email, lead.message, lead.language, lead.source, lead.state, lead.times, lead.consent.version],
    ['Karin Holm', 'Holm & Söner AB', '+46701234567', 'holm@holmsoner.example', 'Vi skickar\n400 fakturor.', 'en', '/welcome', 'new', 1, form.consent],
  );
  assert.equal((await find('0701234567')).length, 1);
});

test('a name and one of the two is enough, and what is wrong is said at its field', async () => {
  await anHour();
  assert.equal((await wrote({ phone: '08-12 34 56 78' })).phone, '+46812345678');
  assert.equal((await wrote({ email: 'bara@mejl.example' })).phone, null);
  for (const [body, code, where] of [
    [{}, 'lead-without-contact', '/phone'],
    [{ phone: '', email: ' ' }, 'lead-without-contact', '/phone'],
    [{ phone: '12345' }, 'phone-malformed', '/phone'],
    [{ phone: 'ring mig' }, 'phone-malformed', '/phone'],
    [{ email: 'karin' }, 'email-malformed', '/email'],
    [{ email: 'karin@mejl' }, 'email-malformed', '/email'],
    [{ email: 'karin@mejl.example\r\nBcc: alla@mejl.example' }, 'field-invalid', '/email'],
    [{ email: '"<script>"@mejl.example' }, 'email-malformed', '/email'],
    [{ email: 'a@mejl.example', name: ' ' }, 'field-invalid', '/name'],
    [{ email: 'a@mejl.example', name: 'x'.repeat(121) }, 'field-invalid', '/name'],
    [{ email: 'a@mejl.example', message: 'x'.repeat(2001) }, 'field-invalid', '/message'],
    [{ email: 'a@mejl.example', language: 'de' }, 'field-invalid', '/language'],
    [{ email: 'a@mejl.example', source: 'https://evil.example' }, 'field-invalid', '/source'],
    [{ email: 'a@mejl.example', consent: '1999-01' }, 'field-invalid', '/consent'],
    [{ email: 'a@mejl.example', admin: true }, 'field-unknown', '/admin'],
  ]) {
    const answer = await write(body);
    refused(answer, 400, code);
    assert.equal(answer.json.where, where);
  }
  refused(judged('/api/v1/leads', 'POST', await server.call('/api/v1/leads', { method: 'POST', body: 'name=Karin', headers: { 'content-type': 'application/x-www-form-urlencoded' } })), 415, 'media-type-unsupported');
});

test('a program gets a person’s answer, and nothing of it is kept', async () => {
  await anHour();
  const { token } = ok(await open('GET', '/api/v1/leads/form'));
  const before = (await list()).counts.new;
  const fast = await write({ email: 'snabb@mejl.example', formToken: token });
  const trapped = await write({ email: 'fylld@mejl.example', homepage: 'https://evil.example' });
  const person = await write({ email: 'person@mejl.example', formToken: 'djEu' });
  for (const answer of [fast, trapped, person]) assert.deepEqual([answer.status, answer.json], [202, { received: true }]);
  for (const answer of [fast, trapped]) assert.deepEqual([...answer.headers.keys()].sort(), [...person.headers.keys()].sort());
  assert.equal((await list()).counts.new, before + 1);
  assert.equal((await find('person@mejl.example')).length, 1);
});

test('a flood fills no more than its measure, and a person comes through an hour later', async () => {
  await anHour();
  const before = Object.values((await list()).counts).reduce((sum, count) => sum + count, 0);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => write({ name: `Flod ${n}`, email: `flod${n}@mejl.example`, message: 'x'.repeat(2000) })));
  assert.equal(answers.filter(({ status }) => status === 202).length, perAddress);
  const last = answers.find(({ status, json }) => status === 429 && json.code === 'leads-too-many');
  assert.ok(last && Number(last.headers.get('retry-after')) > 0);
  const { counts } = await list();
  assert.equal(Object.values(counts).reduce((sum, count) => sum + count, 0), before + perAddress);
  await anHour();
  ok(await write({ email: 'efterat@mejl.example' }), 202);
  for (const { id } of await find('Flod')) ok(await ask('DELETE', `/api/v1/leads/${id}`), 204);
});

test('one of the same address or number is one, with what it said', async () => {
  await anHour();
  const first = await wrote({ email: 'dubbel@mejl.example', phone: '070-765 43 21' });
  ok(await write({ name: 'K Holm', phone: '+46 70 765 43 21', message: 'Hör av er' }), 202);
  ok(await write({ email: 'DUBBEL@mejl.example' }), 202);
  const [lead, ...others] = await find('dubbel@mejl.example');
  assert.deepEqual([lead.id, lead.times, lead.name, others.length], [first.id, 3, 'Karin Holm', 0]);
  const { notes } = ok(await ask('GET', `/api/v1/leads/${lead.id}`));
  assert.deepEqual(notes.map(({ kind, by, text }) => [kind, by, text]), [['again', null, ''], ['again', null, 'K Holm\nHör av er']]);
});

const evil = '"><script>alert(1)</script>\'; DROP TABLE leads; -- {{7*7}} ${7*7} %s =HYPERLINK("https://evil.example")';
test('what is hostile in a field stays its text: in JSON, in CSV, in the mail', async () => {
  await anHour();
  const lead = await wrote({ name: `=cmd|'/c calc'!A1 ${evil}`.slice(0, 120), company: `@SUM(1+1)*${evil}`.slice(0, 120), email: 'injected@mejl.example', phone: '+47 22 12 34 56', message: `-2+3 ${evil}\nBcc: alla@mejl.example\n\n.\nQUIT` });
  assert.ok(lead.message.includes('DROP TABLE'));
  ok(await ask('POST', `/api/v1/leads/${lead.id}/notes`, { text: `+1 ${evil}` }), 201);
  ok(await ask('PATCH', `/api/v1/leads/${lead.id}`, { state: 'lost', lostReason: `=1+1 ${evil}`.slice(0, 200) }));
  const answer = await ask('GET', '/api/v1/leads/export?query=injected');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/csv/);
  assert.match(answer.headers.get('content-disposition'), /^attachment/);
  const cells = answer.bytes.toString().replace(/^﻿/, '').split(/;|\r\n/).map((cell) => cell.replace(/^"/, ''));
  assert.deepEqual(cells.filter((cell) => /^[=+@-]/.test(cell) && cell !== '+4722123456'), [], 'no cell begins like a formula');
  assert.equal((await find("' OR '1'='1")).length, 0);
  assert.equal((await find('%')).every(({ message, name, company: firm }) => `${message}${name}${firm}`.includes('%')), true);
  if (noMail) return;
  const [mail] = await server.until(async () => postfix.mailsTo('injected@mejl.example'), (all) => all.length > 0, 20_000);
  assert.doesNotMatch(mail.raw, /script|evil|HYPERLINK|alla@mejl|DROP|Bcc/i);
  assert.equal(mail.html, '', 'plain text alone');
});

test('the confirmation: once a day and address, and its link takes everything back', { skip: noMail }, async () => {
  await anHour();
  const lead = await wrote({ email: 'karin@mejl.example', phone: '070-555 66 77', language: 'sv' });
  const [mail] = await server.until(async () => postfix.mailsTo('karin@mejl.example'), (all) => all.length > 0, 20_000);
  assert.equal(mail.headers.get('subject'), 'Vi har tagit emot din intresseanmälan');
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
  const token = /https:\/\/postgang\.example\/welcome#(\S+)/.exec(mail.text)[1];

  for (let again = 0; again < 5; again++) ok(await write({ email: 'karin@mejl.example' }), 202);
  // Somebody else who writes that number learns nothing and can take nothing back but its own.
  ok(await write({ email: 'offer@mejl.example', phone: '070-555 66 77' }), 202);
  const [other] = await server.until(async () => postfix.mailsTo('offer@mejl.example'), (all) => all.length > 0, 20_000);
  ok(await open('POST', '/api/v1/leads/withdrawal', { token: /welcome#(\S+)/.exec(other.text)[1] }), 204);
  assert.equal((await find('offer@mejl.example')).length, 0);
  ok(await ask('GET', `/api/v1/leads/${lead.id}`));
  assert.equal(postfix.mailsTo('karin@mejl.example').length, 1);

  refused(await open('POST', '/api/v1/leads/withdrawal', { token: `${token.slice(0, -4)}AAAA` }), 400, 'lead-link-invalid');
  ok(await open('POST', '/api/v1/leads/withdrawal', { token }), 204);
  ok(await open('POST', '/api/v1/leads/withdrawal', { token }), 204);
  refused(await ask('GET', `/api/v1/leads/${lead.id}`), 404, 'not-found');
  assert.equal((await find('karin@mejl.example')).length, 0);
});

test('staff follow one up: state, whose it is, a reminder, notes with who and when', async () => {
  await anHour();
  const { id } = await wrote({ email: 'uppfoljning@mejl.example' });
  const path = `/api/v1/leads/${id}`;
  const { staff: people } = await list();
  assert.deepEqual(people.map(({ name }) => name), ['Drift']);
  const today = (await server.call('/health')).json.time.slice(0, 10);
  const later = new Date(Date.parse(today) + 3 * 86_400_000).toISOString().slice(0, 10);
  const now = ok(await ask('PATCH', path, { state: 'contacted', assignedTo: people[0].id, remindOn: later }));
  assert.deepEqual([now.state, now.assignedTo.name, now.remindOn], ['contacted', 'Drift', later]);
  const noted = ok(await ask('POST', `${path}/notes`, { text: ' Ringde,\nhör av mig. ' }), 201);
  assert.deepEqual(noted.notes.map(({ kind, by, text }) => [kind, by, text]), [['note', 'Drift', 'Ringde,\nhör av mig.'], ['assigned', 'Drift', 'Drift'], ['state', 'Drift', 'contacted']]);
  assert.equal((await list('?assignedTo=me')).items.length, 1);
  ok(await ask('POST', '/api/v1/clock', { advance: 'P4D' }));
  const reminded = await server.until(() => ask('GET', path), ({ json }) => json.notes[0].kind === 'reminder');
  assert.equal(reminded.json.notes[0].text, later);

  const lost = ok(await ask('PATCH', path, { state: 'lost', lostReason: 'Valde en annan', remindOn: null, assignedTo: null }));
  assert.deepEqual([lost.state, lost.lostReason, lost.remindOn, lost.assignedTo], ['lost', 'Valde en annan', null, null]);
  assert.ok((await list('?state=lost')).items.some((one) => one.id === id));
  assert.ok(!(await list('?state=new,contacted')).items.some((one) => one.id === id));
  ok(await write({ email: 'uppfoljning@mejl.example' }), 202);
  assert.equal(ok(await ask('GET', path)).state, 'new', 'one that was lost and writes again is new');

  for (const [body, where] of [
    [{ state: 'lost' }, '/lostReason'], [{ state: 'customer' }, '/state'], [{ state: 'gone' }, '/state'], [{ remindOn: '2020-01-01' }, '/remindOn'],
    [{ remindOn: 'i morgon' }, '/remindOn'], [{ assignedTo: nobody }, '/assignedTo'], [{ name: '' }, '/name'],
  ]) {
    const answer = await ask('PATCH', path, body);
    refused(answer, 400, 'field-invalid');
    assert.equal(answer.json.where, where);
  }
  refused(await ask('PATCH', path, { email: null }), 400, 'lead-without-contact');
  refused(await ask('PATCH', path, { phone: '1' }), 400, 'phone-malformed');
  refused(await ask('POST', `${path}/notes`, { text: ' ' }), 400, 'field-invalid');
  for (const query of ['state=gone', 'assignedTo=x', 'other=1', 'limit=0']) refused(await ask('GET', `/api/v1/leads?${query}`), 400, 'parameter-invalid');
  refused(await ask('GET', '/api/v1/leads?cursor=made-up'), 400, 'cursor-malformed');
  refused(await ask('GET', '/api/v1/leads/export?language=de'), 400, 'parameter-invalid');
});

test('lists go page by page', async () => {
  await anHour();
  for (let n = 0; n < 5; n++) ok(await write({ name: `Sida ${n}`, email: `sida${n}@mejl.example` }), 202);
  const seen = [];
  for (let cursor = ''; ; ) {
    const page = await list(`?query=sida&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ name }) => name));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  assert.deepEqual(seen.sort(), ['Sida 0', 'Sida 1', 'Sida 2', 'Sida 3', 'Sida 4']);
});

test('made a customer: a new company, its first user invited; or one that is there already', async () => {
  await anHour();
  const lead = await wrote({ company: 'Holm & Söner AB', email: 'forsta@holmsoner.example' });
  const path = `/api/v1/leads/${lead.id}/customer`;
  refused(await ask('POST', path, { identifier: '0007:5599900123', name: 'Holm & Söner AB' }), 400, 'identifier-check-digit');
  refused(await ask('POST', path, { identifier: `0007:${company(70)}`, name: 'Holm & Söner AB', user: { email: 'ingen', name: 'Karin' } }), 400, 'email-malformed');
  assert.equal(ok(await ask('GET', `/api/v1/leads/${lead.id}`)).state, 'new', 'nothing was done by halves');
  const body = { identifier: `0007:${company(70)}`, name: 'Holm & Söner AB', user: { email: 'Forsta@holmsoner.example', name: 'Karin Holm', language: 'sv' } };
  const made = ok(await ask('POST', path, body));
  assert.deepEqual([made.existed, made.company.name, made.lead.state, made.lead.customer.name, made.invitation.email], [false, 'Holm & Söner AB', 'customer', 'Holm & Söner AB', 'forsta@holmsoner.example']);
  assert.equal(made.invitation.link === null, Boolean(postfix));
  assert.deepEqual([made.lead.notes[0].kind, made.lead.notes[0].text], ['customer', 'Holm & Söner AB']);
  if (postfix) {
    const [mail] = await server.until(async () => postfix.mailsTo('forsta@holmsoner.example').filter(({ text }) => text.includes('/invitation#')), (all) => all.length > 0, 20_000);
    const token = /\/invitation#(\S+)/.exec(mail.text)[1];
    const opened = (await server.call(`/api/v1/invitation-links/${token}`)).json;
    assert.deepEqual([opened.email, opened.companies], ['forsta@holmsoner.example', ['Holm & Söner AB']]);
  }
  refused(await ask('POST', path, body), 409, 'customer-exists');
  const again = ok(await ask('POST', path, { ...body, user: null }));
  assert.deepEqual([again.existed, again.company.id], [true, made.company.id]);

  const other = await wrote({ email: 'annan@nordhamn.example' });
  // Whoever writes a lead in a customer's name does not become its administrator.
  const usurper = await ask('POST', `/api/v1/leads/${other.id}/customer`, { identifier: known, name: 'Nordhamn Energi AB', user: { email: 'annan@nordhamn.example', name: 'Någon Annan' } });
  refused(usurper, 409, 'customer-exists');
  assert.equal(usurper.json.where, '/user');
  assert.equal(ok(await ask('GET', `/api/v1/leads/${other.id}`)).customer, null);
  const linked = ok(await ask('POST', `/api/v1/leads/${other.id}/customer`, { identifier: known, name: 'Något annat namn AB' }));
  assert.deepEqual([linked.existed, linked.company.name, linked.invitation], [true, 'Nordhamn Energi AB', null]);
  const trail = ok(judged('/api/v1/audit', 'GET', await staff.call('/api/v1/audit?action=lead.became-customer'))).items;
  assert.deepEqual([...new Set(trail.map(({ objectId }) => objectId))].sort(), [lead.id, other.id].sort());
});

test('the trail, which is never erased, knows leads by their ids alone', async () => {
  await anHour();
  const { id } = await wrote({ name: 'Unika Namnsson', email: 'unika@mejl.example' });
  ok(await ask('GET', `/api/v1/leads/${id}`));
  ok(await ask('PATCH', `/api/v1/leads/${id}`, { company: 'Unika AB' }));
  ok(await ask('POST', `/api/v1/leads/${id}/notes`, { text: 'Hemligt' }), 201);
  ok(await ask('DELETE', `/api/v1/leads/${id}`), 204);
  const entries = await server.until(async () => (await ask('GET', `/api/v1/audit?object=lead&objectId=${id}`)).json.items, (items) => items.length >= 4);
  assert.deepEqual(entries.map(({ action }) => action).sort(), ['lead.changed', 'lead.erased', 'lead.noted', 'lead.seen']);
  assert.doesNotMatch(JSON.stringify(entries), /Unika|unika@|Hemligt/);
});

test('how long lost ones are kept is the operator’s to say', async () => {
  assert.deepEqual(ok(await ask('GET', '/api/v1/leads/settings')), { monthsKept: 24 });
  for (const monthsKept of [0, 121, '12', null]) refused(await ask('PUT', '/api/v1/leads/settings', { monthsKept }), 400, 'field-invalid');
  assert.deepEqual(ok(await ask('PUT', '/api/v1/leads/settings', { monthsKept: 6 })), { monthsKept: 6 });
  assert.deepEqual(ok(await ask('GET', '/api/v1/leads/settings')), { monthsKept: 6 });
  assert.equal(ok(await open('GET', '/api/v1/leads/form')).monthsKept, 6);
});

test('they are the operator’s staff’s alone', async () => {
  await anHour();
  const { id } = await wrote({ email: 'bara.driften@mejl.example' });
  const key = await server.key(known, 'documents:read,companies:read,companies:write,users:read,users:write,audit:read');
  for (const [method, path, body] of [
    ['GET', '/api/v1/leads'], ['GET', '/api/v1/leads/export'], ['GET', '/api/v1/leads/settings'], ['PUT', '/api/v1/leads/settings', { monthsKept: 6 }],
    ['GET', `/api/v1/leads/${id}`], ['PATCH', `/api/v1/leads/${id}`, { company: 'X' }], ['DELETE', `/api/v1/leads/${id}`],
    ['POST', `/api/v1/leads/${id}/notes`, { text: 'X' }], ['POST', `/api/v1/leads/${id}/customer`, { identifier: known, name: 'X' }],
  ]) {
    refused(await ask(method, path, body, clerk), 403, 'not-staff');
    refused(judged(path, method, await server.call(path, { key, method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) })), 403, 'not-a-person');
    refused(await open(method, path, body), 401, 'not-signed-in');
    if (!path.includes(id)) continue;
    refused(await ask(method, path.replace(id, nobody), body), 404, 'not-found');
    refused(await ask(method, path.replace(id, 'x'), body), 404, 'not-found');
  }
  assert.equal((await find('bara.driften')).length, 1);
});

test('every answer of the contract has been seen', () => {
  assert.deepEqual(neverSeen(['Leads']), []);
});
