// The contract as a judge: finds the operation that an answer belongs to and holds its status, its media type and its JSON
// against openapi.json. Remembers what was seen, so that a test can say what never was.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import assert from 'node:assert/strict';
import { root } from '../support/server.mjs';

export const contract = JSON.parse(readFileSync(join(root, 'src/api/openapi.json'), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(contract, 'openapi.json');

const pointer = (...parts) => '#/' + parts.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/');
const resolved = (value) => (value?.$ref ? value.$ref.slice(2).split('/').reduce((at, key) => at[key], contract) : value);

// [{ path, method, operation, pattern }], literal paths before those with parameters.
const operations = Object.entries(contract.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
      pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    })),
  )
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length);

export const operationsOfTheContract = operations;

const seen = new Set();
export const wasSeen = (operation, status) => seen.has(`${operation.method} ${operation.path} ${status}`);

// What refuses anybody, whatever the resource: refusals.test.mjs brings it about for all of them.
const refusals = new Set(['400', '401', '403', '404', '415']);
const testedByThemselves = ['Filters', 'Registers', 'Stopped', 'Correction', 'Notices', 'Links', 'Smartmail', 'Operations', 'Leads', 'Multichannel', 'Bank', 'Hand-over', 'Recipient page', 'Peppol', 'Account', 'Notifications', 'Users', 'Audit', 'Keys', 'Webhooks', 'Tickets', 'Sandbox', 'Companies', 'Import and export', 'Exports', 'Retention', 'Identity provider', 'Partner upkeep', 'Statistics'];

// Anybody may ask too often: rate_limit.test.mjs brings it about for all of them.
const isTooOften = (one, status) => status === '429' && one.operation.responses[status].$ref?.endsWith('/TooMany');

// Documented answers that no call has had: of the resources under these tags, refusals apart; without tags, of all that no
// test of their own has, refusals too.
export function neverSeen(tags, elsewhere = new Map()) {
  const asked = (operation) => (tags ? operation.tags.some((tag) => tags.includes(tag)) : !operation.tags.some((tag) => testedByThemselves.includes(tag)));
  return operations.flatMap((one) =>
    Object.keys(one.operation.responses)
      .filter((status) => asked(one.operation) && !(tags && refusals.has(status)) && !isTooOften(one, status) && !wasSeen(one, status))
      .map((status) => `${one.method} ${one.path} ${status}`)
      .filter((answer) => !elsewhere.has(answer)),
  );
}

function schemaOf({ path, method, operation }, status, type) {
  const response = operation.responses[status];
  const media = resolved(response).content?.[type];
  if (!media?.schema) return undefined;
  const at = response.$ref
    ? `${response.$ref}${pointer('content', type, 'schema').slice(1)}`
    : pointer('paths', path, method, 'responses', String(status), 'content', type, 'schema');
  return ajv.getSchema(`openapi.json${at}`) ?? assert.fail(`no schema at ${at}`);
}

// Holds one answer against the contract; gives it back.
export function judged(path, method, answer) {
  const bare = path.split('?')[0];
  const found = operations.find((one) => one.method === method.toLowerCase() && one.pattern.test(bare));
  assert.ok(found, `${method} ${bare} is not in the contract`);
  const { operation } = found;
  const what = `${method} ${path} → ${answer.status}`;
  assert.ok(operation.responses[answer.status], `${what} is not in the contract: ${answer.bytes?.toString().slice(0, 300)}`);
  seen.add(`${found.method} ${found.path} ${answer.status}`);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  const content = resolved(operation.responses[answer.status]).content;
  if (!content) assert.equal(answer.bytes.length, 0, `${what} has a body`);
  else assert.ok(content[type], `${what} has the media type ${type}`);
  if (answer.json !== undefined) {
    const holds = schemaOf(found, answer.status, type);
    if (holds && !holds(answer.json))
      assert.fail(`${what} is not as the contract says:\n${ajv.errorsText(holds.errors, { separator: '\n' })}\n${JSON.stringify(answer.json).slice(0, 1500)}`);
  }
  for (const header of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
    assert.ok(answer.headers.get(header), `${what} lacks ${header}`);
  return answer;
}
