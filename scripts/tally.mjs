// tally.mjs LOG STATUS: prints "N passed, N failed, N skipped" from what a test runner wrote.
// Understands GoogleTest, Vitest and node:test. A runner that ended badly without saying so counts as one failure.
import { readFileSync } from 'node:fs';

const [, , file, status] = process.argv;
const log = readFileSync(file, 'utf8').replace(/\u001b\[[0-9;]*m/g, '');
const number = (pattern) => [...log.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);

let passed = number(/^\[ {2}PASSED {2}\] (\d+) tests?/gm);
let failed = number(/^\[ {2}FAILED {2}\] (\d+) tests?, listed below/gm);
let skipped = number(/^\[ {2}SKIPPED \] (\d+) tests?/gm);
const vitest = log.match(/^\s*Tests\s+(.*)$/m)?.[1] ?? '';
passed += Number(vitest.match(/(\d+) passed/)?.[1] ?? 0);
failed += Number(vitest.match(/(\d+) failed/)?.[1] ?? 0);
skipped += Number(vitest.match(/(\d+) skipped/)?.[1] ?? 0);
passed += number(/^[#ℹ] pass (\d+)$/gm);
failed += number(/^[#ℹ] fail (\d+)$/gm) + number(/^[#ℹ] cancelled (\d+)$/gm);
skipped += number(/^[#ℹ] skipped (\d+)$/gm);
if (Number(status) !== 0 && failed === 0) failed = 1;
if (passed + failed + skipped === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
