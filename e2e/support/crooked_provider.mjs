// A provider that lies, is slow, is gone or says far too much: each of its answers can be bent by the test.
import { createServer } from 'node:http';
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

const base64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export class CrookedProvider {
  static async start() {
    const made = new CrookedProvider();
    made.pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    made.other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    made.straighten();
    made.server = createServer((request, response) => made.answer(request, response));
    await new Promise((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    made.issuer = `http://127.0.0.1:${made.server.address().port}`;
    return made;
  }

  // An honest provider, again. `claims`, `header`, `token`, `reply` bend what goes out; `key` signs.
  straighten() {
    this.user = { sub: 'karin', email: 'karin.sand@nordhamn.example', email_verified: true, name: 'Karin Sand' };
    this.claims = (claims) => claims;
    this.header = (header) => header;
    this.token = (token) => token;
    this.reply = () => false;
    this.key = this.pair.privateKey;
    this.nonces = new Map();
    this.asked = [];
    this.keySets = 0;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  discovery() {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  // What a browser would come back with: the code is bound to the nonce and the challenge that went out.
  back(url, change = {}) {
    const out = new URL(url);
    this.asked.push(out);
    const code = `code-${this.asked.length}`;
    this.nonces.set(code, { nonce: out.searchParams.get('nonce'), challenge: out.searchParams.get('code_challenge') });
    const query = new URLSearchParams({ state: out.searchParams.get('state'), code, iss: this.issuer });
    for (const [name, value] of Object.entries(change)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    return `${out.searchParams.get('redirect_uri')}?${query}`;
  }

  signed(claims) {
    const header = this.header({ alg: 'RS256', kid: 'one', typ: 'JWT' });
    const content = `${base64(header)}.${base64(claims)}`;
    return this.token(`${content}.${createSign('sha256').update(content).sign(this.key).toString('base64url')}`);
  }

  async answer(request, response) {
    const path = new URL(request.url, this.issuer).pathname;
    let body = '';
    for await (const chunk of request) body += chunk;
    if (this.reply(path, response)) return;
    const json = (value, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/.well-known/openid-configuration') json(this.discovery());
    else if (path === '/keys') {
      this.keySets += 1;
      json({ keys: [{ ...this.pair.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] });
    } else if (path === '/token') {
      const form = new URLSearchParams(body);
      const known = this.nonces.get(form.get('code'));
      this.nonces.delete(form.get('code'));
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (!known || challenge !== known.challenge) return json({ error: 'invalid_grant' }, 400);
      const seconds = Math.floor(Date.now() / 1000);
      const claims = this.claims({ iss: this.issuer, aud: 'postgang', iat: seconds, exp: seconds + 300, nonce: known.nonce, ...this.user });
      json({ access_token: 'an access token', token_type: 'Bearer', id_token: this.signed(claims) });
    } else json({ error: 'not_found' }, 404);
  }
}
