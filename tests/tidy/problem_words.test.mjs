// Every Problem that the program can make and that reaches a screen is said in both languages: by problem.<code>, or
// by finding.<code> where it becomes a document's finding. What is not there: faults of ours, which every screen
// calls internal-error; what is absent, which is not-found whatever it was; and what only the command line and the
// settings say, in English.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import test from 'node:test';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const words = ['sv', 'en'].map((language) => [language, JSON.parse(readFileSync(join(root, 'texts', `${language}.json`), 'utf8'))]);
const commandLine = /^src\/(app\/|base\/settings\.cc|net\/http_server\.cc)/;

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(cc|h)$/.test(file) && existsSync(join(root, file)) && !commandLine.test(file));

// A code is written where its Problem is made: after its kind, or as the first of a function that is given one.
function codesIn(source) {
  const codes = [];
  for (const [, kind, code] of source.matchAll(/ProblemKind::(\w+),\s*(?:std::string\()?"([a-z][a-z0-9-]+)"/g))
    if (kind !== 'internal' && kind !== 'not_found') codes.push(code);
  for (const [, first] of source.matchAll(/\b(?:failedFact|finding|problem|refuse|tooLarge|wrong)\(([^;]*)/g))
    for (const [, code] of first.matchAll(/"([a-z]+(?:-[a-z0-9]+)+)"/g)) codes.push(code);
  return codes;
}

test('every problem that reaches a screen has its words in both languages', () => {
  const faults = [];
  const seen = new Set();
  for (const file of sources) {
    for (const code of codesIn(readFileSync(join(root, file), 'utf8'))) {
      seen.add(code);
      for (const [language, said] of words)
        if (!said.problem[code] && !said.finding[code]) faults.push(`${file}: ${code} has no words in ${language}.json`);
    }
  }
  assert.deepEqual(faults, [], faults.join('\n'));
  for (const code of ['xml-doctype', 'compressed-too-large', 'key-released', 'duplicate-document', 'no-channel'])
    assert.ok(seen.has(code), `${code} is not found in the sources any more: does this test still read them?`);
});
