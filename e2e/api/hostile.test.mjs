// Hostile input through the real server, by whole classes: each test goes through every operation of the contract that
// the class concerns, so that a new operation is tried without a line here. What is tested elsewhere: sessions that are
// planted or guessed (session.test.mjs), what is uploaded (bad_input.test.mjs), the parser's limits and slow clients
// (tests/net/http_server_limits_test.cc), archives (tests/formats/archive_test.cc), addresses that are connected to
// (tests/net/http_client_test.cc), links that lead out of a folder (tests/net/file_drop_test.cc).
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { invoice } from '../support/invoice.mjs';
import { Server } from '../support/server.mjs';
import { operationsOfTheContract } from './contract.mjs';
import { answersIn, jsonOperations, statusOf, wire } from './hostile.mjs';
import { identifierOf, Realm } from './permission_realm.mjs';
import { zipOf } from './zip.mjs';

let realm, server, administrator, other, bodies;
before(async () => {
  realm = await Realm.start();
  server = realm.server;
  administrator = await realm.sign('administrator');
  other = await realm.sign('clerk');
  bodies = await jsonOperations(realm, administrator);
});
after(() => realm?.remove());

// --- Requests of other sites

const isUnsafe = ({ method }) => !['get', 'head', 'options'].includes(method);
const takesSession = ({ operation }) => operation.security?.some((one) => 'session' in one);
const anyPath = ({ path }) => path.replace(/\{[^}]+\}/g, 'x');

test('CSRF: no change under a cookie for another site, or without this session’s token', async () => {
  const token = administrator.session.csrfToken;
  const tries = [
    ['csrf-token-wrong', {}],
    ['csrf-token-wrong', { 'x-csrf-token': '' }],
    ['csrf-token-wrong', { 'x-csrf-token': other.session.csrfToken }],
    ['csrf-token-wrong', { 'x-csrf-token': `${token}${token}` }],
    ['origin-foreign', { 'x-csrf-token': token, 'sec-fetch-site': 'cross-site' }],
    ['origin-foreign', { 'x-csrf-token': token, 'sec-fetch-site': 'same-site' }],
    ['origin-foreign', { 'x-csrf-token': token, origin: 'https://evil.example' }],
    ['origin-foreign', { 'x-csrf-token': token, origin: 'null' }],
    ['origin-foreign', { 'x-csrf-token': token, origin: `${server.url}.evil.example` }],
    ['origin-foreign', { 'x-csrf-token': token, origin: `http://127.0.0.1:${server.port + 1}` }],
  ];
  const unsafe = operationsOfTheContract.filter((one) => isUnsafe(one) && takesSession(one));
  assert.ok(unsafe.length > 40);
  for (const one of unsafe)
    for (const [code, headers] of tries) {
      const answer = await server.call(anyPath(one), { method: one.method.toUpperCase(), body: '{}', headers: { cookie: administrator.cookie, 'content-type': 'application/json', ...headers } });
      assert.deepEqual([answer.status, answer.json?.code], [403, code], `${one.method} ${one.path} ${JSON.stringify(headers)}`);
    }
  assert.equal((await administrator.call('/api/v1/session')).status, 200, 'and the session lives');
});

test('CSRF: signing in from another site’s page is refused, so nobody is signed in as somebody else', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const answer = await server.call('/api/v1/session', { method: 'POST', body: '{"email":"a@b.example","password":"x"}', headers: { 'content-type': 'application/json', ...headers } });
    assert.deepEqual([answer.status, answer.json.code, answer.headers.getSetCookie()], [403, 'origin-foreign', []]);
  }
});

test('no answer invites other origins to read it', async () => {
  for (const path of ['/api/v1/documents', '/api/v1/session', '/api/openapi.json', '/health']) {
    const answer = await administrator.call(path, { headers: { origin: 'https://evil.example' } });
    assert.deepEqual([...answer.headers.keys()].filter((name) => name.startsWith('access-control-')), [], path);
    const asked = await server.call(path, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } });
    assert.deepEqual([...asked.headers.keys()].filter((name) => name.startsWith('access-control-')), [], path);
  }
});

// --- Bodies

