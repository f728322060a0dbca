// House rules of the portal, held by a program: words, colours, and types that follow the contract.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import contract from '../../src/api/openapi.json';
import sv from '@texts/sv.json';
import { wordsOf } from '../scripts/words';
import { tokens } from './theme/tokens';

const here = import.meta.dirname;
const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|tsx|css)$/.test(name) && !/test|schema\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(here, name), 'utf8') }));

function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`),
  );
}

describe('words', () => {
  const all = new Set(keysOf(sv));
  const known = (key: string) => all.has(key) || all.has(`${key}_one`);

  it('every word that the portal asks for exists', () => {
    const missing = files.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !known(key))
        .map((key) => `${name}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('no word of the portal lies unused', () => {
    const code = files.map(({ text }) => text).join('\n');
    const asked = new Set([...code.matchAll(/['"`]((?:portal|event)\.[\w.-]+)/g)].map((match) => match[1] ?? ''));
    const prefixes = [...code.matchAll(/[`'"]((?:portal|event)\.[\w.-]*?)\$\{/g)].map((match) => match[1] ?? '');
    const unused = [...all]
      .filter((key) => key.startsWith('portal.'))
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !asked.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
      .filter((key) => !/^portal\.(problem|reason)\./.test(key));
    expect([...new Set(unused)]).toEqual([]);
  });

  it('what stands on every page is said by the words that come first', () => {
    const later = Object.keys(wordsOf(sv, 'later').portal ?? {});
    const early = files.filter(({ name }) => /^(frame|ui|pages\/(overview|login))\//.test(name)).map(({ text }) => text);
    expect(later).toContain('smartmail');
    expect(later.filter((section) => early.some((text) => text.includes(`portal.${section}.`)))).toEqual([]);
    for (const section of ['portal', 'problem'] as const) {
      const both = [...Object.keys(wordsOf(sv, 'first')[section] ?? {}), ...Object.keys(wordsOf(sv, 'later')[section] ?? {})];
      expect(both.sort()).toEqual(Object.keys(sv[section]).sort());
    }
  });

  it('who signs in, searches or sees why documents stopped is answered in words before any later page', () => {
    const first = wordsOf(sv, 'first').problem;
    for (const code of ['credentials-wrong', 'too-many-attempts', 'not-signed-in', 'scope-missing', 'overloaded', 'no-channel', 'letter-returned-moved', 'peppol-rejected', 'smartmail-not-opened'])
      expect(first).toHaveProperty(code);
  });

  it('every other page is shown when its words are there', () => {
    const routers = files.filter(({ name }) => name === 'router.tsx' || name.startsWith('routes/')).map(({ text }) => text);
    const bare = [...routers.join('\n').matchAll(/\(\) => import\('([^']+)'\)/g)].map((match) => match[1] ?? '');
    expect(bare.sort()).toEqual(['./pages/login/LoginPage', './pages/overview/OverviewPage', '@/frame/Frame']);
  });

  it('whoever has not signed in yet is let stay on the pages outside the sign-in', () => {
    const textOf = (wanted: string) => files.find(({ name }) => name === wanted)?.text ?? '';
    const outside = [...textOf('router.tsx').matchAll(/getParentRoute: \(\) => root,\s+path: '(\/[\w-]+)(?:\/[^']*)?'/g)].map((match) => match[1] ?? '');
    const open = /const isOpen = .*/.exec(textOf('App.tsx'))?.[0] ?? '';
    expect(outside).toContain('/invitation');
    expect(outside.filter((path) => !open.includes(`'${path}'`) && !open.includes(`'${path}/'`))).toEqual([]);
  });

  it('every kind of job that may wait has a name', () => {
    const steps = readFileSync(path.join(here, '../../src/flow/steps.cc'), 'utf8');
    const kinds = [...steps.matchAll(/^ {4}\{"([\w-]+)",/gm)].map((match) => match[1] ?? '');
    expect(kinds).toContain('deliver');
    expect(kinds.filter((kind) => !known(`portal.operations.kind.${kind}`))).toEqual([]);
  });

  it('every status and channel has a word and a look', () => {
    expect(Object.keys(tokens.documentStatus).sort()).toEqual(Object.keys(sv.status.document).sort());
    expect(Object.keys(tokens.deliveryStatus).sort()).toEqual(Object.keys(sv.status.delivery).sort());
    expect(Object.keys(tokens.colour.channel).sort()).toEqual(Object.keys(sv.channel).sort());
  });

  it('everything that needs somebody has words', () => {
    const kinds = contract.components.schemas.NeedsYou.properties.kind.enum;
    const oneWay: Record<string, string> = { 'notice-unreachable': 'received', 'smartmail-deadline': 'sent' };
    const missing = ['sent', 'received'].flatMap((direction) =>
      kinds
        .filter((kind) => (oneWay[kind] ?? direction) === direction)
        .map((kind) => `portal.overview.need.${direction}.${kind}`)
        .filter((key) => !known(key)),
    );
    expect(missing).toEqual([]);
  });

  it('every status of the contract has a look', () => {
    expect(Object.keys(tokens.documentStatus).sort()).toEqual([...contract.components.schemas.DocumentStatus.enum].sort());
    expect(Object.keys(tokens.deliveryStatus).sort()).toEqual([...contract.components.schemas.DeliveryStatus.enum].sort());
  });
});

describe('colours', () => {
  it('no colour stands outside tokens.json', () => {
    const literal = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(white|black|red|green|blue|gray|grey)\b/i;
    const found = files.flatMap(({ name, text }) =>
      text
        .split('\n')
        .filter((line) => literal.test(line) && !/^\s*(\/\/|\*)|`#\$|href="#|querySelector|U\+/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the contract', () => {
  it('schema.ts is what openapi.json says (npm run types)', async () => {
    const made = astToString(await openapiTS(contract as unknown as Parameters<typeof openapiTS>[0]));
    const committed = readFileSync(path.join(here, 'api/schema.ts'), 'utf8');
    expect(committed.slice(committed.indexOf('export interface paths'))).toBe(made.slice(made.indexOf('export interface paths')));
  }, 30_000);
});
