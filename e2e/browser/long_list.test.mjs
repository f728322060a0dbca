// A list that is longer than the screen, scrolled to where its rows slide beneath the sticky head: every place to hit is
// large enough, wherever the list is left standing.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { sendAndSettle, startWorld } from '../api/world.mjs';

const rowHeight = 40;

let world, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  for (let number = 5000; number < 5030; number++) await sendAndSettle(world, 'energi', 'granberga', String(number));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('a long list beside its filters, scrolled a little at a time', async () => {
  const page = await openPage(browser, world.server, 'desktop', { viewport: { width: 1440, height: 700 } });
  await signIn(page, world.users.karin);
  await page.goto('/documents');
  await page.getByRole('row').nth(25).waitFor();
  const box = await page.getByRole('row').nth(3).getByRole('checkbox').boundingBox();
  assert.ok(box.width >= 24 && box.height >= 24, JSON.stringify(box));
  for (let from = 160; from < 160 + rowHeight; from += 5) {
    await page.evaluate((top) => window.scrollTo(0, top), from);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await looksRight(page, `the list at ${from} px`);
  }
  await page.context().close();
});

test('a checkbox beneath the head is reached by keyboard all the same', async () => {
  const page = await openPage(browser, world.server, 'desktop', { viewport: { width: 1440, height: 700 } });
  await signIn(page, world.users.karin);
  await page.goto('/documents');
  await page.getByRole('row').nth(25).waitFor();
  // By their names: only the rows on the screen and some around it are there.
  const boxes = page.getByRole('rowgroup').last().getByRole('checkbox');
  const names = (await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')))).slice(0, 13);
  const last = names.pop();
  await page.evaluate(() => window.scrollTo(0, 400));
  await boxes.and(page.getByLabel(last, { exact: true })).focus();
  const reached = new Set();
  for (let pressed = 0; pressed < 120 && !reached.has(names[0]); pressed++) {
    await page.keyboard.press('Shift+Tab');
    const name = await page.evaluate(() => document.activeElement.matches('input[type=checkbox]') && document.activeElement.getAttribute('aria-label'));
    if (names.includes(name)) reached.add(name);
  }
  assert.deepEqual([...reached].reverse(), names);
  await page.context().close();
});