test('mass assignment: a field that nobody knows is refused everywhere, and changes nothing', async () => {
  assert.ok(bodies.length > 30);
  for (const { name, good, send, one } of bodies)
    for (const field of ['companyId', 'role', 'staff', 'scopes', '__proto__', 'id']) {
      const known = resolved(one.operation.requestBody.content['application/json'].schema)?.properties ?? {};
      if (Object.hasOwn(known, field) || Object.hasOwn(good ?? {}, field)) continue;
      const answer = await send(JSON.stringify(good ?? {}).replace(/^\{/, `{"${field}":"x"${Object.keys(good ?? {}).length > 0 ? ',' : ''}`));
      assert.deepEqual([answer.status, answer.json?.code], [400, 'field-unknown'], `${name} took ${field}: ${answer.bytes.toString().slice(0, 300)}`);
    }
});

test('bodies that are no object, endless, cut, or of another type are refused everywhere', async () => {
  const deep = `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`;
  for (const { name, send, one } of bodies) {
    for (const bytes of ['[]', '"x"', 'null', '1', '', '{', '{"a":1,}', '{"a":\u0000}', deep, `[${'['.repeat(5000)}`, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])]) {
      if (bytes === '' && one.operation.requestBody.required === false) continue;
      const answer = await send(bytes);
      assert.equal(answer.status, 400, `${name}: ${String(bytes).slice(0, 20)} → ${answer.status}`);
      assert.match(answer.headers.get('content-type'), /problem\+json/);
    }
    const form = await send('a=b', { 'content-type': 'application/x-www-form-urlencoded' });
    assert.equal(form.status, 415, `${name} took a form`);
    const plain = await send('{}', { 'content-type': 'text/plain' });
    assert.equal(plain.status, 415, `${name} took a plain text, which a page of another site may send`);
  }
});

test('a body that is too long is refused everywhere before it is understood', async () => {
  const bytes = Buffer.alloc(52 * 1024 * 1024, 0x20);
  for (const { name, send, one } of bodies.filter(({ one }, index) => index % 5 === 0 || one.path.includes('session'))) {
    const answer = await send(bytes).catch((fault) => ({ status: fault.cause?.code ?? 'cut' }));
    assert.ok([413, 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'cut'].includes(answer.status), `${one.method} ${name}: ${answer.status}`);
  }
  assert.equal((await server.call('/health')).status, 200);
});

// --- Addresses that the server is to go to (SSRF)

const integrator = (url) => ['POST', '/api/v1/webhooks', { url, events: ['*'] }];
// Every field of a request whose name says that it is an address: how it is tried, or what it is instead.
const webhook = (address) => ['PUT', '/api/v1/handovers/settings/other', { way: 'webhook', address, version: 0 }];
const sftp = (address) => ['PUT', '/api/v1/handovers/settings/other', { way: 'folder', address, hostKey: `SHA256:${'A'.repeat(43)}`, version: 0 }];
const watched = (address) => ['PUT', '/api/v1/settings/watched-folder', { address, hostKey: `SHA256:${'A'.repeat(43)}`, version: 0 }];
const goingOut = {
  'putHandoverSetting.address': [webhook, sftp],
  'putHandoverSetting.hostKey': 'the fingerprint of a host',
  'putWatchedFolder.address': [watched],
  'putWatchedFolder.hostKey': 'the fingerprint of a host',
  'makeWebhook.url': [integrator],
  'changeWebhook.url': 'as makeWebhook.url, by the same check: webhooks.test.mjs',
  'putIdentityProvider.issuer': 'oidc_addresses.test.mjs',
  'changeCompany.addresses': 'where letters go',
  'putPartner.postalAddress': 'where letters go',
  'putMorningList.addresses': 'e-mail',
  'putSmartmailSettings.addresses': 'e-mail',
  'putPartnerSmartmail.addresses': 'e-mail',
};
const contract = JSON.parse(readFileSync(new URL('../../src/api/openapi.json', import.meta.url), 'utf8'));
const resolved = (schema) => (schema?.$ref ? schema.$ref.slice(2).split('/').reduce((at, key) => at[key], contract) : schema);

test('SSRF: every field that names a place to go to is known here', () => {
  const named = operationsOfTheContract.flatMap(({ operation }) =>
    Object.keys(resolved(operation.requestBody?.content?.['application/json']?.schema)?.properties ?? {})
      .filter((field) => /url|uri|address|host|issuer|endpoint|callback|server/i.test(field))
      .map((field) => `${operation.operationId}.${field}`),
  );
  assert.deepEqual(named.filter((field) => !goingOut[field]), [], 'say in goingOut how it is tried');
});

