// The simulated print house as a program, over a real SFTP server.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run } from '../support/server.mjs';
import { hasSftp, Sftp } from '../support/sftp.mjs';

const skip = hasSftp() ? false : 'sshd is not installed';
let sftp;
before(async () => {
  if (!skip) sftp = await Sftp.start();
});
after(() => sftp?.remove());

const house = (...more) => run(['print-house', '--drop', sftp.url, '--key', sftp.key, '--host-key', sftp.hostKey, '--once', ...more]);

test('an empty drop gets its folders', { skip }, async () => {
  const { code, stdout, stderr } = await house();
  assert.equal(code, 0, stderr);
  assert.equal(stdout, '');
  assert.deepEqual(sftp.files('.'), ['done', 'in', 'out', 'posted', 'printed', 'refused', 'taken']);
});

test('what is no batch is refused and laid aside; what is not finished is left alone', { skip }, async () => {
  mkdirSync(join(sftp.drop, 'in'), { recursive: true });
  writeFileSync(join(sftp.drop, 'in', 'junk.zip'), 'no zip');
  writeFileSync(join(sftp.drop, 'in', '.half.zip.part'), 'PK');
  const { code, stdout, stderr } = await house();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^refused junk: The archive cannot be read/);
  assert.deepEqual(sftp.files('refused'), ['junk.zip']);
  assert.deepEqual(sftp.files('in'), ['.half.zip.part']);
});

test('a server with another key is not spoken to', { skip }, async () => {
  const { code, stderr } = await run(['print-house', '--drop', sftp.url, '--key', sftp.key, '--host-key', `SHA256:${'A'.repeat(43)}`, '--once']);
  assert.equal(code, 1);
  assert.match(stderr, /drop-host-unknown|not the one it is known by/);
});
