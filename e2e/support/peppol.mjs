// A small Peppol on this machine: a locator (dnsmasq), a register (SMP) whose answers are signed, certificates made by
// openssl, and `postgang access-point` for the network.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, createSign, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { binary, removeFolder, temporaryFolder } from './server.mjs';

const dnsmasq = '/usr/sbin/dnsmasq';
export const hasPeppol = () => existsSync(dnsmasq);

const zone = 'sml.test';
const participants = 'iso6523-actorid-upis';
const billing = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1';
// What a participant registers: the document type, and the process that it belongs to.
export const documents = {
  invoice: { type: `urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##${billing}`, process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0' },
  invoiceResponse: {
    type: 'urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2::ApplicationResponse##urn:fdc:peppol.eu:poacc:trns:invoice_response:3::2.1',
    process: 'urn:fdc:peppol.eu:poacc:bis:invoice_response:3',
  },
};
const typeId = ({ type }) => `busdox-docid-qns::${type}`;
const smpNamespace = 'http://busdox.org/serviceMetadata/publishing/1.0/';
const ids = 'http://busdox.org/transport/identifiers/1.0/';
const dsig = 'http://www.w3.org/2000/09/xmldsig#';

function base32(bytes) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return bits.match(/.{1,5}/g).map((five) => letters[parseInt(five.padEnd(5, '0'), 2)]).join('');
}
const locatorName = (participant) => `${base32(createHash('sha256').update(participant.toLowerCase()).digest())}.${participants}.${zone}`;

