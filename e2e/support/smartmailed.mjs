// A sender whose Smartmails leave through a real mail server, and what the mails lead to.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { company, invoice } from './invoice.mjs';
import { Postfix } from './postfix.mjs';
import { Server, removeFolder, temporaryFolder } from './server.mjs';

export const seller = { identifier: company(81), name: 'Älvnära Energi AB', street: 'Box 77', town: 'Älvnäs', postalCode: '903 21' };
const scope = 'documents:read,documents:write,partners:read,partners:write';
const json = { 'content-type': 'application/json' };

// A buyer who is known by a customer number (BT-46).
function withCustomerNumber(xml, number) {
  const at = xml.indexOf('<cac:PartyName>', xml.indexOf('<cac:AccountingCustomerParty>'));
  return `${xml.slice(0, at)}<cac:PartyIdentification><cbc:ID>${number}</cbc:ID></cac:PartyIdentification>${xml.slice(at)}`;
}

export class Smartmailed {
  static async start(addresses, args = []) {
    const world = new Smartmailed();
    world.folder = temporaryFolder();
    const printed = join(world.folder, 'print-house');
    for (const name of ['', 'in', 'out']) mkdirSync(join(printed, name), { recursive: true });
    world.postfix = await Postfix.start(addresses);
    world.server = await Server.start({
      args: [
        ...['--simulated-clock', '--smtp', world.postfix.url, '--mail-from', 'retur@postgang.example'],
        ...['--public-url', 'https://postgang.example', '--print-house', `file://${printed}`, ...args],
      ],
    });
    await world.server.company(`0007:${seller.identifier}`, seller.name);
    world.key = await world.server.key(`0007:${seller.identifier}`, scope);
    return world;
  }

  async remove() {
    await this.server?.remove();
    this.postfix?.remove();
    if (this.folder) removeFolder(this.folder);
  }

  call(path, method = 'GET', body = undefined) {
    return this.server.call(`/api/v1${path}`, { key: this.key, method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }) });
  }
  async advance(duration) {
    const moved = await this.call('/clock', 'POST', { advance: duration });
    assert.equal(moved.status, 200, JSON.stringify(moved.json));
  }

  // An invoice to Anna Berg with these files in it; { id, path } of her page.
  async mailed(number, address, files = []) {
    const customerNumber = String(30_000 + (this.customers = (this.customers ?? 0) + 1));
    const put = await this.call(`/partners/customer:${customerNumber}`, 'PUT', { name: 'Anna Berg', email: address });
    assert.ok(put.status < 300, JSON.stringify(put.json));
    const today = (await this.server.call('/health')).json.time.slice(0, 10);
    const due = new Date(Date.parse(today) + 40 * 86_400_000).toISOString().slice(0, 10);
    const buyer = { name: 'Anna Berg', street: 'Granvägen 8', town: 'Tallmo', postalCode: '123 45' };
    const attached = files.map(
      ({ name, text }) =>
        `<cac:AdditionalDocumentReference><cbc:ID>${name}</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="${name}">${Buffer.from(text).toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`,
    );
    const plain = withCustomerNumber(invoice({ number, seller, buyer, issueDate: today, dueDate: due }), customerNumber);
    const xml = plain.replace('<cac:AccountingSupplierParty>', `${attached.join('')}<cac:AccountingSupplierParty>`);
    const before = this.postfix.mailsTo(address).length;
    const answer = await this.server.send(this.key, xml);
    assert.equal(answer.status, 202, JSON.stringify(answer.json));
    const { id } = answer.json;
    await this.server.until(() => this.call(`/documents/${id}`), ({ json: seen }) => ['sent', 'failed'].includes(seen.status));
    const mails = await this.server.until(async () => this.postfix.mailsTo(address), (all) => all.length > before);
    return { id, path: /\/m\/[0-9a-z-]{35}/.exec(mails.at(-1).text)[0] };
  }

  page(path, options = {}) {
    return this.server.call(path, options);
  }
  press(path, body = undefined) {
    const headers = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    return this.server.call(path, { method: 'POST', body, headers });
  }
  // … once this is among them.
  sinceHas(id, type) {
    return this.server.until(() => this.since(id), (types) => types.includes(type));
  }
  // The types of what has happened since the mail was sent.
  async since(id) {
    const { json: list } = await this.call(`/documents/${id}/events`);
    const types = list.items.map(({ type }) => type);
    return types.slice(types.indexOf('sent') + 1);
  }
}
