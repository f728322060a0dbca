// A real IMAP server for tests: Debian's dovecot with settings in a folder of its own, on a free loopback port, serving
// the Maildir that a test's postfix delivers to. The system's own dovecot, running or not, is never touched. Needs root,
// as dovecot does. Like tests/net/dovecot.h.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { freePort, removeFolder, temporaryFolder } from './server.mjs';

const program = '/usr/sbin/dovecot';
const nobody = 65534;

export const hasDovecot = () => process.getuid() === 0 && existsSync(program);

export class Dovecot {
  // `maildir` belongs to nobody, as postfix.mjs makes it.
  static async start(maildir) {
    const dovecot = new Dovecot();
    dovecot.maildir = maildir;
    dovecot.folder = temporaryFolder();
    dovecot.port = await freePort();
    dovecot.password = 'hemligt-ord';
    chmodSync(dovecot.folder, 0o755);
    mkdirSync(join(dovecot.folder, 'run'));
    writeFileSync(
      join(dovecot.folder, 'conf'),
      `base_dir = ${dovecot.folder}/run
state_dir = ${dovecot.folder}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:${maildir}
first_valid_uid = 1
first_valid_gid = 1
passdb {
  driver = static
  args = password=${dovecot.password}
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${dovecot.folder}
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    port = ${dovecot.port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`,
    );
    await dovecot.up();
    return dovecot;
  }

  up() {
    this.process = spawn(program, ['-F', '-c', join(this.folder, 'conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      this.said = '';
      this.process.stderr.on('data', (bytes) => {
        this.said = (this.said + bytes).slice(-20_000);
        if (/starting up/.test(this.said)) resolve();
      });
      this.process.once('exit', () => reject(new Error(`dovecot ended: ${this.said}`)));
    });
  }
  down() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.process.once('exit', resolve);
      this.process.kill('SIGTERM');
    });
  }
  async remove() {
    await this.down();
    removeFolder(this.folder);
  }

  // How many lie in one of its folders; '' is the INBOX.
  count(folder) {
    return ['new', 'cur'].reduce((sum, kind) => {
      const path = join(this.maildir, folder ? `.${folder}` : '', kind);
      return sum + (existsSync(path) ? readdirSync(path).length : 0);
    }, 0);
  }
}

// Stands between a client and a port of this machine, and cuts the connection where `cutsAfter` says: bytes from the
// server; null lets all through.
export class CuttingProxy {
  static async before(port) {
    const proxy = new CuttingProxy();
    proxy.cutsAfter = null;
    proxy.cuts = 0;
    proxy.server = createServer((client) => {
      const server = connect(port, '127.0.0.1');
      let passed = 0;
      const end = () => {
        client.destroy();
        server.destroy();
      };
      server.on('data', (bytes) => {
        passed += bytes.length;
        if (proxy.cutsAfter !== null && passed > proxy.cutsAfter) {
          proxy.cuts += 1;
          end();
        } else client.write(bytes);
      });
      client.on('data', (bytes) => server.write(bytes));
      for (const each of [client, server]) each.on('error', end).on('close', end);
    });
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = proxy.server.address().port;
    return proxy;
  }
  close() {
    this.server.close();
  }
}
