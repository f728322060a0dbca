// A world in which the corpus' faults are stopped: one sender with a clerk, and the receivers of faults.mjs, each with its
// registers and a filter of its demands.
import { company } from './invoice.mjs';
import { corpusInvoice } from './corpus.mjs';
import { receivers } from './faults.mjs';
import { portal, Server } from './server.mjs';

const seller = company(40);
const identifier = (number) => `0007:${number}`;

export async function startFaultyWorld() {
  const server = await Server.start({ args: ['--portal', portal] });
  try {
    return await fill(server);
  } catch (fault) {
    await server.remove();
    throw fault;
  }
}

async function fill(server) {
  await server.company(identifier(seller), 'Avsändarbolaget AB');
  const key = await server.key(identifier(seller));
  const clerk = await server.user(identifier(seller), 'klara@avsandare.example', 'Klara Berg', 'rättar fakturor fort');
  const colleague = await server.user(identifier(seller), 'olof@avsandare.example', 'Olof Ek', 'rättar också fakturor');
  const world = { server, key, clerk, colleague, receivers: [] };
  for (const [index, receiver] of receivers.entries()) world.receivers.push(await addReceiver(server, company(50 + index), receiver));
  return world;
}

async function addReceiver(server, number, receiver) {
  await server.company(identifier(number), receiver.name);
  const key = await server.key(identifier(number), 'documents:read,documents:write,filters:read,filters:write');
  const post = async (path, body, method = 'POST') => {
    const answer = await server.call(path, { key, method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.bytes}`);
    return answer.json;
  };
  for (const { kind, rows } of receiver.registers ?? []) {
    const { id } = await post('/api/v1/registers', { name: kind, kind, sharedWithSenders: true });
    for (const value of rows) await post(`/api/v1/registers/${id}/rows/${encodeURIComponent(value)}`, {}, 'PUT');
  }
  await post('/api/v1/filters', { name: 'Våra krav', rules: demandsOf(receiver), active: true });
  return { ...receiver, number, key };
}

const demandsOf = ({ faults }) => faults.flatMap(({ demand, demands = [] }) => [...(demand ? [demand] : []), ...demands]);

// The invoice as it is handed in. "BUYER" in what is put right is the receiver's own number.
export const invoiceWith = (receiver, fault, number) => corpusInvoice(fault.from ?? receiver.base, { number, seller, buyer: receiver.number, alter: fault.alter });
export const wanted = (receiver, { right }) => right.map((one) => (one.typed === 'BUYER' ? { ...one, typed: receiver.number } : one));

export async function handIn(world, xml) {
  const sent = await world.server.send(world.key, xml);
  if (sent.status !== 202) throw new Error(`not taken in: ${JSON.stringify(sent.json)}`);
  return (await world.server.settled(world.key, sent.json.id)).json;
}
