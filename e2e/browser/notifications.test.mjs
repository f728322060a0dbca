// The bell as people use it: it counts by itself, opens to what it is about, is emptied; the page on a phone; what one
// chooses; and the page behind the link in a mail.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { Person } from '../api/session.mjs';
import { company, invoice } from '../support/invoice.mjs';
import { root } from '../support/server.mjs';
import { identifierOf, party, sendAndSettle, startWorld } from '../api/world.mjs';

let world, browser;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

// Nobody is reached by these.
async function failing(number) {
  const sent = await world.server.send(world.keys.energi, invoice({ number, seller: party('energi'), buyer: { identifier: company(77), name: 'Fyrnäs El AB' } }));
  await world.server.settled(world.keys.energi, sent.json.id);
  return sent.json.id;
}
const bell = (page) => page.getByRole('banner').getByRole('button', { name: /^Aviseringar/ });

test('counts by itself, opens, leads there, and is emptied', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await bell(page).click();
  await page.getByText('Inga aviseringar än').waitFor();
  await looksRight(page, 'the bell, nothing');
  await page.keyboard.press('Escape');
  await failing('K-1');
  await page.getByRole('button', { name: 'Aviseringar, 1 oläst' }).waitFor();
  await bell(page).click();
  const first = page.getByRole('link', { name: /Fyrnäs El AB fick inte faktura K-1/ });
  await first.waitFor();
  await looksRight(page, 'the bell, one');
  await first.click();
  await page.getByRole('heading', { name: /K-1/ }).first().waitFor();
  await page.getByRole('button', { name: 'Aviseringar', exact: true }).waitFor();
  await failing('K-2');
  await failing('K-3');
  await page.getByRole('button', { name: 'Aviseringar, 1 oläst' }).waitFor();
  await bell(page).click();
  await page.getByRole('link', { name: '2 fakturor kunde inte levereras' }).waitFor();
  await page.getByRole('button', { name: 'Markera alla som lästa' }).click();
  await page.getByRole('button', { name: 'Aviseringar', exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('at 360 px, dark: the page, what is unread, and what is not', async () => {
  await failing('K-4');
  const karin = await Person.signIn(world.server, world.users.karin);
  await world.server.until(async () => (await karin.json('GET', '/api/v1/notifications/counts')).json, ({ unread }) => unread === 1);
  const page = await openPage(browser, world.server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.getByRole('link', { name: 'Aviseringar, 1 oläst' }).click();
  await page.getByRole('heading', { name: 'Aviseringar', level: 1 }).waitFor();
  await page.getByRole('link', { name: /K-4/ }).waitFor();
  await looksRight(page, 'notifications, narrow');
  await page.getByText('Olästa', { exact: true }).click();
  await page.waitForURL(/unread=true/);
  await page.getByRole('link', { name: '2 fakturor kunde inte levereras' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Markera som läst: .*K-4/ }).click();
  await page.getByText('Du har läst allt').waitFor();
  await looksRight(page, 'notifications, all read');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what one is told is chosen, and holds', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.goto('/account#notices');
  const failed = 'Dokument som inte gick att leverera';
  await page.getByRole('checkbox', { name: `${failed}, i portalen` }).waitFor();
  await looksRight(page, 'my notifications');
  assert.equal(await page.getByText('En webhook stängs av').count(), 0, 'what only administrators hear');
  await page.getByRole('combobox', { name: `${failed}, till din e-post` }).click();
  await page.getByRole('option', { name: 'Direkt' }).click();
  await page.getByRole('checkbox', { name: `${failed}, i portalen` }).click();
  await page.getByLabel('Sammanfattningen skickas klockan').first().click();
  await page.getByRole('option', { name: '16:00' }).click();
  await page.getByRole('checkbox', { name: /Också för företag/ }).click();
  await world.server.until(
    async () => page.evaluate(async () => (await fetch('/api/v1/me')).json()),
    (me) => me.notices.failed === 'each' && me.portal.failed === false && me.digestHour === 16 && me.alsoSeen === true,
  );
  await page.reload();
  assert.equal(await page.getByRole('checkbox', { name: `${failed}, i portalen` }).isChecked(), false);
  assert.deepEqual(page.faults, []);
  await page.context().close();
  const narrow = await openPage(browser, world.server, 'narrow');
  await signIn(narrow, world.users.karin);
  await narrow.goto('/account#notices');
  await narrow.getByRole('checkbox', { name: `${failed}, i portalen` }).waitFor();
  await looksRight(narrow, 'my notifications, narrow');
  await narrow.context().close();
});

test('a link out of the mails that is no good says so', async () => {
  const page = await openPage(browser, world.server, 'phone');
  await page.goto('/unsubscribe#abc');
  await page.getByRole('heading', { name: 'Sluta få mejlen?' }).waitFor();
  await looksRight(page, 'no more mails');
  await page.getByRole('button', { name: 'Sluta mejla mig' }).click();
  await page.getByRole('heading', { name: 'Länken går inte att använda' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what is about another company of one’s own is followed to that company', async () => {
  const boss = await Person.signIn(world.server, await world.server.user(identifierOf(11), 'boss@nordhamn.example', 'Bodil Boss', 'vinter i skogen', ['--role', 'administrator']));
  const memberships = ['Nordhamn Lager AB', 'Nordhamn Energi AB'].map((name) => ({ companyId: boss.session.companies.find((company) => company.name === name).id, role: 'clerk' }));
  const invited = await boss.json('POST', '/api/v1/invitations', { email: 'per@nordhamn.example', name: 'Per Lind', memberships });
  assert.equal(invited.status, 201, JSON.stringify(invited.json));
  const per = { email: 'per@nordhamn.example', password: 'höst vid kajen 1962' };
  const taken = await world.server.call(`/api/v1/invitation-links/${invited.json.link.split('#')[1]}`, { method: 'POST', body: JSON.stringify({ name: 'Per Lind', password: per.password }), headers: { 'content-type': 'application/json' } });
  assert.equal(taken.status, 200, JSON.stringify(taken.json));
  const own = await sendAndSettle(world, 'lager', 'granberga', 'K-8');
  const page = await openPage(browser, world.server);
  await signIn(page, per);
  await page.getByRole('button', { name: /^Företag: / }).click();
  await page.getByRole('menuitem', { name: /Nordhamn Lager AB/ }).click();
  await page.getByRole('button', { name: 'Företag: Nordhamn Lager AB' }).waitFor();
  await page.goto(`/documents/${own}`);
  await page.getByRole('heading', { level: 1, name: /K-8/ }).waitFor();
  const strange = [];
  page.on('response', (answer) => answer.status() >= 400 && strange.push(`${answer.status()} ${answer.url()}`));
  await failing('K-9');
  await page.getByRole('button', { name: 'Aviseringar, 1 oläst' }).waitFor();
  await bell(page).click();
  await page.getByRole('link', { name: /fick inte faktura K-9/ }).click();
  await page.getByRole('heading', { level: 1, name: /K-9/ }).waitFor();
  await page.getByRole('button', { name: 'Företag: Nordhamn Energi AB' }).waitFor();
  await settled(page);
  assert.deepEqual(strange, [], 'the page that was left asked for nothing of its own as the other company');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
