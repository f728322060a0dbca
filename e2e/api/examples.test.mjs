// Every operation of the contract shows what is asked and what is answered, and each example is as its schema says.
import test from 'node:test';
import assert from 'node:assert/strict';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contract } from './contract.mjs';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(contract, 'openapi.json');

const resolved = (value) => (value?.$ref ? value.$ref.slice(2).split('/').reduce((at, key) => at[key], contract) : value);
// A schema at its place in the contract, so that what it refers to is found.
const pointer = (parts) => parts.map((part) => `/${encodeURIComponent(String(part).replace(/~/g, '~0').replace(/\//g, '~1'))}`).join('');
// A made-up place in a list is refused, and whoever tries a call on the page for developers would be sent it.
const isFromAnAnswer = ({ name }) => name === 'cursor';
const isText = (type) => !/json/.test(type);

// [{ what, has, holds }] of one operation: its body, its answers, its parameters.
function shown(path, method, operation) {
  const places = [];
  const content = (owner, at, what) => {
    const start = owner?.$ref ? owner.$ref.slice(2).split('/') : at;
    for (const [type, media] of Object.entries(resolved(owner)?.content ?? {})) {
      const values = media.examples ? Object.values(media.examples).map(({ value }) => value) : 'example' in media ? [media.example] : [];
      places.push({ what: `${what} ${type}`, values, at: media.schema && !isText(type) ? [...start, 'content', type, 'schema'] : undefined });
    }
  };
  content(operation.requestBody, ['paths', path, method, 'requestBody'], 'the body');
  for (const [status, answer] of Object.entries(operation.responses)) content(answer, ['paths', path, method, 'responses', status], status);
  (operation.parameters ?? []).forEach((given, index) => {
    const parameter = resolved(given);
    if (isFromAnAnswer(parameter)) return;
    const start = given.$ref ? given.$ref.slice(2).split('/') : ['paths', path, method, 'parameters', index];
    places.push({ what: `the parameter ${parameter.name}`, values: 'example' in parameter ? [parameter.example] : [], at: [...start, 'schema'] });
  });
  return places;
}

for (const [path, methods] of Object.entries(contract.paths))
  for (const [method, operation] of Object.entries(methods))
    test(`${method} ${path} shows what is asked and answered`, () => {
      for (const { what, values, at } of shown(path, method, operation)) {
        assert.ok(values.length > 0, `${what} has no example`);
        for (const value of values) {
          if (!at) {
            assert.equal(typeof value, 'string', `${what}: the example of a text is a text`);
            continue;
          }
          const holds = ajv.getSchema(`openapi.json#${pointer(at)}`);
          assert.ok(holds, `${what}: no schema at ${pointer(at)}`);
          assert.ok(holds(value), `${what}: ${ajv.errorsText(holds.errors, { separator: '; ' })}\n${JSON.stringify(value)?.slice(0, 600)}`);
        }
      }
    });

// One that nobody filled in says nothing: the values that a program makes up when it knows nothing.
test('no example is made up of the word text', () => {
  const empty = [];
  const walk = (value, where) => {
    if ((value === 'text' || value === 'string') && !/[/](kind|type|fits[/][0-9]+)$/.test(where)) empty.push(where);
    else if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) walk(inner, `${where}/${key}`);
  };
  for (const [path, methods] of Object.entries(contract.paths))
    for (const [method, operation] of Object.entries(methods))
      for (const { what, values } of shown(path, method, operation)) values.forEach((value) => walk(value, `${method} ${path}, ${what}`));
  assert.deepEqual(empty, []);
});

// The page for developers heads its list with these.
test('every tag says what lies under it', () => {
  const described = new Set(contract.tags.filter(({ description }) => description?.endsWith('.')).map(({ name }) => name));
  const used = Object.values(contract.paths).flatMap((methods) => Object.values(methods).flatMap(({ tags }) => tags));
  assert.deepEqual([...new Set(used)].filter((tag) => !described.has(tag)), []);
});

test('a cursor has no example to be sent back', () => {
  const shown = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) => parameters.map(resolved).filter((one) => isFromAnAnswer(one) && ('example' in one || 'examples' in one || 'example' in (one.schema ?? {}))).map(() => `${method} ${path}`)),
  );
  assert.deepEqual(shown, []);
});
