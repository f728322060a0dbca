// Signing in with a company's own identity provider: with a real one, through its pages; and with one that lies.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { company } from '../support/invoice.mjs';
import { CrookedProvider } from '../support/crooked_provider.mjs';
import { client, IdentityProvider, throughThePages } from '../support/identity_provider.mjs';
import { TxtRecords } from '../support/txt_records.mjs';
import { freePort, Server } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person, signInAnswer } from './session.mjs';

const all = '/api/v1/identity-provider';
const nordhamn = `0007:${company(61)}`, granberga = `0007:${company(62)}`, operator = `0007:${company(63)}`;
const password = 'vinter i hamnen 1962';
const domain = 'nordhamn.example';
let server, home, real, crooked, names, admin, other, staff;

before(async () => {
  const port = await freePort();
  home = `http://127.0.0.1:${port}`;
  names = await TxtRecords.start();
  server = await Server.start({ port, args: ['--handover-sandbox', '--public-url', home, '--domain-resolver', names.address] });
  await server.company(nordhamn, 'Nordhamn AB');
  await server.company(granberga, 'Granberga Bygg AB');
  await server.company(operator, 'Driften AB', ['--operator']);
  const user = (at, email, name, role) => server.user(at, email, name, password, ['--role', role]);
  await user(nordhamn, `karin.sand@${domain}`, 'Karin Sand', 'clerk');
  await user(nordhamn, `nils.berg@${domain}`, 'Nils Berg', 'clerk');
  admin = await Person.signIn(server, await user(nordhamn, 'admin@elsewhere.example', 'Inga Berg', 'administrator'));
  other = await Person.signIn(server, await user(granberga, 'chef@granberga.example', 'Olle Gran', 'administrator'));
  staff = await Person.signIn(server, await user(operator, `drift@${domain}`, 'Drift Persson', 'operator'));
  await staff.json('PUT', '/api/v1/session', { companyId: admin.session.company.id, reason: 'Ärende 4711' });
  real = await IdentityProvider.start({
    redirectUri: `${home}/api/v1/oidc/callback`,
    accounts: {
      karin: { email: `Karin.Sand@${domain}`, email_verified: true, name: 'Karin Sand' },
      ny: { email: `ny.person@${domain}`, email_verified: true, name: 'Ny Person' },
      okontrollerad: { email: `nils.berg@${domain}`, email_verified: false, name: 'Nils Berg' },
      utomstående: { email: 'chef@granberga.example', email_verified: true, name: 'Olle Gran' },
    },
  });
  crooked = await CrookedProvider.start();
});
after(async () => {
  await server?.remove();
  await real?.stop();
  await crooked?.stop();
  await names?.stop();
});
beforeEach(() => crooked.straighten());

const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const call = async (who, method, path = '', body) => judged(`${all}${path}`, method, await (body === undefined ? who.call(`${all}${path}`, { method }) : who.json(method, `${all}${path}`, body)));
const settings = (provider, more = {}) => ({ issuer: provider.issuer, clientId: client.id, clientSecret: client.secret, domains: [domain], firstRole: null, alone: false, active: false, ...more });
const confirm = (who, by, name = domain) => call(who, 'POST', `/domains/${name}/confirmation`, { by });

// --- A browser, as far as redirects and cookies go

const cookiesOf = (answer) => Object.fromEntries(answer.headers.getSetCookie().map((line) => [line.slice(0, line.indexOf('=')), line]));
const start = async (query, headers = {}) => judged(`/api/v1/oidc/start`, 'GET', await server.call(`/api/v1/oidc/start?${new URLSearchParams(query)}`, { headers }));
const browserOf = (answer) => cookiesOf(answer).postgang_oidc.split(';')[0];
const back = async (address, cookie) => {
  assert.ok(address.startsWith(`${home}/api/v1/oidc/callback?`), address);
  return judged('/api/v1/oidc/callback', 'GET', await server.call(address.slice(home.length), { headers: cookie ? { cookie } : {} }));
};
const problemOf = (answer) => new URL(answer.headers.get('location'), home).searchParams.get('problem');
const sessionOf = async (answer) => {
  const cookie = cookiesOf(answer).postgang_session?.split(';')[0];
  return cookie && (await server.call('/api/v1/session', { headers: { cookie } }));
};
// The whole way by the crooked provider; `change` bends what the browser brings back.
async function crookedly(change = {}, email = `karin.sand@${domain}`) {
  const out = await start({ email });
  return back(crooked.back(out.headers.get('location'), change), browserOf(out));
}
async function really(login, query = { email: `karin.sand@${domain}` }) {
  const out = await start(query);
  return back(await throughThePages(out.headers.get('location'), login, home), browserOf(out));
}
async function tryOut(walk) {
  const begun = await call(admin, 'POST', '/try');
  const { url } = ok(begun);
  return back(await walk(url), `${browserOf(begun)}; ${admin.cookie}`);
}
// Saved, tried and turned on.
async function turnOn(provider, walk, more = {}) {
  ok(await call(admin, 'PUT', '', settings(provider)));
  ok(await confirm(staff, 'staff'));
  assert.equal(problemOf(await tryOut(walk)), null);
  return ok(await call(admin, 'PUT', '', { ...settings(provider, { active: true, ...more }), clientSecret: undefined }));
}
const crookedOn = (more) => turnOn(crooked, async (url) => crooked.back(url), more);
const realOn = (more) => turnOn(real, (url) => throughThePages(url, 'karin', home), more);
const trail = async (who = admin) => ok(await who.call('/api/v1/audit?limit=20')).items;

