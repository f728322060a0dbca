// A ticket by mail, both ways: through a real postfix into a mailbox that a real dovecot serves, and out again. The odd
// headers of mail programs are in tests/flow/ticket_mail_test.cc.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Dovecot, hasDovecot } from '../support/dovecot.mjs';
import { company } from '../support/invoice.mjs';
import { Postfix, hasPostfix } from '../support/postfix.mjs';
import { Server } from '../support/server.mjs';
import { Person } from './session.mjs';

const skip = hasPostfix() && hasDovecot() ? false : 'needs postfix and dovecot, and root to run them';
const ours = 'retur@postgang.example';
const annas = 'anna@berg.example';
const operator = `0007:${company(74)}`;
let postfix, dovecot, server, staff;

before(async () => {
  if (skip) return;
  postfix = await Postfix.start([ours, annas]);
  dovecot = await Dovecot.start(postfix.maildir(ours));
  server = await Server.start({
    args: ['--smtp', postfix.url, '--mail-from', ours, '--public-url', 'https://postgang.example', '--imap', `imap://127.0.0.1:${dovecot.port}`, '--imap-user', 'retur', '--imap-password', dovecot.password, '--imap-every', '1'],
  });
  await server.company(operator, 'Driften AB', ['--operator']);
  staff = await Person.signIn(server, await server.user(operator, 'olle@driften.example', 'Olle Operatör', 'vinter i hamnen 1962', ['--role', 'operator']));
});
after(async () => {
  await server?.remove();
  await dovecot?.remove();
  postfix?.remove();
});

const tickets = async () => (await staff.call('/api/v1/tickets')).json.items;
const ticket = async (id) => (await staff.call(`/api/v1/tickets/${id}`)).json;
const toAnna = (atLeast) => server.until(async () => postfix.mailsTo(annas), (mails) => mails.length >= atLeast, 20_000);

test('asked by mail, answered in the portal, answered again by mail', { skip }, async () => {
  postfix.deliver(
    annas,
    'retur+support@postgang.example',
    `From: Anna Berg <${annas}>\nTo: retur+support@postgang.example\nSubject: =?utf-8?Q?Beloppet_p=C3=A5_A-17?=\nMessage-ID: <q1@berg.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nHej, beloppet är fel.\n`,
  );
  const [made] = await server.until(tickets, (all) => all.length === 1, 20_000);
  assert.deepEqual([made.subject, made.status, made.requester.email], ['Beloppet på A-17', 'new', annas]);
  const [confirmed] = await toAnna(1);
  assert.match(confirmed.headers.get('subject'), new RegExp(made.number));
  const [home] = /retur\+t-[^@]+@postgang\.example/.exec(confirmed.headers.get('reply-to'));
  assert.equal(confirmed.headers.get('in-reply-to'), '<q1@berg.example>');
  assert.match(confirmed.headers.get('auto-submitted'), /^auto-/);

  const said = await staff.json('POST', `/api/v1/tickets/${made.id}/messages`, { text: 'Vilket belopp väntade du dig?', status: 'waiting' });
  assert.equal(said.status, 201, JSON.stringify(said.json));
  const answer = (await toAnna(2)).at(-1);
  assert.match(answer.text, /Vilket belopp väntade du dig\?/);
  assert.ok(answer.headers.get('reply-to').includes(home), 'one address for the whole ticket');

  const file = Buffer.from('Belopp;1250\n').toString('base64');
  const reply = `From: Anna Berg <${annas}>\nTo: ${home}\nSubject: Sv: Beloppet\nMessage-ID: <q2@berg.example>\nIn-Reply-To: ${answer.headers.get('message-id')}\nReferences: <q1@berg.example> ${answer.headers.get('message-id')}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\n1250 kr.\n\nDen 1 dec 2026 skrev Driften AB:\n> Vilket belopp\n> väntade du dig?\n--b1\nContent-Type: text/csv; name="belopp.csv"\nContent-Disposition: attachment; filename="belopp.csv"\nContent-Transfer-Encoding: base64\n\n${file}\n--b1--\n`;
  postfix.deliver(annas, home, reply);
  const whole = await server.until(() => ticket(made.id), ({ messages }) => messages.length === 3, 20_000);
  const last = whole.messages.at(-1);
  assert.deepEqual([last.text, last.source, last.fromDesk, last.unverified], ['1250 kr.', 'mail', false, true]);
  assert.match(last.quoted, /Vilket belopp/, 'what was quoted is folded away');
  assert.deepEqual(last.attachments.map(({ name }) => name), ['belopp.csv']);
  assert.equal(whole.status, 'in-progress', 'answered: it is the desk’s turn');

  postfix.deliver(annas, home, reply);
  await server.until(async () => dovecot.count('Postgang-done'), (count) => count === 3, 20_000);
  assert.equal((await ticket(made.id)).messages.length, 3, 'the same message twice counts once');
  assert.equal((await tickets()).length, 1);
  assert.equal(postfix.mailsTo(annas).length, 2, 'nothing of her own is sent back to her');
});
