// The house rules, held by a program: floors, banned calls, lengths, words, what may not be committed.
// Limits are ratchets: an exception is listed with its present size and may shrink, never grow.
import { execFileSync } from 'node:child_process';
import { readFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import test from 'node:test';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const source = files.filter((file) => /^(src|tests|bench|fuzz)\/.*\.(cc|h)$/.test(file));
const script = files.filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !/schema\.ts$/.test(file));
const none = (faults, rule) => assert.deepEqual(faults, [], `${rule}\n  ${faults.join('\n  ')}`);

// What each folder of src/ may include. Anything else is upwards or sideways. (The table of the README, «The house».)
const floors = {
  base: [],
  xml: ['base'],
  net: ['base'],
  document: ['xml', 'base'],
  rules: ['document', 'xml', 'base'],
  formats: ['document', 'xml', 'base'],
  render: ['document', 'base'],
  store: ['document', 'base'],
  channels: ['formats', 'render', 'store', 'document', 'net', 'xml', 'base'],
  access: ['store', 'net', 'base'],
  flow: ['channels', 'access', 'render', 'formats', 'rules', 'store', 'document', 'net', 'xml', 'base'],
  insight: ['channels', 'formats', 'store', 'rules', 'document', 'base'],
  api: ['insight', 'flow', 'channels', 'access', 'render', 'formats', 'rules', 'store', 'document', 'net', 'base'],
  app: ['api', 'insight', 'flow', 'channels', 'access', 'render', 'formats', 'rules', 'store', 'document', 'net', 'xml', 'base'],
};

