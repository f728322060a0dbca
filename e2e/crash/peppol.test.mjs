// The process is killed while the access point has the envelope and has not answered: it is asked for after the start, and
// nothing goes twice.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { PeppolWorld, hasPeppol } from '../support/peppol.mjs';
import { Server } from '../support/server.mjs';

const skip = hasPeppol() ? false : 'dnsmasq is not installed';
const us = { identifier: company(91), name: 'Nordhamn Energi AB' };
const them = { identifier: company(92), name: 'Österby Bygg AB' };
const asked = [];
const envelopes = new Map();
let world, accessPoint, server, key, answers = false, came;
const arrived = new Promise((resolve) => (came = resolve));

const report = (instance) => JSON.stringify({ sbdhInstanceIdentifier: instance, as4MessageId: `${instance}@ap`, as4SendingDateTime: '2026-11-23T10:00:00Z', overallSuccess: true });

before(async () => {
  if (skip) return;
  world = await PeppolWorld.start([`0007:${them.identifier}`]);
  accessPoint = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      const instance = request.method === 'POST' ? body.match(/<InstanceIdentifier>([0-9a-f-]{36})</)[1] : request.url.split('/').at(-1);
      if (request.method === 'POST') {
        envelopes.set(instance, (envelopes.get(instance) ?? 0) + 1);
        came();
        if (!answers) return; // it has it, and says nothing yet
        response.end(report(instance));
      } else if (envelopes.has(instance)) response.end(JSON.stringify({ status: 'sent', completedDT: '2026-11-23T10:00:00Z' }));
      else response.writeHead(404).end('{}');
    });
  });
  await new Promise((resolve) => accessPoint.listen(0, '127.0.0.1', resolve));
  world.accessPointUrl = `http://127.0.0.1:${accessPoint.address().port}`;
  server = await Server.start({ args: world.serveArgs() });
  await server.company(`0007:${us.identifier}`, us.name);
  key = await server.key(`0007:${us.identifier}`);
});
after(async () => {
  await server?.remove();
  accessPoint?.closeAllConnections();
  accessPoint?.close();
  await world?.remove();
});

test('what was under way when the process died is sent once', { skip }, async () => {
  const { json } = await server.send(key, invoice({ number: 'K-1', seller: us, buyer: them }));
  await arrived;
  await server.kill();
  answers = true;
  await server.up();
  const { json: document } = await server.settled(key, json.id);
  assert.equal(document.status, 'sent');
  assert.deepEqual([...envelopes.values()], [1], 'one envelope, handed over once');
  const [instance] = envelopes.keys();
  assert.deepEqual(asked, ['POST /api/outbound/submit-sbd', `GET /api/outbound/status/${instance}`]);
  const { items } = (await server.call(`/api/v1/documents/${json.id}/events`, { key })).json;
  assert.deepEqual(items.map(({ type }) => type).slice(-4), ['delivery-started', 'delivery-failed', 'delivery-started', 'sent']);
});
