// Lists in and out through the real program: looked at, taken in, given out and taken in again without a change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company } from '../support/invoice.mjs';
import { Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';

const own = `0007:${company(71)}`;
const other = `0007:${company(72)}`;
const scopes = 'partners:read,partners:write,companies:read,companies:write,users:read,users:write';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let server, key, boss;

before(async () => {
  server = await Server.start();
  await server.company(own, 'Nordhamn Energi AB');
  await server.company(other, 'Granberga Bygg AB');
  await server.user(own, 'karin@nordhamn.example', 'Karin Sund', 'sommar i hamnen');
  boss = await Person.signIn(server, await server.user(own, 'bodil@nordhamn.example', 'Bodil Boss', 'sommar i hamnen', ['--role', 'administrator']));
  key = await server.key(own, scopes);
});
after(() => server?.remove());

const get = async (path) => judged(path, 'GET', await server.call(path, { key }));
const post = async (path, body, type = 'text/csv') => judged(path, 'POST', await server.call(path, { key, method: 'POST', body, headers: { 'content-type': type } }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const look = async (kind, body, type) => ok(await post(`/api/v1/imports/${kind}/preview`, body, type));
async function take(kind, body, type) {
  const { plan } = await look(kind, body, type);
  return ok(await post(`/api/v1/imports/${kind}?plan=${plan}`, body, type));
}

const partners = `Org.nr;Kundnummer;Namn;E-post\r\n${company(73)};10284;Västra Åkeriet AB;faktura@akeri.example\r\n;20117;=Anna Berg;\r\n`;

test('counterparts: looked at, taken in, and the next time there is nothing to do', async () => {
  const preview = await look('partners', partners);
  assert.deepEqual([preview.created, preview.refused, preview.encoding, preview.separator], [2, 0, 'utf-8', ';']);
  assert.equal(ok(await post(`/api/v1/imports/partners?plan=${preview.plan}`, partners)).created, 2);
  assert.equal((await look('partners', partners)).unchanged, 2);
});

test('a world that has changed since the preview is noticed', async () => {
  const body = 'Kundnummer;Namn\r\n30001;Först\r\n';
  const { plan } = await look('partners', body);
  await take('partners', 'Kundnummer;Namn\r\n30001;Någon annan\r\n');
  const answer = await post(`/api/v1/imports/partners?plan=${plan}`, body);
  assert.equal(answer.status, 409);
  assert.equal(answer.json.code, 'preview-outdated');
});

test('rows that are refused stop the import, unless they are left out', async () => {
  const body = 'Kundnummer;Namn;E-post\r\n30002;Rätt;\r\n30003;Fel;ingen adress\r\n';
  const { plan, rows } = await look('partners', body);
  assert.deepEqual([rows[0].row, rows[0].fault.field, rows[0].fault.code], [3, 'email', 'import-email-malformed']);
  assert.equal((await post(`/api/v1/imports/partners?plan=${plan}`, body)).json.code, 'import-rows-refused');
  assert.equal(ok(await post(`/api/v1/imports/partners?plan=${plan}&refused=skip`, body)).created, 1);
});

test('companies and users', async () => {
  const made = await take('companies', `Organisationsnummer;Namn\r\n${company(74)};Nordhamn Elnät AB\r\n`);
  assert.equal(made.created, 1);
  const anothers = await look('companies', `Organisationsnummer;Namn\r\n${company(72)};Min nu\r\n`);
  assert.equal(anothers.rows[0].fault.code, 'identifier-taken');
});

const asBoss = async (path, body) => judged(path, 'POST', await boss.call(path, { method: 'POST', body, headers: { 'content-type': 'text/csv' } }));
async function takeAsBoss(body) {
  const { plan } = ok(await asBoss('/api/v1/imports/users/preview', body));
  return asBoss(`/api/v1/imports/users?plan=${plan}`, body);
}
const invitations = async () => ok(await boss.call('/api/v1/invitations')).items;

test('people in a list are invited, once each, and come in by their link', async () => {
  const subsidiary = company(74);
  const people = `E-post;Namn;Roll;Företag\r\nny@nordhamn.example;Ny Person;läsare;${company(71)}\r\nny@nordhamn.example;Ny Person;ekonomi;${subsidiary}\r\n`;
  assert.equal((await look('users', people)).rows[0].fault.code, 'import-invite-by-person', 'a key invites nobody');
  assert.equal(ok(await takeAsBoss(people)).created, 2);
  const [invitation, ...more] = await invitations();
  assert.deepEqual([invitation.email, invitation.memberships.map(({ role }) => role), more], ['ny@nordhamn.example', ['reader', 'clerk'], []]);
  assert.equal(ok(await takeAsBoss(people)).unchanged, 2, 'nobody is asked twice');
  const { link } = ok(await boss.json('POST', `/api/v1/invitations/${invitation.id}/resend`));
  const accepted = await server.call(`/api/v1/invitation-links/${link.split('#')[1]}`, { method: 'POST', body: JSON.stringify({ name: 'Ny Person', password: 'fyra kloka ugglor' }), headers: { 'content-type': 'application/json' } });
  assert.equal(accepted.json.companies.length, 2);
  const promoted = people.replace('läsare', 'administratör');
  assert.deepEqual((await look('users', promoted)).rows[0].changes, [{ field: 'role', from: 'reader', to: 'administrator' }]);
  assert.equal(ok(await takeAsBoss(promoted)).changed, 1);
});

test('a list does not take the last administrator away', async () => {
  const alone = `E-post;Roll\r\nbodil@nordhamn.example;läsare\r\nny@nordhamn.example;läsare\r\n`;
  const { plan, changed } = await look('users', alone);
  assert.equal(changed, 2);
  const answer = await post(`/api/v1/imports/users?plan=${plan}`, alone);
  assert.deepEqual([answer.status, answer.json.code], [409, 'last-administrator']);
  assert.deepEqual(ok(await boss.call('/api/v1/users')).items.map(({ memberships }) => memberships[0].role).sort(), ['administrator', 'administrator', 'clerk']);
});

for (const kind of ['partners', 'companies', 'users'])
  for (const [format, type] of [['csv', 'text/csv'], ['xlsx', xlsx]])
    test(`${kind} as ${format}: what is given out is taken in without a change, and the template is empty`, async () => {
      const file = await get(`/api/v1/exports/${kind}?format=${format}`);
      assert.equal(file.status, 200);
      assert.match(file.headers.get('content-disposition'), new RegExp(`${kind}\\.${format}`));
      const preview = await look(kind, file.bytes, type);
      assert.deepEqual([preview.created, preview.changed, preview.refused], [0, 0, 0], JSON.stringify(preview.rows));
      assert.ok(preview.unchanged > 0);
      const template = await get(`/api/v1/imports/${kind}/template?format=${format}`);
      const empty = await post(`/api/v1/imports/${kind}/preview`, template.bytes, type);
      assert.equal(empty.json.code, 'spreadsheet-empty');
    });

test('no cell of an export is a formula', async () => {
  const file = await get('/api/v1/exports/partners');
  assert.match(file.bytes.toString(), /;'=Anna Berg;/);
});

test('files that are no tables, or too large, or have no column that tells rows apart', async () => {
  for (const kind of ['partners', 'companies', 'users']) {
    const fault = await post(`/api/v1/imports/${kind}/preview`, 'Fax;Telex\r\n1;2\r\n');
    assert.deepEqual([fault.status, fault.json.code], [422, 'import-column-missing']);
    const taken = await post(`/api/v1/imports/${kind}?plan=${'0'.repeat(64)}`, 'Fax\r\n1\r\n');
    assert.equal(taken.status, 422);
    const outdated = { partners: 'Kundnummer;Namn\r\n9;A\r\n', companies: `Org.nr;Namn\r\n${company(75)};A\r\n`, users: 'E-post\r\na@b.example\r\n' }[kind];
    assert.equal((await post(`/api/v1/imports/${kind}?plan=${'0'.repeat(64)}`, outdated)).status, 409);
  }
  assert.equal((await post('/api/v1/imports/partners/preview?columns=name:99', partners)).status, 400);
  assert.equal((await post('/api/v1/imports/partners?refused=skip', partners)).status, 400);
  const wide = `Namn${';x'.repeat(200)}\r\n`;
  for (const kind of ['partners', 'companies', 'users'])
    for (const way of ['/preview', `?plan=${'0'.repeat(64)}`]) assert.equal((await post(`/api/v1/imports/${kind}${way}`, wide)).status, 413);
});

test('every answer that the contract has was seen', () => {
  const unseen = neverSeen(['Import and export']).filter((answer) => /\/(imports|exports)\//.test(answer));
  assert.deepEqual(unseen, []);
});
