// The server is killed with SIGKILL at random instants under load and started again on the same data. Everything that
// was acknowledged must be there exactly once and end as delivered; nothing may be there that was never sent.
// On SQLite and on PostgreSQL. POSTGANG_CRASH_SEED repeats a run, POSTGANG_CRASH_KILLS says how many times it dies.
import test from 'node:test';
import assert from 'node:assert/strict';
import { company, invoice } from '../support/invoice.mjs';
import { Postgres, hasPostgres } from '../support/postgres.mjs';
import { Server, run } from '../support/server.mjs';

const seed = Number(process.env.POSTGANG_CRASH_SEED ?? (Date.now() % 1_000_000));
const kills = Number(process.env.POSTGANG_CRASH_KILLS ?? 12);
const clients = 8;

// mulberry32: a small generator, so that a seed repeats the same waits and numbers.
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function everyDocument(server, key, direction) {
  const items = [];
  let cursor = '';
  do {
    const page = await server.call(`/api/v1/documents?direction=${direction}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { key });
    assert.equal(page.status, 200, JSON.stringify(page.json));
    items.push(...page.json.items);
    cursor = page.json.nextCursor;
  } while (cursor);
  return items;
}

async function diesUnderLoad(t, options) {
  const random = generator(seed);
  const server = await Server.start({ ...options, args: ['--rate-limit-upload', 'off', '--rate-limit-read', 'off', ...(options.args ?? [])] });
  t.after(() => server.remove());
  const seller = { identifier: company(21), name: 'Nordhamn Energi AB' };
  const buyer = { identifier: company(22), name: 'Granberga Bygg AB' };
  await server.company(`0007:${seller.identifier}`, seller.name);
  await server.company(`0007:${buyer.identifier}`, buyer.name);
  const sellerKey = await server.key(`0007:${seller.identifier}`);
  const buyerKey = await server.key(`0007:${buyer.identifier}`);

  let number = 0;
  let over = false;
  const attempted = new Set();
  const acknowledged = new Map(); // number -> document id

  // One client: sends an invoice until it is acknowledged, as a sender's system does: the same bytes under the same
  // Idempotency-Key, again and again, across the crashes.
  async function client() {
    while (!over) {
      const mine = `C-${++number}`;
      attempted.add(mine);
      const xml = invoice({ number: mine, seller, buyer, padding: Math.floor(random() * 8000) });
      while (!acknowledged.has(mine)) {
        try {
          const answer = await server.send(sellerKey, xml, { 'idempotency-key': `crash-${mine}` });
          if (answer.status === 202) acknowledged.set(mine, answer.json.id);
          else if (answer.status !== 503) assert.fail(`${mine}: ${answer.status} ${JSON.stringify(answer.json)}`);
        } catch (fault) {
          if (fault instanceof assert.AssertionError) throw fault;
          if (over) return; // nobody answers any more and nothing was acknowledged
          await new Promise((resolve) => setTimeout(resolve, 10)); // the server is down: try again
        }
      }
    }
  }

  const load = Array.from({ length: clients }, client);
  for (let kill = 0; kill < kills; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 30 + random() * 500));
    await server.kill();
    await server.up();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  over = true;
  await Promise.all(load);

  assert.ok(acknowledged.size > kills, `the load came through: ${acknowledged.size} acknowledged`);
  await server.until(
    () => server.call('/api/v1/documents?status=received,ready,sending&limit=1', { key: sellerKey }),
    (answer) => answer.status === 200 && answer.json.items.length === 0,
    90_000, // on PostgreSQL what the dead had leased is free after a minute
  );

  const sent = await everyDocument(server, sellerKey, 'sent');
  const received = await everyDocument(server, buyerKey, 'received');
  const count = (items) => items.reduce((map, item) => map.set(item.number, (map.get(item.number) ?? 0) + 1), new Map());
  const doubled = [...count(sent)].filter(([, times]) => times !== 1);
  assert.deepEqual(doubled, [], 'doubled with the sender');
  assert.deepEqual([...count(received)].filter(([, times]) => times !== 1), [], 'doubled with the receiver');
  const ids = new Map(sent.map((item) => [item.number, item.id]));
  const lost = [...acknowledged].filter(([mine, id]) => ids.get(mine) !== id);
  assert.deepEqual(lost, [], 'acknowledged and lost');
  assert.deepEqual(sent.filter((item) => !attempted.has(item.number)), [], 'never sent');
  assert.deepEqual(sent.filter((item) => item.status !== 'delivered'), [], 'not delivered');
  assert.equal(received.length, sent.length, 'the receiver has what the sender sent');

  await server.stop();
  const verified = await run(['admin', 'verify', '--data', server.data, ...(server.database ? ['--database', server.database] : [])]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  t.diagnostic(`${acknowledged.size} acknowledged over ${kills} kills, lost 0, doubled 0`);
}

test(`killed ${kills} times under load (seed ${seed})`, { timeout: 600_000 }, (t) => diesUnderLoad(t, {}));

test(`the same on PostgreSQL`, { timeout: 600_000, skip: !hasPostgres() && 'PostgreSQL 15 is not installed' }, async (t) => {
  const postgres = Postgres.start();
  t.after(() => postgres.remove());
  await diesUnderLoad(t, { database: postgres.database('crash') });
});
