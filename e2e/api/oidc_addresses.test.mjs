// Where a provider may be: nowhere inside, whatever its name says, save in tests.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { company } from '../support/invoice.mjs';
import { CrookedProvider } from '../support/crooked_provider.mjs';
import { Server } from '../support/server.mjs';
import { judged } from './contract.mjs';
import { Person } from './session.mjs';

const all = '/api/v1/identity-provider';
let server, inside, boss;

before(async () => {
  inside = await CrookedProvider.start();
  server = await Server.start({ args: ['--public-url', 'https://faktura.example.com'] });
  const own = `0007:${company(61)}`;
  await server.company(own, 'Nordhamn AB');
  boss = await Person.signIn(server, await server.user(own, 'chef@elsewhere.example', 'Inga Berg', 'vinter i hamnen 1962', ['--role', 'administrator']));
});
after(async () => {
  await server?.remove();
  await inside?.stop();
});

const save = async (issuer) => judged(all, 'PUT', await boss.json('PUT', all, { issuer, clientId: 'postgang', domains: [] }));

test('an address inside cannot be saved', async () => {
  for (const issuer of [inside.issuer, 'https://127.0.0.1', 'https://[::1]', 'https://10.1.2.3', 'https://169.254.169.254', 'https://0x7f.1', 'https://localhost', 'http://login.example']) {
    const { status, json } = await save(issuer);
    assert.deepEqual([status, json.code, json.where], [400, 'field-invalid', '/issuer'], issuer);
  }
});

test('a name that leads inside is found out when it is asked', async () => {
  assert.equal((await save(`https://ip6-localhost:${new URL(inside.issuer).port}`)).status, 200);
  const tried = judged(`${all}/try`, 'POST', await boss.json('POST', `${all}/try`, {}));
  assert.equal(tried.status, 503);
  assert.ok(['identity-provider-unfit', 'identity-provider-unreachable'].includes(tried.json.code), tried.json.code);
  assert.equal(inside.asked.length, 0);
});
