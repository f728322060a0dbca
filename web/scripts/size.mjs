// How much JavaScript the first page costs: index.html, Översikt and the Swedish words, as brotli. Fails over the limit.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const limitBytes = 250_000;
const web = path.resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(web, 'dist/.vite/manifest.json'), 'utf8'));
const firstPage = ['index.html', 'src/pages/overview/OverviewPage.tsx', 'src/frame/Frame.tsx', 'src/texts/sv.ts'];

const chunks = new Set();
const chunkOf = JSON.parse(readFileSync(path.join(web, 'dist/.vite/chunks.json'), 'utf8')); // by source file
const visit = (key) => {
  const chunk = manifest[key] ?? Object.values(manifest).find(({ file }) => file === chunkOf[key]);
  if (!chunk) throw new Error(`${key} is not in the build's manifest: the first page has moved, say where to size.mjs`);
  if (chunks.has(chunk.file)) return;
  chunks.add(chunk.file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
firstPage.forEach(visit);

let total = 0;
for (const file of [...chunks].filter((name) => name.endsWith('.js')).sort()) {
  const where = path.join(web, 'dist', file);
  const bytes = statSync(`${where}.br`, { throwIfNoEntry: false })?.size ?? statSync(where).size;
  total += bytes;
  process.stdout.write(`${String(bytes).padStart(8)}  ${file}\n`);
}
process.stdout.write(`${String(total).padStart(8)}  first page, JavaScript in brotli (limit ${limitBytes})\n`);
if (total > limitBytes) process.exit(1);
