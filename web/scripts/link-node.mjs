// After npm ci: node_modules/.bin/node is the Node 22 of this machine's kind, so that npm's scripts find it first.
// npm 9 (Debian 12) fetches the right one and then drops the link, because both kinds have the same name for it.
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const modules = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../node_modules');
const kind = `node-${process.platform}-${process.arch}`;
const link = path.join(modules, '.bin/node');

if (existsSync(path.join(modules, kind, 'bin/node'))) {
  rmSync(link, { force: true });
  symlinkSync(path.join('..', kind, 'bin/node'), link);
} else {
  process.stdout.write(`No Node 22 for ${kind} came along; the portal is built with the one that is here, ${process.versions.node}.\n`);
}