function freeUdpPort() {
  return new Promise((resolve) => {
    const probe = createSocket('udp4');
    probe.bind(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const participantElement = (participant) => `<ParticipantIdentifier xmlns="${ids}" scheme="${participants}">${participant}</ParticipantIdentifier>`;

export class PeppolWorld {
  // takers: participants that have registered the invoice; answered: those of them that take answers to it, too.
  static async start(takers, answered = []) {
    const world = new PeppolWorld();
    world.answered = answered;
    world.folder = temporaryFolder();
    world.takers = takers;
    for (const kind of ['smp', 'ap']) {
      world.certificate(`${kind}-authority`, ['-newkey', 'rsa:2048', '-days', '3650']);
      const from = [`${kind}-authority.pem`, `${kind}-authority.key`].map((name) => join(world.folder, name));
      world.certificate(kind, ['-newkey', 'rsa:2048', '-days', '300', '-extensions', 'usr_cert', '-CA', from[0], '-CAkey', from[1]], kind === 'ap' ? 'POP000002' : kind);
    }
    world.certificate('tls', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-days', '2', '-addext', 'subjectAltName=DNS:localhost']);
    for (const token of ['out', 'in']) writeFileSync(world.file(`${token}.token`), randomBytes(24).toString('hex'));
    await world.startSmp();
    await world.startDns();
    return world;
  }

  file(name) {
    return join(this.folder, name);
  }
  token(name) {
    return readFileSync(this.file(`${name}.token`), 'utf8');
  }
  certificate(name, options, subject = name) {
    execFileSync('openssl', ['req', '-x509', '-nodes', '-sha256', '-subj', `/CN=${subject}`, ...options, '-keyout', this.file(`${name}.key`), '-out', this.file(`${name}.pem`)], { stdio: 'ignore' });
  }
  base64Of(name) {
    return readFileSync(this.file(`${name}.pem`), 'utf8').replace(/-----[A-Z ]+-----|\n/g, '');
  }

  async startSmp() {
    this.smp = createServer({ key: readFileSync(this.file('tls.key')), cert: readFileSync(this.file('tls.pem')) }, (request, response) => {
      const [, , who, services, document] = request.url.split('/').map(decodeURIComponent);
      const participant = who?.split('::')[1];
      const registered = this.registeredBy(participant);
      const asked = registered.find((one) => typeId(one) === document);
      const found = services ? asked : registered.length > 0;
      response.writeHead(found ? 200 : 404, { 'content-type': 'text/xml' });
      response.end(found ? (services ? this.signed(this.metadata(participant, asked)) : this.group(participant)) : '');
    });
    await new Promise((resolve) => this.smp.listen(0, '127.0.0.1', resolve));
    this.base = `https://localhost:${this.smp.address().port}/smp`;
  }
  registeredBy(participant) {
    if (!this.takers.includes(participant)) return [];
    return this.answered.includes(participant) ? [documents.invoice, documents.invoiceResponse] : [documents.invoice];
  }
  group(participant) {
    const base = `${this.base}/${encodeURIComponent(`${participants}::${participant}`)}/services`;
    const references = this.registeredBy(participant).map((one) => `<ServiceMetadataReference href="${base}/${encodeURIComponent(typeId(one))}"/>`);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<ServiceGroup xmlns="${smpNamespace}">${participantElement(participant)}<ServiceMetadataReferenceCollection>${references.join('')}</ServiceMetadataReferenceCollection></ServiceGroup>`;
  }
  // In canonical form, so that its digest is that of its bytes.
  metadata(participant, { type, process }) {
    return `<SignedServiceMetadata xmlns="${smpNamespace}"><ServiceMetadata><ServiceInformation>${participantElement(participant)}<DocumentIdentifier xmlns="${ids}" scheme="busdox-docid-qns">${type}</DocumentIdentifier><ProcessList><Process><ProcessIdentifier xmlns="${ids}" scheme="cenbii-procid-ubl">${process}</ProcessIdentifier><ServiceEndpointList><Endpoint transportProfile="peppol-transport-as4-v2_0"><EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>https://ap.example.com/as4</Address></EndpointReference><RequireBusinessLevelSignature>false</RequireBusinessLevelSignature><ServiceActivationDate>2020-01-01T00:00:00Z</ServiceActivationDate><ServiceExpirationDate>2099-01-01T00:00:00Z</ServiceExpirationDate><Certificate>${this.base64Of('ap')}</Certificate><ServiceDescription>test</ServiceDescription><TechnicalContactUrl>mailto:a@b.example</TechnicalContactUrl></Endpoint></ServiceEndpointList></Process></ProcessList></ServiceInformation></ServiceMetadata></SignedServiceMetadata>`;
  }
  signed(text) {
    const digest = createHash('sha256').update(text).digest('base64');
    const inner = `<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></CanonicalizationMethod><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></SignatureMethod><Reference URI=""><Transforms><Transform Algorithm="${dsig}enveloped-signature"></Transform></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod><DigestValue>${digest}</DigestValue></Reference></SignedInfo>`;
    const value = createSign('RSA-SHA256').update(`<SignedInfo xmlns="${dsig}">${inner}`).sign(readFileSync(this.file('smp.key')), 'base64');
    const signature = `<Signature xmlns="${dsig}"><SignedInfo>${inner}<SignatureValue>${value}</SignatureValue><KeyInfo><X509Data><X509Certificate>${this.base64Of('smp')}</X509Certificate></X509Data></KeyInfo></Signature>`;
    return text.replace('</SignedServiceMetadata>', `${signature}</SignedServiceMetadata>`);
  }

  async startDns() {
    this.dnsPort = await freeUdpPort();
    const records = this.takers.map((who) => `naptr-record=${locatorName(who)},100,10,U,Meta:SMP,!.*!${this.base}!`);
    const settings = [`port=${this.dnsPort}`, 'listen-address=127.0.0.1', 'bind-interfaces', 'no-resolv', 'no-hosts', 'no-poll', 'log-facility=-', 'pid-file=', `local=/${zone}/`];
    if (process.getuid() === 0) settings.push('user=root');
    writeFileSync(this.file('dns.conf'), [...settings, ...records, ''].join('\n'));
    this.dns = spawn(dnsmasq, ['--keep-in-foreground', `--conf-file=${this.file('dns.conf')}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    await this.says(this.dns, 'stderr', /started, version/);
  }
  // What a program says once it is ready.
  says(child, stream, words) {
    return new Promise((resolve, reject) => {
      let said = '';
      child[stream].on('data', (part) => {
        said += part;
        const found = said.match(words);
        if (found) resolve(found);
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    });
  }

  // The access point that sends nothing; `more` are its --receiver and --response.
  async startAccessPoint(url, more = []) {
    const args = ['access-point', '--listen', '127.0.0.1:0', '--token', this.file('out.token'), '--postgang', url, '--postgang-token', this.file('in.token'), ...more];
    this.accessPoint = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [, port] = await this.says(this.accessPoint, 'stdout', /port (\d+)/);
    this.accessPointUrl = `http://127.0.0.1:${port}`;
  }
  // The network between several Postgångs: each hands over under a path of its own, and what it hands over is handed in at
  // the one whose receiver it is for. `houses`: { path: { provider, participants } }, with `url` once it is up.
  async startNetwork(houses) {
    this.network = createPlainServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', async () => {
        const body = Buffer.concat(parts).toString();
        const [, path] = request.url.split('/');
        const sender = houses[path];
        const receiver = body.match(/<(?:\w+:)?Receiver>.*?<(?:\w+:)?Identifier[^>]*>([^<]+)</s)?.[1];
        const house = Object.values(houses).find(({ provider, participants }) => receiver?.startsWith(provider) || participants.includes(receiver));
        if (request.headers['x-token'] !== this.token('out') || request.method !== 'POST' || !house) {
          response.writeHead(request.method === 'GET' ? 404 : 422).end();
          return;
        }
        const headers = { 'content-type': 'application/xml', 'x-token': this.token('in'), 'x-as4-time': new Date().toISOString(), 'x-sender-access-point': `POP${sender.provider.slice(5)}` };
        const taken = await fetch(`${house.url}/api/v1/peppol/inbound`, { method: 'POST', body, headers });
        const said = await taken.json();
        response.writeHead(taken.ok ? 200 : 422, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            taken.ok
              ? { overallSuccess: true, sbdhInstanceIdentifier: said.sbdhInstanceIdentifier, as4MessageId: 'm@network', as4SendingDateTime: new Date().toISOString(), c3CertSubjectCN: `POP${house.provider.slice(5)}` }
              : { overallSuccess: false, errorDetails: said.detail },
          ),
        );
      });
    });
    await new Promise((resolve) => this.network.listen(0, '127.0.0.1', resolve));
    return (path) => `http://127.0.0.1:${this.network.address().port}/${path}`;
  }
  async submissions() {
    const answer = await fetch(`${this.accessPointUrl}/api/sandbox/submissions`, { headers: { 'x-token': this.token('out') } });
    return (await answer.json()).items;
  }
  handInArgs(url, file, sender, receiver, more = []) {
    return ['access-point', '--postgang', url, '--postgang-token', this.file('in.token'), '--hand-in', file, '--sender', sender, '--for', receiver, ...more];
  }
  serveArgs(provider = '0242:000001') {
    return [
      ...['--peppol-authorities', this.file('smp-authority.pem'), '--peppol-access-points', this.file('ap-authority.pem'), '--peppol-zone', zone],
      ...['--peppol-resolver', `127.0.0.1:${this.dnsPort}`, '--peppol-tls-authorities', this.file('tls.pem'), '--peppol-sandbox'],
      ...['--peppol-access-point', this.accessPointUrl, '--peppol-access-point-token', this.file('out.token')],
      ...['--peppol-inbound-token', this.file('in.token'), '--peppol-service-provider', provider],
    ];
  }

  async remove() {
    for (const child of [this.accessPoint, this.dns]) {
      if (!child?.pid || child.exitCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    for (const listening of [this.smp, this.network]) if (listening) await new Promise((resolve) => listening.close(resolve));
    removeFolder(this.folder);
  }
}
