// The event stream: each sees its own, at once, and a client that comes back has missed nothing and gets nothing twice.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { Postgres, hasPostgres } from '../support/postgres.mjs';
import { Follower } from './follower.mjs';
import { Person } from './session.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from './world.mjs';

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

// Several write at once, clients come and go, and the server is stopped, and killed, in between: what a client has seen with
// its last ids put end to end is everything, in order, once.
for (const [name, skip] of [['SQLite', false], ['PostgreSQL', hasPostgres() ? false : 'PostgreSQL 15 is not installed']])
  test(`nothing is lost or doubled over a restart, ${name}`, { skip }, async (context) => {
    const postgres = name === 'PostgreSQL' ? Postgres.start() : undefined;
    context.after(() => postgres?.remove());
    const own = await startWorld({ database: postgres?.database('stream') });
    context.after(() => own.server.remove());
    const writers = 4, each = 12;
    const numbers = (round) => Array.from({ length: writers * each }, (_, index) => `R${round}-${index}`);
    const seen = [];
    const wanted = new Set();
    let lastId = (await (await Follower.open(own.server, { key: own.keys.granberga })).next()).id;
    const write = (round) =>
      Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (const number of numbers(round).slice(writer * each, (writer + 1) * each)) {
            const answer = await own.server.send(own.keys[writer % 2 ? 'energi' : 'lager'], invoiceFrom(writer % 2 ? 'energi' : 'lager', 'granberga', number));
            assert.equal(answer.status, 202, number);
          }
        }),
      );
    const collect = async () => {
      const missing = () => [...wanted].some((number) => !seen.some((event) => event.data.number === number && event.data.event === 'delivered'));
      while (missing()) {
        const follower = await Follower.open(own.server, { key: own.keys.granberga, lastId });
        for (let taken = 0; taken < 7 && missing(); taken++) {
          const event = await follower.next();
          assert.equal(event.event, 'document');
          lastId = event.id;
          seen.push(event);
        }
        follower.close();
      }
    };
    for (const [round, end] of ['stop', 'kill', undefined].entries()) {
      for (const number of numbers(round)) wanted.add(number);
      const writing = write(round);
      const collecting = collect();
      await writing;
      if (end) {
        await collecting;
        await own.server[end]();
        await own.server.up();
      } else await collecting;
    }
    const ids = seen.map((event) => event.id);
    assert.equal(new Set(ids).size, ids.length, 'none twice');
    const delivered = seen.filter((event) => event.data.event === 'delivered').map((event) => event.data.number);
    assert.deepEqual([...delivered].sort(), [...wanted].sort(), 'none is missing, and none twice under another id');
    const after = await Follower.open(own.server, { key: own.keys.granberga, lastId });
    await sendAndSettle(own, 'energi', 'granberga', 'R-last');
    await after.until((event) => event.data.number === 'R-last' && event.data.event === 'delivered');
    after.close();
  });

test('tells of tickets whoever may read them, and of notes the desk alone', async () => {
  const ask = async (who, path, method, body) => {
    const options = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await (typeof who === 'string' ? server.call(path, { key: who, ...options }) : who.call(path, options));
    assert.ok(answer.status < 300, JSON.stringify(answer.json));
    return answer.json;
  };
  const scopes = 'documents:read,tickets:read,tickets:write';
  await server.company(identifierOf(19), 'Driften AB', ['--operator']);
  const staff = await Person.signIn(server, await server.user(identifierOf(19), 'olle@driften.example', 'Olle Operatör', 'vinden i hamnen', ['--role', 'operator']));
  const keys = { energi: await server.key(identifierOf(12), scopes), lager: await server.key(identifierOf(13), scopes) };
  const desk = await Follower.open(server, { cookie: staff.cookie });
  const asker = await Follower.open(server, { key: keys.energi });
  const sister = await Follower.open(server, { key: keys.lager });
  const scopeless = await follow('energi');
  for (const one of [desk, asker, sister, scopeless]) assert.equal((await one.next()).event, 'ready');
  const told = async (one, id, status) => {
    const event = await one.until(({ event, data }) => event === 'ticket' && data.ticketId === id && data.status === status);
    assert.equal(event.id, '', 'no place in the feed');
    return event.data;
  };

  const first = await ask(keys.energi, '/api/v1/tickets', 'POST', { subject: 'Fakturan kom inte fram', text: 'Vad hände?' });
  assert.deepEqual(await told(asker, first.id, 'new'), { ticketId: first.id, number: first.number, status: 'new' });
  await told(desk, first.id, 'new');
  const heard = asker.seen.length;
  await ask(staff, `/api/v1/tickets/${first.id}/messages`, 'POST', { text: 'Hos banken, tror jag.', internal: true });
  await told(desk, first.id, 'new');
  await ask(staff, `/api/v1/tickets/${first.id}/messages`, 'POST', { text: 'Vi tittar på det.', status: 'waiting' });
  await told(desk, first.id, 'waiting');
  await told(asker, first.id, 'waiting');
  const other = await ask(keys.lager, '/api/v1/tickets', 'POST', { subject: 'En annan sak', text: 'Hur gör vi?' });
  await told(sister, other.id, 'new');
  await sendAndSettle(world, 'energi', 'granberga', 'T-tickets');
  await scopeless.until(({ data }) => data.number === 'T-tickets' && data.event === 'delivered');
  await asker.until(({ data }) => data.number === 'T-tickets' && data.event === 'delivered');
  for (const one of [desk, asker, sister, scopeless]) one.close();
  const tickets = (one) => one.seen.filter(({ event }) => event === 'ticket').map(({ data }) => [data.ticketId, data.status]);
  assert.deepEqual(tickets({ seen: asker.seen.slice(heard) }), [[first.id, 'waiting']], 'nothing of the note, nor of a sister’s');
  assert.deepEqual(tickets(sister), [[other.id, 'new']]);
  assert.deepEqual(tickets(scopeless), [], 'a key without tickets:read');
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