// --- Setting it up

test('nothing is set up at first, and the redirect URI can be copied', async () => {
  const shown = ok(await call(admin, 'GET'));
  assert.deepEqual([shown.issuer, shown.active, shown.domains, shown.redirectUri], [null, false, [], `${home}/api/v1/oidc/callback`]);
  assert.equal((await call(admin, 'POST', '/try')).status, 404);
  assert.equal((await call(admin, 'DELETE')).status, 404);
  assert.equal((await call(admin, 'DELETE', '/bindings')).status, 404);
  assert.equal((await confirm(admin, 'dns')).status, 404);
  assert.equal(problemOf(await start({ email: `karin.sand@${domain}` })), 'identity-provider-off');
});

test('what is wrong is refused where it stands', async () => {
  const wrong = async (body, status, code, where) => {
    const answer = await call(admin, 'PUT', '', settings(real, body));
    assert.deepEqual([answer.status, answer.json.code, answer.json.where], [status, code, where], JSON.stringify(body));
  };
  for (const issuer of ['', 'ftp://login.example', 'login.example', 'https://user:word@login.example', 'https://login.example/?a=b', 'https://login.example/#a', 'javascript:alert(1)']) await wrong({ issuer }, 400, 'field-invalid', '/issuer');
  await wrong({ domains: ['gmail.com'] }, 400, 'domain-common', '/domains');
  for (const name of ['nordhamn', '10.0.0.1', 'nord hamn.example', '-a.example', 'a..example', '*.example', 'nordhamn.example/']) await wrong({ domains: [name] }, 400, 'domain-malformed', '/domains');
  await wrong({ firstRole: 'administrator' }, 400, 'field-invalid', '/firstRole');
  await wrong({ firstRole: 'operator' }, 400, 'field-invalid', '/firstRole');
  await wrong({ active: true }, 409, 'provider-untried', '/active');
  assert.equal(ok(await call(admin, 'GET')).issuer, null, 'nothing of it was kept');
});

test('a key changes nothing, a clerk neither, and the secret is shown to nobody', async () => {
  const key = await server.key(nordhamn, 'companies:read,companies:write');
  const answer = await server.call(all, { key, method: 'PUT', body: JSON.stringify(settings(real)), headers: { 'content-type': 'application/json' } });
  assert.deepEqual([answer.status, answer.json.code], [403, 'not-a-person']);
  const clerk = await Person.signIn(server, { email: `nils.berg@${domain}`, password });
  assert.equal((await call(clerk, 'PUT', '', settings(real))).status, 403);
  const saved = await call(admin, 'PUT', '', settings(real));
  assert.ok(ok(saved).hasSecret);
  for (const shown of [saved, await call(admin, 'GET'), await call(clerk, 'GET')]) assert.ok(!shown.bytes.toString().includes(client.secret));
  assert.ok(!JSON.stringify(await trail()).includes(client.secret));
});

