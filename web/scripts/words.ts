// The words of texts/*.json in two chunks: those of every page, and those that only pages besides the first ask for. The
// sections that only the server says (mails, copies) are in neither.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const texts = path.resolve(import.meta.dirname, '../../texts');
const sections = ['channel', 'event', 'finding', 'portal', 'problem', 'status'];
const laterSections = ['audit', 'bounce', 'postal'];
const laterOfPortal = ['account', 'acting', 'apiKeys', 'archives', 'audit', 'bank', 'company', 'copyKind', 'correction', 'customers', 'decide', 'delivery', 'developers', 'entrance', 'evidence', 'exports', 'facet', 'filters', 'find', 'group', 'handover', 'imports', 'inbound', 'insight', 'leads', 'link', 'morning', 'multichannel', 'news', 'notices', 'operations', 'partner', 'partners', 'persons', 'registers', 'remembered', 'resend', 'retention', 'sandbox', 'settings', 'signIn', 'smartmail', 'statistics', 'stopped', 'tickets', 'typeShort', 'typeThe', 'users', 'views', 'webhooks', 'welcome', 'wishes'];

// Problems that no page besides these can meet, by how their codes begin: in settings, registers, filters, corrections,
// imports, passwords and what the server's own partners hand in. What stops or fails a document is said on the first page.
const laterProblems =
  /^(access-point|already-member|archives?|bank-(?:agreement-answered|column|counterpart|file-wrong|format|list|receiver|row)|company-(?:twice|unknown)|correction|customer-exists|data-not-empty|decision|demand|described|description|design|dkim|domain|drop|email-invalid|event-type|evidence|exports?|filters?|financial|grant|handover-(?:answered|malformed|path|settings|test|way)|identity-(?:declined|of-another|provider|refused|unverified)|imap|imports?|invitations?|invited|invoice-response|key|last-administrator|leads?|letter-prices|link|listen-failed|logo|lookups|mail-is-off|memberships|merge|mls|move-needs|not-a-demo|own|parent|partners-are|password|payment-identifier|peppol-token|phone|place|policy-malformed|preview|print|provider|question|questions|recall|register|registers|remembered|render|resend|retention|sandbox|sbdh|scope-not-held|sealed|second-factor|setting-value|shared-views|smartmail-(?:address|pattern|reminded|setting)|smtp-url|spreadsheet|statistics|term|text|tickets?|trials|user|view|webhooks?|zip)(-|$)/;

type Words = Record<string, Record<string, unknown>>;
interface Texts extends Words {
  event: Record<string, Record<string, unknown>>;
}

export function wordsOf(all: Texts, part: string): Words {
  const isLater = part === 'later';
  const portal = Object.entries(all.portal ?? {}).filter(([name]) => laterOfPortal.includes(name) === isLater);
  const problem = Object.entries(all.problem ?? {}).filter(([code]) => laterProblems.test(code) === isLater);
  const event = Object.entries(all.event ?? {}).map(([type, { title, ...rest }]) => [type, isLater ? rest : { title }]); // Översikt says titles
  const names = isLater ? laterSections : sections;
  return {
    ...Object.fromEntries(names.map((name) => [name, all[name] ?? {}])),
    event: Object.fromEntries(event),
    problem: Object.fromEntries(problem),
    portal: Object.fromEntries(portal),
  };
}

export function splitWords(): Plugin {
  const mark = '\0words:';
  return {
    name: 'split-words',
    resolveId: (id) => (id.startsWith('words:') ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(mark)) return undefined;
      const [language = '', part = ''] = id.slice(mark.length).split('/');
      const file = path.join(texts, `${language}.json`);
      this.addWatchFile(file);
      const words = wordsOf(JSON.parse(readFileSync(file, 'utf8')) as Texts, part);
      return Object.entries(words)
        .map(([name, section]) => `export const ${name} = ${JSON.stringify(section)};`)
        .join('\n');
    },
  };
}
