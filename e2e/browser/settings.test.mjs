// Inställningar as a whole: its pages in groups, each closed to whoever lacks its scope, a column beside them or folded
// away on a phone; and every page right by axe, for an administrator and for a reader, light and dark.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, startWorld } from '../api/world.mjs';

const forAdministrators = ['Användare', 'API-nycklar', 'Webhooks', 'Granskningslogg'];

let world, server, browser, boss, reader;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  server = world.server;
  boss = await server.user(identifierOf(12), 'ada@nordhamn.example', 'Ada Lund', 'loggbok i hamnen', ['--role', 'administrator']);
  reader = await server.user(identifierOf(12), 'lasse@nordhamn.example', 'Lasse Läs', 'fyren vid udden', ['--role', 'reader']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

const column = (page) => page.getByRole('navigation', { name: 'Inställningar' });
const done = async (page) => {
  assert.deepEqual(page.faults, []);
  await page.context().close();
};
const namesIn = (place) => place.getByRole('link').allInnerTexts();

async function addresses(page) {
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Inställningar', level: 1 }).waitFor();
  const links = await page.locator('main section li a').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]));
  assert.ok(links.length > 10);
  return links;
}

test('an administrator: five groups, every page a link, the one that is open marked', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.getByRole('link', { name: 'Inställningar' }).click();
  await page.waitForURL('/settings');
  for (const group of ['Företaget', 'Utskick', 'Inkommande', 'Integration', 'Kontroll']) {
    await page.getByRole('heading', { name: group, level: 2 }).waitFor();
    await column(page).getByRole('list', { name: group }).waitFor();
  }
  await page.getByText('Vem som har sett, ändrat, laddat ner och skickat vad.').waitFor();
  await looksRight(page, 'the overview of settings');
  const overview = await page.locator('main section li').getByRole('link').allInnerTexts();
  assert.deepEqual((await namesIn(column(page))).slice(1), overview);
  for (const name of forAdministrators) assert.ok(overview.includes(name), name);

  await column(page).getByRole('link', { name: 'Koncern' }).click();
  await page.waitForURL('/settings/group');
  await page.getByRole('heading', { name: 'Koncern', level: 1 }).waitFor();
  assert.equal(await page.title(), 'Koncern · Postgång');
  assert.deepEqual(await column(page).locator('[aria-current=page]').allInnerTexts(), ['Koncern']);
  await done(page);
});

test('by keyboard: from one page to the next', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.goto('/settings/company');
  await column(page).getByRole('link', { name: 'Företag', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('/settings/group');
  assert.equal(await page.evaluate(() => globalThis.document.activeElement.textContent), 'Koncern');
  await done(page);
});

test('a reader: what administrators look after is closed and says so, also for whoever goes there by address', async () => {
  const page = await openPage(browser, server);
  await signIn(page, reader);
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Inställningar', level: 1 }).waitFor();
  for (const name of forAdministrators) {
    assert.equal(await page.getByRole('main').getByRole('link', { name, exact: true }).count(), 0, name);
    await page.getByRole('listitem').filter({ hasText: name }).getByText('Sköts av en administratör.').waitFor();
  }
  await looksRight(page, 'the overview of settings, for a reader');
  for (const path of ['/settings/users', '/settings/keys', '/settings/webhooks', '/settings/audit']) {
    await page.goto(path);
    await page.getByRole('main').getByRole('status').getByText(/administratör/).first().waitFor();
    await looksRight(page, `${path}, for a reader`);
  }
  await done(page);
});

test('on a phone: folded away, unfolded, gone to, folded again', async () => {
  const page = await openPage(browser, server, 'narrow');
  await signIn(page, boss);
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Inställningar', level: 1 }).waitFor();
  assert.ok(await column(page).isHidden(), 'the overview is the list itself');
  await page.getByRole('main').getByRole('link', { name: 'Företag', exact: true }).click();
  const fold = page.getByRole('button', { name: 'Alla inställningar' });
  assert.equal(await fold.getAttribute('aria-expanded'), 'false');
  assert.ok(await column(page).getByRole('link', { name: 'Koncern' }).isHidden());
  await fold.click();
  await looksRight(page, 'the list of settings unfolded');
  await page.keyboard.press('Escape');
  assert.equal(await fold.getAttribute('aria-expanded'), 'false');
  await fold.click();
  await column(page).getByRole('link', { name: 'Koncern' }).click();
  await page.getByRole('heading', { name: 'Koncern', level: 1 }).waitFor();
  assert.equal(await fold.getAttribute('aria-expanded'), 'false');
  await done(page);
});

test('in a sandbox: what is the company’s alone is not there, and says so', async () => {
  const page = await openPage(browser, server);
  await signIn(page, boss);
  await page.goto('/settings/sandbox');
  await page.getByRole('button', { name: 'Skapa testmiljö' }).click();
  await page.getByRole('button', { name: 'Jag har sparat den' }).click();
  await page.getByRole('button', { name: 'Gå in i testmiljön' }).click(); // while the session is still being asked again
  await page.getByRole('link', { name: 'Testmiljö: inget lämnar huset' }).waitFor();
  for (const [path, name] of [['/settings/group', 'Koncern'], ['/settings/insight', 'Delad insyn'], ['/settings/users', 'Användare']]) {
    await page.goto(path);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByText('Finns i företaget självt, inte i testmiljön.').waitFor();
    assert.equal(await column(page).getByRole('link', { name, exact: true }).count(), 0, name);
    await looksRight(page, `${path}, in a sandbox`);
  }
  await done(page);
});

for (const [screen, colorScheme] of [['desktop', 'dark'], ['narrow', 'light']])
  test(`every page is right: ${screen}, ${colorScheme}`, async () => {
    const page = await openPage(browser, server, screen, { colorScheme });
    await signIn(page, boss);
    for (const [path, name] of [...(await addresses(page)), ['/account', 'Mitt konto'], ['/settings', 'Inställningar']]) {
      await page.goto(path);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await settled(page);
      await looksRight(page, `${path}, ${screen}`);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path);
    }
    await done(page);
  });
