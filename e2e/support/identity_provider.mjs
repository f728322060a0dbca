// A real identity provider for tests: npm's oidc-provider on the loopback, with its own pages for signing in and
// consenting. Whoever writes `karin` as login is the account karin, whatever the password.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export const client = { id: 'postgang', secret: 'en hemlighet: med blanksteg & tecken' };

export class IdentityProvider {
  // accounts: { karin: { email, email_verified, name } }; `settings` go to the client and the provider as they are.
  static async start({ redirectUri, accounts, client: more = {}, settings = {} }) {
    const made = new IdentityProvider();
    made.accounts = accounts;
    made.server = createServer((request, response) => made.handle(request, response));
    await new Promise((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    made.issuer = `http://127.0.0.1:${made.server.address().port}`;
    const keys = await Promise.all(['RS256', 'ES256', 'PS256'].map(async (alg) => ({ ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)), alg, use: 'sig', kid: `key-${alg}` })));
    const provider = new Provider(made.issuer, {
      clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'], ...more }],
      findAccount: (_, id) => made.accounts[id] && { accountId: id, claims: () => ({ sub: id, ...made.accounts[id] }) },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'PS256'] },
      pkce: { required: () => true },
      cookies: { keys: ['keys of a provider in tests'] },
      jwks: { keys },
      ...settings,
    });
    made.handle = provider.callback();
    return made;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

// Walks through the provider's pages as a browser does, and gives the address that it ends at (with our `home`).
export async function throughThePages(url, login, home) {
  const jar = new Map();
  const go = async (address, form) => {
    const answer = await fetch(address, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      body: form && new URLSearchParams(form).toString(),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    const next = answer.headers.get('location');
    return { next: next && new URL(next, address).href, page: next ? '' : await answer.text(), status: answer.status };
  };
  let address = url;
  for (let step = 0; step < 20; ++step) {
    const { next, page, status } = await go(address);
    if (next?.startsWith(home)) return next;
    if (next) {
      address = next;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (!prompt || !action) throw new Error(`the provider's page is not known (${status}): ${page.slice(0, 500)}`);
    const answered = await go(new URL(action, address).href, prompt === 'login' ? { prompt, login, password: 'vad som helst' } : { prompt });
    if (!answered.next) throw new Error(`the provider did not go on from ${prompt}: ${answered.page.slice(0, 500)}`);
    if (answered.next.startsWith(home)) return answered.next;
    address = answered.next;
  }
  throw new Error('the provider goes round in circles');
}
