// A company's own sign-in as people meet it: an administrator sets it up, tries it through the provider's own pages and
// turns it on; a clerk comes in by it; one who is not let in is told why.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launch, looksRight, openPage, signIn } from '../support/browser.mjs';
import { client, IdentityProvider } from '../support/identity_provider.mjs';
import { freePort, root, Server } from '../support/server.mjs';
import { company } from '../support/invoice.mjs';
import { Person } from '../api/session.mjs';

const domain = 'nordhamn.example';
const password = 'vinter i hamnen 1962';
const own = `0007:${company(61)}`, operator = `0007:${company(63)}`;
let server, provider, browser, boss, staff;

before(async () => {
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  server = await Server.start({ port, args: ['--handover-sandbox', '--public-url', home, '--portal', join(root, 'web/dist')] });
  await server.company(own, 'Nordhamn AB');
  await server.company(operator, 'Postgång Drift', ['--operator']);
  boss = await server.user(own, `mats.hedin@${domain}`, 'Mats Hedin', password, ['--role', 'administrator']);
  await server.user(own, `karin.sand@${domain}`, 'Karin Sand', password);
  staff = await Person.signIn(server, await server.user(operator, 'drift@postgang.example', 'Drift Persson', password, ['--role', 'operator']));
  provider = await IdentityProvider.start({
    redirectUri: `${home}/api/v1/oidc/callback`,
    accounts: {
      mats: { email: `mats.hedin@${domain}`, email_verified: true, name: 'Mats Hedin' },
      karin: { email: `karin.sand@${domain}`, email_verified: true, name: 'Karin Sand' },
      ny: { email: `ny.person@${domain}`, email_verified: true, name: 'Ny Person' },
    },
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  await provider?.stop();
});

// The provider's pages, which would also fetch a font from afar.
async function atTheProvider(page, login) {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('vad som helst');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${server.url}/**`);
  page.faults = page.faults.filter((fault) => !/^asked /.test(fault) && !/Content Security Policy|ERR_FAILED/.test(fault));
}
async function open(screen, options) {
  const page = await openPage(browser, server, screen, options);
  await page.context().route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
  return page;
}

test('set up, tried through the provider’s pages, turned on', async () => {
  const page = await open('desktop');
  await signIn(page, boss);
  await page.goto('/settings/sign-in');
  await page.getByText('Alla loggar in med lösenord.').waitFor();
  await page.getByText(`${server.url}/api/v1/oidc/callback`).waitFor();
  await looksRight(page, 'sign-in, none');
  assert.ok(await page.getByRole('switch', { name: 'Slå på inloggningen' }).isDisabled(), 'nothing is turned on untried');

  await page.getByLabel('Utfärdare (issuer)').fill(provider.issuer);
  await page.getByLabel('Klient-id').fill(client.id);
  await page.getByLabel('Klienthemlighet').fill(client.secret);
  await page.getByLabel('Lägg till domän').fill(`karin@${domain}`);
  await page.getByRole('button', { name: 'Lägg till' }).click();
  await page.getByText('Spara för att få TXT-posten').waitFor();
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText(`_postgang.${domain}`).waitFor();
  await page.getByText('Sparad. Lämna tomt för att behålla den.').waitFor();
  await looksRight(page, 'sign-in, saved');

  await page.getByRole('button', { name: 'Prova inloggningen' }).click();
  await atTheProvider(page, 'mats');
  await page.getByText('Inloggningen fungerar.').waitFor();
  await page.getByText('ingen: domänen är inte bekräftad').waitFor();
  await looksRight(page, 'sign-in, tried');

  const { companyId } = { companyId: (await page.evaluate(async () => (await fetch('/api/v1/session')).json())).company.id };
  await staff.json('PUT', '/api/v1/session', { companyId, reason: 'Ärende 4711' });
  assert.equal((await staff.json('POST', `/api/v1/identity-provider/domains/${domain}/confirmation`, { by: 'staff' })).status, 200);
  await page.reload();
  await page.getByText('Bekräftad', { exact: false }).first().waitFor();
  await page.getByRole('switch', { name: 'Slå på inloggningen' }).click();
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByText(`${domain} loggar in med er egen inloggning.`).waitFor();
  await page.getByText('den användare som har adressen').waitFor();
  await looksRight(page, 'sign-in, on');
  await page.context().close();

  const phone = await open('narrow', { colorScheme: 'dark' });
  await signInByPassword(phone, boss);
  await phone.goto('/settings/sign-in');
  await phone.getByText(`${domain} loggar in med er egen inloggning.`).waitFor();
  await looksRight(phone, 'sign-in, narrow');
  await phone.context().close();
});

// With the company's own sign-in on, the password is asked for when somebody wants it.
async function signInByPassword(page, { email }) {
  await page.goto('/');
  await page.getByLabel('E-postadress').fill(email);
  await page.getByLabel('E-postadress').blur();
  await page.getByRole('button', { name: 'Använd lösenord i stället' }).click();
  await page.getByLabel('Lösenord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.getByRole('heading', { name: 'Översikt', level: 1 }).waitFor();
}

test('a clerk writes the address and comes in by way of the company', async () => {
  const page = await open('phone');
  await page.goto('/documents?status=stopped');
  await page.getByLabel('E-postadress').fill(`karin.sand@${domain}`);
  await page.getByLabel('E-postadress').blur();
  const onwards = page.getByRole('button', { name: 'Fortsätt hos Nordhamn AB' });
  await onwards.waitFor();
  await looksRight(page, 'login, elsewhere');
  await onwards.click();
  await atTheProvider(page, 'karin');
  await page.waitForURL('**/documents?status=stopped');
  await page.goto('/account');
  await page.getByText('karin.sand@nordhamn.example').first().waitFor();
  await looksRight(page, 'account after the provider');
  await page.context().close();
});

test('who has no account is told so, in the portal', async () => {
  const page = await open('narrow');
  await page.goto('/login');
  await page.getByLabel('E-postadress').fill(`ny.person@${domain}`);
  await page.getByLabel('E-postadress').blur();
  await page.getByRole('button', { name: 'Fortsätt hos Nordhamn AB' }).click();
  await atTheProvider(page, 'ny');
  await page.getByRole('alert').getByText('Du är inloggad hos er, men har inget konto i Postgång.').waitFor();
  await page.getByText('Be den som administrerar Postgång hos er om en inbjudan.').first().waitFor();
  await looksRight(page, 'login, unknown');
  await page.context().close();
});