test('a domain is one company’s: by its record, or on the word of staff', async () => {
  ok(await call(admin, 'PUT', '', settings(real)));
  assert.equal((await confirm(admin, 'staff')).json.code, 'staff-only');
  assert.equal((await confirm(admin, 'mail')).status, 400);
  const unproven = await confirm(admin, 'dns');
  assert.deepEqual([unproven.status, unproven.json.code], [409, 'domain-unproven']);
  names.silent = true;
  const silent = await confirm(admin, 'dns');
  assert.deepEqual([silent.status, silent.json.code], [503, 'dns-unreachable']);
  names.silent = false;
  // Claimed by both, until one has it.
  ok(await call(other, 'PUT', '', settings(real)));
  const { domains } = ok(await confirm(staff, 'staff'));
  assert.deepEqual(domains.map(({ domain: name, confirmedBy }) => [name, confirmedBy]), [[domain, 'Drift Persson']]);
  assert.deepEqual(ok(await call(other, 'GET')).domains.map(({ confirmedAt }) => confirmedAt), [null]);
  const { record } = ok(await call(other, 'GET')).domains[0];
  names.records[record.name] = [record.value];
  assert.equal((await confirm(other, 'dns')).json.code, 'domain-taken', 'its record is right, and too late');
  ok(await call(other, 'DELETE'), 204);
  assert.equal((await call(other, 'PUT', '', settings(real))).json.code, 'domain-taken');
  // By its record, for a domain that nobody has.
  ok(await call(other, 'PUT', '', settings(real, { domains: ['granberga.example'] })));
  const [{ record: own }] = ok(await call(other, 'GET')).domains;
  names.records[own.name] = ['v=spf1 -all', `${own.value}x`];
  assert.equal((await confirm(other, 'dns', 'granberga.example')).json.code, 'domain-unproven');
  names.records[own.name].push(own.value);
  assert.equal(ok(await confirm(other, 'dns', 'Granberga.Example')).domains[0].confirmedBy, 'dns');
  ok(await call(other, 'DELETE'), 204);
});

test('tried before it is on: what is claimed is shown, nobody is signed in', async () => {
  ok(await call(admin, 'PUT', '', settings(real)));
  const tried = await tryOut((url) => throughThePages(url, 'karin', home));
  assert.equal(tried.headers.get('location'), '/settings/sign-in');
  assert.equal(cookiesOf(tried).postgang_session, undefined);
  const { lastTry, triedAt } = ok(await call(admin, 'GET'));
  assert.deepEqual([lastTry.good, lastTry.subject, lastTry.email, lastTry.ownDomain, lastTry.known], [true, 'karin', `karin.sand@${domain}`, true, true]);
  assert.ok(triedAt);
  assert.equal(problemOf(await start({ email: `karin.sand@${domain}` })), 'identity-provider-off', 'still off');
  // Another issuer is yet to be tried.
  assert.equal(ok(await call(admin, 'PUT', '', settings(crooked))).triedAt, null);
  crooked.user.email_verified = false;
  await tryOut(async (url) => crooked.back(url));
  const bad = ok(await call(admin, 'GET'));
  assert.deepEqual([bad.triedAt, bad.lastTry.good, bad.lastTry.code], [null, false, 'identity-unverified']);
});

// --- The real provider

