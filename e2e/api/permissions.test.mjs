// Every operation of the contract × every role × an own object, a foreign one, one that is not there. The table is
// permission_rows.mjs; an operation without a line in it fails here.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { operationsOfTheContract } from './contract.mjs';
import { keyScopes, nobody, nouns, Realm, roles } from './permission_realm.mjs';
import { rows } from './permission_rows.mjs';

const people = Object.keys(roles);
const everybody = [...people, 'exact key', 'other key', 'nobody'];
let realm;
const sessions = {};
const objects = new Map();

before(async () => {
  realm = await Realm.start();
  for (const who of people) sessions[who] = await realm.sign(who);
});
after(() => realm?.remove());

test('the table has every operation, and nothing else', () => {
  const wanted = operationsOfTheContract.map(({ operation }) => operation.operationId).sort();
  assert.deepEqual(Object.keys(rows).sort(), wanted);
  for (const [name, [, noun]] of Object.entries(rows)) assert.ok(!noun || nouns[noun], `${name}: there is no noun ${noun}`);
});

test('the contract asks for the scope that the table says', () => {
  for (const { operation } of operationsOfTheContract) {
    const [need, , { byPeople = false } = {}] = rows[operation.operationId];
    const scope = need.split(' ').at(-1);
    if (!scope.includes(':')) continue;
    const said = operation.security?.flatMap((one) => one.apiKey ?? []) ?? [];
    assert.deepEqual(said, keyScopes.includes(scope) && !byPeople ? [scope] : [], operation.operationId);
  }
});

// --- What the rule says

const scopeOf = (need) => need.split(' ').find((word) => word.includes(':'));
const isStaff = (who) => who === 'staff';

// undefined: it may; else the status and the code that refuse it.
function refusalOf(who, need, byPeople = false) {
  const scope = scopeOf(need);
  const isKey = who.endsWith('key');
  if (need === 'open') return undefined;
  if (who === 'nobody' || need === 'access-point') return [401];
  if (need === 'signed-in') return undefined;
  if (need === 'person') return isKey ? [403, 'not-a-person'] : undefined;
  if (need === 'staff') return isKey ? [403, 'not-a-person'] : isStaff(who) ? undefined : [403, 'not-staff'];
  const has = isKey ? who === 'exact key' && keyScopes.includes(scope) : roles[who].includes(scope);
  if (!has) return [403, 'scope-missing'];
  if (isKey && byPeople) return [403, 'not-a-person'];
  return need.startsWith('operator ') && !isStaff(who) ? [403, 'staff-only'] : undefined;
}

// --- Asking

async function callerFor(who, need, alone) {
  if (who === 'nobody') return (path, options) => realm.server.call(path, options);
  if (people.includes(who)) {
    const person = alone ? await realm.sign(who) : sessions[who];
    return (path, options) => person.call(path, options);
  }
  const scope = scopeOf(need);
  const scopes = who === 'other key' ? keyScopes.filter((one) => one !== scope) : keyScopes.includes(scope) ? [scope] : keyScopes;
  const key = await realm.keyWith(scopes);
  return (path, options) => realm.server.call(path, { ...options, key });
}

function pathOf({ path }, parameters, query) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
    assert.ok(parameters[name] !== undefined, `${path}: what is ${name}?`);
    return encodeURIComponent(parameters[name]);
  });
  return query ? `${filled}?${new URLSearchParams(query)}` : filled;
}

async function ask(one, who, parameters) {
  const [need, , { body, type = 'application/json', query, path, alone, endsAll } = {}] = rows[one.operation.operationId];
  const call = await callerFor(who, need, alone);
  const given = { ...path, ...parameters };
  const sent = typeof body === 'function' ? body(given) : body;
  const bytes = sent === undefined || typeof sent === 'string' ? sent : JSON.stringify(sent);
  const options = { method: one.method.toUpperCase(), ...(bytes === undefined ? {} : { body: bytes, headers: { 'content-type': type } }) };
  const address = pathOf(one, given, query);
  const answer = await (one.operation.operationId === 'stream' ? opened(who, address) : call(address, options));
  if (endsAll && people.includes(who)) for (const each of people) sessions[each] = await realm.sign(each);
  return answer;
}

// An event stream does not end: its head is the answer.
async function opened(who, address) {
  const aborted = new AbortController();
  const headers = people.includes(who)
    ? { cookie: sessions[who].cookie }
    : who === 'nobody' ? {} : { authorization: `Bearer ${await realm.keyWith(who === 'exact key' ? ['documents:read'] : keyScopes.filter((scope) => scope !== 'documents:read'))}` };
  const response = await fetch(`${realm.server.url}${address}`, { headers, signal: aborted.signal });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  const answer = { status: response.status, headers: response.headers, bytes: isStream ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer()) };
  if (!isStream) answer.json = JSON.parse(answer.bytes);
  aborted.abort();
  return answer;
}

const absentOf = (noun) => (typeof nouns[noun].absent === 'function' ? nouns[noun].absent(realm) : nouns[noun].absent);
async function object(noun, side, fresh) {
  // Whoever uses one up has one that nobody else is given.
  if (fresh) return nouns[noun].make(realm, side);
  const key = `${noun} ${side}`;
  if (!objects.has(key)) objects.set(key, await nouns[noun].make(realm, side));
  return objects.get(key);
}

