/**
 * Looks a MaxMind-format file through before a visitor's request does: every record of its tree, and everything that
 * they point to. Readers only notice what is wrong with a file when an address leads them there.
 */
import type { Reader, Response } from 'maxmind';
import { MmdbSection } from './mmdb-section.ts';

const separatorBytes = 16;
const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
/** Nodes, or records, between two chances for the caller to do something else. */
const stride = 2_048;

/** What of a file's metadata the check needs. */
export type TreeShape = Pick<
  Reader<Response>['metadata'],
  'nodeCount' | 'nodeByteSize' | 'recordSize' | 'searchTreeSize'
>;

/**
 * Walks the whole file in steps, so that the caller can breathe, or stop, between them.
 * @returns how many networks the tree tells of
 * @throws Error that says what is wrong
 */
export function* checkMmdb(file: Buffer, shape: TreeShape): Generator<void, number> {
  const { nodeCount, searchTreeSize } = shape;
  const from = searchTreeSize + separatorBytes;
  const to = file.lastIndexOf(marker);
  // A byte for each place where a record may begin: a set of a million numbers would take longer than all the rest.
  const begins = new Uint8Array(Math.max(0, to - from));
  let networks = 0;
  const take = (record: number) => {
    if (record <= nodeCount) return;
    const offset = record - nodeCount - separatorBytes;
    if (offset < 0 || offset >= begins.length) throw new Error('its tree points outside of its data');
    networks += 1;
    begins[offset] = 1;
  };
  for (let node = 0; node < nodeCount; node++) {
    if (node % stride === 0) yield;
    take(readRecord(file, shape, node, 0));
    take(readRecord(file, shape, node, 1));
  }
  const section = new MmdbSection(file, from, to);
  let walked = 0;
  for (let offset = begins.indexOf(1); offset !== -1; offset = begins.indexOf(1, offset + 1)) {
    if (walked++ % stride === 0) yield;
    section.checkRecord(offset);
  }
  return networks;
}

/** One half of a node. At 28 bits the byte in the middle holds both tops. */
function readRecord(
  file: Buffer,
  { nodeByteSize, recordSize }: TreeShape,
  node: number,
  half: 0 | 1,
): number {
  const at = node * nodeByteSize;
  if (recordSize === 32) return file.readUInt32BE(at + half * 4);
  const low = readUint24(file, half === 0 ? at : at + nodeByteSize - 3);
  if (recordSize === 24) return low;
  const middle = file[at + 3] ?? 0;
  return (half === 0 ? middle >> 4 : middle & 15) * 2 ** 24 + low;
}

/** Millions of times: half the cost of `readUIntBE`. */
function readUint24(file: Buffer, at: number): number {
  return ((file[at] ?? 0) << 16) | ((file[at + 1] ?? 0) << 8) | (file[at + 2] ?? 0);
}
