// The files of a zip by their paths, as its directory has them; refuses what a careless program would write elsewhere.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

export function unzipped(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  assert.ok(end >= 0, 'this is no zip');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const [names, extra, remark] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.subarray(at + 46, at + 46 + names).toString('utf8');
    assert.ok(!name.startsWith('/') && !name.includes('..') && !name.includes('\\'), `${name} leads elsewhere`);
    assert.ok(!files.has(name), `${name} is there twice`);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(data, data + packed);
    files.set(name, method === 0 ? content : inflateRawSync(content));
    at += 46 + names + extra + remark;
  }
  return files;
}
