// What hostile tests share: bytes on the wire as no client would write them, and the bodies of the contract's operations.
import { connect } from 'node:net';
import { operationsOfTheContract } from './contract.mjs';
import { nouns } from './permission_realm.mjs';
import { rows } from './permission_rows.mjs';

// Sends bytes as they are; gives all that comes back until the server closes, or until `enough` is content.
export function wire(server, bytes, enough = () => false) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    const parts = [];
    const text = () => Buffer.concat(parts).toString('latin1');
    const done = (closed) => (socket.destroy(), resolve({ text: text(), closed }));
    socket.setTimeout(8_000, () => done(false));
    socket.once('error', (fault) => (parts.length > 0 ? done(true) : reject(fault)));
    socket.once('close', () => done(true));
    socket.on('data', (part) => {
      parts.push(part);
      if (enough(text())) done(false);
    });
    socket.write(bytes);
  });
}
export const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
export const answersIn = (answer) => answer.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0;

// Staff alone come so far as to be read, and behind a link its token is looked at first.
const isAnotherQuestionFirst = (need, { path }) => need === 'staff' || need.startsWith('operator ') || path.includes('{token}');

// Every operation that takes a JSON object and that an administrator may call: { one, send(body) } with an object of the own company's where it needs one.
export async function jsonOperations(realm, person) {
  const made = new Map();
  const found = [];
  for (const one of operationsOfTheContract) {
    const content = one.operation.requestBody?.content?.['application/json'];
    const row = rows[one.operation.operationId];
    if (!content || !row || isAnotherQuestionFirst(row[0], one)) continue;
    const [, noun, { body, path, query } = {}] = row;
    if (noun && !made.has(noun)) made.set(noun, await nouns[noun].make(realm, 'own'));
    const parameters = { ...path, ...(noun ? made.get(noun) : {}) };
    const filled = one.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parameters[name] ?? 'x'));
    const address = query ? `${filled}?${new URLSearchParams(query)}` : filled;
    const good = typeof body === 'function' ? body(parameters) : body;
    const send = (bytes, headers = {}) => person.call(address, { method: one.method.toUpperCase(), body: bytes, headers: { 'content-type': 'application/json', ...headers } });
    found.push({ one, name: one.operation.operationId, good, send, address });
  }
  return found;
}
