// Invoices that carry script in every field that an invoice can carry, made from the example that has every term. Any of it
// that is read as HTML, anywhere, leaves an <x-evil> behind; any that runs sets `hacked` on the window.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './server.mjs';

const example = readFileSync(join(root, 'tests/formats/examples/every_term.xml'), 'utf8');

// `mark` says which field it was.
const payloads = [
  (mark) => `"><x-evil id="${mark}"></x-evil><img src=x onerror="top.hacked='${mark}'"><script>top.hacked='${mark}'</script>`,
  (mark) => `'><svg onload=top.hacked='${mark}'><x-evil></x-evil></svg>`,
  (mark) => `</script></style></title></textarea></noscript><x-evil></x-evil><iframe srcdoc="<script>top.hacked='${mark}'</script>"></iframe>`,
  (mark) => `javascript:top.hacked='${mark}'//"><x-evil onmouseover=top.hacked=1>`,
  (mark) => `&lt;x-evil&gt;&#60;script&#62;top.hacked='${mark}'&#60;/script&#62;`,
  (mark) => `{{constructor.constructor("top.hacked='${mark}'")()}}\${top.hacked=1}<x-evil>`,
  (mark) => `]]><x-evil></x-evil><!--><script>top.hacked='${mark}'</script>-->`,
  (mark) => `<math><mtext><table><mglyph><style><!--</style><img title="--><x-evil><img src=1 onerror=top.hacked='${mark}'>">`,
];
export const payload = (mark, kind = 0) => payloads[kind % payloads.length](mark);

export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
const url = ["javascript:top.hacked='url'", "data:text/html,<script>top.hacked='url'</script>", 'vbscript:x'];

// What must be as it is, or nobody would know what the file is and whose.
const fixed = /^(CustomizationID|ProfileID|EndpointID)$/;
// What a reader takes for a figure, a date or a code.
const formed = /^(IssueDate|DueDate|TaxPointDate|StartDate|EndDate|ActualDeliveryDate|.*Amount|.*Quantity|Percent|MultiplierFactorNumeric|ChargeIndicator|.*Code|ID|CompanyID)$/;

function files() {
  const markup = '<x-evil></x-evil><script>top.hacked="file"</script>';
  const inside = [
    ['image/svg+xml', 'bild.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="top.hacked='svg'">${markup}</svg>`],
    ['text/html', 'sida.html', `<html><body onload="top.hacked='html'">${markup}</body></html>`],
    ['application/xhtml+xml', 'sida.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml"><body>${markup}</body></html>`],
    ['application/pdf', `${payload('file-name', 1)}.pdf`, markup],
    ['text/plain; charset="><x-evil>', 'a.txt', markup],
  ];
  return inside
    .map(
      ([type, name, bytes], index) =>
        `<cac:AdditionalDocumentReference><cbc:ID>${escaped(payload(`file-${index}`, index))}</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="${escaped(type)}" filename="${escaped(name)}">${Buffer.from(bytes).toString('base64')}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`,
    )
    .join('');
}

// `everywhere`: in figures, dates and codes, too; such a file can be read in part at most. `number` begins the invoice's own.
export function hostileInvoice({ number, seller, buyer, everywhere = false }) {
  let count = 0;
  const parties = example
    .replace(/<!--[^]*?-->/, '')
    .replace('<cbc:EndpointID schemeID="0007">5599900122', `<cbc:EndpointID schemeID="0007">${seller}`)
    .replace('<cbc:EndpointID schemeID="0088">7300000000011', `<cbc:EndpointID schemeID="0007">${buyer}`);
  return parties
    .replace(/<cbc:(\w+)([^>]*)>([^<]*)<\/cbc:\1>/g, (whole, name, attributes, text) => {
      if (fixed.test(name) || name === 'EmbeddedDocumentBinaryObject') return whole;
      const isIdentity = name === 'CompanyID' && /0007/.test(attributes);
      if (isIdentity) return whole.replace('5599900122', seller).replace('5599900130', buyer);
      if (name === 'URI') return `<cbc:URI>${escaped(url[0])}</cbc:URI>`;
      const isOurNumber = text === 'NH-2026-0417';
      if (isOurNumber) return `<cbc:ID>${escaped(`${number} ${payload('BT-1')}`)}</cbc:ID>`;
      const isReference = (name === 'ID' && /[A-Z]-|^INL|^KAJ|^TID/.test(text)) || /F-skatt/.test(text);
      if (formed.test(name) && !isReference && !everywhere) return whole;
      const evil = escaped(`${text} ${payload(`${name}-${++count}`, count)}`);
      return `<cbc:${name}${everywhere ? hostileAttributes(attributes) : attributes}>${evil}</cbc:${name}>`;
    })
    .replace('<cac:ProjectReference>', `${files()}<cac:ProjectReference>`);
}

const hostileAttributes = (attributes) => attributes.replace(/(\w+)="([^"]*)"/g, (_, name, value) => `${name}="${escaped(`${value}${payload(name, 1)}`)}"`);
