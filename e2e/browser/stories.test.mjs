// The four stories of the main job, as people do them, at desktop and phone width. Each checks the screen, then the row
// behind it through the API.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { invoiceFrom, party, sendAndSettle, startWorld } from '../api/world.mjs';

let world, server, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  for (let number = 4700; number < 4711; number++) await sendAndSettle(world, 'energi', 'granberga', String(number));
  await sendAndSettle(world, 'energi', 'stranger', '4699');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const file = (name, xml) => ({ name, mimeType: 'application/xml', buffer: Buffer.from(xml) });

for (const screen of ['desktop', 'phone']) {
  test(`${screen}: the clerk sees the overview and what needs her`, async () => {
    const page = await openPage(browser, server, screen);
    await signIn(page, world.users.karin);
    await page.getByText('Skickade', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: /misslyckat/ }).waitFor();
    await looksRight(page, 'overview');
    await page.context().close();
  });

  test(`${screen}: a wrong password is told plainly`, async () => {
    const page = await openPage(browser, server, screen);
    await page.goto('/');
    await page.getByLabel('E-postadress').fill('karin@nordhamn.example');
    await page.getByLabel('Lösenord', { exact: true }).fill('inte rätt');
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.getByText('E-postadressen eller lösenordet är fel.').waitFor();
    await looksRight(page, 'sign-in');
    await page.context().close();
  });

  test(`${screen}: «invoice 4705 never came»: typed anywhere, answered on the document`, async () => {
    const page = await openPage(browser, server, screen);
    await signIn(page, world.users.karin);
    if (screen === 'desktop') await page.keyboard.press('/');
    else await page.getByRole('button', { name: 'Sök', exact: true }).click();
    await page.keyboard.type('4705');
    const hit = page.getByRole('option', { name: /4705/ }).first();
    await hit.waitFor();
    await hit.click();
    await page.getByRole('heading', { name: 'Faktura 4705', level: 1 }).waitFor();
    await page.locator('[data-answer]').waitFor();
    await page.locator('[data-event="delivered"]').waitFor();
    await looksRight(page, 'document');
    if (screen === 'phone') await page.getByRole('tab', { name: 'Kopia' }).click();
    const copy = page.frameLocator('iframe').first();
    await copy.getByText('Konsulttid').first().waitFor();
    await copy.getByText('1 250,00').first().waitFor();
    await page.context().close();
  });

  test(`${screen}: an invoice is uploaded; the receiver has it without reloading, opens it, and the sender sees that`, async () => {
    const number = `U-${screen}`;
    const receiver = await openPage(browser, server, screen);
    await signIn(receiver, world.users.holm);
    await receiver.goto('/documents/received');
    await receiver.getByRole('link', { name: '4710' }).waitFor();

    const sender = await openPage(browser, server, screen);
    await signIn(sender, world.users.karin);
    await sender.goto('/documents/sent');
    await sender.getByRole('link', { name: '4710' }).waitFor();
    await sender.locator('input[type=file]').first().setInputFiles(file('faktura.xml', invoiceFrom('energi', 'granberga', number)));
    await sender.getByRole('region', { name: /Uppladdning|Filer/ }).getByText('Levererat').waitFor();

    const arrived = receiver.getByRole('link', { name: number });
    await arrived.waitFor({ timeout: 20_000 });
    await arrived.click();
    await receiver.getByRole('heading', { name: `Faktura ${number}`, level: 1 }).waitFor();
    if (screen === 'phone') await receiver.getByRole('tab', { name: 'Kopia' }).click();
    await receiver.frameLocator('iframe').first().getByText('Konsulttid').first().waitFor();

    const found = await server.call(`/api/v1/documents?number=${number}`, { key: world.keys.energi });
    const { id } = found.json.items[0];
    await sender.goto(`/documents/${id}`);
    await sender.locator('[data-event="opened"]').waitFor();
    await sender.locator('[data-event="opened"]').getByText('Karin Holm').first().waitFor();
    assert.equal((await server.call(`/api/v1/documents/${id}`, { key: world.keys.energi })).json.status, 'opened');
    await looksRight(sender, 'opened document');
    await looksRight(receiver, 'received document');
    await sender.context().close();
    await receiver.context().close();
  });

  test(`${screen}: what no channel reaches says so, and what to do`, async () => {
    const page = await openPage(browser, server, screen);
    await signIn(page, world.users.karin);
    const { id } = (await server.call('/api/v1/documents?number=4699', { key: world.keys.energi })).json.items[0];
    await page.goto(`/documents/${id}`);
    await page.locator('[data-answer]').waitFor();
    await page.getByText('Misslyckat').first().waitFor();
    await page.getByText(party('stranger').name).first().waitFor();
    await looksRight(page, 'failed document');
    await page.context().close();
  });

  test(`${screen}: the lists, the stopped and the partners hold together`, async () => {
    const page = await openPage(browser, server, screen);
    await signIn(page, world.users.karin);
    for (const path of ['/documents', '/documents/sent', '/documents/received', '/stopped', '/partners']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await looksRight(page, path);
    }
    await page.context().close();
  });
}

test('dark, English and 360 px: the same pages hold together', async () => {
  const page = await openPage(browser, server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  for (const path of ['/', '/documents/sent', '/partners']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await looksRight(page, `${path} dark at 360 px`);
  }
  await page.context().close();
});

test('a hostile invoice stays text in the portal', async () => {
  const evil = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const xml = invoiceFrom('energi', 'granberga', 'X-1', { lines: [{ text: evil, quantity: 1, öre: 10_000 }], order: evil });
  const sent = await server.send(world.keys.energi, xml);
  await server.settled(world.keys.energi, sent.json.id);
  const page = await openPage(browser, server);
  await signIn(page, world.users.karin);
  await page.goto(`/documents/${sent.json.id}`);
  await page.frameLocator('iframe').first().getByText('window.hacked=1').first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  assert.equal(await page.frames().at(-1).evaluate(() => globalThis.hacked).catch(() => undefined), undefined);
  await looksRight(page, 'hostile document');
  await page.context().close();
});
