// A real SMTP server for tests: postfix with its configuration, queue and Maildirs in a folder of its own, on a
// free loopback port. The system's own postfix, running or not, is never touched. Needs root, as postfix does.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, removeFolder, temporaryFolder } from './server.mjs';

const nobody = 65534;

export const hasPostfix = () => process.getuid() === 0 && spawnSync('postconf', ['-d', 'mail_version']).status === 0;

const services = `
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

export class Postfix {
  // Whom it knows: ['karin@nordhamn.example', …], with any +tag after the local part. Other addresses in their domains get
  // 550 5.1.1; those of `late` are taken, and come back.
  static async start(addresses, { late = [] } = {}) {
    const postfix = new Postfix();
    postfix.folder = temporaryFolder();
    postfix.port = await freePort();
    postfix.url = `smtp://127.0.0.1:${postfix.port}`;
    const at = (name) => join(postfix.folder, name);
    for (const name of ['conf', 'queue', 'data', 'mail']) mkdirSync(at(name));
    chmodSync(postfix.folder, 0o755);
    execFileSync('chown', ['postfix', at('data')]);
    chownSync(at('mail'), nobody, nobody);
    const domains = [...new Set([...addresses, ...late].map((address) => address.split('@')[1]))];
    writeFileSync(at('conf/late'), late.map((address) => `${address} error:5.1.1 User unknown\n`).join(''));
    writeFileSync(at('conf/boxes'), [...addresses, ...late].map((address) => `${address} ${address}/\n`).join(''));
    writeFileSync(at('conf/master.cf'), `${postfix.port} inet n - n - - smtpd${services}`);
    writeFileSync(
      at('conf/main.cf'),
      `compatibility_level = 3.6
queue_directory = ${at('queue')}
data_directory = ${at('data')}
myhostname = mail.test.example
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_tls_security_level = none
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_base = ${at('mail')}
virtual_mailbox_maps = texthash:${at('conf/boxes')}
transport_maps = texthash:${at('conf/late')}
recipient_delimiter = +
virtual_uid_maps = static:${nobody}
virtual_gid_maps = static:${nobody}
alias_maps =
local_recipient_maps =
smtpd_recipient_restrictions = reject_unlisted_recipient, reject_unauth_destination
default_transport = error:no mail leaves a test
maillog_file = ${at('mail.log')}
maillog_file_prefixes = ${postfix.folder}
`,
    );
    postfix.up();
    return postfix;
  }

  command(word) {
    execFileSync('postfix', ['-c', join(this.folder, 'conf'), word], { stdio: 'pipe' });
  }
  up() {
    this.command('start');
  }
  down() {
    this.command('stop');
  }
  remove() {
    try {
      this.down();
    } catch (fault) {
      if (!/not running/.test(String(fault.stderr))) throw fault;
    }
    removeFolder(this.folder);
  }

  // From elsewhere, as another server would hand it over. `message` has its own header.
  deliver(from, to, message) {
    execFileSync('curl', ['--silent', '--show-error', this.url, '--mail-from', from, '--mail-rcpt', to, '--upload-file', '-'], {
      input: message.replace(/\r?\n/g, '\r\n'),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  }

  maildir(address) {
    return join(this.folder, 'mail', address);
  }

  // What lies in somebody's Maildir, decoded: [{ headers, text, html, raw }], oldest first.
  mailsTo(address) {
    const folder = join(this.maildir(address), 'new');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .map((name) => ({ ...decoded(readFileSync(join(folder, name), 'utf8')), kept: keptAt(name) }))
      .sort((a, b) => a.kept - b.kept);
  }
}

// Postfix names a mail <seconds>.V<device>I<inode>M<microseconds>.<host>; the file's own times are whole seconds.
function keptAt(name) {
  const [, seconds, micros] = /^(\d+)\.[^.]*M(\d+)\./.exec(name);
  return Number(seconds) * 1e6 + Number(micros);
}

// Enough MIME for our own messages: headers unfolded, quoted-printable undone.
function decoded(raw) {
  const bytes = raw.replace(/\r\n/g, '\n');
  const headers = new Map();
  for (const line of bytes.slice(0, bytes.indexOf('\n\n')).replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim()));
  }
  const part = (type) => {
    const found = new RegExp(`Content-Type: ${type}[^]*?\\n\\n([^]*?)\\n--=_`, 'i').exec(bytes);
    return found ? quoted(found[1].replace(/=\n/g, '')) : '';
  };
  const whole = () => {
    const body = bytes.slice(bytes.indexOf('\n\n') + 2);
    const encoding = headers.get('content-transfer-encoding') ?? '';
    if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
    return encoding === 'quoted-printable' ? quoted(body.replace(/=\n/g, '')) : body;
  };
  const isMultipart = /^multipart\//.test(headers.get('content-type') ?? '');
  return { raw: bytes, headers, text: isMultipart ? part('text/plain') : whole(), html: part('text/html'), date: Date.parse(headers.get('date')) };
}

const quoted = (text, charset = 'utf-8') => new TextDecoder(charset).decode(Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1'));
const words = (text) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([QB])\?([^?]*)\?=/gi, (_, charset, how, inner) =>
      how.toUpperCase() === 'B' ? new TextDecoder(charset).decode(Buffer.from(inner, 'base64')) : quoted(inner.replace(/_/g, ' '), charset),
    );
