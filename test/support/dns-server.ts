/** A DNS server on loopback that speaks just enough of RFC 1035 for a client to ask it for names and addresses. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** By name and type: `7.100.51.198.in-addr.arpa PTR` → `['office.example.com']`. Missing: no such name. */
export type Zone = Readonly<Record<string, readonly string[]>>;

export interface DnsServer {
  /** `127.0.0.1:12345`, as `Resolver.setServers` takes it. */
  address: string;
  /** Questions in the order they came. */
  asked: string[];
  close(): Promise<void>;
}

const types: Readonly<Record<number, string>> = { 1: 'A', 12: 'PTR', 28: 'AAAA' };
const noSuchName = 3;

/** @param zone a question for a name that ends in `.silent` is never answered */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  // Names are the same in whatever case (RFC 4343).
  const lowerCased = new Map(Object.entries(zone).map(([key, answers]) => [key.toLowerCase(), answers]));
  socket.on('message', (message, peer) => {
    const { name, type, end } = readQuestion(message);
    const question = `${name} ${types[type]}`;
    asked.push(question);
    if (name.endsWith('.silent')) return;
    const answers = lowerCased.get(question.toLowerCase()) ?? [];
    socket.send(answerTo(message.subarray(0, end), type, answers), peer.port, peer.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, type: number, answers: readonly string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(0x8180 | (answers.length === 0 ? noSuchName : 0), 2);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  return Buffer.concat([header, ...answers.map((answer) => record(type, answer))]);
}

function record(type: number, answer: string): Buffer {
  const data = type === 12 ? nameBytes(answer) : addressBytes(answer);
  const head = Buffer.alloc(12);
  // A pointer to the question's name.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(300, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** IPv4, or IPv6 with all its eight parts. */
function addressBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  return Buffer.from(
    address.split(':').flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]),
  );
}
