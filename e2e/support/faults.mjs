// Faults that a receiver's demands stop and that their sender may put right: what is wrong, which demand finds it, and what
// is done about it. Grouped by receiver; a receiver's demands are those of its faults together, so the corpus' invoice that
// they were made from (`base`) meets them all.
//
//   from     a mutation of the corpus, or the base with `alter`, [from, to] in its text
//   right    what is put into which field: typed, or `choose`n from what the page offers; `was` is what stood there, `scheme`
//            the identifier's, which stays or is found from the number
//   attach   a file that is laid in
const mutation = (name) => `mutations/ubl/${name}.xml`;
const example = (name) => `invoices/ubl/${name}.xml`;
const present = (term) => ({ term, test: 'present' });
const countries = (term) => ({ term, test: 'oneOf', values: ['SE', 'NO', 'DK', 'FI'] });
const gln = (term) => ({ term, test: 'checkDigit', kind: 'gln' });
const right = (term, typed, was = null, more = {}) => ({ term, typed, was, place: '', ...more });
const chosen = (term, choose, was = null, more = {}) => ({ term, choose, was, place: '', ...more });
const line = (number, group = '') => ({ place: `BG-25${number > 1 ? `[${number}]` : ''}${group}` });

const references = {
  name: 'Storbygget AB',
  base: example('Invoice-Max_content'),
  registers: [
    { kind: 'references', rows: ['Buyer reference', 'Sara Lind'] },
    { kind: 'orders', rows: ['20180117', '20180118'] },
    { kind: 'cost-centres', rows: ['BES, 87392', 'BES, 87393', 'Accounting 101-222-8'] },
  ],
  faults: [
    {
      what: 'no order number',
      alter: [['<cbc:ID>20180117</cbc:ID>', '']],
      demand: { term: 'BT-13', test: 'digits', count: 8, prefix: '2018' },
      right: [right('BT-13', '20180117')],
    },
    { what: 'an order number of the wrong form', alter: [['20180117<', 'PO 17<']], right: [right('BT-13', '20180118', 'PO 17')] },
    {
      what: 'an order number that is not in the register',
      alter: [['20180117<', '20189999<']],
      demand: { term: 'BT-13', test: 'inRegister', kind: 'orderNumber' },
      right: [chosen('BT-13', '20180117', '20189999')],
    },
    {
      what: 'a reference that is blank',
      alter: [['<cbc:BuyerReference>Buyer reference<', '<cbc:BuyerReference>  <']],
      demand: { term: 'BT-10', test: 'inRegister', kind: 'reference' },
      right: [right('BT-10', 'Sara Lind')],
    },
    { what: 'a reference that is not in the register', alter: [['>Buyer reference<', '>Anders<']], right: [chosen('BT-10', 'Sara Lind', 'Anders')] },
    { what: 'no project', alter: [[/<cac:ProjectReference>[\s\S]*?<\/cac:ProjectReference>/, '']], demand: { term: 'BT-11', test: 'startsWith', value: 'Project ' }, right: [right('BT-11', 'Project 99')] },
    { what: 'a project of the wrong form', alter: [['>Project 99<', '>99<']], right: [right('BT-11', 'Project 99', '99')] },
    {
      what: 'a contract of the wrong form',
      alter: [['>2017-123<', '>2017/123<']],
      demand: { term: 'BT-12', test: 'matches', value: '\\d{4}-\\d{3}', example: '2017-123' },
      right: [right('BT-12', '2017-123', '2017/123')],
    },
    { what: 'no order number of the seller', alter: [['<cbc:SalesOrderID>INK/0117/JM</cbc:SalesOrderID>', '']], demand: present('BT-14'), right: [right('BT-14', 'INK/0117/JM')] },
    { what: 'no receiving advice', alter: [[/<cac:ReceiptDocumentReference>[\s\S]*?<\/cac:ReceiptDocumentReference>/, '']], demand: present('BT-15'), right: [right('BT-15', 'R-7')] },
    {
      what: 'a despatch advice that ends wrong',
      alter: [['Feb 01-07<', 'Feb<']],
      demand: { term: 'BT-16', test: 'endsWith', value: '-07' },
      right: [right('BT-16', 'Feb 01-07', 'Despatch_advice Feb')],
    },
    { what: 'no tender', alter: [[/<cac:OriginatorDocumentReference>[\s\S]*?<\/cac:OriginatorDocumentReference>/, '']], demand: present('BT-17'), right: [right('BT-17', 'Lot 3')] },
    {
      what: 'a cost centre that is not in the register',
      alter: [['BES, 87392', 'BES, 1']],
      demand: { term: 'BT-19', test: 'inRegister', kind: 'costCentre' },
      right: [chosen('BT-19', 'BES, 87393', 'BES, 1')],
    },
    {
      what: 'a preceding invoice without its date',
      alter: [['<cbc:IssueDate>2018-01-31</cbc:IssueDate>', '']],
      demand: present('BT-26'),
      right: [right('BT-26', '2018-01-31', null, { place: 'BG-3' })],
    },
    {
      what: 'a line with an unregistered cost centre',
      alter: [['>Accounting 101-222-8<', '>Accounting 1<']],
      demand: { term: 'BT-133', test: 'inRegister', kind: 'costCentre', ifPresent: true },
      right: [chosen('BT-133', 'Accounting 101-222-8', 'Accounting 1', line(1))],
    },
    { what: 'a line without its object', alter: [[/<cac:DocumentReference> <!--[\s\S]*?<\/cac:DocumentReference>/, '']], demand: { ...present('BT-128'), which: 'some' }, right: [right('BT-128', '130-DR35141', null, line(1))] },
  ],
};

