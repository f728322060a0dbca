// A receiver of webhooks as an integrator would write one: it checks signatures by the specification of Standard Webhooks
// alone, and knows nothing of how they are made.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const tolerance_seconds = 5 * 60;

// Throws where a call is not ours, not of now, or not signed with this secret.
export function verified(secret, headers, body, now_seconds) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!id || !timestamp || !headers['webhook-signature']) throw new Error('a header is missing');
  if (!/^\d+$/.test(timestamp)) throw new Error('the timestamp is no number');
  if (now_seconds !== undefined && Math.abs(now_seconds - Number(timestamp)) > tolerance_seconds) throw new Error('too old, or of the future');
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const isOne = headers['webhook-signature'].split(' ').some((signature) => {
    const [version, base64] = signature.split(',');
    const given = Buffer.from(base64 ?? '', 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOne) throw new Error('no signature fits');
  return JSON.parse(body);
}

export class Hooked {
  // `answer(call, response)` may answer as it likes; without it `status` is.
  static start() {
    const hooked = new Hooked();
    hooked.calls = [];
    hooked.status = 204;
    hooked.answer = undefined;
    hooked.server = createServer((request, response) => {
      const parts = [];
      request.on('error', () => {}); // the other side went away: what had come is not a call
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        const call = { path: request.url, method: request.method, headers: request.headers, body: Buffer.concat(parts).toString(), at: Date.now() };
        hooked.calls.push(call);
        if (hooked.answer) hooked.answer(call, response);
        else response.writeHead(hooked.status).end();
      });
    });
    return new Promise((resolve) => hooked.server.listen(0, '127.0.0.1', () => resolve(hooked)));
  }
  get port() {
    return this.server.address().port;
  }
  url(path = '/in') {
    return `http://127.0.0.1:${this.port}${path}`;
  }
  // Calls to a path, the body read.
  to(path = '/in') {
    return this.calls.filter((call) => call.path === path).map((call) => ({ ...call, json: JSON.parse(call.body) }));
  }
  clear() {
    this.calls = [];
    this.status = 204;
    this.answer = undefined;
  }
  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