const inner = [
  '127.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', 'x.localhost', '127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '0', '0.0.0.0', '10.0.0.8', '172.16.0.1',
  '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]',
  '[fd00::1]', '[fe80::1]', '[ff02::1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '①②⑦.⓪.⓪.①',
];
test('SSRF: no place of ours, however it is written, and nothing but what was meant', async () => {
  // Not a sandbox. SFTP is on where there is a key; which file that is nobody asks before something is connected to.
  const plain = await Server.start({ args: ['--handover-key', fileURLToPath(import.meta.url)] });
  try {
    await plain.company(identifierOf('own'), 'Egna Energi AB');
    const key = await plain.key(identifierOf('own'), 'filters:read,filters:write,documents:read,webhooks:read,webhooks:write');
    const tried = async ([method, path, body]) => plain.call(path, { key, method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const refused = async (call, address) => {
      const answer = await tried(call(address));
      assert.equal(answer.status, 400, `${address} was taken: ${answer.bytes}`);
      assert.ok(!answer.bytes.toString().includes('ECONN'), 'and nothing was connected to');
    };
    for (const calls of Object.values(goingOut).filter(Array.isArray))
      for (const call of calls) {
        for (const host of inner) await refused(call, [webhook, integrator].includes(call) ? `https://${host}/in` : `sftp://user@${host}/in`);
        for (const address of ['http://example.com/', 'file:///etc/passwd', 'gopher://example.com/', 'ftp://example.com/', 'javascript:alert(1)', '//example.com/', 'https://', 'https://user:word@example.com/', 'sftp://user:word@example.com/in', 'https://exa mple.com/', 'https://example.com/\r\nX: y', '', ' '])
          await refused(call, address);
      }
  } finally {
    await plain.remove();
  }
});

// --- Paths and files

test('path traversal: no way out of the portal’s files', async () => {
  for (const path of ['/../../../../etc/passwd', '/..%2f..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/../../etc/passwd', '/assets/..%5c..%5cetc%5cpasswd', '/....//....//etc/passwd', '/%252e%252e/etc/passwd', '/etc/passwd%00.html', '//etc/passwd', '/./../etc/passwd', '/api/v1/../../etc/passwd', '/vault.key', '/postgang.sqlite', '/.git/config']) {
    const { text } = await wire(server, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    assert.ok([200, 400, 404].includes(statusOf(text)), `${path}: ${text.slice(0, 80)}`);
    assert.doesNotMatch(text, /root:|SQLite format|\[core\]/, path);
    assert.doesNotMatch(text, /^location:/im, path);
  }
});

test('open redirect: nothing that is asked for makes the server send anybody to another host', async () => {
  for (const target of ['//evil.example/', '//evil.example/..', '/\\evil.example', '/%2f%2fevil.example', '/login?to=https://evil.example', '/?next=//evil.example', 'http://evil.example/', '/r/x?to=//evil.example', '/m/x?to=//evil.example', '/m//evil.example/', '/m/%2f%2fevil.example'])
    for (const method of ['GET', 'POST']) {
      const { text } = await wire(server, `${method} ${target} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      const [head] = text.split('\r\n\r\n');
      assert.doesNotMatch(head, /^location:.*(evil|\/\/|\\)/im, `${method} ${target}`);
    }
});

test('zip-slip: names in an archive are names, and nothing lies outside the data folder', async () => {
  const names = ['../../ut.xml', '/tmp/postgang-slip.xml', '..\\..\\ut2.xml', 'C:\\ut3.xml', 'a/../../ut4.xml', 'ut5.xml\u0000.sh', '\u202Elmx.6tu'];
  const files = Object.fromEntries(names.map((name, index) => [name, invoice({ number: `Z-${index}`, seller: { identifier: identifierOf('own').slice(5), name: 'Egna Energi AB' }, buyer: { identifier: identifierOf('demanding').slice(5), name: 'Kravfulla Kommunen' } })]));
  const sent = await server.call('/api/v1/documents', { key: realm.keys.own, method: 'POST', body: zipOf(files), headers: { 'content-type': 'application/zip' } });
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  for (const { id, fileName } of sent.json.documents) {
    assert.doesNotMatch(fileName ?? '', /[/\\\u0000-\u001f]/, 'no path in a name');
    if (!id) continue;
    assert.equal((await realm.ok('own', 'GET', `/documents/${id}`)).id, id);
  }
  assert.deepEqual(readdirSync('/tmp').filter((name) => /^(ut\d?\.xml|postgang-slip)/.test(name)), []);
});

test('header injection: what an invoice calls itself stays within its quotes', async () => {
  const evil = 'N"; filename=evil.exe; x="\u202Egpj.exe\u2028/..\\';
  const xml = invoice({ number: evil, seller: { identifier: identifierOf('own').slice(5), name: 'Egna Energi AB' }, buyer: { identifier: identifierOf('demanding').slice(5), name: 'Kravfulla Kommunen' } }).replace(
    '<cac:AccountingSupplierParty>',
    `<cac:AdditionalDocumentReference><cbc:ID>b</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf&#13;&#10;X-Evil: 1" filename="a&#13;&#10;Set-Cookie: x=y&#13;&#10;&quot;;.pdf">${Buffer.from('%PDF').toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>`,
  );
  const sent = await server.send(realm.keys.own, xml, { 'x-file-name': encodeURIComponent('a\r\nSet-Cookie: x=y\r\n\r\n<script>\u202Elmx.exe') });
  assert.equal(sent.status, 202, JSON.stringify(sent.json));
  await server.settled(realm.keys.own, sent.json.id);
  for (const path of ['original', 'attachments/0', 'copies/email?format=pdf', 'copies/email?format=pdf&download=1', 'evidence']) {
    const answer = await server.call(`/api/v1/documents/${sent.json.id}/${path}`, { key: realm.keys.own });
    if (answer.status === 409 || answer.status === 400) continue;
    assert.equal(answer.status, 200, `${path}: ${answer.bytes.toString().slice(0, 200)}`);
    assert.deepEqual([answer.headers.get('x-evil'), answer.headers.getSetCookie()], [null, []], path);
    const disposition = answer.headers.get('content-disposition') ?? 'inline';
    assert.match(disposition, /^(attachment|inline)(; filename="[^"\\\r\n/]*"; filename\*=UTF-8''[A-Za-z0-9%._~!$&+^`|#()'-]*)?$/, path);
    assert.doesNotMatch(decodeURIComponent(disposition.split("''")[1] ?? ''), /[\u0000-\u001f\u202a-\u202e\u2066-\u2069/\\"]/, path);
  }
});

// --- Tables that people open in a spreadsheet

// The path where it is tried here, else where it is.
const csvOperations = {
  exportRegister: 'below',
  exportSmartmail: 'the same writer: tests/formats/spreadsheet_test.cc',
  exportPartners: '/api/v1/exports/partners',
  exportCompanies: '/api/v1/exports/companies',
  exportUsers: '/api/v1/exports/users',
  downloadExport: 'exports.test.mjs',
  exportStatistics: 'the same writer: tests/formats/spreadsheet_test.cc',
  exportLeads: 'the same writer: tests/formats/spreadsheet_test.cc',
  getTicketAttachment: 'a file as somebody sent it, given to be kept',
  exportAudit: '/api/v1/audit/export',
  reportPerson: '/api/v1/persons/report?query=HYPERLINK&format=csv',
  templateOfPartners: 'headings alone',
  templateOfCompanies: 'headings alone',
  templateOfUsers: 'headings alone',
};
test('CSV injection: every export is known here, and none has a cell that a spreadsheet runs', async () => {
  const exporting = operationsOfTheContract.filter(({ operation }) => Object.values(operation.responses).some((response) => Object.keys(resolved(response).content ?? {}).some((type) => type.startsWith('text/csv'))));
  assert.deepEqual(exporting.map(({ operation }) => operation.operationId).filter((name) => !csvOperations[name]), [], 'say in csvOperations where it is tried');
  const register = await realm.ok('own', 'POST', '/registers', { name: 'Formler', kind: 'references', sharedWithSenders: false });
  const hostile = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=HYPERLINK("https://evil.example","x")', "=cmd|' /C calc'!A0", ';=1+1', '"=1+1'];
  for (const value of hostile) await realm.ok('own', 'PUT', `/registers/${register.id}/rows/${encodeURIComponent(value)}`, { label: value });
  for (const [index, name] of hostile.entries()) {
    await realm.ok('own', 'PUT', `/partners/customer:csv-${index}`, { name, kind: 'person' });
    await server.user(identifierOf('own'), `csv${index}@postgang.example`, name, 'vinter i hamnen 1962');
  }
  await realm.ok('own', 'PATCH', `/companies/${await realm.companyId('daughter')}`, { name: hostile[4] });
  const tried = Object.values(csvOperations).filter((where) => where.startsWith('/'));
  for (const path of [`/api/v1/registers/${register.id}/export`, ...tried]) {
    const file = await server.call(path, { key: realm.keys.own });
    assert.equal(file.status, 200, `${path}: ${file.bytes.toString().slice(0, 200)}`);
    const cells = cellsOf(file.bytes.toString().replace(/^\uFEFF/, ''));
    assert.ok(cells.some((cell) => cell.includes('=HYPERLINK')), `${path} has none of it`);
    assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)), [], path);
  }
});

function cellsOf(text) {
  const cells = [];
  for (const [, quoted, plain] of text.matchAll(/(?:^|[;,\r\n])(?:"((?:[^"]|"")*)"|([^";,\r\n]*))/g)) cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
  return cells;
}