const places = {
  name: 'Platsverket',
  base: example('Invoice-Max_content'),
  faults: [
    { what: 'a delivery country of no list', from: mutation('Invoice-Max_content__code_IdentificationCode_153'), demand: countries('BT-80'), right: [right('BT-80', 'SE', 'ZZZ')] },
    {
      what: 'no postal address at all',
      from: mutation('Invoice-Max_content__drop_PostalAddress_95'),
      demands: [present('BT-50'), { term: 'BT-53', test: 'digits', count: 5 }, present('BT-52'), countries('BT-55')],
      right: [right('BT-50', 'Storgatan 8'), right('BT-53', '10203'), right('BT-52', 'Motown'), right('BT-55', 'SE')],
    },
    { what: 'a period that ends on no date', from: mutation('Invoice-Max_content__baddate_EndDate_15'), demand: { term: 'BT-74', test: 'minDaysAfter', days: 0, other: 'BT-73' }, right: [right('BT-74', '2018-02-07', '07/02/2018')] },
    { what: 'a line whose period begins on no date', from: mutation('Invoice-Max_content__baddate_StartDate_251'), demand: { term: 'BT-134', test: 'notInFuture', ifPresent: true }, right: [right('BT-134', '2018-02-01', '01/02/2018', line(1, '/BG-26'))] },
    { what: 'a post code of the wrong form', alter: [['>10203<', '>1020<']], right: [right('BT-53', '10203', '1020')] },
    { what: 'a buyer’s GLN with a wrong check digit', alter: [['7350000001228', '7350000001229']], demand: gln('BT-46'), right: [right('BT-46', '7350000001228', '7350000001229', { scheme: '0088' })] },
    { what: 'a place of delivery with a wrong check digit', alter: [['7350000001211', '7350000001212']], demand: gln('BT-71'), right: [right('BT-71', '7350000001211', '7350000001212', { scheme: '0088' })] },
    { what: 'a delivery in the future', alter: [['>2017-12-01<', '>2117-12-01<']], demand: { term: 'BT-72', test: 'notInFuture' }, right: [right('BT-72', '2017-12-01', '2117-12-01')] },
    { what: 'a delivery that is no date', alter: [['>2017-12-01<', '>1 december<']], right: [right('BT-72', '2017-12-01', '1 december')] },
    { what: 'nobody to deliver to', alter: [[/<cac:DeliveryParty>[\s\S]*?<\/cac:DeliveryParty>/, '']], demand: present('BT-70'), right: [right('BT-70', 'Förrådet')] },
    { what: 'a delivery address that is too long', alter: [['>DELIV Streetname-line1<', `>${'Lång gata '.repeat(5)}<`]], demand: { term: 'BT-75', test: 'length', most: 35 }, right: [right('BT-75', 'Kajgatan 1', 'Lång gata '.repeat(5).trim())] },
    { what: 'no town to deliver to', alter: [['<cbc:CityName>DELIV Town</cbc:CityName>', '']], demand: present('BT-77'), right: [right('BT-77', 'Nordhamn')] },
    { what: 'an e-mail address that is none', alter: [['B.E.Stallman@projekttjanst.se', 'B.E.Stallman']], demand: { term: 'BT-58', test: 'contains', value: '@' }, right: [right('BT-58', 'stallman@projekt.example', 'B.E.Stallman')] },
    { what: 'a telephone number with words in it', alter: [['>070123456<', '>växeln<']], demand: { term: 'BT-57', test: 'digits', least: 6 }, right: [right('BT-57', '070123456', 'växeln')] },
    { what: 'no attachment', alter: [[/<cac:Attachment>\s*<cbc:Emb[\s\S]*?<\/cac:Attachment>/, '']], demand: { test: 'attachment' }, right: [], attach: { name: 'tider.csv', mimeType: 'text/csv', text: 'datum;timmar\n2018-02-01;8\n' } },
  ],
};

