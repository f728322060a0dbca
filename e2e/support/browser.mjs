// A real Chromium on the real portal. Everything the page logs as an error, and every request that leaves this machine,
// is a fault of the test that saw it.
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = process.env.POSTGANG_CHROMIUM ?? '/usr/bin/chromium';

export const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  narrow: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};

export function launch() {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

export async function openPage(browser, server, screen = 'desktop', options = {}) {
  const context = await browser.newContext({ ...screens[screen], locale: 'sv-SE', timezoneId: 'Europe/Stockholm', baseURL: server.url, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (fault) => page.faults.push(String(fault)));
  page.on('console', (message) => {
    // A refused sign-in or an absent document is answered with a status; the browser logs it, the page shows it.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.faults.push(message.text());
  });
  page.asked = new Set(); // what is asked and not answered yet, but for the stream, which never ends
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') {
      page.asked.add(request);
      page.lastAsked = performance.now();
    }
    if (!request.url().startsWith(server.url) && !/^(data|blob|about):/.test(request.url())) page.faults.push(`asked ${request.url()}`);
  });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => page.asked.delete(request));
  return page;
}

// Until the page and its frames have had every answer and asked nothing new for longer than the portal collects
// events before it asks about them (400 ms). (Playwright's
// «networkidle» can be waited for in vain: a frame that comes or goes after an answer takes it back for good.)
export async function settled(page) {
  const patienceEnds = performance.now() + 30_000;
  while (page.asked.size > 0 || performance.now() < page.lastAsked + 500) {
    assert.ok(performance.now() < patienceEnds, `never quiet: ${[...page.asked].map((request) => request.url()).join(' ')}`);
    await page.waitForTimeout(50);
  }
}

export async function signIn(page, { email, password }) {
  await page.goto('/');
  await page.getByLabel('E-postadress').fill(email);
  await page.getByLabel('Lösenord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.getByRole('heading', { name: 'Översikt', level: 1 }).waitFor();
}

// WCAG 2.2 A and AA by axe: nothing serious or critical; and nothing wider than the screen.
export async function looksRight(page, what) {
  // As it stands when nothing moves any more: what is faded in or out has other colours, and children that go. What a
  // click just asked for begins to move some frames later: it is still when three frames in a row saw nothing move.
  await page.evaluate(async () => {
    const isMoving = () => document.getAnimations().some(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity);
    const patienceEnds = performance.now() + 2000; // one that is begun again and again never ends
    for (let still = 0; still < 3 && performance.now() < patienceEnds; ) {
      await new Promise(requestAnimationFrame);
      still = isMoving() ? 0 : still + 1;
    }
  });
  await page.evaluate(axeSource);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false }),
  );
  const grave = found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
  assert.deepEqual(grave, [], `${what}: axe`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${what}: ${overflow} px wider than the screen`);
  assert.deepEqual(page.faults, [], `${what}: the browser's console`);
}
