// Ärenden: asked from a document and from nothing, answered by the operator's desk, noted inside, solved; on Översikt, on
// the document, at 360 px and in the dark.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, settled, signIn } from '../support/browser.mjs';
import { root } from '../support/server.mjs';
import { Person } from '../api/session.mjs';
import { identifierOf, invoiceFrom, sendAndSettle, startWorld } from '../api/world.mjs';

let world, browser, olle, document;
before(async () => {
  world = await startWorld({ args: ['--portal', join(root, 'web/dist')] });
  await world.server.company(identifierOf(19), 'Driften AB', ['--operator']);
  olle = await world.server.user(identifierOf(19), 'olle@driften.example', 'Olle Operatör', 'vinden i hamnen', ['--role', 'operator']);
  document = await sendAndSettle(world, 'energi', 'granberga', 'T-1');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.server.remove();
});

test('a ticket is made from a document, answered, noted in, and solved', async () => {
  const asker = await openPage(browser, world.server);
  await signIn(asker, world.users.karin);
  await asker.goto('/tickets');
  await asker.getByText('Inga ärenden än').waitFor();
  await looksRight(asker, 'tickets, none');
  await asker.goto(`/documents/${document}`);
  await asker.getByRole('button', { name: 'Skapa ärende' }).click();
  const dialog = asker.getByRole('dialog', { name: 'Skapa ärende' });
  assert.match(await dialog.getByLabel('Vad gäller det?').inputValue(), /T-1/);
  await dialog.getByLabel('Beskriv').fill('Mottagaren säger att den saknas.\nHur ser vi att den kom fram?');
  await looksRight(asker, 'tickets, making');
  await dialog.getByRole('button', { name: 'Skicka' }).click();
  await asker.getByRole('heading', { level: 1, name: /T-1/ }).waitFor();
  await asker.getByRole('region', { name: 'Meddelanden' }).getByText('Hur ser vi att den kom fram?').waitFor();
  await asker.getByRole('region', { name: 'Dokument' }).getByRole('heading', { name: /T-1/ }).waitFor();
  await looksRight(asker, 'a ticket, asked');
  const address = new URL(asker.url()).pathname;

  const desk = await openPage(browser, world.server);
  await signIn(desk, olle);
  await desk.getByRole('link', { name: /ärende väntar på dig/ }).click();
  await desk.getByRole('heading', { level: 1, name: 'Ärenden' }).waitFor();
  await desk.getByRole('link', { name: /T-1/ }).click();
  await desk.getByRole('button', { name: 'Ta ärendet' }).click();
  await desk.getByText('lade ärendet på Olle Operatör').waitFor();
  await desk.getByRole('checkbox', { name: 'Skriv som intern anteckning' }).check();
  await desk.getByRole('textbox', { name: 'Intern anteckning' }).fill('Kontrollerat i kvittot.');
  await looksRight(desk, 'a ticket, noting');
  await desk.getByRole('button', { name: 'Spara anteckning' }).click();
  await desk.getByRole('region', { name: 'Meddelanden' }).getByText('Kontrollerat i kvittot.').waitFor();
  await desk.getByRole('checkbox', { name: 'Skriv som intern anteckning' }).uncheck();
  await desk.getByRole('textbox', { name: 'Svar' }).fill('Den låg i inkorgen samma sekund. Se tidslinjen.');
  await desk.getByRole('button', { name: 'Fler sätt att skicka' }).click();
  await desk.getByRole('menuitem', { name: 'Skicka och vänta på svar' }).click();
  await desk.getByText('Väntar på svar').first().waitFor();
  await desk.getByRole('menu').waitFor({ state: 'hidden' });
  await looksRight(desk, 'a ticket, answered');

  await asker.goto('/');
  await asker.getByRole('link', { name: /ärende väntar på dig/ }).click();
  await asker.getByRole('heading', { level: 1, name: 'Ärenden' }).waitFor();
  await asker.getByRole('row', { name: /T-1/ }).getByText('Väntar på dig').waitFor();
  await asker.getByRole('link', { name: /T-1/ }).click();
  await asker.getByText('Den låg i inkorgen samma sekund.').waitFor();
  assert.equal(await asker.getByText('Kontrollerat i kvittot.').count(), 0, 'notes are the desk’s');
  await asker.getByRole('textbox', { name: 'Skriv i ärendet' }).fill('Tack, då vet vi.');
  await asker.getByRole('button', { name: 'Skicka svar' }).click();
  await asker.getByRole('region', { name: 'Meddelanden' }).getByText('Tack, då vet vi.').waitFor();
  await asker.goto(`/documents/${document}`);
  await asker.getByRole('heading', { name: '1 öppet ärende' }).waitFor();
  await asker.goto(address);
  await asker.getByRole('button', { name: 'Det är löst' }).click();
  await asker.getByRole('button', { name: 'Öppna igen' }).waitFor();
  assert.deepEqual([asker.faults, desk.faults], [[], []]);
  await asker.context().close();
  await desk.context().close();
});