// --- Behind a proxy with TLS

test('over TLS the browser is told to stay there, and takes the session from this host alone', async () => {
  const behind = await Server.start({ args: ['--trusted-proxy', '127.0.0.1'] });
  try {
    await behind.company(identifierOf('own'), 'Egna Energi AB');
    const who = await behind.user(identifierOf('own'), 'karin@postgang.example', 'Karin', 'sommar i hamnen');
    const over = (path, headers = {}, rest = {}) => behind.call(path, { ...rest, headers: { 'x-forwarded-proto': 'https', ...headers } });
    for (const path of ['/health', '/api/v1/documents', '/nothing.js', '/'])
      assert.equal((await over(path)).headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path);
    assert.equal((await behind.call('/health')).headers.get('strict-transport-security'), null, 'and nobody else is');
    const signedIn = await over('/api/v1/session', { 'content-type': 'application/json' }, { method: 'POST', body: JSON.stringify(who) });
    const [cookie] = signedIn.headers.getSetCookie();
    assert.match(cookie, /^__Host-postgang_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const [pair] = cookie.split(';');
    assert.equal((await over('/api/v1/session', { cookie: pair })).status, 200);
    assert.equal((await over('/api/v1/session', { cookie: pair.replace('__Host-', '') })).status, 401, 'planted without TLS');
    assert.equal((await behind.call('/api/v1/session', { headers: { cookie: pair } })).status, 401, 'and it opens nothing without');
  } finally {
    await behind.remove();
  }
});

// --- The wire

test('smuggling: a request whose end is ambiguous is refused and the connection closed', async () => {
  const hidden = 'GET /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n';
  for (const head of [
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
    'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: 5, 6',
    'Content-Length: +5',
    'Content-Length: 0x5',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding : chunked',
    'Transfer-Encoding:\u000bchunked',
  ]) {
    const { text, closed } = await wire(server, Buffer.from(`POST /api/v1/validate HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n0\r\n\r\n${hidden}`, 'latin1'));
    assert.ok([400, 501].includes(statusOf(text)), `${head}: ${text.slice(0, 60)}`);
    assert.equal(answersIn(text), 1, `${head}: what was hidden behind it was answered`);
    assert.ok(closed, head);
  }
});

test('oversized everything: each has its answer, and the server goes on', async () => {
  const get = (target, head = '') => wire(server, `GET ${target} HTTP/1.1\r\nHost: x\r\n${head}Connection: close\r\n\r\n`);
  assert.equal(statusOf((await get(`/${'a'.repeat(9_000)}`)).text), 414);
  assert.equal(statusOf((await get(`/api/v1/documents?query=${'a'.repeat(9_000)}`)).text), 414);
  assert.equal(statusOf((await get('/', `X-A: ${'a'.repeat(40_000)}\r\n`)).text), 431);
  assert.equal(statusOf((await get('/', 'X-A: a\r\n'.repeat(6_000))).text), 431);
  assert.ok([400, 401].includes(statusOf((await get(`/api/v1/documents?${'a=1&'.repeat(1_500)}`)).text)));
  assert.ok([200, 400, 404].includes(statusOf((await get(`/${'a/'.repeat(3_000)}`)).text)));
  const cookie = `postgang_session=${'x'.repeat(20_000)}`;
  assert.equal(statusOf((await get('/api/v1/session', `Cookie: ${cookie}\r\n`)).text), 401);
  assert.equal((await server.call('/health')).status, 200);
});
