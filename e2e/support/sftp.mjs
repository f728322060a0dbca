// A real SFTP server for tests: OpenSSH's sshd with keys and a folder of its own, on a free loopback port. The
// system's own sshd, running or not, is never touched. Like tests/net/sftp_server.h.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, removeFolder, temporaryFolder } from './server.mjs';

const program = '/usr/sbin/sshd';

export const hasSftp = () => existsSync(program) && spawnSync('ssh-keygen', ['-?']).error === undefined;

export class Sftp {
  static async start() {
    const sftp = new Sftp();
    sftp.folder = temporaryFolder();
    sftp.drop = join(sftp.folder, 'drop');
    mkdirSync(sftp.drop);
    for (const name of ['host', 'client'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(sftp.folder, name)]);
    sftp.key = join(sftp.folder, 'client');
    sftp.hostKey = execFileSync('ssh-keygen', ['-l', '-f', join(sftp.folder, 'host.pub')], { encoding: 'utf8' }).split(' ')[1];
    sftp.port = await freePort();
    sftp.url = `sftp://${userInfo().username}@127.0.0.1:${sftp.port}${sftp.drop}`;
    writeFileSync(
      join(sftp.folder, 'sshd_config'),
      `ListenAddress 127.0.0.1
Port ${sftp.port}
HostKey ${join(sftp.folder, 'host')}
AuthorizedKeysFile ${join(sftp.folder, 'client.pub')}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp
ForceCommand internal-sftp
`,
    );
    await sftp.up();
    return sftp;
  }

  // Says on standard error when it listens.
  up() {
    if (process.getuid() === 0) mkdirSync('/run/sshd', { recursive: true }); // where its unprivileged half is confined
    this.process = spawn(program, ['-D', '-e', '-f', join(this.folder, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      let said = '';
      this.process.stderr.on('data', (bytes) => {
        said += bytes;
        if (/Server listening/.test(said)) resolve();
      });
      this.process.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
    });
  }
  // Sessions that are open live on: they are processes of their own.
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

  files(folder) {
    const path = join(this.drop, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }
  json(folder, name) {
    return JSON.parse(readFileSync(join(this.drop, folder, name), 'utf8'));
  }
}
