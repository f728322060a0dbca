// Puts name.br and name.gz beside every text file of the build, so that the server compresses nothing while it serves.
import { promises as files } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const dist = path.resolve(import.meta.dirname, '../dist');
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const compressible = /\.(html|js|css|svg|json|txt|webmanifest)$/;
const least = 512; // bytes: below this the headers weigh more than what is saved

for (const name of await files.readdir(dist, { recursive: true })) {
  if (!compressible.test(name)) continue;
  const file = path.join(dist, name);
  const bytes = await files.readFile(file);
  if (bytes.length < least) continue;
  const options = {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  await files.writeFile(`${file}.br`, await brotli(bytes, options));
  await files.writeFile(`${file}.gz`, await gzip(bytes, { level: 9 }));
}
