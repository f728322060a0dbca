// Writes UBL invoices for the tests: valid Peppol BIS Billing 3 unless a test asks for a fault.

// An organisation number from its first nine digits, with its check digit (Luhn).
export function organisationNumber(nine) {
  const digits = String(nine).padStart(9, '0');
  let sum = 0;
  for (let index = 0; index < 9; index++) {
    const product = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return digits + ((10 - (sum % 10)) % 10);
}

// The tests' companies: fictional, from 559990-0000 up.
export const company = (n) => organisationNumber(559990000 + n);

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
const money = (öre) => `${öre < 0 ? '-' : ''}${Math.floor(Math.abs(öre) / 100)}.${String(Math.abs(öre) % 100).padStart(2, '0')}`;

// Without an identifier and with a customer number it is a person.
function party(tag, { identifier, name, street, town, postalCode, customerNumber }) {
  return `<cac:${tag}><cac:Party>
    ${identifier ? `<cbc:EndpointID schemeID="0007">${identifier}</cbc:EndpointID>` : ''}
    ${customerNumber ? `<cac:PartyIdentification><cbc:ID>${customerNumber}</cbc:ID></cac:PartyIdentification>` : ''}
    <cac:PartyName><cbc:Name>${escape(name)}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>${escape(street ?? 'Kajgatan 1')}</cbc:StreetName><cbc:CityName>${escape(town ?? 'Nordhamn')}</cbc:CityName><cbc:PostalZone>${postalCode ?? '123 45'}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    ${identifier ? `<cac:PartyTaxScheme><cbc:CompanyID>SE${identifier}01</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>` : ''}
    <cac:PartyLegalEntity><cbc:RegistrationName>${escape(name)}</cbc:RegistrationName>${identifier ? `<cbc:CompanyID schemeID="0007">${identifier}</cbc:CompanyID>` : ''}</cac:PartyLegalEntity>
  </cac:Party></cac:${tag}>`;
}

// lines: [{ text, quantity, öre }] at 25 % VAT. `padding` adds that many bytes of line text.
export function invoice({
  number,
  seller,
  buyer,
  lines = [{ text: 'Konsulttid', quantity: 2, öre: 50_000 }],
  issueDate = '2026-11-02',
  dueDate = '2026-12-02',
  ocr = '12344',
  order = 'PO-1',
  padding = 0,
}) {
  const net = lines.reduce((sum, line) => sum + line.quantity * line.öre, 0);
  const tax = Math.round(net * 0.25);
  const total = net + tax;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>${escape(number)}</cbc:ID>
  <cbc:IssueDate>${issueDate}</cbc:IssueDate>
  <cbc:DueDate>${dueDate}</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>
  <cbc:BuyerReference>Sara Lind</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>${escape(order)}</cbc:ID></cac:OrderReference>
  ${party('AccountingSupplierParty', seller)}
  ${party('AccountingCustomerParty', buyer)}
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>${ocr}</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>99990004</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">${money(tax)}</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="SEK">${money(net)}</cbc:TaxableAmount><cbc:TaxAmount currencyID="SEK">${money(tax)}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="SEK">${money(net)}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="SEK">${money(net)}</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="SEK">${money(total)}</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="SEK">${money(total)}</cbc:PayableAmount></cac:LegalMonetaryTotal>
  ${lines
    .map(
      (line, index) => `<cac:InvoiceLine><cbc:ID>${index + 1}</cbc:ID><cbc:InvoicedQuantity unitCode="HUR">${line.quantity}</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="SEK">${money(line.quantity * line.öre)}</cbc:LineExtensionAmount><cac:Item>${padding && index === 0 ? `<cbc:Description>${'Lång text. '.repeat(Math.ceil(padding / 11)).slice(0, padding)}</cbc:Description>` : ''}<cbc:Name>${escape(line.text)}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount currencyID="SEK">${money(line.öre)}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>`,
    )
    .join('\n  ')}
</Invoice>
`;
}
