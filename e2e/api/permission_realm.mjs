// Who the table of permissions is tried with, and how their objects are made: two customers that know nothing of each
// other, each the top of a group; a demanding receiver and a sender beside them, the operator; for the first a person of
// every role, and keys.
import assert from 'node:assert/strict';
import { company, invoice } from '../support/invoice.mjs';
import { Server } from '../support/server.mjs';
import { Person } from './session.mjs';

export const keyScopes = [
  'documents:read', 'documents:write', 'partners:read', 'partners:write', 'statistics:read', 'filters:read', 'filters:write',
  'companies:read', 'companies:write', 'users:read', 'users:write', 'webhooks:read', 'webhooks:write', 'audit:read', 'tickets:read', 'tickets:write',
];
const reader = ['documents:read', 'partners:read', 'statistics:read', 'filters:read', 'companies:read', 'tickets:read', 'tickets:write'];
const support = [...reader, 'documents:write'];
const clerk = [...support, 'partners:write', 'filters:write'];
const administrator = [...keyScopes, 'keys:write'];
// What each role may: written here once more, by hand, as the rule that the program is held to.
export const roles = { reader, support, clerk, administrator, staff: administrator, acting: administrator };

const parties = {
  own: { n: 91, name: 'Egna Energi AB' },
  foreign: { n: 92, name: 'Främmande Bygg AB' },
  demanding: { n: 93, name: 'Kravfulla Kommunen' },
  sender: { n: 94, name: 'Avsändare AB' },
  operator: { n: 95, name: 'Driften AB' },
  daughter: { n: 97, name: 'Egna Dotter AB', parent: 'own' },
  sister: { n: 98, name: 'Egna Syster AB', parent: 'own' },
  'foreign daughter': { n: 99, name: 'Främmande Dotter AB', parent: 'foreign' },
};
export const identifierOf = (side) => `0007:${company(parties[side].n)}`;
const stranger = { identifier: company(96), name: 'Okänd Fisk AB' };
const party = (side) => ({ identifier: company(parties[side].n), name: parties[side].name });

export const nobody = '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711';
const password = 'vinter i hamnen 1962';
const reason = 'Ärende 4711: hjälp med en faktura';

export class Realm {
  static async start() {
    const realm = new Realm();
    realm.count = 0;
    realm.keys = {};
    realm.narrow = new Map();
    realm.server = await Server.start({ args: ['--simulated-clock', '--handover-sandbox', '--rate-limit-read', 'off', '--rate-limit-write', 'off', '--rate-limit-open', 'off'] });
    for (const [side, { name, parent }] of Object.entries(parties)) {
      await realm.server.company(identifierOf(side), name, [...(side === 'operator' ? ['--operator'] : []), ...(parent ? ['--parent', identifierOf(parent)] : [])]);
      realm.keys[side] = await realm.server.key(identifierOf(side), keyScopes.join(','));
    }
    await realm.ok('demanding', 'POST', '/filters', { name: 'Krav', active: true, rules: [{ id: 'order', term: 'BT-13', test: 'digits', least: 8, most: 8, prefix: '45' }] });
    for (const side of ['own', 'foreign']) await realm.ok(side, 'PUT', '/handovers/settings/default', { way: 'api', hours: 4, version: 0 });
    realm.people = {};
    for (const role of ['reader', 'support', 'clerk', 'administrator', 'operator'])
      realm.people[role] = await realm.server.user(identifierOf(role === 'operator' ? 'operator' : 'own'), `${role}@postgang.example`, role, password, ['--role', role]);
    realm.people.foreign = await realm.server.user(identifierOf('foreign'), 'foreign@postgang.example', 'foreign', password, ['--role', 'administrator']);
    realm.administrators = {};
    return realm;
  }

  remove() {
    return this.server.remove();
  }

