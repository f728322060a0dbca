// The event stream: each sees its own, at once, and a client that comes back has missed nothing and gets nothing twice.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Follower } from './follower.mjs';
import { invoiceFrom, sendAndSettle, startWorld } from './world.mjs';

let world, server;
before(async () => {
  world = await startWorld();
  server = world.server;
});
after(() => world?.server.remove());

const follow = (who, lastId) => Follower.open(server, { key: world.keys[who], lastId });

test('begins with where it begins, and then says what happens', async () => {
  const sender = await follow('energi');
  const receiver = await follow('granberga');
  const stranger = await follow('lager');
  assert.equal((await sender.next()).event, 'ready');
  const id = await sendAndSettle(world, 'energi', 'granberga', 'T-1');
  const atSender = await sender.until((event) => event.data.event === 'delivered');
  assert.deepEqual([atSender.data.documentId, atSender.data.number, atSender.data.direction, atSender.data.status, atSender.data.counterpart], [id, 'T-1', 'sent', 'delivered', 'Granberga Bygg AB']);
  const atReceiver = await receiver.until((event) => event.data.event === 'delivered');
  assert.deepEqual([atReceiver.data.direction, atReceiver.data.counterpart], ['received', 'Nordhamn Energi AB']);
  await sendAndSettle(world, 'lager', 'granberga', 'T-1-lager');
  await stranger.until((event) => event.data.event === 'delivered');
  for (const one of [sender, receiver, stranger]) one.close();
  assert.equal(stranger.seen[0].event, 'ready');
  assert.deepEqual([...new Set(stranger.seen.slice(1).map((event) => event.data.number).filter(Boolean))], ['T-1-lager']);
});

test('a client that comes back with its last id has missed nothing and gets nothing twice', async () => {
  const first = await follow('energi');
  await first.next();
  await sendAndSettle(world, 'energi', 'granberga', 'T-2');
  const last = await first.until((event) => event.data.event === 'delivered');
  first.close();
  const numbers = [];
  for (let index = 3; index < 23; index++) {
    numbers.push(`T-${index}`);
    await sendAndSettle(world, 'energi', 'granberga', `T-${index}`);
  }
  const again = await follow('energi', last.id);
  await again.until((event) => event.data.number === 'T-22' && event.data.event === 'delivered');
  again.close();
  const delivered = again.seen.filter((event) => event.data.event === 'delivered').map((event) => event.data.number);
  assert.deepEqual(delivered, numbers);
  const ids = again.seen.map((event) => event.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(!ids.includes(last.id));
});

test('clients that come and go under load lose nothing', async () => {
  const total = 150;
  const collected = [];
  let lastId = (await (await follow('granberga')).next()).id;
  const sending = (async () => {
    for (let index = 0; index < total; index++) await server.send(world.keys.energi, invoiceFrom('energi', 'granberga', `L-${index}`));
  })();
  while (collected.length < total) {
    const follower = await follow('granberga', lastId);
    for (let taken = 0; taken < 20 && collected.length < total; taken++) {
      const event = await follower.next();
      lastId = event.id;
      if (event.data.event === 'delivered' && event.data.number.startsWith('L-')) collected.push(event.data.number);
    }
    follower.close();
  }
  await sending;
  assert.equal(new Set(collected).size, total);
});

test('a cursor that nobody gave is answered with resync', async () => {
  const follower = await follow('energi', 'made-up');
  assert.equal((await follower.next()).event, 'resync');
  follower.close();
});

test('the server stops cleanly with clients on the line', async () => {
  const own = await startWorld();
  const follower = await Follower.open(own.server, { key: own.keys.energi });
  await follower.next();
  const { code } = await own.server.stop();
  assert.equal(code, 0);
  await own.server.remove();
});
