// The demo world's letters go to its print house over real SFTP: while its year is written, and while it goes on living.
// The server for that is the program's own child and is gone when the program is, however that ends.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { removeFolder, run, Server, temporaryFolder } from '../support/server.mjs';
import { hasSftp } from '../support/sftp.mjs';

const skip = hasSftp() ? false : 'sshd is not installed';
let data;
before(() => {
  data = temporaryFolder();
});
after(() => removeFolder(data));

// The port that the log says the print house is reached at.
function portIn(log) {
  const said = /"address":"sftp:\/\/[^"@]+@127\.0\.0\.1:(\d+)\//.exec(log);
  assert.ok(said, `nothing of SFTP in the log:\n${log.slice(-2000)}`);
  return Number(said[1]);
}
const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (greeting) => {
      socket.destroy();
      resolve(greeting.toString().startsWith('SSH-2.0'));
    });
    socket.once('error', () => resolve(false));
  });
async function isGoneSoon(port) {
  for (let tries = 0; tries < 100 && (await answers(port)); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  return !(await answers(port));
}
const lyingIn = (...folders) => folders.flatMap((folder) => readdirSync(join(data, 'print-house', folder)));

test('a year is written over SFTP, and nothing of the server is left', { skip }, async () => {
  const written = await run(['demo', '--data', data, '--documents', '600', '--months', '1']);
  assert.equal(written.code, 0, written.stderr);
  assert.ok(await isGoneSoon(portIn(written.stderr)));
  assert.ok(lyingIn('taken', 'printed', 'posted', 'done').length > 5, 'batches were handed over and taken');
  assert.doesNotMatch(written.stderr, /"code":"drop-|"level":"error"/);
});

test('the world goes on with a server of its own, which a kill takes along', { skip }, async () => {
  const server = await Server.start({ data, args: ['--demo-traffic'] });
  const port = portIn(server.log);
  assert.ok(await answers(port));
  await server.kill();
  assert.ok(await isGoneSoon(port));
});

test('where letters go to a print house of their own there is none', { skip }, async () => {
  const server = await Server.start({ data, args: ['--demo-traffic', '--print-house', `file://${join(data, 'elsewhere')}`] });
  assert.doesNotMatch(server.log, /sftp:\/\//);
  await server.stop();
});

test('what was written is whole, and went by every road', { skip }, async () => {
  const verified = await run(['admin', 'verify', '--data', data]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  assert.ok(readdirSync(join(data, 'bank-hub', 'done')).some((file) => file.startsWith('B')), 'invoices went to banks');
  assert.ok(readdirSync(join(data, 'handover')).length > 0, 'a customer has a folder');
});

test('the world goes on with a bank hub of the operator', { skip }, async () => {
  const elsewhere = temporaryFolder();
  const server = await Server.start({ data, args: ['--demo-traffic', '--bank-hub', `file://${elsewhere}`] });
  assert.doesNotMatch(server.log, /"level":"error"/);
  await server.stop();
  removeFolder(elsewhere);
});
