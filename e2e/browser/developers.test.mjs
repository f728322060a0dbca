// The page for developers: open to anybody, everything from this server, and its four steps run as they stand there.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launch, openPage } from '../support/browser.mjs';
import { removeFolder, root, temporaryFolder } from '../support/server.mjs';
import { identifierOf, invoiceFrom, startWorld } from '../api/world.mjs';

let world, server, browser, folder;

before(async () => {
  folder = temporaryFolder();
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  if (folder) removeFolder(folder);
});

const opened = async (screen, options) => {
  const page = await openPage(browser, server, screen, options);
  await page.goto('/developers');
  await page.getByRole('heading', { name: 'För utvecklare' }).waitFor();
  return page;
};

test('the steps run as they stand on the page', async () => {
  const page = await opened();
  const lines = {};
  for (const pre of await page.locator('pre[data-snippet]').all()) lines[await pre.getAttribute('data-snippet')] = await pre.textContent();
  assert.deepEqual(Object.keys(lines), ['start', 'send', 'find', 'copy', 'status']);
  for (const step of ['send', 'find', 'copy', 'status']) assert.equal(lines[step].split('\n').length, 3, `${step} is three lines`);
  assert.match(lines.start, new RegExp(`^URL=${server.url}\nKEY=pg_live_…$`));
  const start = lines.start.replace('pg_live_…', world.keys.energi);

  writeFileSync(join(folder, 'faktura.xml'), invoiceFrom('energi', 'granberga', '4711'));
  const shell = async (...steps) => (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', [start, ...steps].join('\n')], { cwd: folder })).stdout;
  const sent = JSON.parse(await shell(lines.send));
  assert.ok(sent.id, JSON.stringify(sent));
  await server.settled(world.keys.energi, sent.id);
  assert.equal((await shell(lines.find, 'echo "$ID"')).trim(), sent.id);
  await shell(lines.find, lines.copy);
  assert.equal(readFileSync(join(folder, 'faktura.pdf')).subarray(0, 5).toString(), '%PDF-');
  await shell(lines.find, lines.status);
  const events = JSON.parse(readFileSync(join(folder, 'handelser.json'), 'utf8'));
  assert.equal(events.items[0].type, 'received');
  await page.context().close();
});

test('each step is copied as it stands', async () => {
  const page = await openPage(browser, server, 'desktop', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/developers');
  await page.locator('.swagger-ui .opblock-tag').first().waitFor(); // while the contract is read in, «Kopierat» may come and go (2 s) unseen
  await page.getByRole('button', { name: 'Kopiera: Skicka' }).click();
  await page.getByText('Kopierat').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('pre[data-snippet=send]').textContent());
  await page.context().close();
});

test('the contract is shown: every operation, with its example, from this server alone', async () => {
  const page = await opened();
  const tag = page.locator('.swagger-ui .opblock-tag[data-tag="Documents"]');
  await tag.waitFor();
  const shown = await page.locator('.swagger-ui .opblock-tag').count();
  const contract = (await server.call('/api/openapi.json')).json;
  assert.equal(shown, new Set(Object.values(contract.paths).flatMap((methods) => Object.values(methods).flatMap(({ tags }) => tags))).size);
  await tag.click();
  await page.locator('.swagger-ui .opblock-summary', { hasText: '/api/v1/documents/facets' }).first().click();
  await page.locator('.swagger-ui .opblock.is-open .highlight-code, .swagger-ui .opblock.is-open .example').first().waitFor();
  assert.deepEqual(page.faults, [], 'no other host, nothing that the policy stops');
  await page.context().close();
});

test('a call that is tried from the page carries the key alone', async () => {
  const key = await server.key(identifierOf(12), 'companies:read');
  const page = await opened();
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.locator('.swagger-ui .dialog-ux input').first().fill(key);
  await page.locator('.swagger-ui .dialog-ux .btn.authorize').first().click();
  await page.locator('.swagger-ui .dialog-ux .btn-done').first().click();
  const tag = page.locator('.swagger-ui .opblock-tag[data-tag="Companies"]');
  await tag.click();
  await page.locator('.swagger-ui .opblock-summary', { hasText: '/api/v1/companies' }).first().click();
  await page.locator('.swagger-ui .try-out__btn').first().click();
  assert.equal(await page.locator('.swagger-ui tr[data-param-name=cursor] input').inputValue(), '', 'no made-up place in the list is filled in');
  const asked = page.waitForRequest((request) => request.url().includes('/api/v1/companies'));
  await page.locator('.swagger-ui .btn.execute').first().click();
  const request = await asked;
  assert.equal((await request.allHeaders()).authorization, `Bearer ${key}`);
  assert.equal((await request.allHeaders()).cookie, undefined);
  const response = await request.response();
  assert.equal(response.status(), 200, await response.text());
  assert.equal((await response.json()).items[0].name, 'Nordhamn Energi AB');
  await page.context().close();
});

// The viewer's own markup is not ours to hold to axe; that nothing is wider than the screen is.
for (const colorScheme of ['light', 'dark'])
  test(`at 360 px, ${colorScheme}: nothing is wider than the screen, and what is ours is accessible`, async () => {
    const page = await opened('narrow', { colorScheme });
    await page.locator('.swagger-ui .opblock-tag').first().waitFor();
    await page.locator('.swagger-ui .opblock-tag[data-tag="Documents"]').click();
    await page.locator('.swagger-ui .opblock').first().waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px wider than the screen`);
    const [background, text] = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('.swagger-ui .opblock'));
      return [style.backgroundColor, getComputedStyle(document.querySelector('.swagger-ui .opblock-summary-path')).color];
    });
    const light = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) > 382;
    assert.equal(light(background), colorScheme === 'light');
    assert.equal(light(text), colorScheme === 'dark');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test('the way there: from the sign-in, and back to the keys', async () => {
  const page = await openPage(browser, server);
  await page.goto('/');
  await page.getByRole('link', { name: 'För utvecklare' }).click();
  await page.getByRole('heading', { name: 'Kom igång' }).waitFor();
  await page.getByRole('link', { name: 'Inställningar, API-nycklar.' }).click();
  await page.waitForURL(/\/login\?to=/);
  await page.context().close();
});
