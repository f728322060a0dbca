// What refuses anybody, for every resource that has tests of its own: no key, a key without the scope, an id that is
// nobody's, a body that is not JSON or not what was asked for.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { judged, operationsOfTheContract } from './contract.mjs';
import { identifierOf, startWorld } from './world.mjs';

const tags = ['Filters', 'Registers', 'Stopped', 'Correction', 'Notices', 'Bank', 'Hand-over', 'Recipient page', 'Audit', 'Webhooks', 'Tickets', 'Sandbox', 'Companies', 'Users', 'Import and export', 'Exports', 'Retention', 'Identity provider'];
const operations = operationsOfTheContract.filter(({ operation }) => operation.tags.some((tag) => tags.includes(tag)));
const nobody = '00000000-0000-7000-8000-000000000000';

let server, narrow, wide;
before(async () => {
  const world = await startWorld();
  server = world.server;
  narrow = await server.key(identifierOf(14), 'statistics:read');
  wide = await server.key(identifierOf(14), 'documents:read,documents:write,partners:read,partners:write,filters:read,filters:write,audit:read,webhooks:read,webhooks:write,companies:read,companies:write,users:read,users:write,tickets:read,tickets:write');
});
after(() => server?.remove());

const address = (path) => path.replace(/\{[^}]+\}/g, nobody);
const takesJson = ({ operation }) => Boolean(operation.requestBody?.content?.['application/json']);
const call = async ({ path, method }, key, body, type) => {
  const answer = await server.call(address(path), { key, method: method.toUpperCase(), body, headers: type ? { 'content-type': type } : {} });
  return judged(address(path), method.toUpperCase(), answer);
};
const documented = (status) => operations.filter(({ operation }) => operation.responses[status]);

for (const one of documented('401'))
  test(`${one.method} ${one.path} without a key`, async () => {
    assert.equal((await call(one, undefined, takesJson(one) ? '{}' : undefined, takesJson(one) ? 'application/json' : undefined)).status, 401);
  });

for (const one of documented('403'))
  test(`${one.method} ${one.path} with a key that may not`, async () => {
    assert.equal((await call(one, narrow, takesJson(one) ? '{}' : undefined, takesJson(one) ? 'application/json' : undefined)).status, 403);
  });

for (const one of operations.filter(takesJson).filter(({ operation }) => operation.responses['415']))
  test(`${one.method} ${one.path} with a form`, async () => {
    assert.ok([415, 404].includes((await call(one, wide, 'a=b', 'application/x-www-form-urlencoded')).status));
  });

for (const one of operations.filter(takesJson).filter(({ operation }) => operation.responses['400']))
  test(`${one.method} ${one.path} with half a JSON`, async () => {
    assert.ok([400, 404].includes((await call(one, wide, '{"a":', 'application/json')).status));
  });

for (const one of documented('404').filter(({ path, method }) => path.includes('{') && (method === 'get' || method === 'delete')))
  test(`${one.method} ${one.path} of nobody`, async () => {
    assert.equal((await call(one, wide)).status, 404);
  });
