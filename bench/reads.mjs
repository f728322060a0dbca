// The load of bench/reads: URL KEY RATE SECONDS PID, the server's, whose processor time for a call is told too: it stays true on
// a machine that is busy with something else.
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

const [url, key, rate, seconds, server] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5]), process.argv[6]];
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const headers = { authorization: `Bearer ${key}` };

function ask(path) {
  return new Promise((resolve, reject) => {
    get(`${url}/api/v1${path}`, { agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes: Buffer.concat(parts) }));
      answer.on('error', reject);
    }).on('error', reject);
  });
}
const json = async (path) => JSON.parse((await ask(path)).bytes);

// Microseconds of processor time that the server has had; the kernel counts them in hundredths of a second.
const used = () => {
  const fields = readFileSync(`/proc/${server}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
};

// Calls `path(n)` at the instants n / rate; each takes from its instant until its answer has been read.
async function measured(path) {
  const took = [];
  const refused = {};
  const running = [];
  const before = used();
  const started = performance.now();
  const count = rate * seconds;
  for (let sent = 0; sent < count; ) {
    for (const due = Math.min(count, ((performance.now() - started) / 1000) * rate); sent < due; sent++) {
      const at = started + (sent * 1000) / rate;
      running.push(
        ask(path(sent)).then(({ status }) => {
          took.push(performance.now() - at);
          if (status !== 200) refused[status] = (refused[status] ?? 0) + 1;
        }),
      );
    }
    await turn();
  }
  await Promise.all(running);
  const passed = (performance.now() - started) / 1000;
  took.sort((a, b) => a - b);
  const at = (part) => took[Math.min(took.length - 1, Math.floor(took.length * part))].toFixed(1);
  return `p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  ${Math.round(took.length / passed)}/s  ${Math.round((used() - before) / took.length)} µs of the server${Object.keys(refused).length ? `  refused ${JSON.stringify(refused)}` : ''}`;
}

const { items } = await json('/documents?limit=100');
const numbers = items.map(({ number }) => number).filter(Boolean);
const list = () => '/documents?limit=50';
const one = (n) => `/documents/${items[n % items.length].id}`;
const search = (n) => `/documents?query=${encodeURIComponent(numbers[n % numbers.length])}`;
const questions = { 'a list of 50': list, 'one document': one, 'a search': search, 'by turns': (n) => [list, one, search][n % 3](n) };
for (const [what, path] of Object.entries(questions)) {
  for (let n = 0; n < 200; n++) await ask(path(n));
  console.log(`${what.padEnd(14)} ${await measured(path)}`);
}
agent.destroy();
