// A small stand-in for the server while the portal is drawn. Not part of any build.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { components } from '../src/api/schema';

type S = components['schemas'];
type Doc = S['Document'];
const now = Date.parse('2026-11-23T08:41:09Z');
let seed = 7;
const random = () => ((seed = (seed * 48271) % 2147483647) / 2147483647);
const pick = <T,>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const me = { identifier: '0007:5599900122', name: 'Lövstad Energi AB' };
const others: [string, string][] = 'Tallmo kommun,Björkhaga Vård AB,Sundsholm Fisk AB,Granberga Bygg AB,Nordvik Livs AB,Ekdals Fastigheter AB,Klippans Verkstad AB,Silvergruvan Hotell AB,Hagströms Åkeri AB,Kustens Bageri AB,Malm & Ek Arkitekter i Västra Götaland AB,Fyrbåken Logistik AB'
  .split(',').map((name, i) => [`0007:55999001${30 + i}`, name]);
const people: [string, string][] = [['customer:20117', 'Anna Berg'], ['customer:20342', 'Erik Lindahl'], ['customer:20518', 'Maria Ek']];
const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');
const day = (ms: number) => iso(ms).slice(0, 10);
const uuid = (n: number) => `019ab2c4-5d10-7c3e-9a51-${String(n).padStart(12, '0')}`;

function make(n: number, at: number): Doc {
  const sent = random() < 0.8;
  const [identifier, name] = sent && random() < 0.15 ? pick(people) : pick(others);
  const counterpart = { identifier, name };
  const person = identifier.startsWith('customer');
  const status: S['DocumentStatus'] = person ? 'failed' : random() < 0.03 && sent ? 'stopped' : pick(['opened', 'opened', 'delivered', 'delivered', 'accepted', 'rejected', 'opened']);
  const unread = status === 'stopped' && random() < 0.3;
  const type: S['DocumentType'] = random() < 0.06 ? 'credit-note' : 'invoice';
  const reason = person ? 'no-channel-person' : unread ? 'xml-not-well-formed' : pick(['BR-CO-15', 'buyer-missing', 'number-missing']);
  const detail = status === 'opened' ? pick(['Karin Holm', 'L. Hagström']) : status === 'stopped' || status === 'failed' ? reason : status === 'delivered' ? 'inbox' : null;
  const value = (random() < 0.1 ? random() * 400000 : random() * 40000).toFixed(2);
  return {
    id: uuid(n), number: unread ? null : String(4742 - n), type, direction: sent ? 'sent' : 'received', status,
    channel: status === 'stopped' || status === 'failed' ? null : 'network',
    sender: sent ? me : counterpart, receiver: unread ? { identifier: null, name: null } : sent ? counterpart : me,
    customerNumber: sent ? String(10284 + n) : null, issueDate: unread ? null : day(at), dueDate: unread ? null : day(at + 30 * 864e5),
    amount: unread ? null : { value, currency: 'SEK' }, receivedAt: iso(at), lastEvent: { type: status, at: iso(Math.min(now, at + 36e5)), detail },
    format: unread ? null : 'UBL 2.1 Invoice', mediaType: 'application/xml', size: 30412, fileName: `${4742 - n}.xml`, sha256: '3f9a'.padEnd(60, '0') + 'c210',
    orderReference: 'GB-20931', buyerReference: 'Karin Holm', paymentReference: `${4742 - n}202681`, version: 1, root: uuid(n), supersedes: null, supersededBy: null,
    answer: sent
      ? status === 'failed' || status === 'stopped'
        ? { key: status, colour: status === 'failed' ? 'red' : 'amber', parameters: { receiver: name, reason } }
        : status === 'accepted' || status === 'rejected'
          ? { key: status, colour: status === 'accepted' ? 'green' : 'red', parameters: { receiver: name, at: iso(at), reason: 'no-channel' } }
          : { key: status, colour: 'green', parameters: { receiver: name, channel: 'network', deliveredAt: iso(at + 1e3), ...(status === 'opened' ? { openedAt: iso(at + 36e5), by: 'Karin Holm' } : {}) } }
      : { key: 'arrived', colour: 'blue', parameters: { sender: name, deliveredAt: iso(at + 1e3) } },
    attachments: n % 3 ? [] : [{ index: 0, name: 'Mätarprotokoll.pdf', mediaType: 'application/pdf', size: 217204, description: null }],
    copies: unread ? [] : [{ kind: 'email', sent: false }, { kind: 'print', sent: false }, { kind: 'bank', sent: false }, { kind: 'readable', sent: false }],
  };
}
const docs: Doc[] = Array.from({ length: 640 }, (_, n) => make(n, now - n * 55 * 60e3));
const streams = new Set<ServerResponse>();
let signedIn = true;
let id = 0;

