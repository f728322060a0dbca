// docs/security.md has every requirement of ASVS 5.0.0, levels 1 and 2, exactly once, with a state of its own list, and what
// it names as proof is there.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import test from 'node:test';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

// How many requirements of those levels each section has; they are numbered from 1.
const sections = {
  1.1: 2, 1.2: 9, 1.3: 11, 1.4: 3, 1.5: 2, 2.1: 3, 2.2: 3, 2.3: 4, 2.4: 1, 3.2: 2, 3.3: 4, 3.4: 6, 3.5: 5, 3.7: 2, 4.1: 3, 4.2: 1, 4.3: 2, 4.4: 4,
  5.1: 1, 5.2: 3, 5.3: 2, 5.4: 3, 6.1: 3, 6.2: 12, 6.3: 4, 6.4: 4, 6.5: 5, 6.6: 3, 6.8: 4, 7.1: 3, 7.2: 4, 7.3: 2, 7.4: 5, 7.5: 2, 7.6: 2, 8.1: 2,
  8.2: 3, 8.3: 1, 8.4: 1, 9.1: 3, 9.2: 4, 10.1: 2, 10.2: 2, 10.3: 4, 10.4: 11, 10.5: 5, 10.6: 2, 10.7: 3, 11.1: 2, 11.2: 3, 11.3: 3, 11.4: 4, 11.5: 1,
  11.6: 1, 12.1: 3, 12.2: 2, 12.3: 4, 13.1: 1, 13.2: 5, 13.3: 2, 13.4: 5, 14.1: 2, 14.2: 4, 14.3: 3, 15.1: 3, 15.2: 3, 15.3: 7, 16.1: 1, 16.2: 5,
  16.3: 4, 16.4: 3, 16.5: 3, 17.1: 1, 17.2: 4, 17.3: 2,
};
const rows = [...text.matchAll(/^\| (\d+\.\d+)\.(\d+)(?:–\d+\.\d+\.(\d+))? \| (\S+) \| (.*) \|$/gm)];

test('every requirement of levels 1 and 2 has its line, once', () => {
  const wanted = Object.entries(sections).flatMap(([section, count]) => Array.from({ length: count }, (_, index) => `${section}.${index + 1}`));
  assert.equal(wanted.length, 253);
  const said = rows.flatMap(([, section, from, to]) => Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, index) => `${section}.${Number(from) + index}`));
  assert.deepEqual(said.sort(), wanted.sort());
});

test('each has a state and says how, and a gap is named at the end', () => {
  const end = text.slice(text.indexOf('## What is known to be missing'));
  for (const [, section, number, , state, words] of rows) {
    assert.ok(['met', 'part', 'operator', 'gap', '–'].includes(state), `${section}.${number}: ${state}`);
    assert.ok(words.length > 3, `${section}.${number} says nothing`);
    if (state === 'gap') assert.ok(end.includes(`${section}.${number}`), `${section}.${number} is a gap that is not named`);
  }
});

test('what is named as proof is there', () => {
  const named = [...text.matchAll(/`((?:src|tests|e2e|docs|web|scripts|cmake|fuzz)\/[\w./-]*)`/g)].map(([, path]) => path);
  assert.ok(named.length > 80);
  assert.deepEqual([...new Set(named)].filter((path) => !existsSync(join(root, path))), []);
});