export const receivers = [
  references,
  places,
  {
    name: 'Buyercompany ASA',
    base: example('Norwegian-example-1'),
    faults: [
      { what: 'a line without its order line', from: mutation('Norwegian-example-1__blank_LineID_186'), demand: present('BT-132'), right: [right('BT-132', '1', null, line(1))] },
      { what: 'a period that begins on the nought of June', from: mutation('Norwegian-example-1__checksum_StartDate_12'), demand: { term: 'BT-73', test: 'notInFuture' }, right: [right('BT-73', '2013-06-01', '2013-06-00')] },
      { what: 'an attachment of a type that is not taken', alter: [['mimeCode="application/pdf" filename="Hours-spent.csv"', 'mimeCode="text/csv" filename="Hours-spent.csv"']], demand: { test: 'attachment', fileTypes: ['pdf'] }, right: [], attach: { name: 'hours.pdf', mimeType: 'application/pdf', text: '%PDF-1.4\n%%EOF\n' } },
    ],
  },
  {
    name: 'Fakturamottagarföretaget AB',
    base: example('Testbolagets_UrsprFaktura_101000010'),
    faults: [
      { what: 'an order number that is blank', from: mutation('Testbolagets_UrsprFaktura_101000010__blank_ID_12'), demand: { term: 'BT-13', test: 'startsWith', value: 'TEST' }, right: [right('BT-13', 'TEST1000012345')] },
      { what: 'a buyer’s country of no list', from: mutation('Testbolagets_UrsprFaktura_101000010__code_IdentificationCode_54'), demand: countries('BT-55'), right: [right('BT-55', 'SE', 'ZZZ')] },
      { what: 'a period that begins on no date', from: mutation('Testbolagets_UrsprFaktura_101000010__baddate_StartDate_9'), demand: { term: 'BT-73', test: 'notInFuture' }, right: [right('BT-73', '2016-10-01', '01/10/2016')] },
    ],
  },
  {
    name: 'Storverket',
    base: example('BIS_Billing_30-Inkopskort'),
    faults: [
      { what: 'a reference that is empty', from: mutation('BIS_Billing_30-Inkopskort__blank_BuyerReference_7'), demand: { term: 'BT-10', test: 'length', least: 4, most: 4 }, right: [right('BT-10', 'PoPe')] },
      { what: 'no electronic address of the buyer', from: mutation('BIS_Billing_30-Inkopskort__drop_EndpointID_37'), demand: present('BT-49'), right: [right('BT-49', 'BUYER', null, { scheme: '0007' })] },
      { what: 'the fourth line’s period ends on no date', from: mutation('BIS_Billing_30-Inkopskort__baddate_EndDate_136'), demand: { term: 'BT-135', test: 'notInFuture', ifPresent: true }, right: [right('BT-135', '2017-10-15', '15/10/2017', line(4, '/BG-26'))] },
    ],
  },
  {
    name: 'Testverket',
    base: example('BIS_Billing_30-Hyrbil'),
    faults: [{ what: 'no accounting reference', from: mutation('BIS_Billing_30-Hyrbil__drop_AccountingCost_8'), demand: { term: 'BT-19', test: 'contains', value: 'ORG:' }, right: [right('BT-19', 'AnPer, ORG:40121')] }],
  },
  {
    name: 'A-Kommunen',
    base: example('BIS_Billing_30-DataIT'),
    faults: [
      { what: 'no order reference', from: mutation('BIS_Billing_30-DataIT__drop_OrderReference_8'), demand: present('BT-13'), right: [right('BT-13', 'REKVISITION11')] },
      { what: 'a date of delivery that is blank', from: mutation('BIS_Billing_30-DataIT__blank_ActualDeliveryDate_63'), demand: present('BT-72'), right: [right('BT-72', '2008-02-07')] },
      { what: 'no country to deliver to', from: mutation('BIS_Billing_30-DataIT__drop_Country_71'), demand: present('BT-80'), right: [right('BT-80', 'SE')] },
    ],
  },
  {
    name: 'Skellefteå Sambruk AB',
    base: example('BIS_Billing_30-Tjanster_Kopiering-2'),
    faults: [
      { what: 'an electronic address with a wrong check digit', from: mutation('BIS_Billing_30-Tjanster_Kopiering-2__number_1_EndpointID_39'), demand: { term: 'BT-49', test: 'checkDigit', kind: 'organisationNumber' }, right: [right('BT-49', 'BUYER', '5432154322', { scheme: '0007' })] },
      { what: 'no reference', from: mutation('BIS_Billing_30-Tjanster_Kopiering-2__drop_BuyerReference_8'), demand: present('BT-10'), right: [right('BT-10', 'Admin')] },
      { what: 'a post code that is blank', from: mutation('BIS_Billing_30-Tjanster_Kopiering-2__blank_PostalZone_45'), demand: present('BT-53'), right: [right('BT-53', '93100')] },
    ],
  },
  {
    name: 'Xstad kommun',
    base: example('BIS_Billing_30-Tjanster_Bevakning'),
    faults: [{ what: 'a town that is blank', from: mutation('BIS_Billing_30-Tjanster_Bevakning__blank_CityName_44'), demand: present('BT-52'), right: [right('BT-52', 'XSTAD')] }],
  },
  {
    name: 'Komponentlagret AB',
    base: example('BIS_Billing_30-Factoring-2'),
    faults: [{ what: 'a contact whose name is blank', from: mutation('BIS_Billing_30-Factoring-2__blank_Name_45'), demand: present('BT-56'), right: [right('BT-56', 'Spiken')] }],
  },
  {
    name: 'Mottagarföretaget AB',
    base: example('Testbolagets_Paminnelsefaktura_301000110'),
    faults: [{ what: 'no preceding invoice', from: mutation('Testbolagets_Paminnelsefaktura_301000110__drop_InvoiceDocumentReference_10'), demand: present('BT-25'), right: [right('BT-25', '101000010', null, { place: 'BG-3' })] }],
  },
  {
    name: 'Project services AB',
    base: example('CreditNote-Max_content'),
    faults: [{ what: 'a credit note’s delivery address without its second line', from: mutation('CreditNote-Max_content__blank_AdditionalStreetName_146'), demand: present('BT-76'), right: [right('BT-76', 'Port 3')] }],
  },
];
