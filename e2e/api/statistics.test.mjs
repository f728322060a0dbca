// Statistics through the real program: every measure adds up to the documents that there are, compared and narrowed, as a
// file opened again, who sees what of it, and reports by mail.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { removeFolder, temporaryFolder } from '../support/server.mjs';
import { judged, neverSeen } from './contract.mjs';
import { Person } from './session.mjs';
import { identifierOf, invoiceFrom, party, sendAndSettle, startWorld } from './world.mjs';

let folder, world;
before(async () => {
  folder = temporaryFolder();
  for (const name of ['', 'in', 'out']) mkdirSync(join(folder, 'house', name), { recursive: true });
  world = await startWorld({ args: ['--simulated-clock', '--print-house', `file://${join(folder, 'house')}`] });
  for (const [from, to, count] of [['energi', 'granberga', 4], ['energi', 'lager', 3], ['lager', 'energi', 2]])
    for (let i = 0; i < count; ++i) await sendAndSettle(world, from, to, `${from}-${to}-${i}`);
});
after(async () => {
  await world?.server.remove();
  if (folder) removeFolder(folder);
});

const call = async (path, as = world.keys.nordhamn, options = {}) => judged(path, options.method ?? 'GET', await world.server.call(path, { key: as, ...options }));
const ok = (answer, status = 200) => (assert.equal(answer.status, status, JSON.stringify(answer.json)), answer.json);
const ask = async (query, as) => ok(await call(`/api/v1/statistics?${query}`, as));
const refused = async (query, code, status = 400) => {
  const answer = await call(`/api/v1/statistics?${query}`);
  assert.deepEqual([answer.status, answer.json.code], [status, code], query);
};
const every = 'measures=documents,pages,amount,cost,delivered,opened,stopped';
const sum = (items) => items.reduce((all, { figures }) => all + figures.documents, 0);

test('a group counts its internal documents once, its companies each on their side', async () => {
  const all = await ask(every);
  assert.equal(all.total.figures.documents, 9);
  assert.equal(all.total.figures.delivered.share, '1.0000');
  const companies = await ask(`${every}&groupBy=company`);
  const by = Object.fromEntries(companies.items.map(({ company, figures }) => [company.name, figures.documents]));
  assert.deepEqual(by, { 'Nordhamn Energi AB': 9, 'Nordhamn Lager AB': 5 });
  assert.equal(companies.total.figures.documents, 9, 'and all of it once');
  assert.equal((await ask(`${every}&internal=true`)).total.figures.documents, 5);
  assert.equal((await ask(`${every}&internal=false`)).total.figures.documents, 4);
  const groups = await ask(`${every}&groupBy=group`);
  assert.deepEqual(groups.items.map(({ group, figures }) => [group.name, figures.documents]), [['Nordhamn AB', 9]]);
});

test('whatever it is divided by, it adds up to the same', async () => {
  for (const by of ['counterpart', 'channel', 'type', 'status', 'format', 'country', 'internal', 'day', 'week', 'month', 'quarter', 'year', 'channel,month', 'country,format'])
    assert.equal(sum((await ask(`${every}&groupBy=${by}`)).items), 9, by);
  const times = await ask('measures=timeToDelivered&groupBy=channel');
  assert.equal(times.items.reduce((all, { figures }) => all + figures.timeToDelivered.documents, 0), 9);
});

test('the list with the same filter has as many documents', async () => {
  for (const filter of ['channel=network', 'direction=received', `company=${identifierOf(12)}`, 'internal=true', `channel=network&company=${identifierOf(13)}`]) {
    const counted = (await ask(`measures=documents&${filter}`)).total.figures.documents;
    const listed = ok(await call(`/api/v1/documents/facets?${filter}`)).total.count;
    assert.equal(counted, listed, filter);
  }
});

test('the largest, and the rest of them', async () => {
  const { items, rest, total } = await ask('measures=documents&groupBy=counterpart&top=1');
  assert.equal(items.length, 1);
  assert.equal(items[0].counterpart.name, 'Granberga Bygg AB');
  assert.equal(items[0].figures.documents + rest.figures.documents, total.figures.documents);
});

test('the period before is as long, and a period that is not over is compared with as much', async () => {
  const { period, periodBefore, isOver, total } = await ask('measures=documents&period=this-month&compare=previous');
  assert.equal(isOver, false);
  assert.equal(total.before.documents, 0);
  assert.ok(periodBefore.to < period.from);
  const own = await ask('measures=documents&from=2026-11-09&to=2026-11-15&compare=previous');
  assert.deepEqual(own.periodBefore, { from: '2026-11-02', to: '2026-11-08' });
});

