// The public page as a stranger meets it, and Intresseanmälningar as the staff work with them.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { payload } from '../support/hostile_invoice.mjs';
import { company } from '../support/invoice.mjs';
import { Server, root } from '../support/server.mjs';

const aPerson = 2_100; // takes so many milliseconds at least to fill in a form
let server, browser, drift, clerk;

before(async () => {
  server = await Server.start({ args: ['--portal', join(root, 'web/dist')] });
  await server.company(`0007:${company(60)}`, 'Postgång Drift AB', ['--operator']);
  await server.company(`0007:${company(61)}`, 'Nordhamn Energi AB');
  drift = await server.user(`0007:${company(60)}`, 'drift@postgang.example', 'Drift', 'norrsken i januari', ['--role', 'operator']);
  clerk = await server.user(`0007:${company(61)}`, 'karin@nordhamn.example', 'Karin Sand', 'sommar i hamnen');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

const write = (body) => server.call('/api/v1/leads', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function welcomed(screen, options) {
  const page = await openPage(browser, server, screen, options);
  const form = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/leads/form'));
  await page.goto('/welcome');
  await form;
  page.openedAt = Date.now();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
const send = async (page, name = 'Skicka') => {
  await server.until(async () => Date.now(), (now) => now > page.openedAt + aPerson);
  await page.getByRole('button', { name, exact: true }).click();
};

for (const [screen, colorScheme] of [['desktop', 'light'], ['desktop', 'dark'], ['narrow', 'light'], ['narrow', 'dark']])
  test(`the public page, ${screen}, ${colorScheme}`, async () => {
    const page = await welcomed(screen, { colorScheme });
    await page.getByText('raderar vi allt du har skrivit 24 månader efter att vi har avslutat ärendet').waitFor();
    await looksRight(page, 'the page');
    await page.getByRole('button', { name: 'Skicka', exact: true }).click();
    await page.getByText('Skriv ditt namn.').waitFor();
    await page.getByText('Kryssa i rutan').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'name', 'the first that is wrong has the focus');
    await looksRight(page, 'the page with what is wrong');
    await page.context().close();
  });

test('from the sign-in to a lead that the staff see, by the keyboard', async () => {
  const page = await openPage(browser, server);
  await page.goto('/login');
  const form = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/leads/form'));
  await page.getByRole('link', { name: 'Vad är Postgång?' }).click();
  await page.getByRole('heading', { level: 1, name: /Fakturor som kommer fram/ }).waitFor();
  await form;
  page.openedAt = Date.now();
  await page.getByLabel('Namn', { exact: true }).focus();
  for (const text of ['Karin Holm', 'Holm & Söner AB', '070-123 45 67', 'karin@gmial.com', 'Vi skickar 400 fakturor.']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
    if (text.includes('@')) {
      await page.getByText('Menade du karin@gmail.com?').waitFor();
      assert.equal(await page.getByLabel('E-post').inputValue(), 'karin@gmial.com', 'it is asked, not changed');
      await page.getByRole('button', { name: 'Ändra' }).click();
      await page.getByLabel(/Vad vill du veta/).focus();
    }
  }
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'consent', 'the hidden field is not on the way');
  await page.keyboard.press('Space');
  await send(page);
  await page.getByText('Tack, vi har tagit emot det').waitFor();
  await page.getByText('Vi hör av oss till 070-123 45 67.').waitFor();
  await looksRight(page, 'received');

  await signIn(page, drift);
  await page.getByRole('link', { name: 'Intresseanmälningar' }).click();
  await page.getByRole('link', { name: 'Karin Holm' }).click();
  await page.getByRole('heading', { level: 1, name: 'Karin Holm' }).waitFor();
  await page.getByRole('link', { name: 'Skriv karin@gmail.com' }).waitFor();
  await page.getByRole('link', { name: 'Ring 070-123 45 67' }).waitFor();
  await page.getByText('Vi skickar 400 fakturor.').waitFor();
  await page.getByText(/Samtycke till text/).waitFor();
  await looksRight(page, 'a lead');
  await page.context().close();
});

test('in English, and what the server refuses is said at its field', async () => {
  const page = await welcomed('desktop', { locale: 'en-GB' });
  await page.getByLabel('Name', { exact: true }).fill('Anna Berg');
  await page.getByLabel('Telephone').fill('12345');
  await page.getByRole('checkbox').check();
  await send(page, 'Send');
  await page.getByText('This is no telephone number that can be called.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'phone');
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Anna Berg', 'nothing that was written is lost');
  await page.getByLabel('Telephone').fill('+44 20 7946 0958');
  await send(page, 'Send');
  await page.getByText('Thank you, we have received it').waitFor();
  await page.context().close();
});

test('a link that is not whole takes nothing back, and asks before it does', async () => {
  const page = await openPage(browser, server, 'narrow');
  await page.goto(`/welcome#${'A'.repeat(120)}`);
  await page.getByRole('heading', { name: 'Ta tillbaka din intresseanmälan' }).waitFor();
  await looksRight(page, 'taking back');
  await page.getByRole('button', { name: 'Radera' }).click();
  await page.getByText('Länken är inte hel.').waitFor();
  await page.getByRole('button', { name: 'Behåll' }).click();
  await page.getByRole('heading', { level: 1, name: /Fakturor som kommer fram/ }).waitFor();
  await page.context().close();
});

test('staff follow one up and make it a customer', async () => {
  await write({ name: 'Per Lind', company: 'Lind Bygg AB', email: 'per@lindbygg.example' });
  const page = await openPage(browser, server);
  await signIn(page, drift);
  await page.goto('/leads?query=lind');
  await page.getByRole('link', { name: 'Per Lind' }).click();
  await page.getByRole('textbox', { name: 'Skriv en anteckning' }).fill('Ringde, hör av mig på tisdag.');
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Ringde, hör av mig på tisdag.' }).waitFor();
  await page.getByRole('combobox', { name: 'Läge' }).click();
  await page.getByRole('option', { name: 'Kontaktad' }).click();
  await page.getByText('ändrade läget till Kontaktad').waitFor();
  await page.getByRole('combobox', { name: 'Läge' }).click();
  await page.getByRole('option', { name: 'Förlorad' }).click();
  await page.getByLabel('Varför?').fill('Valde en annan');
  await looksRight(page, 'losing one');
  await page.getByRole('button', { name: 'Markera som förlorad' }).click();
  await page.getByText('Förlorad: Valde en annan').waitFor();

  await page.getByRole('button', { name: 'Gör till kund' }).click();
  await page.getByLabel('Organisationsnummer').fill(company(71));
  await looksRight(page, 'making a customer');
  await page.getByRole('button', { name: 'Gör till kund' }).click();
  await page.getByText('Lind Bygg AB är kund').first().waitFor();
  await page.getByText('Inget mejl går härifrån').waitFor();
  await page.getByRole('link', { name: 'Visa bland kunderna' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kunder' }).waitFor();
  await page.getByText('Lind Bygg AB').first().waitFor();

  // The next one of that company is linked: nobody becomes administrator of a customer by a form.
  await write({ name: 'Pia Lind', company: 'Lind Bygg AB', email: 'pia@lindbygg.example' });
  await page.goto('/leads?query=pia');
  await page.getByRole('link', { name: 'Pia Lind' }).click();
  await page.getByRole('button', { name: 'Gör till kund' }).click();
  await page.getByLabel('Organisationsnummer').fill(company(71));
  await page.getByRole('button', { name: 'Gör till kund' }).click();
  await page.getByText('Företaget är kund redan.').waitFor();
  await page.getByRole('button', { name: 'Koppla utan att bjuda in' }).click();
  await page.getByText('Företaget var kund redan.').waitFor();
  await page.context().close();
});

test('staff correct who it is and how it is reached, as strictly as the form', async () => {
  await write({ name: 'Eva Lund', company: 'Lund Tryck', email: 'eva@lundtryk.example' });
  const page = await openPage(browser, server);
  await signIn(page, drift);
  await page.goto('/leads?query=lundtryk');
  await page.getByRole('link', { name: 'Eva Lund' }).click();
  await page.getByRole('button', { name: 'Rätta uppgifterna' }).click();
  const form = page.getByRole('form', { name: 'Rätta uppgifterna' });
  assert.equal(await form.getByLabel('Namn').inputValue(), 'Eva Lund');
  await form.getByLabel('Namn').fill(' ');
  await form.getByLabel('E-post').fill('');
  await form.getByRole('button', { name: 'Spara' }).click();
  await form.getByText('Skriv ett namn.').waitFor();
  await looksRight(page, 'correcting a lead');
  await form.getByLabel('Namn').fill('Eva Lundh');
  await form.getByLabel('Företag').fill('Lund Tryck AB');
  await form.getByLabel('Telefon').fill('12345');
  await form.getByLabel('E-post').fill('eva@lundtryck.example');
  await form.getByRole('button', { name: 'Spara' }).click();
  await form.getByText('som går att ringa').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'phone', 'the one that is wrong has the focus');
  assert.equal(await form.getByLabel('Namn').inputValue(), 'Eva Lundh', 'nothing that was written is lost');
  await form.getByLabel('Telefon').fill('070-123 45 68');
  await form.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('heading', { level: 1, name: 'Eva Lundh' }).waitFor();
  await page.getByRole('link', { name: 'Skriv eva@lundtryck.example' }).waitFor();
  await page.getByRole('link', { name: 'Ring 070-123 45 68' }).waitFor();
  await page.reload();
  await page.getByText('Lund Tryck AB').first().waitFor();

  await page.getByRole('button', { name: 'Rätta uppgifterna' }).click();
  await form.getByLabel('Telefon').fill('');
  await form.getByRole('button', { name: 'Avbryt' }).click();
  await page.getByRole('link', { name: 'Ring 070-123 45 68' }).waitFor();
  await page.context().close();
});

test('what a stranger wrote stays text', async () => {
  await write({ name: payload('lead-name', 0).slice(0, 120), company: payload('lead-company', 1).slice(0, 120), email: 'fientlig@mejl.example', message: [0, 1, 2, 3, 4, 5, 6, 7].map((kind) => payload('message', kind)).join('\n') });
  const page = await openPage(browser, server);
  page.on('dialog', (dialog) => page.faults.push(dialog.message()));
  await signIn(page, drift);
  await page.goto('/leads?query=fientlig');
  const link = page.getByRole('link', { name: /x-evil/ }).first();
  await link.waitFor();
  const harmless = async (what) => {
    assert.deepEqual(await page.evaluate(() => [globalThis.hacked, document.querySelectorAll('x-evil, main script').length]), [undefined, 0], what);
    assert.deepEqual(page.faults, [], what);
  };
  await harmless('the list');
  await link.click();
  await page.getByRole('heading', { level: 1, name: /x-evil|hacked/ }).waitFor();
  await harmless('the lead');
  await page.context().close();
});

for (const [screen, colorScheme] of [['desktop', 'dark'], ['narrow', 'light']])
  test(`the staff's pages, ${screen}, ${colorScheme}`, async () => {
    await write({ name: `Vy ${screen}`, email: `vy.${screen}@mejl.example`, phone: '08-12 34 56 78' });
    const page = await openPage(browser, server, screen, { colorScheme });
    await signIn(page, drift);
    await page.goto('/leads');
    await page.getByRole('link', { name: `Vy ${screen}` }).waitFor();
    await looksRight(page, 'the list');
    await page.getByRole('button', { name: /^Förlorad/ }).click();
    await page.waitForURL(/state=lost/);
    await page.goto('/leads?query=finns-inte');
    await page.getByText('Inget passar filtret').waitFor();
    await looksRight(page, 'filtered to nothing');
    await page.goto(`/leads?query=Vy`);
    await page.getByRole('link', { name: `Vy ${screen}` }).click();
    await page.getByRole('heading', { level: 1, name: `Vy ${screen}` }).waitFor();
    await looksRight(page, 'one of them');
    await page.context().close();
  });

test('a customer has no such page', async () => {
  const page = await openPage(browser, server);
  await signIn(page, clerk);
  assert.equal(await page.getByRole('link', { name: 'Intresseanmälningar' }).count(), 0);
  await page.goto('/leads');
  await page.getByText('Den här sidan är driftens.').waitFor();
  await page.context().close();
});