  // As a program of one of the companies, which may everything.
  async ok(side, method, path, body, type = 'application/json') {
    const answer = await this.server.call(`/api/v1${path}`, {
      key: this.keys[side],
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': type } }),
    });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.bytes.toString().slice(0, 500)}`);
    return answer.json;
  }

  async sign(who) {
    const person = await Person.signIn(this.server, this.people[who === 'staff' || who === 'acting' ? 'operator' : who]);
    if (who !== 'acting') return person;
    const own = person.session.companies.find(({ name }) => name === parties.own.name);
    const acting = await person.json('PUT', '/api/v1/session', { companyId: own.id, reason });
    assert.equal(acting.status, 200, JSON.stringify(acting.json));
    person.session = acting.json;
    return person;
  }

  // As a person who administers one of the two.
  async asPerson(side, method, path, body) {
    this.administrators[side] ??= await this.sign(side === 'own' ? 'administrator' : 'foreign');
    const answer = await this.administrators[side].json(method, `/api/v1${path}`, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.bytes.toString().slice(0, 500)}`);
    return answer.json;
  }

  async companyId(side) {
    this.companies ??= new Map();
    if (!this.companies.has(side)) {
      const { items } = await this.ok(side, 'GET', '/companies');
      this.companies.set(side, items.find(({ identifier }) => identifier === identifierOf(side)).id);
    }
    return this.companies.get(side);
  }

  async keyWith(scopes) {
    const name = scopes.join(',');
    if (!this.narrow.has(name)) this.narrow.set(name, await this.server.key(identifierOf('own'), name));
    return this.narrow.get(name);
  }

  // --- Objects. Each maker gives the parameters of a path; `absent` has the same ones, of nothing (or is asked for them).

  async sent(side, to, { order = 'PO-1', ...rest } = {}) {
    const buyer = to === 'stranger' ? stranger : party(to);
    const xml = this.attached(invoice({ number: `P-${++this.count}`, seller: party(side), buyer, order, ...rest }));
    const answer = await this.server.send(this.keys[side], xml);
    assert.equal(answer.status, 202, JSON.stringify(answer.json));
    await this.server.until(
      () => this.server.call(`/api/v1/documents/${answer.json.id}`, { key: this.keys[side] }),
      ({ status, json }) => status === 200 && !['received', 'ready', 'sending'].includes(json.status),
    );
    return answer.json.id;
  }
  attached(xml) {
    const file = `<cac:AdditionalDocumentReference><cbc:ID>bilaga</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">${Buffer.from('%PDF-1.4 test').toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
    return xml.replace('<cac:AccountingSupplierParty>', `${file}<cac:AccountingSupplierParty>`);
  }
}

const first = (list, what) => (assert.ok(list.length > 0, `no ${what} was made`), list[0]);
const nowhere = '987654321';
const daughterOf = (side) => (side === 'own' ? 'daughter' : 'foreign daughter');
const rule = { term: 'BT-13', test: 'present' };
const orderNumber = [{ term: 'BT-13', value: '45123456' }];

// A noun: how a company makes one by the interface. One line more for each new kind of object.
export const nouns = {
  document: { make: async (r, side) => ({ id: await r.sent(side, 'stranger') }), absent: { id: nobody } },
  toHold: { make: async (r, side) => ({ held: await r.sent(side, 'stranger') }), absent: { held: nobody } },
  held: {
    make: async (r, side) => {
      const held = await r.sent(side, 'stranger');
      await r.ok(side, 'PUT', `/retention/holds/${held}`, { reason: 'Tvist' });
      return { held };
    },
    absent: { held: nobody },
  },
  archive: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/archives');
      const state = async () => (await r.ok(side, 'GET', `/archives/${id}`)).state;
      assert.equal(await r.server.until(state, (now) => now !== 'making', 30_000), 'done');
      return { archiveId: id };
    },
    absent: { archiveId: nobody },
  },
  export: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/exports', { form: 'csv', filter: { number: `P-${++r.count}` } });
      const state = async () => (await r.ok(side, 'GET', `/exports/${id}`)).state;
      assert.equal(await r.server.until(state, (now) => !['waiting', 'making'].includes(now), 30_000), 'done');
      return { exportId: id };
    },
    absent: { exportId: nobody },
  },
  sharedView: { make: async (r, side) => ({ viewId: (await r.ok(side, 'POST', '/views', { list: 'sent', name: `V ${++r.count}`, query: '' })).id }), absent: { viewId: nobody } },
  returned: { make: async (r, side) => ({ id: await r.sent(side, 'demanding') }), absent: { id: nobody } },
  waiting: { make: async (r, side) => ({ id: await r.sent('sender', side) }), absent: { id: nobody } },
  attachment: { make: async (r, side) => ({ id: await r.sent(side, 'stranger'), index: 0 }), absent: { id: nobody, index: 0 } },
  delivery: {
    make: async (r, side) => {
      const id = await r.sent(side, 'demanding', { order: '45123456' });
      return { id, deliveryId: first((await r.ok(side, 'GET', `/documents/${id}/deliveries`)).items, 'delivery').id };
    },
    absent: { id: nobody, deliveryId: nobody },
  },
  corrected: {
    make: async (r, side) => {
      const id = await r.sent(side, 'demanding');
      await r.ok(side, 'POST', `/documents/${id}/corrections`, { changes: orderNumber, send: true });
      return { id };
    },
    absent: { id: nobody },
  },
  rule: {
    // One that is there corrects what comes by itself: another cannot be made by hand.
    make: async (r, side) => {
      const [there] = (await r.ok(side, 'GET', '/rules-remembered')).items;
      if (there) return { ruleId: there.id };
      const id = await r.sent(side, 'demanding');
      await r.ok(side, 'POST', `/documents/${id}/corrections`, { changes: orderNumber, send: true, remember: true });
      return { ruleId: first((await r.ok(side, 'GET', '/rules-remembered')).items, 'remembered rule').id };
    },
    absent: { ruleId: nobody },
  },
  partner: {
    make: async (r, side) => {
      const identifier = `customer:${side}-${++r.count}`;
      await r.ok(side, 'PUT', `/partners/${identifier}`, { name: 'Anna Berg', kind: 'person' });
      await r.ok(side, 'PUT', `/partners/${identifier}/smartmail`, { days: 5 });
      return { identifier };
    },
    absent: { identifier: 'customer:absent' },
  },
  filter: { make: async (r, side) => ({ filterId: (await r.ok(side, 'POST', '/filters', { name: 'F', rules: [rule], active: false })).id, version: 1 }), absent: { filterId: nobody, version: 1 } },
  trial: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/filters/trials', { rules: [rule], months: 1 });
      await r.server.until(() => r.ok(side, 'GET', `/filters/trials/${id}`), ({ state }) => state === 'done');
      return { trialId: id };
    },
    absent: { trialId: nobody },
  },
  register: { make: async (r, side) => ({ registerId: (await r.ok(side, 'POST', '/registers', { name: `R ${++r.count}`, kind: 'references', sharedWithSenders: false })).id }), absent: { registerId: nobody } },
  registerRow: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/registers', { name: `R ${++r.count}`, kind: 'references', sharedWithSenders: false });
      await r.ok(side, 'PUT', `/registers/${id}/rows/Anna`, {});
      return { registerId: id, value: 'Anna' };
    },
    absent: { registerId: nobody, value: 'Anna' },
  },
  import: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/registers', { name: `R ${++r.count}`, kind: 'references', sharedWithSenders: false });
      return { importId: (await r.ok(side, 'POST', `/registers/${id}/import`, 'Referens\nAnna\n', 'text/csv')).id };
    },
    absent: { importId: nobody },
  },
  agreement: {
    make: async (r, side) => {
      await r.ok(side, 'POST', '/bank-agreements/import', `mottagarid;kundnr;namn;bank\n1965050${30_000 + ++r.count}.NB.SE;${r.count};Karin Ek;Nordbanken\n`, 'text/csv');
      return { agreementId: first((await r.ok(side, 'GET', '/bank-agreements')).items, 'agreement').id };
    },
    absent: { agreementId: nobody },
  },
  handoverTest: { make: async (r, side) => ({ testId: (await r.ok(side, 'POST', '/handovers/test', { kind: 'invoice' })).id }), absent: { testId: nobody } },
  company: {
    make: async (r, side) => ({ companyId: await r.companyId(side) }),
    absent: { companyId: nowhere },
  },
  subsidiary: {
    make: async (r, side) => ({ companyId: await r.companyId(daughterOf(side)), parentId: await r.companyId('own') }),
    absent: async (r) => ({ companyId: nowhere, parentId: await r.companyId('own') }),
  },
  insight: {
    make: async (r, side) => {
      const pair = side === 'own' ? ['daughter', 'sister'] : ['foreign', 'foreign daughter'];
      const [ownerId, viewerId] = [await r.companyId(pair[0]), await r.companyId(pair[1])];
      if (side === 'own') await r.ok('own', 'PUT', `/insight/${ownerId}/${viewerId}`, { sent: true, received: true, types: [], mayAct: false });
      return { ownerId, viewerId };
    },
    absent: { ownerId: nowhere, viewerId: nowhere },
  },
  key: { make: async (r, side) => ({ keyId: (await r.asPerson(side, 'POST', '/keys', { name: `N ${++r.count}`, scopes: ['documents:read'], expiresInDays: 30 })).key.id }), absent: { keyId: nobody } },
  webhook: { make: async (r, side) => ({ webhookId: (await r.ok(side, 'POST', '/webhooks', { url: 'https://erp.example.com/in', events: ['*'] })).id }), absent: { webhookId: nobody } },
  statisticsSchedule: { make: async (r, side) => ({ scheduleId: (await r.asPerson(side, 'POST', '/statistics/schedules', { question: {}, every: 'week' })).id }), absent: { scheduleId: nobody } },
  webhookMessage: {
    make: async (r, side) => {
      const { id } = await r.ok(side, 'POST', '/webhooks', { url: 'https://erp.example.com/in', events: ['*'] });
      return { webhookId: id, messageId: (await r.ok(side, 'POST', `/webhooks/${id}/test`)).id };
    },
    absent: { webhookId: nobody, messageId: nobody },
  },
  ticket: { make: async (r, side) => ({ ticketId: (await r.ok(side, 'POST', '/tickets', { subject: 'Hjälp', text: 'Det krånglar' })).id }), absent: { ticketId: nobody } },
  ticketDocument: {
    make: async (r, side) => {
      const documentId = await r.sent(side, 'stranger');
      return { ticketId: (await r.ok(side, 'POST', '/tickets', { subject: 'Hjälp', text: 'Det krånglar', documents: [documentId] })).id, documentId };
    },
    absent: { ticketId: nobody, documentId: nobody },
  },
  ticketFile: {
    make: async (r, side) => {
      const attachments = [{ fileName: 'a.txt', content: Buffer.from('hej').toString('base64') }];
      const { id, messages } = await r.ok(side, 'POST', '/tickets', { subject: 'Hjälp', text: 'Det krånglar', attachments });
      return { ticketId: id, attachmentId: messages[0].attachments[0].id };
    },
    absent: { ticketId: nobody, attachmentId: nobody },
  },
  user: {
    make: async (r, side) => {
      const email = `user${++r.count}@${side}.example`;
      await r.server.user(identifierOf(side), email, 'Någon', password, ['--role', 'clerk']);
      return { userId: (await r.ok(side, 'GET', '/users')).items.find((user) => user.email === email).id, companyId: await r.companyId('own') };
    },
    absent: async (r) => ({ userId: nobody, companyId: await r.companyId('own') }),
  },
  // Nobody's before staff see it: whichever side asks, it is made by the public form.
  lead: {
    make: async (r) => {
      const email = `intresse${++r.count}@mejl.example`;
      const body = JSON.stringify({ name: 'Någon', email });
      await r.server.call('/api/v1/clock', { method: 'POST', key: r.keys.own, body: JSON.stringify({ advance: 'PT61M' }), headers: { 'content-type': 'application/json' } }); // so many write from here
      const made = await r.server.call('/api/v1/leads', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      assert.equal(made.status, 202, made.bytes.toString());
      r.drift ??= await r.sign('staff');
      return { leadId: first((await r.drift.call(`/api/v1/leads?query=${email}`)).json.items, 'lead').id };
    },
    absent: { leadId: nobody },
  },
  invitation: {
    make: async (r, side) => {
      const memberships = [{ companyId: await r.companyId(side), role: 'reader' }];
      return { invitationId: (await r.asPerson(side, 'POST', '/invitations', { email: `gast${++r.count}@${side}.example`, name: 'Gäst', language: 'sv', memberships })).id };
    },
    absent: { invitationId: nobody },
  },
};
