// Real invoices with one fault each, from the corpus that lies beside the repository: read there, never copied. Where it is
// missing, tests over it are skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './server.mjs';

const folder = join(root, '..', 'shared', 'corpus');
export const corpusMissing = existsSync(join(folder, 'expected.jsonl')) ? false : 'the corpus is not there';

const textOf = (file) => readFileSync(join(folder, file), 'utf8');

// mutations/ubl/NAME__drop_X_7.xml is invoices/ubl/NAME.xml with one fault.
export const baseOf = (file) => file.replace(/^mutations\//, 'invoices/').replace(/__[^/]*\.xml$/, '.xml');

const electronicAddress = (party) => /<cbc:EndpointID[^>]*>[^<]*<\/cbc:EndpointID>/.exec(party)?.[0];

// The party under a number that is somebody's: most examples print numbers whose check digits are wrong, and no company can
// have those. What the fault is about stays: an electronic address that the mutation has touched.
function withNumber(xml, base, tag, number) {
  const section = new RegExp(`<cac:${tag}>[\\s\\S]*?</cac:${tag}>`);
  const party = section.exec(xml)[0];
  const original = electronicAddress(section.exec(base)[0]);
  const legal = `<cbc:CompanyID schemeID="0007">${number}</cbc:CompanyID>`;
  let changed = party.replace(/(<cac:PartyLegalEntity>[\s\S]*?<\/cbc:RegistrationName>)(\s*<cbc:CompanyID[^>]*>[^<]*<\/cbc:CompanyID>)?/, `$1${legal}`);
  changed = changed.replace(/(<cac:PartyTaxScheme>\s*<cbc:CompanyID>)[A-Z]{2}\w*(<\/cbc:CompanyID>)/, `$1SE${number}01$2`);
  if (original && electronicAddress(party) === original) changed = changed.replace(original, `<cbc:EndpointID schemeID="0007">${number}</cbc:EndpointID>`);
  return xml.replace(party, changed);
}

// The corpus' file as an invoice from `seller` to `buyer` (organisation numbers) under a number of its own. `alter` are
// further changes of its text, [from, to]; each must find its place.
export function corpusInvoice(file, { number, seller, buyer, alter = [] }) {
  const base = textOf(baseOf(file));
  let xml = textOf(file);
  for (const [from, to] of alter) {
    const changed = xml.replace(from, to);
    if (changed === xml) throw new Error(`${file} has no ${from}`);
    xml = changed;
  }
  xml = withNumber(withNumber(xml, base, 'AccountingSupplierParty', seller), base, 'AccountingCustomerParty', buyer);
  return xml.replace(/<cbc:ID>[^<]*<\/cbc:ID>/, `<cbc:ID>${number}</cbc:ID>`);
}
