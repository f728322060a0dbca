// A person at the portal: signs in, keeps the cookie and the CSRF token, and sends both as the portal does.
export class Person {
  constructor(server, cookie, session) {
    this.server = server;
    this.cookie = cookie;
    this.session = session;
  }

  static async signIn(server, { email, password }) {
    const answer = await signInAnswer(server, { email, password });
    if (answer.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(answer.json)}`);
    return new Person(server, cookieOf(answer), answer.json);
  }

  call(path, { method = 'GET', headers = {}, ...rest } = {}) {
    const unsafe = method !== 'GET' && method !== 'HEAD';
    return this.server.call(path, {
      ...rest,
      method,
      headers: { cookie: this.cookie, ...(unsafe ? { 'x-csrf-token': this.session.csrfToken } : {}), ...headers },
    });
  }

  json(method, path, body, headers = {}) {
    return this.call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }
}

export const cookieOf = (answer) => answer.headers.getSetCookie()[0].split(';')[0];

export const signInAnswer = (server, body, headers = {}) =>
  server.call('/api/v1/session', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