test('as it stood then: how a document had gone, and what was wrong with another', async () => {
  const wrong = await world.server.send(world.keys.energi, invoiceFrom('energi', 'granberga', 'T-2').replace(/(<cbc:TaxInclusiveAmount currencyID="SEK">)1250/, '$11350'));
  await world.server.settled(world.keys.energi, wrong.json.id);
  const karin = await Person.signIn(world.server, world.users.karin);
  const made = await karin.json('POST', '/api/v1/tickets', { subject: 'Två som krånglar', text: 'Varför?', documents: [document, wrong.json.id] });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  const seen = page.getByRole('region', { name: 'Som det såg ut då' });
  await page.goto(`/tickets/${made.json.id}?document=${document}`);
  await page.getByRole('button', { name: 'Som det såg ut då' }).click();
  const delivery = seen.getByRole('region', { name: 'Leveranser' }).getByRole('listitem');
  assert.match(await delivery.innerText(), /Postgång\s+(Levererat|Öppnat)\s+\d{4}-\d\d-\d\d \d\d:\d\d/);
  await seen.getByText('Kanal vald: Postgång').waitFor();
  assert.equal(await seen.getByRole('region', { name: 'Brist' }).count(), 0);
  await looksRight(page, 'a delivery as it stood then');
  await page.goto(`/tickets/${made.json.id}?document=${wrong.json.id}`);
  await page.getByRole('button', { name: 'Som det såg ut då' }).click();
  await seen.getByRole('region', { name: /^Brist/ }).getByText('Beloppet med moms borde vara 1250.00, men är 1350.00.').waitFor();
  await seen.getByText('Beloppet med moms stämmer inte').waitFor();
  assert.equal(await seen.getByText('BR-CO-15').count(), 0);
  await looksRight(page, 'a finding as it stood then');
  await page.context().close();
});

test('what is written while a message is on its way stays', async () => {
  const karin = await Person.signIn(world.server, world.users.karin);
  const made = await karin.json('POST', '/api/v1/tickets', { subject: 'Två svar i rad', text: 'Hej!' });
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.karin);
  await page.goto(`/tickets/${made.json.id}`);
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route('**/messages', async (route) => {
    await held;
    await route.continue();
  });
  const field = page.getByRole('textbox', { name: 'Skriv i ärendet' });
  await field.fill('Först det här.');
  await page.getByRole('button', { name: 'Skicka svar' }).click();
  await field.fill('Sedan det här.');
  letGo();
  await page.getByRole('region', { name: 'Meddelanden' }).getByText('Först det här.').waitFor();
  await settled(page);
  assert.equal(await field.inputValue(), 'Sedan det här.');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what somebody else does shows by itself: in the list, in the thread and on Översikt', async () => {
  const [list, thread, overview] = await Promise.all([0, 1, 2].map(() => openPage(browser, world.server)));
  for (const page of [list, thread, overview]) await signIn(page, world.users.karin);
  const karin = await Person.signIn(world.server, world.users.karin);
  const desk = await Person.signIn(world.server, olle);
  const done = async (who, path, body, method = 'POST') => {
    const answer = await who.json(method, path, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.json));
    return answer.json;
  };
  await list.goto('/tickets');
  await list.getByRole('heading', { level: 1, name: 'Ärenden' }).waitFor();
  const soon = { timeout: 20_000 };
  const ticket = await done(karin, '/api/v1/tickets', { subject: 'Bilagan syns inte', text: 'Var är den?' });
  const row = list.getByRole('row', { name: /Bilagan syns inte/ });
  await row.waitFor(soon);
  await thread.goto(`/tickets/${ticket.id}`);
  await thread.getByText('Var är den?').waitFor();
  await overview.goto('/');
  await overview.getByRole('heading', { level: 1, name: 'Översikt' }).waitFor();
  await thread.getByRole('textbox', { name: 'Skriv i ärendet' }).fill('Halvskriven');
  await done(desk, `/api/v1/tickets/${ticket.id}/messages`, { text: 'Sparat inom desken.', internal: true });
  await done(desk, `/api/v1/tickets/${ticket.id}/messages`, { text: 'Den ligger under Bilagor.', status: 'waiting' });
  await thread.getByText('Den ligger under Bilagor.').waitFor(soon);
  assert.equal(await thread.getByRole('textbox', { name: 'Skriv i ärendet' }).inputValue(), 'Halvskriven');
  assert.equal(await thread.getByText('Sparat inom desken.').count(), 0);
  await row.getByText('Väntar på dig').waitFor(soon);
  await overview.getByRole('link', { name: /ärende väntar på dig.*Bilagan syns inte/ }).waitFor(soon);
  await done(karin, `/api/v1/tickets/${ticket.id}`, { status: 'solved' }, 'PATCH');
  await row.waitFor({ state: 'detached', ...soon });
  for (const page of [list, thread, overview]) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('at 360 px, dark: the list, its filters in the address, and a thread', async () => {
  const page = await openPage(browser, world.server, 'narrow', { colorScheme: 'dark' });
  await signIn(page, world.users.karin);
  await page.goto('/tickets?all=1');
  await page.getByRole('link', { name: /T-1/ }).waitFor();
  await looksRight(page, 'tickets, narrow');
  await page.getByLabel('Status', { exact: true }).selectOption('closed');
  await page.getByText('Inga ärenden stämmer med urvalet').waitFor();
  assert.match(page.url(), /status=closed/);
  await page.getByRole('button', { name: 'Visa alla ärenden' }).click();
  await page.getByRole('link', { name: /T-1/ }).click();
  await page.getByText('Tack, då vet vi.').waitFor();
  await looksRight(page, 'a ticket, narrow');
  await page.getByRole('button', { name: 'Öppna igen' }).click();
  await page.getByRole('button', { name: 'Det är löst' }).waitFor();
  await page.context().close();
});

test('a ticket that is not there says so', async () => {
  const page = await openPage(browser, world.server);
  await signIn(page, world.users.holm);
  await page.goto('/tickets/019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711');
  await page.getByRole('heading', { name: 'Ärendet finns inte' }).waitFor();
  await looksRight(page, 'no ticket');
  await page.context().close();
});
