// The page behind a real Smartmail's link in a browser: on a phone without JavaScript, and with it.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { launch, looksRight, openPage } from '../support/browser.mjs';
import { hasPostfix } from '../support/postfix.mjs';
import { Smartmailed } from '../support/smartmailed.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const address = 'anna@mejl.example';
let world, browser;

before(async () => {
  if (skip) return;
  world = await Smartmailed.start([address]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.remove();
});

test('phone, without JavaScript: read, open an attachment, ask, say that it came wrong', { skip }, async () => {
  const { id, path } = await world.mailed('B-1', address, [{ name: 'dygn.csv', text: 'dag;kWh' }]);
  const page = await openPage(browser, world.server, 'phone', { javaScriptEnabled: false });
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: 'Du har en faktura från Älvnära Energi' }).waitFor();
  assert.equal(await page.getByText('1 250,00').count(), 0);
  await page.getByRole('button', { name: 'Visa fakturan' }).click();
  await page.getByText('9999-0004').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /^Kopiera/ }).count(), 0, 'a button that does nothing is not shown');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /dygn\.csv/ }).click();
  assert.equal((await download).suggestedFilename(), 'dygn.csv');
  await page.reload();
  await page.getByText(/^Öppnad \d+.*kl\. \d\d\.\d\d$/).first().waitFor();
  await page.getByText('Fråga Älvnära Energi').click();
  await page.getByLabel('Din fråga').fill('Varför så dyrt?');
  await page.getByRole('button', { name: 'Skicka frågan' }).click();
  await page.getByText(/Du frågade \d+/).waitFor();
  await page.getByRole('link', { name: /Fel mottagare/ }).click();
  await page.getByRole('button', { name: 'Ja, det har kommit fel' }).click();
  await page.getByRole('heading', { name: 'Tack, avsändaren får veta det' }).waitFor();
  // The letter cannot be made: dygn.csv cannot be printed, and without it nothing is sent.
  assert.deepEqual((await world.sinceHas(id, 'failed')).filter((type) => type !== 'page-fetched'), ['opened', 'part-opened', 'asked', 'wrong-recipient', 'delivery-started', 'delivery-failed', 'failed']);
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});

for (const [screen, scheme] of [['phone', 'light'], ['phone', 'dark'], ['narrow', 'light'], ['desktop', 'light'], ['desktop', 'dark']])
  test(`${screen}, ${scheme}: every page is readable by all, and «Kopiera» copies`, { skip }, async () => {
    const { path } = await world.mailed(`B-${screen}-${scheme}`, address, [{ name: 'dygn.csv', text: 'dag;kWh' }]);
    const page = await openPage(browser, world.server, screen, { colorScheme: scheme, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(path);
    await looksRight(page, 'before the opening');
    await page.getByRole('button', { name: 'Visa fakturan' }).click();
    await page.getByText('Att betala').first().waitFor();
    await page.frameLocator('iframe').getByText('Konsulttid').first().waitFor();
    await page.getByRole('button', { name: /^Kopiera: OCR/ }).click();
    await page.getByRole('status').getByText(/^Kopierat: OCR/).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '12344');
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
    await looksRight(page, 'after the opening');
    for (const button of await page.getByRole('button').all()) {
      const box = await button.boundingBox();
      assert.ok(!box || box.height >= 44, `${await button.innerText()} is ${box?.height} px high`);
    }
    await page.goto(`${path}/wrong-recipient`);
    await looksRight(page, 'before it is said that it came wrong');
    await page.goto('/m/nowhere');
    await looksRight(page, 'a link that leads nowhere');
    await page.context().close();
  });