test('months and days are compared with those in the same place', async () => {
  const today = (await ask('measures=documents&period=this-month')).period.to.slice(0, 7);
  const earlier = (month, months) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 - months, 1)).toISOString().slice(0, 7);
  const year = await ask('measures=documents&groupBy=month&period=last-12-months&compare=previous');
  assert.deepEqual(year.items.map(({ month, comparedWith, figures, before }) => [month, comparedWith, figures.documents, before.documents]), [[today, earlier(today, 12), 9, 0]]);
  const next = earlier(today, -1);
  const last = new Date(Date.UTC(Number(next.slice(0, 4)), Number(next.slice(5)), 0)).toISOString().slice(0, 10);
  const coming = await ask(`measures=documents&groupBy=channel,month&from=${next}-01&to=${last}&compare=previous`);
  assert.deepEqual(coming.items.map(({ channel, month, comparedWith, figures, before }) => [channel, month, comparedWith, figures.documents, before.documents]), [['network', next, today, 0, 9]]);
  assert.equal(coming.total.before.documents, 9);
  const csv = await call(`/api/v1/statistics/export?measures=documents&groupBy=month&from=${next}-01&to=${last}&compare=previous&format=csv`);
  assert.deepEqual(csv.bytes.toString().replace(/^\uFEFF/, '').trim().split(/\r?\n/), ['Månad;Jämförs med;Dokument;Dokument, föregående period', `${next};${today};0;9`, 'Alla;;0;9']);
  await refused('measures=documents&groupBy=month,year&period=this-year&compare=previous', 'parameter-invalid');
});

test('without measures rows are as they were, by currency', async () => {
  const { items } = await ask('groupBy=channel');
  assert.deepEqual(items.map(({ channel, documents }) => [channel, documents]), [['network', 9]]);
  assert.equal(items[0].amount.currency, 'SEK');
});

test('what no cube answers, and what is no question, is refused', async () => {
  await refused('measures=documents&groupBy=counterpart,status', 'statistics-not-together');
  await refused('measures=timeToOpened&groupBy=format', 'statistics-not-together');
  await refused('measures=documents&groupBy=counterpart&from=2026-11-02', 'statistics-whole-months');
  for (const query of ['measures=luck', 'period=yesterday', 'top=0&groupBy=channel', 'compare=previous&measures=documents', 'period=last-month&from=2026-01-01', 'groupBy=week&from=2026-1-1', 'measures=documents&x=1'])
    await refused(query, 'parameter-invalid');
  // The period before would lie before the calendar.
  for (const by of ['', 'day', 'week', 'month', 'quarter', 'year', 'counterpart'])
    for (const period of ['from=0001-01-01&to=9999-12-31', 'from=1899-12-31&to=2026-12-31', 'from=2026-01-01&to=2200-01-31']) {
      await refused(`measures=documents${by && `&groupBy=${by}`}&compare=previous&${period}`, 'parameter-invalid');
      await refused(`${by && `groupBy=${by}&`}${period}`, 'parameter-invalid');
    }
  for (const by of ['month', 'quarter', 'week', 'year', 'day'])
    ok(await call(`/api/v1/statistics?measures=documents&groupBy=${by}&compare=previous&from=1900-01-01&to=2199-12-31`));
});

test('a stranger and a company that is not seen have nothing', async () => {
  assert.equal((await ask('measures=documents', world.keys.granberga)).total.figures.documents, 4);
  const unseen = await ask(`measures=documents&company=${identifierOf(12)}`, world.keys.granberga);
  assert.deepEqual([unseen.items, unseen.total.figures.documents], [[], 0]);
  const period = { from: '2026-10-01', to: '2026-10-31' };
  const compared = await ask(`measures=documents&compare=previous&from=${period.from}&to=${period.to}&company=${identifierOf(12)}`, world.keys.granberga);
  assert.deepEqual([compared.period, compared.periodBefore, compared.total.before.documents], [period, { from: '2026-09-01', to: '2026-09-30' }, 0]);
});

test('a file has the same numbers', async () => {
  const file = async (format) => call(`/api/v1/statistics/export?measures=documents,delivered&groupBy=channel&format=${format}`);
  const csv = await file('csv');
  assert.match(csv.headers.get('content-disposition'), /statistik\.csv/);
  const lines = csv.bytes.toString().replace(/^\uFEFF/, '').trim().split(/\r?\n/);
  assert.deepEqual(lines, ['Kanal;Dokument;Levererade;Levererade, andel', 'Postgång;9;9;1,0000', 'Alla;9;9;1,0000']);
  assert.equal((await file('xlsx')).bytes.subarray(0, 2).toString(), 'PK');
  assert.equal((await file('pdf')).bytes.subarray(0, 5).toString(), '%PDF-');
  assert.equal((await file('doc')).status, 400);
});

test('nobody is on paper who need not be', async () => {
  const moves = ok(await call('/api/v1/statistics/moves'));
  assert.deepEqual([moves.items, moves.documents, moves.movable], [[], 0, 0]);
});

