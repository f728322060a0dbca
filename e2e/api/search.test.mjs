// The search box's language and its parameters through the real program: fields, ranges, lines that are read later,
// counts beside them, pages both ways, and what cannot be understood.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { judged } from './contract.mjs';
import { identifierOf, sendAndSettle, startWorld } from './world.mjs';

let world, server, first, second, third;

before(async () => {
  world = await startWorld();
  server = world.server;
  first = await sendAndSettle(world, 'energi', 'granberga', 'SÖK-1', { attachment: { name: 'timlista mars.csv', type: 'text/csv', bytes: Buffer.from('dag;timmar\n1;8\n') } });
  second = await sendAndSettle(world, 'energi', 'lager', 'SÖK-2');
  third = await sendAndSettle(world, 'granberga', 'energi', 'SÖK-3');
});
after(() => world?.server.remove());

const call = async (query, who = 'energi', path = '/api/v1/documents') => judged(path, 'GET', await server.call(`${path}?${new URLSearchParams(query)}`, { key: world.keys[who] }));
const ok = (answer) => (assert.equal(answer.status, 200, JSON.stringify(answer.json)), answer.json);
const found = async (query, who) => ok(await call(typeof query === 'string' ? { query } : query, who)).items.map((one) => one.number).sort();
const counts = async (query = {}, who) => ok(await call(query, who, '/api/v1/documents/facets'));

test('words, fields, phrases and exclusions', async () => {
  assert.deepEqual(await found('sok'), ['SÖK-1', 'SÖK-2', 'SÖK-3']);
  assert.deepEqual(await found('sök-1 granberga'), ['SÖK-1']);
  assert.deepEqual(await found('nummer:sök-2'), ['SÖK-2']);
  assert.deepEqual(await found('counterpart:granberga'), ['SÖK-1', 'SÖK-3']);
  assert.deepEqual(await found('motpart:granberga riktning:skickat'), ['SÖK-1']);
  assert.deepEqual(await found('sök -motpart:granberga'), ['SÖK-2']);
  assert.deepEqual(await found('sök -granberga'), ['SÖK-2']);
  assert.deepEqual(await found('"granberga bygg"'), ['SÖK-1', 'SÖK-3']);
  assert.deepEqual(await found('"bygg granberga"'), []);
  assert.deepEqual(await found({ counterpartName: 'granberga', direction: 'received' }), ['SÖK-3']);
  assert.deepEqual(await found({ query: 'sök', orgNumber: identifierOf(14).slice(5) }), ['SÖK-1', 'SÖK-3']);
});

test('amounts and days, with and without a field', async () => {
  const { amount } = ok(await call({ number: 'SÖK-1' })).items[0];
  const swedish = Number(amount.value).toFixed(2).replace('.', ',').replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  assert.ok((await found(swedish)).includes('SÖK-1'), swedish);
  assert.ok((await found(`belopp:${swedish}`)).includes('SÖK-1'));
  assert.ok((await found(`belopp:>=${amount.value}`)).includes('SÖK-1'));
  assert.deepEqual(await found('belopp:>99999999'), []);
  const whole = Math.floor(Number(amount.value));
  assert.ok((await found(`${whole}-${whole + 1}`)).includes('SÖK-1'), 'a range is no text alone');
  for (const day of ['datum:idag', 'date:today', 'denna vecka', 'datum:denna månad']) assert.equal((await found(day)).length, 3, day);
  assert.deepEqual(await found('datum:förra året'), []);
  assert.deepEqual(await found('sök -datum:idag'), []);
});

test('attachments and lines are found some seconds later, each by those who see the document', async () => {
  assert.deepEqual(await server.until(() => found('bilaga:timlista'), (numbers) => numbers.length > 0), ['SÖK-1']);
  assert.deepEqual(await found({ attachment: 'mars' }, 'granberga'), ['SÖK-1']);
  assert.deepEqual(await found('timlista sök-1'), ['SÖK-1'], 'one word in the header, one beside it');
  assert.deepEqual(await found('timlista', 'lager'), []);
  for (const parameter of ['line', 'finding', 'ticket', 'orderReference', 'buyerReference', 'paymentReference', 'customerNumber']) assert.deepEqual(await found({ [parameter]: 'finnsinte' }), [], parameter);
});

test('each facet is counted without its own filter', async () => {
  const all = await counts({ query: 'sök' });
  assert.equal(all.total.count, 3);
  assert.equal(all.partial, false);
  const of = (facet, value) => facet.find((one) => one.value === value)?.count ?? 0;
  assert.equal(of(all.direction, 'sent'), 2);
  assert.equal(of(all.counterpart, identifierOf(14)), 2);
  assert.equal(all.counterpart.find((one) => one.value === identifierOf(14)).name, 'Granberga Bygg AB');
  assert.deepEqual(all.company, [{ value: identifierOf(12), count: 3, name: 'Nordhamn Energi AB' }]);
  assert.equal(all.month.length, 1);
  assert.equal(all.month[0].count, 3);
  for (const query of [{ query: 'sök' }, {}]) {
    const narrowed = await counts({ ...query, counterpart: identifierOf(14) });
    assert.equal(narrowed.total.count, 2);
    assert.equal(of(narrowed.counterpart, identifierOf(13)), 1, 'the others can still be chosen');
    const sent = await counts({ ...query, direction: 'sent' });
    assert.equal(sent.total.count, 2);
    assert.equal(of(sent.direction, 'received'), 1);
  }
});

test('pages lead both ways, whatever is asked', async () => {
  for (const sort of ['-receivedAt', 'dueDate', '-amount'])
    for (const query of ['sök', 'belopp:>1', 'denna vecka', 'motpart:granberga -ticket:1']) {
      const whole = ok(await call({ query, sort })).items.map((one) => one.id);
      const forwards = [];
      let page, previous;
      for (let cursor = ''; cursor !== null; cursor = page.nextCursor) {
        previous = page;
        page = ok(await call({ query, sort, limit: 1, ...(cursor && { cursor }) }));
        forwards.push(...page.items.map((one) => one.id));
      }
      assert.deepEqual(forwards, whole, `${query} by ${sort}`);
      if (previous) assert.deepEqual(ok(await call({ query, sort, limit: 1, cursor: page.previousCursor })).items, previous.items);
    }
});

test('what cannot be understood is told with its place', async () => {
  for (const [query, code, field, value] of [
    ['sök status:blå', 'query-value-unknown', 'status', 'blå'],
    ['datum:2026-13', 'query-range-unreadable', 'datum', '2026-13'],
    ['belopp:mycket', 'query-range-unreadable', 'belopp', 'mycket'],
  ]) {
    const { status, json } = await call({ query });
    assert.deepEqual([status, json.code, json.parameters.field, json.parameters.value], [400, code, field, value]);
    assert.match(json.where ?? '', /query, character \d+/);
  }
  assert.equal((await call({ query: 'rad:a '.repeat(25) })).json.code, 'query-too-long');
  assert.equal((await call({ query: 'x'.repeat(401) })).status, 400);
});

test('what is typed is text and nothing else', async () => {
  for (const query of ["' OR 1=1 --", '" OR "1', "order:' OR '1'='1", 'nummer:%', 'rad:_', 'a* NEAR b', 'nummer:"*"', 'text:sök', ') OR (1=1', '\\', '0007:0000000000', ':', ';--']) assert.deepEqual(await found(query), [], query);
  for (const query of ['"', '-"', '-:', '\u0000', '::::', 'order:"']) assert.ok((await call({ query })).status < 500, query);
  assert.equal((await found('sök')).length, [first, second, third].length, 'and nothing is gone');
});
