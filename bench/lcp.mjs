// bench/lcp.mjs DATA [ROUNDS]: Largest Contentful Paint of Översikt from localhost, in headless Chromium, over a folder that
// `postgang demo` has filled. Each round is a new browser context (nothing cached) that is signed in already.
//   PATH=web/node_modules/.bin:$PATH node bench/lcp.mjs DATA
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
const require = createRequire(new URL('../e2e/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const [data, rounds = '7'] = process.argv.slice(2);
const port = 20000 + Math.floor(Math.random() * 20000);
const address = `http://127.0.0.1:${port}`;
const server = spawn('build/release/postgang', ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--portal', 'web/dist'], { stdio: 'ignore' });
try {
  for (;;) {
    try { if ((await fetch(`${address}/health`)).ok) break; } catch { await new Promise((done) => setTimeout(done, 50)); }
  }
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const paints = [];
  for (let round = 0; round < Number(rounds); round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const signIn = await context.request.post(`${address}/api/v1/session`, { data: { email: 'karin.sund@nordhamn.example', password: 'postgang-demo' } });
    if (!signIn.ok()) throw new Error(`sign-in answered ${signIn.status()}`);
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'networkidle' }).catch(() => {});
    paints.push(await page.evaluate(() => new Promise((done) => {
      new PerformanceObserver((list) => done(Math.round(list.getEntries().at(-1).startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
    })));
    await context.close();
  }
  await browser.close();
  console.log(`LCP of Översikt, ms: ${paints.join(' ')}; median ${[...paints].sort((a, b) => a - b)[Math.floor(paints.length / 2)]}`);
} finally {
  server.kill();
}
