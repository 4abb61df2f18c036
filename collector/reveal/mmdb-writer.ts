/**
 * Writes MaxMind-format files: an IPv6 tree with IPv4 in `::/96`, readable by every MaxMind reader.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
import { type Cidr, parseCidr } from './address.ts';
import { Bytes, MmdbData, writeUint, writeValue } from './mmdb-data.ts';
import { MmdbTree } from './mmdb-tree.ts';

export interface MmdbEntry {
  /** `203.0.113.0/24` or `2001:db8::/32`. */
  network: string;
  record: Record<string, unknown>;
}

export interface MmdbAbout {
  databaseType: string;
  description: string;
  /** Seconds since 1970 UTC. */
  buildEpoch: number;
}

/** Between tree and data; record values below it never point into data. */
const separatorBytes = 16;
/** Nodes between two chances for the caller to do something else. */
const stride = 32_768;
const metadataMarker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

/**
 * Makes a MaxMind-format file in memory.
 *
 * More specific networks win, whatever the order; of two records for the same network the later wins. Fields that are
 * `undefined` are left out. Numbers: 32-bit integers stay integers, others become doubles.
 * @throws Error that names the network, if it is no CIDR or its record holds something the format cannot
 * @example writeFileSync('demo.mmdb', writeMmdb([{ network: '203.0.113.0/24', record: { autonomous_system_number: 64500 } }], about))
 */
export function writeMmdb(entries: Iterable<MmdbEntry>, about: MmdbAbout): Buffer {
  const data = new MmdbData();
  // By prefix length: the tree wants the short ones first.
  const byLength: { network: Cidr; data: number }[][] = [];
  for (const { network: text, record } of entries) {
    const network = parseCidr(text);
    const length = network.bits + (network.version === 4 ? 96 : 0);
    byLength[length] ??= [];
    byLength[length].push({ network, data: data.add(record, `record of ${text}`) });
  }
  const tree = new MmdbTree();
  for (const entriesOfLength of byLength) {
    for (const entry of entriesOfLength ?? []) tree.insert(entry.network, entry.data);
  }
  const steps = assembleMmdb(tree, data, (number) => data.offset(number), about);
  for (;;) {
    const step = steps.next();
    if (step.done) return Buffer.concat(step.value);
  }
}

/**
 * Joins a filled tree and its data to a file, in steps, so that a server can do something else between them.
 * @param offsetOf where in `data` the record lies that the tree knows by this number
 * @returns the file's parts in their order
 */
export function* assembleMmdb(
  tree: MmdbTree,
  data: MmdbData,
  offsetOf: (number: number) => number,
  about: MmdbAbout,
): Generator<void, Buffer[]> {
  const records = yield* tree.finish();
  const nodeCount = records.length / 2;
  const largest = nodeCount + separatorBytes + data.view().length;
  const recordSize = largest < 2 ** 24 ? 24 : largest < 2 ** 28 ? 28 : 32;
  const placeOf = (number: number) => nodeCount + separatorBytes + offsetOf(number);
  return [
    yield* treeBytes(records, recordSize, placeOf),
    Buffer.alloc(separatorBytes),
    data.view(),
    metadataMarker,
    metadata(about, nodeCount, recordSize),
  ];
}

function* treeBytes(
  records: Int32Array,
  size: 24 | 28 | 32,
  placeOf: (data: number) => number,
): Generator<void, Buffer> {
  const nodeCount = records.length / 2;
  const nodeBytes = size / 4;
  const out = Buffer.alloc(nodeCount * nodeBytes);
  // "Nothing known" is spelt as the number of nodes.
  const resolved = (record: number) =>
    record > 0 ? record : record === 0 ? nodeCount : placeOf(-record - 1);
  for (let node = 0; node < nodeCount; node++) {
    if (node % stride === 0) yield;
    const left = resolved(records[node * 2] ?? 0);
    const right = resolved(records[node * 2 + 1] ?? 0);
    const at = node * nodeBytes;
    if (size === 32) {
      out.writeUInt32BE(left, at);
      out.writeUInt32BE(right, at + 4);
    } else {
      out.writeUIntBE(left % 2 ** 24, at, 3);
      out.writeUIntBE(right % 2 ** 24, at + nodeBytes - 3, 3);
      // At 28 bits the middle byte holds both tops: left in its high half.
      if (size === 28) out[at + 3] = ((left >>> 24) << 4) | (right >>> 24);
    }
  }
  return out;
}

function metadata(about: MmdbAbout, nodeCount: number, recordSize: number): Buffer {
  const out = new Bytes();
  const fields: [name: string, write: () => void][] = [
    ['binary_format_major_version', () => writeUint(out, 'uint16', 2)],
    ['binary_format_minor_version', () => writeUint(out, 'uint16', 0)],
    ['build_epoch', () => writeUint(out, 'uint64', Math.floor(about.buildEpoch))],
    ['database_type', () => writeValue(out, about.databaseType, null, 'databaseType')],
    ['description', () => writeValue(out, { en: about.description }, null, 'description')],
    ['ip_version', () => writeUint(out, 'uint16', 6)],
    ['languages', () => writeValue(out, ['en'], null, 'languages')],
    ['node_count', () => writeUint(out, 'uint32', nodeCount)],
    ['record_size', () => writeUint(out, 'uint16', recordSize)],
  ];
  // Nine fields in a map: type 7 in the top three bits.
  out.uint((7 << 5) | fields.length, 1);
  for (const [name, write] of fields) {
    writeValue(out, name, null, name);
    write();
  }
  return Buffer.from(out.view());
}