test('a real sign-in through the provider’s pages', async () => {
  await realOn();
  const out = await start({ email: `karin.sand@${domain}`, to: '/documents?status=stopped' });
  const url = new URL(out.headers.get('location'));
  assert.deepEqual(['response_type', 'code_challenge_method', 'scope', 'login_hint'].map((name) => url.searchParams.get(name)), ['code', 'S256', 'openid email profile', `karin.sand@${domain}`]);
  assert.match(cookiesOf(out).postgang_oidc, /; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  const came = await back(await throughThePages(url.href, 'karin', home), browserOf(out));
  assert.deepEqual([came.status, came.headers.get('location')], [303, '/documents?status=stopped']);
  const { user } = ok(await sessionOf(came));
  assert.equal(user.email, `karin.sand@${domain}`);
  const cookie = cookiesOf(came).postgang_session.split(';')[0];
  const [own] = ok(await server.call('/api/v1/sessions', { headers: { cookie } })).items;
  assert.equal(own.method, 'oidc');
  assert.ok((await trail()).some(({ action, objectName }) => action === 'session.opened' && objectName === 'Karin Sand'));
  assert.equal(ok(await call(admin, 'GET')).boundUsers, 1);
});

test('by the company, and by other ways of signing and of showing the secret', async () => {
  for (const alg of ['ES256', 'PS256']) {
    const provider = await IdentityProvider.start({ redirectUri: `${home}/api/v1/oidc/callback`, accounts: real.accounts, client: { id_token_signed_response_alg: alg, token_endpoint_auth_method: alg === 'ES256' ? 'client_secret_post' : 'client_secret_basic' }, settings: { conformIdTokenClaims: alg === 'ES256', clientAuthMethods: [alg === 'ES256' ? 'client_secret_post' : 'client_secret_basic'] } });
    await turnOn(provider, (url) => throughThePages(url, 'karin', home));
    assert.equal(ok(await sessionOf(await really('karin', { company: nordhamn }))).user.name, 'Karin Sand', alg);
    await provider.stop();
  }
});

test('who is no user comes in by the role that is given, or by an invitation, or not', async () => {
  await realOn();
  assert.equal(problemOf(await really('ny')), 'identity-unknown');
  assert.ok((await trail()).some(({ action, detail }) => action === 'session.refused' && detail?.code === 'identity-unknown' && detail.email === `ny.person@${domain}`));
  ok(await admin.json('POST', '/api/v1/invitations', { email: `ny.person@${domain}`, name: 'Ny Person', language: 'sv', memberships: [{ companyId: admin.session.company.id, role: 'support' }] }), 201);
  assert.equal(ok(await sessionOf(await really('ny'))).user.role, 'support', 'the invitation says the role');
  await realOn({ firstRole: 'reader' });
  real.accounts.nyare = { email: `nyare@${domain}`, email_verified: true, name: 'Ännu Nyare' };
  const { user } = ok(await sessionOf(await really('nyare')));
  assert.deepEqual([user.name, user.role], ['Ännu Nyare', 'reader']);
  assert.equal((await signInAnswer(server, { email: `nyare@${domain}`, password: '' })).status, 400);
});

test('an address that nobody answers for, or of another’s domain, opens nothing', async () => {
  await realOn({ firstRole: 'reader' });
  assert.equal(problemOf(await really('okontrollerad')), 'identity-unverified');
  assert.equal(problemOf(await really('utomstående')), 'identity-unverified', 'another company’s user');
  real.accounts.drift = { email: `drift@${domain}`, email_verified: true, name: 'Drift' };
  assert.equal(problemOf(await really('drift')), 'identity-unknown', 'staff do not come in by a customer’s provider');
  // Whoever has got the address of a colleague who left is not that colleague.
  real.accounts.efterträdaren = { email: `karin.sand@${domain}`, email_verified: true, name: 'Karin Sand d.y.' };
  assert.equal(problemOf(await really('efterträdaren')), 'identity-of-another');
  ok(await call(admin, 'DELETE', '/bindings'), 204);
  assert.equal(ok(await sessionOf(await really('efterträdaren'))).user.name, 'Karin Sand');
  ok(await call(admin, 'DELETE', '/bindings'), 204);
});

// --- The way there and back

test('a state counts once, in the browser that it began in', async () => {
  await crookedOn();
  const out = await start({ email: `karin.sand@${domain}` });
  const address = crooked.back(out.headers.get('location'));
  assert.equal(problemOf(await back(address, undefined)), 'sign-in-over', 'without the cookie');
  assert.equal(problemOf(await back(address, browserOf(out))), 'sign-in-over', 'the state has been used by then');
  const again = await start({ email: `karin.sand@${domain}` });
  const stranger = await start({ email: `karin.sand@${domain}` });
  assert.equal(problemOf(await back(crooked.back(again.headers.get('location')), browserOf(stranger))), 'sign-in-over', 'another browser’s cookie');
  const third = await start({ email: `karin.sand@${domain}` });
  const good = crooked.back(third.headers.get('location'));
  assert.ok(await sessionOf(await back(good, browserOf(third))));
  assert.equal(problemOf(await back(good, browserOf(third))), 'sign-in-over', 'the same answer once more');
  assert.equal(problemOf(await crookedly({ state: 'x'.repeat(43) })), 'sign-in-over');
  assert.equal(problemOf(await crookedly({ state: null })), 'sign-in-over');
});

test('an answer of another issuer, without a code, or with the provider’s refusal', async () => {
  await crookedOn();
  assert.equal(problemOf(await crookedly({ iss: 'https://evil.example' })), 'identity-refused');
  assert.equal(problemOf(await crookedly({ iss: null })), 'identity-refused', 'it says that it always names itself');
  assert.equal(problemOf(await crookedly({ code: null })), 'identity-refused');
  assert.equal(problemOf(await crookedly({ code: 'stolen' })), 'identity-refused', 'a code of somebody else’s');
  assert.equal(problemOf(await crookedly({ code: null, error: 'access_denied' })), 'identity-declined');
  assert.equal(problemOf(await crookedly({ error: '<script>\r\nX: y' })), 'identity-declined');
});

test('a token that is bent is refused', async () => {
  await crookedOn();
  const hmac = (token) => `${Buffer.from('{"alg":"HS256","kid":"one"}').toString('base64url')}.${token.split('.').slice(1).join('.')}`;
  const bends = {
    'another nonce': () => (crooked.claims = (claims) => ({ ...claims, nonce: 'another' })),
    'no nonce': () => (crooked.claims = ({ nonce, ...claims }) => claims),
    'another audience': () => (crooked.claims = (claims) => ({ ...claims, aud: 'another' })),
    'several audiences': () => (crooked.claims = (claims) => ({ ...claims, aud: ['postgang', 'another'] })),
    'another issuer': () => (crooked.claims = (claims) => ({ ...claims, iss: 'https://evil.example' })),
    expired: () => (crooked.claims = (claims) => ({ ...claims, exp: claims.exp - 900 })),
    'of the past': () => (crooked.claims = (claims) => ({ ...claims, iat: claims.iat - 900 })),
    'of the future': () => (crooked.claims = (claims) => ({ ...claims, iat: claims.iat + 900 })),
    'another’s access token': () => (crooked.claims = (claims) => ({ ...claims, at_hash: 'x'.repeat(22) })),
    'no subject': () => (crooked.claims = ({ sub, ...claims }) => claims),
    tampered: () => (crooked.token = (token) => { const [head, , tail] = token.split('.'); return `${head}.${Buffer.from(JSON.stringify({ sub: 'nils', email: `nils.berg@${domain}`, email_verified: true })).toString('base64url')}.${tail}`; }),
    'not signed': () => (crooked.token = (token) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`),
    'by an HMAC': () => (crooked.token = hmac),
    'by another key': () => (crooked.key = crooked.other.privateKey),
    'by a key of another name': () => (crooked.header = (header) => ({ ...header, kid: 'two' })),
    'another kind of token': () => (crooked.header = (header) => ({ ...header, typ: 'at+jwt' })),
    'not a token': () => (crooked.token = () => 'not a token'),
    'far too long': () => (crooked.claims = (claims) => ({ ...claims, more: 'x'.repeat(20_000) })),
  };
  for (const [name, bend] of Object.entries(bends)) {
    crooked.straighten();
    bend();
    const answer = await crookedly();
    assert.equal(problemOf(answer), 'identity-refused', name);
    assert.equal(cookiesOf(answer).postgang_session, undefined, name);
  }
  crooked.straighten();
  for (let i = 0; i < 3; ++i) {
    crooked.header = (header) => ({ ...header, kid: `unknown-${i}` });
    await crookedly();
  }
  assert.ok(crooked.keySets <= 1, `keys were asked for ${crooked.keySets} times within a minute`);
});

test('it goes to the portal’s own pages and nowhere else', async () => {
  await crookedOn();
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', '/api/v1/session', 'javascript:alert(1)', '/a b', '/å']) {
    const out = await start({ email: `karin.sand@${domain}`, to });
    assert.equal((await back(crooked.back(out.headers.get('location')), browserOf(out))).headers.get('location'), '/', to);
  }
});

test('a new session each time, and the old one ends', async () => {
  await crookedOn();
  const first = cookiesOf(await crookedly()).postgang_session.split(';')[0];
  const out = await start({ email: `karin.sand@${domain}` });
  const second = cookiesOf(await back(crooked.back(out.headers.get('location')), `${browserOf(out)}; ${first}`)).postgang_session.split(';')[0];
  assert.notEqual(first, second);
  assert.equal((await server.call('/api/v1/session', { headers: { cookie: first } })).status, 401);
  assert.equal((await server.call('/api/v1/session', { headers: { cookie: second } })).status, 200);
});

test('turned off, or changed meanwhile, it lets nobody in', async () => {
  await crookedOn();
  const out = await start({ email: `karin.sand@${domain}` });
  ok(await call(admin, 'PUT', '', { ...settings(crooked), clientSecret: undefined }));
  assert.equal(problemOf(await back(crooked.back(out.headers.get('location')), browserOf(out))), 'identity-provider-off');
  assert.equal(problemOf(await start({ email: `karin.sand@${domain}` })), 'identity-provider-off');
});

test('a provider that is gone, answers nonsense, or far too much', async () => {
  await crookedOn();
  const answers = {
    huge: [(_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(1_000_000)), 'identity-provider-unfit'],
    'no JSON': [(_, response) => response.end('<html>'), 'identity-provider-unfit'],
    fault: [(_, response) => response.writeHead(500).end(), 'identity-provider-unreachable'],
    'a redirect inwards': [(_, response) => response.writeHead(302, { location: `${home}/health` }).end(), 'identity-provider-unfit'],
    'cut off': [(_, response) => response.destroy(), 'identity-provider-unreachable'],
  };
  for (const [name, [answer, code]] of Object.entries(answers)) {
    crooked.straighten();
    const out = await start({ email: `karin.sand@${domain}` });
    crooked.reply = (path, response) => path === '/token' && (answer(path, response), true);
    const came = problemOf(await back(crooked.back(out.headers.get('location')), browserOf(out)));
    // A redirect of the token's door is the provider's refusal of the code, to us.
    assert.ok(came === code || (name === 'a redirect inwards' && came === 'identity-refused'), `${name}: ${came}`);
  }
  crooked.straighten();
  crooked.reply = (path, response) => path.startsWith('/.well-known') && (response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...crooked.discovery(), issuer: 'https://evil.example' })), true);
  const tried = await call(admin, 'POST', '/try');
  assert.deepEqual([tried.status, tried.json.code], [503, 'identity-provider-unfit']);
});

// --- With passwords turned off

test('the domain alone decides how somebody signs in, and passwords can be turned off', async () => {
  const asked = async (name) => ok(judged('/api/v1/oidc/provider', 'GET', await server.call(`/api/v1/oidc/provider?domain=${name}`)));
  await crookedOn();
  assert.deepEqual(await asked(domain), { company: 'Nordhamn AB', alone: false });
  assert.deepEqual(await asked('elsewhere.example'), { company: null, alone: false });
  assert.equal((await signInAnswer(server, { email: `nils.berg@${domain}`, password })).status, 200);
  await crookedOn({ alone: true });
  assert.deepEqual(await asked(domain), { company: 'Nordhamn AB', alone: true });
  const refusals = await Promise.all([`nils.berg@${domain}`, `ingen@${domain}`].map((email) => signInAnswer(server, { email, password })));
  for (const refusal of refusals) assert.deepEqual([refusal.status, refusal.json.code], [403, 'sign-in-elsewhere']);
  assert.equal((await signInAnswer(server, { email: 'admin@elsewhere.example', password })).status, 200);
  ok(await call(admin, 'DELETE'), 204);
  assert.equal((await signInAnswer(server, { email: `nils.berg@${domain}`, password })).status, 200);
});

test('in a sandbox nobody signs in with anything of their own', async () => {
  const inside = await Person.signIn(server, { email: 'admin@elsewhere.example', password });
  const { sandbox } = ok(await inside.json('POST', '/api/v1/sandbox', {}), 201);
  ok(await inside.json('PUT', '/api/v1/session', { companyId: sandbox.id }));
  for (const [method, path, body] of [['PUT', '', settings(real)], ['POST', '/try'], ['DELETE', ''], ['DELETE', '/bindings'], ['POST', `/domains/${domain}/confirmation`, { by: 'dns' }]]) {
    const answer = await call(inside, method, path, body);
    assert.deepEqual([answer.status, answer.json.code], [409, 'not-in-sandbox'], `${method} ${path}`);
  }
});

test('without an address of its own there is no way back, and none out', async () => {
  const alone = await Server.start({ args: ['--handover-sandbox'] });
  await alone.company(nordhamn, 'Nordhamn AB');
  const boss = await Person.signIn(alone, await alone.user(nordhamn, 'chef@elsewhere.example', 'Inga Berg', password, ['--role', 'administrator']));
  assert.equal(ok(await call(boss, 'PUT', '', settings(crooked))).redirectUri, null);
  const tried = await call(boss, 'POST', '/try');
  assert.deepEqual([tried.status, tried.json.code], [503, 'public-url-missing']);
  await alone.remove();
});

test('when the provider is gone for good, whoever runs Postgång turns it off', async () => {
  await crookedOn({ alone: true });
  assert.equal((await signInAnswer(server, { email: `nils.berg@${domain}`, password })).status, 403);
  await server.admin('identity-provider', 'off', '--company', nordhamn);
  assert.equal((await signInAnswer(server, { email: `nils.berg@${domain}`, password })).status, 200);
  ok(await call(admin, 'DELETE'), 204);
});

test('every answer that the contract promises was seen', () => {
  assert.deepEqual(neverSeen(['Identity provider']), []);
});