test('reports by mail are for users who may see the company', async () => {
  const all = '/api/v1/statistics/schedules';
  const post = async (body, as = world.keys.energi) => call(all, as, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const question = { measures: 'documents', groupBy: 'channel', compare: 'previous' };
  const made = ok(await post({ question, every: 'month', recipients: ['Karin@nordhamn.example'], formats: ['pdf'] }), 201);
  assert.deepEqual(made.recipients, [{ name: 'Karin Sand', email: 'karin@nordhamn.example' }]);
  assert.equal(made.question.period, 'last-month');
  assert.match(made.nextAt, /-01T0[45]:00:00/);
  for (const [body, where] of [
    [{ question, every: 'month', recipients: ['holm@granberga.example'] }, '/recipients/0'],
    [{ question, every: 'month', recipients: ['ingen@nordhamn.example'] }, '/recipients/0'],
    [{ question, every: 'day', recipients: [] }, '/every'],
    [{ question: { from: '2026-01-01' }, every: 'week' }, '/question/period'],
    [{ question: { groupBy: 'luck' }, every: 'week' }, '/question/groupBy'],
    [{ question, every: 'week', formats: ['csv'], recipients: ['karin@nordhamn.example'] }, '/formats/0'],
  ]) {
    const answer = await post(body);
    assert.deepEqual([answer.status, answer.json.code, answer.json.where], [400, 'field-invalid', where]);
  }
  await world.server.company(identifierOf(18), 'Postgång Drift AB', ['--operator']);
  await world.server.user(identifierOf(18), 'drift@postgang.example', 'Drift', 'norrsken i januari', ['--role', 'operator']);
  const refusals = [];
  for (const nobody of ['drift@postgang.example', 'ingen@nordhamn.example']) refusals.push((await post({ question, every: 'month', recipients: [nobody] })).json);
  assert.deepEqual([refusals[0].code, refusals[0].detail, refusals[0].where], [refusals[1].code, refusals[1].detail, refusals[1].where], 'staff are as unknown as others');
  assert.equal((await post({ question: { groupBy: 'counterpart,status' }, every: 'month', recipients: ['karin@nordhamn.example'] })).status, 400);
  assert.deepEqual(ok(await call(all, world.keys.energi)).items.map(({ id }) => id), [made.id]);
  const karin = await Person.signIn(world.server, world.users.karin);
  assert.equal((await karin.json('GET', all)).json.items.length, 1, 'a person sees them, too');
  assert.equal((await call(`${all}/${made.id}`, world.keys.granberga, { method: 'DELETE' })).status, 404, 'another company’s');
  assert.equal((await call(`${all}/${made.id}`, world.keys.energi, { method: 'DELETE' })).status, 204);
  for (let i = 0; i < 50; ++i) ok(await post({ question, every: 'week', recipients: ['karin@nordhamn.example'] }), 201);
  assert.deepEqual([(await post({ question, every: 'week', recipients: ['karin@nordhamn.example'] })).json.code], ['statistics-schedules-too-many']);
});

test('who is on paper and need not be is told of each company by itself', async () => {
  const headers = { 'content-type': 'application/json' };
  const partner = `/api/v1/partners/${identifierOf(14)}`;
  const body = JSON.stringify({ name: party('granberga').name, postalAddress: { street: 'Storgatan 1', postalCode: '111 22', city: 'Stockholm', country: 'SE' }, channels: ['print'] });
  for (const from of ['energi', 'lager']) {
    const put = await call(partner, world.keys[from], { method: 'PUT', body, headers });
    assert.ok(put.status === 200 || put.status === 201, JSON.stringify(put.json));
    const sent = await world.server.send(world.keys[from], invoiceFrom(from, 'granberga', `brev-${from}`));
    const way = await world.server.until(() => world.server.call(`/api/v1/documents/${sent.json.id}`, { key: world.keys[from] }), ({ json }) => !['received', 'ready'].includes(json.status));
    assert.equal(way.json.channel, 'print');
  }
  const moves = ok(await call('/api/v1/statistics/moves'));
  const rows = moves.items.map(({ company, counterpart, to, documents }) => [company.identifier, company.name, counterpart.identifier, to, documents]);
  const [ofEnergi, ofLager] = ['energi', 'lager'].map((name) => [`0007:${party(name).identifier}`, party(name).name, identifierOf(14), 'network', 1]);
  assert.deepEqual(rows.sort(), [ofEnergi, ofLager].sort());
  assert.deepEqual([moves.documents, moves.movable], [2, 2]);
  for (const key of ['energi', 'lager']) assert.equal((await call(partner, world.keys[key])).status, 200);
  const one = ok(await call(`/api/v1/statistics/moves?company=${identifierOf(13)}`));
  assert.deepEqual(one.items.map(({ company }) => company.identifier), [identifierOf(13)]);
});

test('every documented answer has been seen', () => {
  assert.deepEqual(neverSeen(['Statistics']), []);
});
