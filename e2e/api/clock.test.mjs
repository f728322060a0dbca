// Simulated time that has been moved stays moved: over a restart and over a kill, also where nothing happened in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from './world.mjs';

let world, server, key;
before(async () => {
  world = await startWorld({ args: ['--simulated-clock'] });
  server = world.server;
  key = world.keys.energi;
});
after(() => world?.server.remove());

async function moved(advance) {
  const answer = await server.call('/api/v1/clock', {
    key, method: 'POST', body: JSON.stringify({ advance }), headers: { 'content-type': 'application/json' },
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return Date.parse(answer.json.now);
}
const day = 24 * 3600 * 1000;

test('time goes on from what was answered', async () => {
  const before = Date.now();
  const first = await moved('P30D');
  assert.ok(first >= before + 30 * day);

  await server.kill();
  await server.up();
  const second = await moved('PT0S');
  assert.ok(second >= first, `${new Date(second).toISOString()} is before ${new Date(first).toISOString()}`);
  assert.ok(second < first + 600_000, 'no more than has passed meanwhile');

  const third = await moved('P1D');
  await server.stop();
  await server.up();
  assert.ok((await moved('PT0S')) >= third);
});
