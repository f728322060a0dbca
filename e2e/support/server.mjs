// Starts the real program on a data folder and a port of its own, and ends it by its own process id.
import { spawn, execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const binary = process.env.POSTGANG_BINARY ?? join(root, 'build/release/postgang');
export const portal = process.env.POSTGANG_PORTAL ?? join(root, 'web/dist');

export function temporaryFolder() {
  return mkdtempSync(join(tmpdir(), 'postgang-e2e-'));
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// Runs a command of the program to its end. `input` goes to its standard input.
export async function run(args, { input } = {}) {
  const running = promisify(execFile)(binary, args, { maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin.end(input ?? ''); // nobody is there to write more
  try {
    const { stdout, stderr } = await running;
    return { code: 0, stdout, stderr };
  } catch (fault) {
    if (typeof fault.code !== 'number') throw fault;
    return { code: fault.code, stdout: fault.stdout, stderr: fault.stderr };
  }
}

async function mustRun(args, options) {
  const done = await run(args, options);
  if (done.code !== 0) throw new Error(`postgang ${args.join(' ')} ended with ${done.code}: ${done.stderr}${done.stdout}`);
  return done.stdout.trim();
}

export class Server {
  // { data, database, port, args }: `data` is made, and removed by remove(), when not given.
  static async start(options = {}) {
    const server = new Server();
    server.ownsData = !options.data;
    server.data = options.data ?? temporaryFolder();
    server.port = options.port ?? (await freePort());
    server.url = `http://127.0.0.1:${server.port}`;
    server.args = [...(options.database ? ['--database', options.database] : []), ...(options.args ?? [])];
    server.database = options.database;
    await server.up();
    return server;
  }

  async up() {
    this.log = '';
    const child = spawn(binary, ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, ...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const keep = (chunk) => {
      this.log = (this.log + chunk).slice(-200_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const until = Date.now() + 20_000;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/health`)).ok) return;
      } catch {
        // not listening yet: asked again until the time is out
      }
      if (Date.now() > until) throw new Error(`the server does not answer /health:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  async kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  async remove() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
    if (this.ownsData) removeFolder(this.data);
  }

  admin(...args) {
    return mustRun(['admin', ...args, '--data', this.data, ...(this.database ? ['--database', this.database] : [])]);
  }

  async company(identifier, name, extra = []) {
    await this.admin('company', 'create', '--identifier', identifier, '--name', name, ...extra);
    return identifier;
  }

  key(identifier, scope = 'documents:read,documents:write') {
    return this.admin('key', 'create', '--company', identifier, '--scope', scope);
  }

  async user(identifier, email, name, password, extra = []) {
    const database = this.database ? ['--database', this.database] : [];
    await mustRun(
      ['admin', 'user', 'create', '--data', this.data, ...database, '--company', identifier, '--email', email, '--name', name, ...extra],
      { input: `${password}\n` },
    );
    return { email, password };
  }

  // A call of the API with a key; JSON answers come parsed in `json`.
  async call(path, { key, method = 'GET', headers = {}, body } = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
      body,
      redirect: 'manual',
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, headers: response.headers, bytes, json: /json(;|$)/.test(type) && bytes.length ? JSON.parse(bytes) : undefined };
  }

  send(key, xml, headers = {}) {
    return this.call('/api/v1/documents', { key, method: 'POST', body: xml, headers: { 'content-type': 'application/xml', ...headers } });
  }

  // Asks until `accept` is content with the answer; fails with what it last saw.
  async until(question, accept, milliseconds = 10_000) {
    const end = Date.now() + milliseconds;
    let last;
    for (;;) {
      last = await question();
      if (accept(last)) return last;
      if (Date.now() > end) throw new Error(`not within ${milliseconds} ms; last seen: ${JSON.stringify(last?.json ?? last)?.slice(0, 2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  settled(key, id) {
    return this.until(
      () => this.call(`/api/v1/documents/${id}`, { key }),
      (answer) => answer.status === 200 && !['received', 'ready', 'sending'].includes(answer.json.status),
    );
  }
}
