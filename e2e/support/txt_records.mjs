// A name server for tests: answers with the TXT records that it is given, says that other names are not there, or nothing.
import { createSocket } from 'node:dgram';

export class TxtRecords {
  static async start() {
    const made = new TxtRecords();
    made.records = {};
    made.silent = false;
    made.socket = createSocket('udp4', (question, from) => {
      if (!made.silent) made.socket.send(made.answer(question), from.port, from.address);
    });
    await new Promise((resolve) => made.socket.bind(0, '127.0.0.1', resolve));
    made.address = `127.0.0.1:${made.socket.address().port}`;
    return made;
  }

  stop() {
    return new Promise((resolve) => this.socket.close(resolve));
  }

  // RFC 1035, 4.1: the question comes back with its answer; the name in that points at the question's.
  answer(question) {
    const labels = [];
    let at = 12;
    for (; question[at] !== 0; at += question[at] + 1) labels.push(question.toString('latin1', at + 1, at + 1 + question[at]));
    const end = at + 5;
    const texts = this.records[labels.join('.').toLowerCase()] ?? [];
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(texts.length ? 0x8580 : 0x8583, 2);
    head.writeUInt16BE(texts.length, 6);
    head.writeUInt32BE(0, 8);
    const rows = texts.map((text) => {
      const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
      const row = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0]);
      row.writeUInt16BE(data.length, 10);
      return Buffer.concat([row, data]);
    });
    return Buffer.concat([head, question.subarray(12, end), ...rows]);
  }
}