// An answer without what differs by itself: ids that were asked for, and times.
function bare(answer, parameters) {
  let text = answer.bytes.toString();
  for (const value of Object.values(parameters)) if (String(value).length > 5) text = text.replaceAll(String(value), '«it»');
  const names = [...answer.headers.keys()].filter((name) => !['date', 'x-request-id', 'content-length', 'connection', 'keep-alive'].includes(name)).sort();
  return { status: answer.status, names, text };
}
const shown = (answer) => `${answer.status} ${answer.bytes.toString().slice(0, 300)}`;
const statesRefuse = [409, 410, 422];

// --- Each operation

for (const one of operationsOfTheContract) {
  const name = one.operation.operationId;
  if (!rows[name]) continue;
  const [need, noun, { fresh = false, inList = false, staffSees = false, staffMay = false, byPeople = false, refusesBody = false, may = [] } = {}] = rows[name];
  test(`${one.method.toUpperCase()} ${one.path} (${name}): ${need}`, async () => {
    const absent = noun ? await absentOf(noun) : {};
    const own = noun ? await object(noun, 'own') : {};
    const foreign = noun ? await object(noun, 'foreign') : {};
    for (const who of everybody) {
      const refusal = refusalOf(who, need, byPeople);
      if (refusal) await isRefused(one, who, refusal, [own, foreign, absent]);
      else if (isStaff(who) && noun && scopeOf(need) && !staffMay) await staffChangesNothing(one, own, inList);
      else await isAnswered(one, who, noun ? await object(noun, 'own', fresh) : {}, may);
      if (noun && !refusal && !isStaff(who) && !(staffSees && who === 'acting')) await foreignIsAbsent(one, who, foreign, absent, inList ? 200 : refusesBody ? 400 : 404);
    }
  });
}

async function isRefused(one, who, [status, code], everyObject) {
  const answers = [];
  for (const parameters of everyObject) {
    const answer = await ask(one, who, parameters);
    assert.equal(answer.status, status, `${who}: ${shown(answer)}`);
    if (code) assert.equal(answer.json.code, code, who);
    answers.push(bare(answer, parameters));
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0], `${who} learns from a refusal which one there is`);
}

async function isAnswered(one, who, parameters, may) {
  const answer = await ask(one, who, parameters);
  const good = (answer.status >= 200 && answer.status < 300) || statesRefuse.includes(answer.status) || may.includes(answer.status);
  assert.ok(good, `${who} may, and got ${shown(answer)}`);
}

async function foreignIsAbsent(one, who, foreign, absent, status) {
  const [theirs, none] = [await ask(one, who, foreign), await ask(one, who, absent)];
  assert.equal(theirs.status, status, `${who} met a foreign one: ${shown(theirs)}`);
  assert.deepEqual(bare(theirs, foreign), bare(none, absent), `${who} can tell a foreign one from none`);
}

// Staff see what is a customer's, and change nothing of it before they act for it.
async function staffChangesNothing(one, own, inList) {
  const answer = await ask(one, 'staff', own);
  const changes = scopeOf(rows[one.operation.operationId][0]).endsWith(':write');
  if (!changes) assert.ok(answer.status === 404 || answer.status < 300 || statesRefuse.includes(answer.status), shown(answer));
  else if (inList) assert.ok(answer.json.items.every((item) => item.done === false || item.problem || item.valid === false), shown(answer));
  else assert.ok([403, 404].includes(answer.status) || (answer.status === 400 && answer.json.code === 'company-unknown'), shown(answer));
}

// --- What the table cannot say

test('an id that is no id is no error, and a foreign one by another spelling is none either', async () => {
  const { id } = await object('document', 'foreign');
  const answers = [];
  for (const spelled of [nobody, id.toUpperCase(), id.replaceAll('-', ''), `${id} `, `{${id}}`, '0', '-1', 'null', "' OR 1=1 --"])
    answers.push(bare(await sessions.clerk.call(`/api/v1/documents/${encodeURIComponent(spelled)}`), {}));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
});

test('staff who look while they act for the receiver do not make it opened', async () => {
  const { id } = await nouns.waiting.make(realm, 'own');
  const opening = (who) => sessions[who].json('POST', `/api/v1/documents/${id}/opened`, { what: 'copy' });
  const events = async () => (await realm.ok('sender', 'GET', `/documents/${id}/events`)).items.map(({ type }) => type);
  assert.equal((await opening('acting')).status, 204);
  assert.ok(!(await events()).includes('opened'));
  assert.equal((await opening('reader')).status, 204);
  assert.ok((await events()).includes('opened'), 'a person of the receiver does');
});

test('one person’s session opens nothing under another’s token, and an ended one nothing at all', async () => {
  const mine = await realm.sign('clerk');
  const crossed = await realm.server.call('/api/v1/partners/customer:x', {
    method: 'PUT',
    body: '{"name":"X"}',
    headers: { cookie: mine.cookie, 'x-csrf-token': sessions.administrator.session.csrfToken, 'content-type': 'application/json' },
  });
  assert.deepEqual([crossed.status, crossed.json.code], [403, 'csrf-token-wrong']);
  assert.equal((await mine.call('/api/v1/session', { method: 'DELETE' })).status, 204);
  assert.equal((await mine.call('/api/v1/documents')).status, 401);
});
