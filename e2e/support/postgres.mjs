// A real PostgreSQL for tests: a cluster of its own in a temporary folder, on a socket there and no port. The system's
// own clusters, running or not, are never touched. Like tests/store/both_stores_test.cc. Where root runs the tests the
// cluster is the user postgres's: PostgreSQL refuses root.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from './server.mjs';

const programs = '/usr/lib/postgresql/15/bin';

export const hasPostgres = () => existsSync(join(programs, 'initdb'));

const isRoot = process.getuid() === 0;
const asPostgres = (program, ...args) => {
  const [command, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', join(programs, program), ...args] : [join(programs, program), ...args];
  return execFileSync(command, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
};

export class Postgres {
  // Nothing is synced: a power cut would lose commits; that our own server is killed does not.
  static start() {
    const postgres = new Postgres();
    postgres.folder = temporaryFolder();
    postgres.data = join(postgres.folder, 'data');
    mkdirSync(postgres.data);
    chmodSync(postgres.folder, 0o755);
    if (isRoot) execFileSync('chown', ['-R', 'postgres', postgres.folder]);
    asPostgres('initdb', '-D', postgres.data, '-U', 'postgang', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
    asPostgres('pg_ctl', '-D', postgres.data, '-w', '-l', join(postgres.folder, 'log'), '-o', `-k ${postgres.folder} -c listen_addresses= -c fsync=off`, 'start');
    return postgres;
  }

  // The address of a new, empty database.
  database(name) {
    asPostgres('createdb', '-h', this.folder, '-U', 'postgang', name);
    return `postgresql://postgang@/${name}?host=${encodeURIComponent(this.folder)}`;
  }

  remove() {
    asPostgres('pg_ctl', '-D', this.data, '-m', 'immediate', '-w', 'stop');
    removeFolder(this.folder);
  }
}
