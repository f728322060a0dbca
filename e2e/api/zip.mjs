// A zip as the tests need it: its files deflated, names in UTF-8.
import { deflateRawSync } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

// { name: content } as one zip; content is text or bytes. The same content under several names is packed once.
export function zipOf(files) {
  const known = new Map();
  const packedOf = (content) => {
    if (!known.has(content)) {
      const bytes = Buffer.from(content);
      known.set(content, { bytes, packed: deflateRawSync(bytes), checksum: crc32(bytes) });
    }
    return known.get(content);
  };
  const locals = [];
  const entries = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const { bytes, packed, checksum } = packedOf(content);
    const nameBytes = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0); // version
    head.writeUInt16LE(0x0800, 2); // UTF-8 names
    head.writeUInt16LE(8, 4); // deflated
    head.writeUInt32LE(0x5b770000, 6); // 2025-11-23 00:00
    head.writeUInt32LE(checksum, 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, nameBytes, packed]);
    const tail = Buffer.alloc(14); // comment length, disk, attributes, then the offset
    tail.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
