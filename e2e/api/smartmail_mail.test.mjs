// Smartmails through a real SMTP server: what arrives, who it says it is from, and what a refusal leads to.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { company, invoice } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server, removeFolder, temporaryFolder } from '../support/server.mjs';

const skip = hasPostfix() ? false : 'needs postfix, and root to run it';
const seller = { identifier: company(71), name: 'Älvnära Energi AB', street: 'Box 77', town: 'Älvnäs', postalCode: '903 21' };
const scope = 'documents:read,documents:write,partners:read,partners:write';
const json = { 'content-type': 'application/json' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let postfix, server, key, folder, printed;

const call = (path, method = 'GET', body = undefined) =>
  server.call(`/api/v1${path}`, { key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) });
async function partner(customerNumber, email, more = {}) {
  const answer = await call(`/partners/customer:${customerNumber}`, 'PUT', { name: 'Anna Berg', email, ...more });
  assert.ok(answer.status < 300, JSON.stringify(answer.json));
}
async function sent(number, customerNumber) {
  const buyer = { name: 'Anna Berg', customerNumber, street: 'Granvägen 8', town: 'Tallmo', postalCode: '123 45' };
  const answer = await server.send(key, invoice({ number, seller, buyer, issueDate: '2026-11-09', dueDate: '2026-12-20' }));
  assert.equal(answer.status, 202, JSON.stringify(answer.json));
  return answer.json.id;
}
const reaches = (id, statuses) => server.until(async () => (await call(`/documents/${id}`)).json, (document) => statuses.includes(document.status));
const deliveries = async (id) => (await call(`/documents/${id}/deliveries`)).json.items;
const mails = (address, count = 1) => server.until(async () => postfix.mailsTo(address), (found) => found.length >= count);

// By python3-dkim, with our key as the only record in its DNS.
function verified(raw) {
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const script = `import sys, dkim
answer = lambda name, timeout=5: sys.argv[1].encode() if name == b"2026a._domainkey.postgang.example." else None
print(dkim.DKIM(sys.stdin.buffer.read()).verify(dnsfunc=answer))`;
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script, record], { input: raw, encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

before(async () => {
  if (skip) return;
  folder = temporaryFolder();
  writeFileSync(join(folder, 'dkim.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  printed = join(folder, 'print-house');
  for (const name of ['', 'in', 'out']) mkdirSync(join(printed, name), { recursive: true });
  postfix = await Postfix.start(['anna@mejl.example', 'per@mejl.example', 'ekonomi@mejl.example']);
  server = await Server.start({
    args: [
      ...['--simulated-clock', '--smtp', postfix.url, '--mail-from', 'retur@postgang.example', '--public-url', 'https://postgang.example'],
      ...['--dkim-key', join(folder, 'dkim.pem'), '--dkim-selector', '2026a', '--print-house', `file://${printed}`],
    ],
  });
  await server.company(`0007:${seller.identifier}`, seller.name);
  key = await server.key(`0007:${seller.identifier}`, scope);
});
after(async () => {
  await server?.remove();
  postfix?.remove();
  if (folder) removeFolder(folder);
});

test('an invoice to a person with an e-mail address lies in the mailbox, signed, with a link of its own', { skip }, async () => {
  await partner('20117', 'anna@mejl.example');
  const id = await sent('70045877', '20117');
  const document = await reaches(id, ['sent', 'failed']);
  assert.deepEqual([document.status, document.channel], ['sent', 'email']);
  const [mail] = await mails('anna@mejl.example');
  assert.match(mail.headers.get('subject'), /^Faktura från Älvnära Energi AB: 1.250,00.kr, senast 20 december$/);
  assert.match(mail.headers.get('from'), /Älvnära Energi AB <retur@postgang\.example>/);
  assert.match(mail.headers.get('return-path'), /^<retur\+b-[0-9a-hjkmnp-tv-z]{26}@postgang\.example>$/);
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
  assert.match(mail.headers.get('message-id'), /^<smartmail\.[0-9a-f-]{36}\.0@postgang\.example>$/);
  assert.match(mail.text, /https:\/\/postgang\.example\/m\/[0-9a-z-]{35}\n/);
  const said = mail.text.replace(/\u00a0/g, ' ');
  for (const part of ['Hej Anna', 'Att betala: 1 250,00 kr', 'Öppna senast', 'papper till Granvägen 8', 'Är mejlet äkta?'])
    assert.ok(said.includes(part), `${part} is not in:\n${said}`);
  assert.ok(!/9999-0004|99990004|12344/.test(mail.raw), 'neither account nor OCR number');
  assert.ok(!/<img|application\/pdf/i.test(mail.raw));
  assert.equal(verified(mail.raw), 'True');

  const [delivery] = await deliveries(id);
  assert.deepEqual([delivery.channel, delivery.status, delivery.address, delivery.evidence.kind], ['email', 'sent', 'anna@mejl.example', 'smtp']);
  assert.match(delivery.attempts.at(-1).detail, /^250 2\.0\.0 Ok: queued as/);
});

test('an address that is refused has bounced, and paper is next', { skip }, async () => {
  await partner('20118', 'nobody@mejl.example');
  const id = await sent('70045878', '20118');
  const document = await reaches(id, ['sending', 'failed']).then(() =>
    server.until(async () => deliveries(id), (all) => all.length > 1),
  );
  assert.deepEqual(document.map(({ channel, status }) => [channel, status]).sort(), [['email', 'bounced'], ['print', 'queued']]);
  const bounced = document.find(({ channel }) => channel === 'email');
  assert.match(bounced.attempts.at(-1).detail, /^550 5\.1\.1 /);
});

test('without a postal address a refusal is the end, and said so', { skip }, async () => {
  await partner('20119', 'nobody@mejl.example');
  const buyer = { name: 'Eva Lund', customerNumber: '20119', street: 'Granvägen 8', town: 'Tallmo', postalCode: '1' };
  const answer = await server.send(key, invoice({ number: '70045879', seller, buyer, issueDate: '2026-11-09' }));
  const document = await reaches(answer.json.id, ['failed']);
  assert.equal(document.status, 'failed');
});

test('a server that is away is asked again, and nothing is lost or doubled', { skip }, async () => {
  await partner('20120', 'per@mejl.example');
  postfix.down();
  const id = await sent('70045880', '20120');
  await server.until(async () => deliveries(id), (all) => all.length > 0 && all[0].attempts.at(-1)?.result === 'failed');
  postfix.up();
  assert.equal((await call('/clock', 'POST', { advance: 'PT3M' })).status, 200);
  await reaches(id, ['sent']);
  assert.equal((await mails('per@mejl.example')).length, 1);
  const [delivery] = await deliveries(id);
  assert.equal(delivery.attempts.length, 2);
});
