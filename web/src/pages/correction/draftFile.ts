// What a draft says about itself, to be read before it is sent: which document, to whom, how much. Only what UBL says in so
// many words; another format says nothing here, and its number comes from the server's check.
import type { Amount } from '@/format/amounts';

export interface DraftFacts {
  creditNote: boolean;
  number: string;
  receiver: string;
  identifier: string | null; // scheme and value
  amount: Amount | null;
}

function child(parent: Element | undefined, ...names: string[]): Element | undefined {
  let at = parent;
  for (const name of names) at = at && [...at.children].find((one) => one.localName === name);
  return at;
}
const text = (element: Element | undefined) => element?.textContent?.trim() ?? '';

export function factsOf(xml: string): DraftFacts | null {
  const root = new DOMParser().parseFromString(xml, 'application/xml').documentElement;
  if (root.localName !== 'Invoice' && root.localName !== 'CreditNote') return null;
  const party = child(root, 'AccountingCustomerParty', 'Party');
  const endpoint = child(party, 'EndpointID');
  const scheme = endpoint?.getAttribute('schemeID');
  const payable = child(root, 'LegalMonetaryTotal', 'PayableAmount');
  return {
    creditNote: root.localName === 'CreditNote',
    number: text(child(root, 'ID')),
    receiver: text(child(party, 'PartyLegalEntity', 'RegistrationName')) || text(child(party, 'PartyName', 'Name')),
    identifier: scheme && text(endpoint) ? `${scheme}:${text(endpoint)}` : null,
    amount: payable ? { value: text(payable), currency: payable.getAttribute('currencyID') ?? '' } : null,
  };
}
