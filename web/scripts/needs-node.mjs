// Debian's Node only fetches packages; everything else runs on the Node 22 that npm puts in node_modules/.bin.
import process from 'node:process';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `The portal is built with Node 22, this is ${process.versions.node}. Run "npm ci" in web/: it fetches Node 22\n` +
      'for Linux on x64 and arm64; npm scripts then find it first.\n',
  );
  process.exit(1);
}