test('a folder includes only what stands beneath it', () => {
  const faults = [];
  for (const file of source.filter((name) => name.startsWith('src/'))) {
    const folder = file.split('/')[1];
    if (!floors[folder]) faults.push(`${file}: ${folder}/ is not in the table of floors`);
    for (const [, included] of read(file).matchAll(/^#include "([^"/]+)\//gm)) {
      if (included !== folder && floors[included] && !floors[folder]?.includes(included)) faults.push(`${file} includes ${included}/`);
    }
  }
  none(faults, 'Floors of the house:');
});

test('only one file speaks to Beast and Asio', () => {
  const speakers = source.filter((file) => file.startsWith('src/') && /#include <boost\/(beast|asio)/.test(read(file)));
  assert.ok(speakers.length <= 1, speakers.join(', '));
});

test('no banned call', () => {
  const banned = [
    [/std::regex/, 'std::regex: use RE2 or plain text functions', /./],
    [/\b(localtime|gmtime|mktime|strftime)(_r)?\s*\(/, 'local time: use base/time.h', /./],
    [/system_clock|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|gettimeofday/, 'the wall clock: ask the injected Clock', /^(?!src\/base\/(time|log)\.cc)/],
    [/\b(rand|srand)\s*\(|std::mt19937/, 'randomness: base/bytes.h, or a seeded generator of its own in tests and demo', /^src\/(?!app\/demo)/],
    [/\b(sprintf|strcpy|strcat|atoi|atof|strtok)\s*\(/, 'unbounded or unchecked C call: use from_chars, std::string', /./],
    [/std::sto[idlfu]+\s*\(/, 'std::stoi and its kin throw on input: use from_chars', /^src\//],
    [/\b(sleep|usleep|sleep_for|sleep_until)\s*\(/, 'nothing sleeps: wait on a condition or inject time', /^(src|tests)\/(?!store\/crash)/],
    [/\bdouble\b|\bfloat\b/, 'no float near amounts', /^src\/(document|formats|store|flow|channels|api|insight)\//],
    [/\b(NOW\(\)|CURRENT_TIMESTAMP|now\(\)\s*at|strftime\()/, 'time in SQL: it is injected', /^src\/store\//],
    [/catch\s*\([^)]*\)\s*\{\s*\}/, 'a silent catch', /./],
    [/networkidle/, 'it can be waited for in vain: settled() of e2e/support/browser.mjs', /^e2e\//],
    [/\b(TODO|FIXME|XXX|HACK)\b/, 'finish it or say it in the closing note', /./],
  ];
  const faults = [];
  for (const file of [...source, ...script].filter((name) => !name.startsWith('tests/tidy/'))) {
    const lines = read(file).split('\n');
    lines.forEach((line, index) => {
      const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\/\/.*$/, (comment) => (/TODO|FIXME|XXX|HACK/.test(comment) ? comment : ''));
      for (const [pattern, why, where] of banned) {
        if (!where.test(file)) continue;
        if (/^src\/store\//.test(file) && /SQL/.test(why) ? pattern.test(line) : pattern.test(code)) {
          if (!/tidy: /.test(line)) faults.push(`${file}:${index + 1}: ${why}`);
        }
      }
    });
  }
  none(faults, 'Banned (say why with «// tidy: reason» where it must be):');
});

// Files over the limit today; shrink them, never add.
const lineLimit = 400;
const longer = JSON.parse(readFileSync(new URL('./longer.json', import.meta.url), 'utf8'));
test(`a file has at most ${lineLimit} lines`, () => {
  const faults = [];
  for (const file of [...source, ...script].filter((name) => !/\.def$|terms_generated/.test(name))) {
    const lines = read(file).split('\n').length;
    if (lines > (longer[file] ?? lineLimit)) faults.push(`${file}: ${lines} lines`);
  }
  for (const file of Object.keys(longer)) if (!files.includes(file)) faults.push(`${file} is listed in tests/tidy/longer.json and is gone`);
  none(faults, 'Too long:');
});

test('a function fits a screen (90 lines at most)', () => {
  const faults = [];
  for (const file of source.filter((name) => name.startsWith('src/') && name.endsWith('.cc'))) {
    let start = 0;
    let head = '';
    read(file).split('\n').forEach((line, index) => {
      if (/^[A-Za-z].*\)\s*(const|noexcept|override|:.*)?\s*\{\s*$/.test(line) && !/^(namespace|class|struct|enum)/.test(line)) {
        start = index;
        head = line;
      }
      if (line === '}' && head) {
        if (index - start > (longer[`${file}#function`] ?? 90)) faults.push(`${file}:${start + 1}: ${index - start} lines`);
        head = '';
      }
    });
  }
  none(faults, 'Too long:');
});

test('every header says what it promises, and is included once', () => {
  const faults = [];
  for (const file of source.filter((name) => name.startsWith('src/') && name.endsWith('.h'))) {
    const text = read(file);
    if (!text.includes('#pragma once')) faults.push(`${file}: no #pragma once`);
    if (!/^\/\//.test(text)) faults.push(`${file}: no opening comment`);
  }
  none(faults, 'Headers:');
});

test('every folder of src/ says what belongs there', () => {
  const folders = [...new Set(source.filter((file) => file.startsWith('src/')).map((file) => file.split('/')[1]))];
  none(folders.filter((folder) => !existsSync(join(root, 'src', folder, 'README.md'))), 'No README.md in src/:');
});

test('both languages have the same words and parameters', () => {
  const flat = (value, path = '') =>
    typeof value === 'string' ? [[path, value]] : Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key));
  const swedish = new Map(flat(JSON.parse(read('texts/sv.json'))));
  const english = new Map(flat(JSON.parse(read('texts/en.json'))));
  const faults = [];
  const parameters = (sentence) => [...new Set([...sentence.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]))].sort().join();
  for (const [key, sentence] of swedish) {
    if (!english.has(key)) faults.push(`${key} is missing in English`);
    else if (parameters(sentence) !== parameters(english.get(key))) faults.push(`${key}: other parameters in English`);
    if (/!/.test(sentence)) faults.push(`${key}: an exclamation mark`);
  }
  for (const key of english.keys()) if (!swedish.has(key)) faults.push(`${key} is missing in Swedish`);
  none(faults, 'Words:');
});

// JSON.parse keeps the last of two and says nothing: a section would take another's words away.
test('no word has another of the same name beside it', () => {
  const faults = [];
  for (const file of files.filter((name) => name.startsWith('texts/') && name.endsWith('.json'))) {
    const open = []; // names seen in each object that is open, by how far it is indented
    for (const [index, line] of read(file).split('\n').entries()) {
      const [, indent, name] = /^( *)"([^"]+)":/.exec(line) ?? [];
      if (name === undefined) continue;
      open.length = indent.length / 2 + 1;
      const seen = (open[indent.length / 2] ??= new Set());
      if (seen.has(name)) faults.push(`${file}:${index + 1}: ${name}`);
      seen.add(name);
    }
  }
  none(faults, 'Names that stand twice:');
});

test('nothing is committed that does not belong', () => {
  const faults = [];
  for (const file of files) {
    // The contract, with an example for every call, and the types made of it grow with the interface.
    const mebibytes = ['src/api/openapi.json', 'web/src/api/schema.ts'].includes(file) ? 2 : 1;
    if (statSync(join(root, file)).size > mebibytes * 1024 * 1024) faults.push(`${file}: over ${mebibytes} MiB`);
    if (/\.(png|ico|woff2?|pdf|bin|zst)$/.test(file)) continue;
    const text = read(file);
    if (/package-lock\.json$/.test(file) && /"resolved": "http/.test(text)) faults.push(`${file}: registry addresses`);
    if (!/^tests\/tidy\//.test(file) && /(^|[\s"'(=])\/(work|root|home)\//m.test(text)) faults.push(`${file}: a path of somebody's machine`);
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) faults.push(`${file}: a private key`);
  }
  none(faults, 'Committed:');
});

test('C++ is laid out as .clang-format says', () => {
  try {
    execFileSync('clang-format', ['--dry-run', '-Werror', ...source.filter((file) => !file.includes('generated'))], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  } catch (fault) {
    const places = [...new Set(String(fault.stderr).split('\n').filter((line) => / error: /.test(line)).map((line) => line.split(':')[0]))];
    assert.fail(`run: clang-format -i ${places.join(' ')}`);
  }
});
