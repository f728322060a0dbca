// A small world for the API's tests: the operator, a parent with two subsidiaries, a customer beside them, a stranger.
import { Server } from '../support/server.mjs';
import { company, invoice } from '../support/invoice.mjs';

export const identifierOf = (n) => `0007:${company(n)}`;

const parties = {
  nordhamn: { n: 11, name: 'Nordhamn AB' },
  energi: { n: 12, name: 'Nordhamn Energi AB', parent: 'nordhamn' },
  lager: { n: 13, name: 'Nordhamn Lager AB', parent: 'nordhamn' },
  granberga: { n: 14, name: 'Granberga Bygg AB' },
  stranger: { n: 15, name: 'Okänd Fisk AB', customer: false },
};

export const party = (name) => ({ identifier: company(parties[name].n), name: parties[name].name });

// `attachment`: { name, type, bytes } lies inside the invoice.
export function invoiceFrom(seller, buyer, number, { attachment, ...rest } = {}) {
  const xml = invoice({ number, seller: party(seller), buyer: party(buyer), ...rest });
  if (!attachment) return xml;
  const { name, type, bytes } = attachment;
  const reference = `<cac:AdditionalDocumentReference><cbc:ID>bilaga</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="${type}" filename="${name}">${bytes.toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`;
  return xml.replace('<cac:AccountingSupplierParty>', `${reference}<cac:AccountingSupplierParty>`);
}

export async function startWorld({ args = [], database } = {}) {
  const server = await Server.start({ args, database });
  const keys = {};
  for (const [name, { n, name: words, parent, customer = true }] of Object.entries(parties)) {
    if (!customer) continue;
    await server.company(identifierOf(n), words, parent ? ['--parent', identifierOf(parties[parent].n)] : []);
    keys[name] = await server.key(identifierOf(n), 'documents:read,documents:write,partners:read,partners:write,statistics:read');
  }
  const users = {
    karin: await server.user(identifierOf(12), 'karin@nordhamn.example', 'Karin Sand', 'sommar i hamnen'),
    holm: await server.user(identifierOf(14), 'holm@granberga.example', 'Karin Holm', 'byggnadslov 1962'),
    chef: await server.user(identifierOf(11), 'chef@nordhamn.example', 'Inga Berg', 'vinter i hamnen'),
  };
  return { server, keys, users };
}

export async function sendAndSettle(world, from, to, number, rest = {}) {
  const sent = await world.server.send(world.keys[from], invoiceFrom(from, to, number, rest));
  if (sent.status !== 202) throw new Error(`${number} was not taken in: ${JSON.stringify(sent.json)}`);
  await world.server.settled(world.keys[from], sent.json.id);
  return sent.json.id;
}