function tell(doc: Doc, event: string) {
  const data: S['StreamDocument'] = { documentId: doc.id, event, status: doc.status, direction: doc.direction, type: doc.type, at: iso(Date.now()), number: doc.number, counterpart: (doc.direction === 'sent' ? doc.receiver : doc.sender).name };
  for (const stream of streams) stream.write(`id: ${++id}\nevent: document\ndata: ${JSON.stringify(data)}\n\n`);
}

const company: S['Company'] = { id: '1', identifier: me.identifier, name: me.name, isOperator: false };
const session = (): S['Session'] => ({
  user: { id: 'u', name: 'Karin Sand', email: 'karin.sand@lovstad.example', language: 'sv' }, company,
  companies: [company, { id: '2', identifier: '0007:5599900007', name: 'Lövstad AB', isOperator: false }], csrfToken: 'x', serverTime: iso(now), simulatedClock: false,
});

const arrays = (query: URLSearchParams, name: string) => query.getAll(name).flatMap((value) => value.split(',')).filter(Boolean);
function filtered(query: URLSearchParams, without = ''): Doc[] {
  const words = (query.get('query') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const other = (doc: Doc) => (doc.direction === 'sent' ? doc.receiver : doc.sender);
  return docs.filter((doc) => {
    const text = [doc.number, other(doc).name, other(doc).identifier, doc.customerNumber, doc.paymentReference, doc.amount?.value].join(' ').toLowerCase();
    if (!words.every((word) => text.includes(word))) return false;
    for (const name of ['status', 'channel', 'type'] as const) {
      const values = arrays(query, name);
      if (name !== without && values.length && !values.includes(doc[name] ?? '')) return false;
    }
    if (without !== 'direction' && query.get('direction') && doc.direction !== query.get('direction')) return false;
    if (query.get('counterpart') && other(doc).identifier !== query.get('counterpart')) return false;
    if (query.get('from') && day(Date.parse(doc.receivedAt)) < String(query.get('from'))) return false;
    if (query.get('to') && day(Date.parse(doc.receivedAt)) > String(query.get('to'))) return false;
    if (query.get('amountFrom') && Number(doc.amount?.value ?? 0) < Number(query.get('amountFrom'))) return false;
    return true;
  });
}
const sum = (rows: Doc[]) => (rows.length ? [{ value: rows.reduce((total, doc) => total + Number(doc.amount?.value ?? 0), 0).toFixed(2), currency: 'SEK' }] : []);
function counts(query: URLSearchParams, name: 'status' | 'channel' | 'type' | 'direction') {
  const by = new Map<string, number>();
  for (const doc of filtered(query, name)) if (doc[name]) by.set(doc[name], (by.get(doc[name]) ?? 0) + 1);
  return [...by].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function eventsOf(doc: Doc): S['EventList'] {
  const at = Date.parse(doc.receivedAt);
  const system = { kind: 'system' as const, name: 'Postgång' };
  const list: Omit<S['Event'], 'sequence' | 'hash'>[] = [
    { type: 'received', at: iso(at), actor: { kind: 'program', name: 'Affärssystem' }, parameters: { door: 'api', fileName: doc.fileName ?? '' }, plan: null, evidence: { kind: 'original', href: `/api/v1/documents/${doc.id}/original`, name: doc.fileName } },
    ...(doc.status === 'stopped' ? [{ type: 'stopped', at: iso(at + 90), actor: system, parameters: { finding: doc.lastEvent.detail ?? '', count: '1' }, plan: null, evidence: null }] : [
      { type: 'recognised', at: iso(at + 90), actor: system, parameters: { format: 'UBL 2.1 Invoice', number: doc.number ?? '' }, plan: null, evidence: null },
      { type: 'checked', at: iso(at + 90), actor: system, parameters: { warnings: '0' }, plan: null, evidence: null },
      { type: 'routed', at: iso(at + 90), actor: system, parameters: { ...(doc.channel ? { channel: 'network' } : {}), price: '0.30 SEK', reason: doc.channel ? 'receiver-is-customer' : 'receiver-unknown' }, plan: [{ channel: 'network', reachable: doc.channel !== null, price: { value: '0.30', currency: 'SEK' }, reason: doc.channel ? 'receiver-is-customer' : 'receiver-unknown' }], evidence: null },
    ]),
    ...(doc.channel ? [
      { type: 'delivery-started', at: iso(at + 900), actor: system, parameters: { channel: 'network', attempt: '1', address: doc.receiver.identifier ?? '' }, plan: null, evidence: null },
      { type: 'delivered', at: iso(at + 1000), actor: system, parameters: { channel: 'network', attempt: '1', receiver: doc.receiver.name ?? '', evidence: 'inbox' }, plan: null, evidence: { kind: 'inbox', href: null, name: null } },
    ] : []),
    ...(doc.status === 'opened' ? [
      { type: 'fetched', at: iso(at + 20e5), actor: { kind: 'program' as const, name: 'Ekonomisystem' }, parameters: { by: 'Ekonomisystem', company: doc.receiver.name ?? '', what: 'original' }, plan: null, evidence: null },
      { type: 'opened', at: iso(at + 36e5), actor: { kind: 'person' as const, name: 'Karin Holm' }, parameters: { by: 'Karin Holm', company: doc.receiver.name ?? '', what: 'copy' }, plan: null, evidence: { kind: 'opening', href: null, name: null } },
    ] : []),
    ...(doc.status === 'failed' ? [{ type: 'failed', at: iso(at + 95), actor: system, parameters: { reason: 'no-channel-person', receiver: doc.receiver.name ?? '' }, plan: null, evidence: null }] : []),
  ];
  const items = list.map((event, index) => ({ ...event, sequence: index + 1, hash: 'a'.repeat(64) }));
  return { items, nextCursor: null, chain: { length: items.length, head: 'a'.repeat(64), intact: true } };
}

function overview(): S['Overview'] {
  const today = docs.filter((doc) => day(Date.parse(doc.receivedAt)) >= '2026-11-22');
  const rows = (direction: string) => today.filter((doc) => doc.direction === direction);
  const bad = (kind: 'failed' | 'stopped' | 'rejected'): S['NeedsYou'] => {
    const all = docs.filter((doc) => doc.status === kind && doc.direction === 'sent');
    return { kind, direction: 'sent', count: all.length, reasons: [{ code: all[0]?.lastEvent.detail ?? 'no-channel', count: all.length }], counterparts: all.slice(0, 2).map((doc) => doc.receiver.name ?? '').filter(Boolean), oldest: all.at(-1)?.receivedAt ?? '' };
  };
  return {
    date: '2026-11-23', period: 'today', from: '2026-11-23', to: '2026-11-23', sent: { documents: rows('sent').length, amounts: sum(rows('sent')) }, received: { documents: rows('received').length, amounts: sum(rows('received')) },
    deliveredShare: { delivered: 4067, total: 4112, days: 30 }, openedShare: { opened: 3514, total: 4067, days: 30, withinDays: 3 }, unopenedReceived: 12, needsYou: [bad('failed'), bad('stopped'), bad('rejected')],
    channels: [{ channel: 'network', days: Array.from({ length: 30 }, (_, n) => 8 + ((n * 7) % 11)), today: 17, delivered: 247, total: 247, medianSecondsToReceipt: 0, price: { value: '0.30', currency: 'SEK' } }],
    latest: docs.slice(0, 12).map((doc, n) => ({ at: iso(now - n * 2e5), event: doc.status, documentId: doc.id, number: doc.number, counterpart: (doc.direction === 'sent' ? doc.receiver : doc.sender).name, direction: doc.direction, status: doc.status, type: doc.type })),
  };
}

const terms: S['Term'][] = [
  { term: 'BT-1', name: { sv: 'Fakturanummer', en: 'Invoice number' }, path: 'BT-1', kind: 'identifier', value: '4711', currency: null, scheme: null, children: [] },
  { term: 'BG-4', name: { sv: 'Säljare', en: 'Seller' }, path: 'BG-4', kind: 'group', value: null, currency: null, scheme: null, children: [{ term: 'BT-27', name: { sv: 'Säljarens namn', en: 'Seller name' }, path: 'BG-4/BT-27', kind: 'text', value: 'Lövstad Energi AB', currency: null, scheme: null, children: [] }] },
  ...[1, 2].map((n): S['Term'] => ({ term: 'BG-25', name: { sv: 'Fakturarad', en: 'Invoice line' }, path: `BG-25[${n}]`, kind: 'group', value: null, currency: null, scheme: null, children: [{ term: 'BT-131', name: { sv: 'Radens nettobelopp', en: 'Invoice line net amount' }, path: `BG-25[${n}]/BT-131`, kind: 'amount', value: '6400.00', currency: 'SEK', scheme: null, children: [] }] })),
];
const copy = (doc: Doc) => `<!doctype html><html lang="sv"><meta charset="utf-8"><style>body{margin:0;font:14px Inter,sans-serif;width:794px;box-sizing:border-box;padding:60px;background:#fff;color:#111}h1{text-align:right}td{padding:6px 0;border-bottom:1px solid #ccc}</style><b>Lövstad Energi</b><h1>Faktura ${doc.number}</h1><p>${doc.receiver.name}<br>Sågvägen 3<br>123 45 Granberga</p><table width="100%">${'<tr><td>Nätavgift november 2026<td align=right>6 400,00</tr>'.repeat(12)}</table><h2 align=right>Att betala ${doc.amount?.value} kr</h2></html>`;

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '', 'http://x');
  const path = url.pathname.slice('/api/v1'.length);
  const query = url.searchParams;
  const json = (value: unknown, status = 200) => {
    response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' });
    response.end(JSON.stringify(value));
  };
  const problem = (status: number, code: string, more = {}) => json({ type: `/problems/${code}`, title: code, status, code, detail: code, ...more }, status);
  const list = (items: unknown[]) => json({ items, nextCursor: null });
  if (path === '/session') {
    if (request.method === 'POST') {
      if (!body.includes('rätt') && !body.includes('demo')) return problem(401, 'credentials-wrong');
      signedIn = true;
      return json(session());
    }
    if (request.method === 'DELETE') signedIn = false;
    return signedIn ? json(session()) : problem(401, 'not-signed-in');
  }
  if (!signedIn) return problem(401, 'not-signed-in');
  if (path === '/stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    response.write(': hello\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
    return;
  }
  if (path === '/overview') return json(overview());
  if (path === '/partners') return list([...others, ...people].filter(([, name]) => name.toLowerCase().includes((query.get('query') ?? '').toLowerCase())).map(([identifier, name], n): S['Partner'] => ({ identifier, name, kind: identifier.startsWith('c') ? 'person' : 'company', status: identifier.startsWith('c') ? 'known' : 'customer', customerNumber: String(10284 + n), email: null, postalAddress: null, channels: identifier.startsWith('c') ? [] : ['network'], sentCount: 118 - n, receivedCount: n % 3 ? 0 : 4, lastActivityAt: iso(now) })));
  if (path.startsWith('/partners/')) return json({ identifier: '', name: [...others, ...people].find(([one]) => one === decodeURIComponent(path.slice(10)))?.[1] ?? '' });
  if (path === '/documents/facets') return json({ status: counts(query, 'status'), channel: counts(query, 'channel'), type: counts(query, 'type'), direction: counts(query, 'direction'), total: { count: filtered(query).length, amounts: sum(filtered(query)) }, partial: false });
  if (path === '/documents' && request.method === 'POST') {
    const name = decodeURIComponent(String(request.headers['x-file-name'] ?? 'fil.xml'));
    if (name.startsWith('samma')) return problem(409, 'duplicate-document', { documentId: docs[3]?.id, parameters: { number: '4739', date: '2026-11-23' } });
    if (name.endsWith('.zip')) return json({ documents: docs.slice(0, 7).map((doc) => ({ id: doc.id, status: doc.status, fileName: doc.fileName, number: doc.number, problem: null })) }, 202);
    const doc = { ...make(10000 + docs.length, now), direction: 'sent' as const, sender: me, number: name.replace(/\.\w+$/, '') };
    docs.unshift(doc);
    setTimeout(() => tell(doc, 'received'), 50);
    return json({ id: doc.id, status: 'received', fileName: name, number: null }, 202);
  }
  if (path === '/documents') {
    const rows = filtered(query);
    const sort = query.get('sort') ?? '-receivedAt';
    const key = (doc: Doc) => (sort.endsWith('amount') ? Number(doc.amount?.value ?? 0) : Date.parse((sort.endsWith('dueDate') ? doc.dueDate : doc.receivedAt) ?? ''));
    rows.sort((a, b) => (sort.startsWith('-') ? key(b) - key(a) : key(a) - key(b)));
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    return json({ items: rows.slice(from, from + limit), nextCursor: rows.length > from + limit ? String(from + limit) : null, previousCursor: from > 0 ? String(Math.max(0, from - limit)) : null });
  }
  const [, , docId, what] = path.split('/');
  const doc = docs.find((one) => one.id === docId);
  if (!doc) return problem(404, 'document-not-found');
  const text = (type: string, value: string) => {
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` });
    response.end(value);
  };
  switch (what) {
    case undefined: return json(doc);
    case 'events': return json(eventsOf(doc));
    case 'terms': return json({ items: terms, nextCursor: null, other: [] });
    case 'findings': return list(doc.status === 'stopped' ? [{ id: doc.lastEvent.detail, severity: 'error', term: 'BT-112', where: 'line 14, column 3', value: '100.00', explanation: { sv: 'Beloppet med moms borde vara 125,00, men är 100,00.', en: 'x' }, advice: { sv: 'Belopp med moms (BT-112) är beloppet utan moms plus momsen.', en: 'y' } }] : []);
    case 'deliveries': return list(doc.channel ? [{ id: doc.id, channel: 'network', status: doc.status === 'opened' ? 'opened' : 'delivered', address: doc.receiver.identifier, attempts: [{ number: 1, startedAt: doc.receivedAt, endedAt: doc.receivedAt, result: 'delivered', detail: null }], price: { value: '0.30', currency: 'SEK' }, evidence: { kind: 'inbox', href: null, name: null }, sentBytes: { href: `/api/v1/documents/${doc.id}/original`, sha256: doc.sha256, size: doc.size, mediaType: 'application/xml' } }] : []);
    case 'copies': return text('text/html', copy(doc));
    case 'original': return text('application/xml', `<?xml version="1.0" encoding="UTF-8"?>\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">\n${`  <cbc:ID schemeID="0007">${doc.number}</cbc:ID>\n`.repeat(40)}</Invoice>\n`);
    case 'opened': response.writeHead(204).end(); return;
    default: return problem(404, 'not-found');
  }
}

export function mock(): Plugin {
  return {
    name: 'postgang-mock',
    configureServer(server) {
      setInterval(() => {
        if (process.env.MOCK_LIVE !== '1') return;
        const doc = make(20000 + docs.length, Date.now());
        docs.unshift(doc);
        tell(doc, doc.direction === 'sent' ? 'received' : 'delivered');
      }, 4000).unref();
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/api/v1/')) return next();
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => answer(request, response, body));
        request.resume();
      });
    },
  };
}
