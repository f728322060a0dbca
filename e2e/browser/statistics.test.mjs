// Statistik as people read it: a measure by a group, the documents behind a row, a filter in the address, a report by mail;
// with nothing to show, and at 360 px in the dark.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { sendAndSettle, startWorld } from '../api/world.mjs';

let world, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  for (const [from, to, count] of [['energi', 'granberga', 3], ['energi', 'lager', 2]])
    for (let i = 0; i < count; ++i) await sendAndSettle(world, from, to, `B-${to}-${i}`);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const rows = (page, name) => page.getByRole('region', { name }).getByRole('row');

test('a row leads to as many documents as it says', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.getByRole('link', { name: 'Statistik' }).click();
  await page.getByRole('heading', { name: 'Statistik', exact: true }).waitFor();
  await page.getByLabel('Per', { exact: true }).selectOption({ label: 'Motpart' });
  const row = rows(page, 'Dokument per motpart').filter({ hasText: 'Granberga Bygg AB' });
  await row.waitFor();
  assert.match(await row.textContent(), /Granberga Bygg AB3/);
  await looksRight(page, 'statistics, by counterpart');
  assert.match(page.url(), /by=counterpart/);
  await row.getByRole('link').click();
  await page.getByText('B-granberga-0').waitFor();
  assert.match(page.url(), /\/documents\?.*counterpart=/);
  assert.equal(await page.getByText(/^B-granberga-\d$/).count(), 3);
  await page.goBack();
  await page.getByLabel('Mått').selectOption({ label: 'Levererade' });
  await rows(page, 'Levererade per motpart').filter({ hasText: 'Alla' }).getByText('100,0 %').waitFor();
  await page.getByLabel('Mått').selectOption({ label: 'Tid till leverans' });
  await page.getByRole('region', { name: 'Tid till leverans per månad' }).first().waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a month stands beside the same month a year earlier', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.goto('/statistics');
  const month = rows(page, 'Dokument per månad').filter({ hasText: /^\d{4}-\d{2}5/ });
  await month.waitFor();
  const [now, then] = [...(await month.textContent()).matchAll(/(\d{4})-(\d{2})/g)].map(([, year, number]) => [Number(year), number]);
  assert.deepEqual(then, [now[0] - 1, now[1]]);
  await month.getByText('+5').waitFor();
  await page.getByText('Varje rad jämförs med den på samma plats i perioden före').waitFor();
  await looksRight(page, 'statistics, month by month');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what an address says and no page knows is left out', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  for (const address of ['/?period=evigt', '/documents?status=blå&from=2026-13-01', '/smartmail?from=2026-13-01&sort=x&tab=y', '/partners?sort=foo&status=x', '/tickets?status=x&priority=y', '/stopped?tab=x&by=y', '/notifications?unread=nej', '/statistics?by=x&measure=y&from=2026-13-01', '/statistics?from=0001-01-01&to=9999-12-31']) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    assert.equal(await page.getByRole('alert').count(), 0, address);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a report is made and taken away', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.goto('/statistics?by=channel');
  await page.getByText('Inga rapporter per e-post').waitFor();
  await page.getByRole('button', { name: 'Skicka regelbundet' }).click();
  await page.getByLabel('Namn', { exact: true }).fill('Månadens kanaler');
  await page.getByLabel('Till', { exact: true }).fill('ingen@nordhamn.example');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Till', { exact: true }).fill('');
  await looksRight(page, 'statistics, a report');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText('karin@nordhamn.example').waitFor();
  await page.getByRole('button', { name: 'Ta bort rapporten Månadens kanaler' }).click();
  await page.getByText('Inga rapporter per e-post').waitFor();
  await page.context().close();
});

test('at 360 px, dark: a chart, and a period without documents', async () => {
  const page = await openPage(browser, world.server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/statistics?by=channel');
  await rows(page, 'Dokument per kanal').filter({ hasText: 'Postgång' }).waitFor();
  await looksRight(page, 'statistics, narrow');
  await page.goto('/statistics?period=own&from=2020-01-01&to=2020-01-31');
  await page.getByText('Inga dokument under perioden').waitFor();
  await looksRight(page, 'statistics, empty');
  await page.context().close();
});
