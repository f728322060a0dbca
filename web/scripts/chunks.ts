// In which file of the build each source file came to stand: the bundler joins small ones under the name of one of them.
// dist/.vite/chunks.json, for size.mjs.
import path from 'node:path';
import type { Plugin } from 'vite';

const web = path.resolve(import.meta.dirname, '..');

export function chunksOf(): Plugin {
  return {
    name: 'chunks-of',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = chunks.flatMap((chunk) =>
        chunk.moduleIds.filter((id) => id.startsWith(path.join(web, 'src'))).map((id) => [path.relative(web, id), chunk.fileName]),
      );
      this.emitFile({ type: 'asset', fileName: '.vite/chunks.json', source: JSON.stringify(Object.fromEntries(entries)) });
    },
  };
}
