// The words of texts/*.json in two chunks: those of every page, and those that only pages besides the first ask for. The
// sections that only the server says (mails, copies) are in neither.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const texts = path.resolve(import.meta.dirname, '../../texts');
const sections = ['channel', 'event', 'finding', 'portal', 'problem', 'status'];
const laterSections = ['bounce', 'postal'];
const laterOfPortal = ['bank', 'correction', 'decide', 'delivery', 'filters', 'handover', 'inbound', 'link', 'morning', 'multichannel', 'notices', 'operations', 'partner', 'registers', 'remembered', 'resend', 'settings', 'smartmail', 'stopped'];

type Words = Record<string, Record<string, unknown>>;

export function wordsOf(all: Words, part: string): Words {
  const isLater = part === 'later';
  const portal = Object.entries(all.portal ?? {}).filter(([name]) => laterOfPortal.includes(name) === isLater);
  const names = isLater ? laterSections : sections.filter((name) => name !== 'portal');
  return { ...Object.fromEntries(names.map((name) => [name, all[name] ?? {}])), portal: Object.fromEntries(portal) };
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
      const words = wordsOf(JSON.parse(readFileSync(file, 'utf8')) as Words, part);
      return Object.entries(words)
        .map(([name, section]) => `export const ${name} = ${JSON.stringify(section)};`)
        .join('\n');
    },
  };
}
