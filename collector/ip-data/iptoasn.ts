/**
 * IPtoASN's table (first address, last address, AS number, country, name; parted by tabs) as a MaxMind-format file.
 * @see https://iptoasn.com/
 */
import { type Address, parseAddress } from '../reveal/address.ts';
import { MmdbData } from '../reveal/mmdb-data.ts';
import { MmdbTree } from '../reveal/mmdb-tree.ts';
import { assembleMmdb } from '../reveal/mmdb-writer.ts';
import { inSlices } from '../reveal/slices.ts';
import { networksOf } from './range.ts';

export const iptoasnType = 'IPtoASN';

export interface Converted {
  /** The file's parts in their order. */
  parts: Buffer[];
  /** Ranges that were taken in. */
  ranges: number;
}

/** Above this share of lines that cannot be read, something happened to the file on its way. */
const maxUnread = 0.01;
/** Records between two chances for others to run. */
const stride = 512;

/** What the ranges of one AS number, country and name have in common: one record of the file. */
interface System {
  number: number;
  country: string;
  name: string;
}

/**
 * Reads the table as it comes and keeps of it only the tree and one record a system, so that what it takes does not
 * grow with the length of the text. Of ranges that overlap the later one wins.
 * @param builtAt when the table was made, ms
 * @throws Error with the first line that cannot be read, if there are more than a few, or if nothing was in it
 */
export async function convertIptoasn(
  lines: AsyncIterable<readonly string[]>,
  builtAt: number,
): Promise<Converted> {
  const tree = new MmdbTree();
  const systems: System[] = [];
  const numberOf = new Map<string, number>();
  /** IPv4 addresses of each AS. */
  const sizes = new Map<number, number>();
  let ranges = 0;
  let read = 0;
  let unread = 0;
  let firstUnread = '';

  function take(line: string): void {
    const row = readRow(line);
    if (row === null) {
      if (unread++ === 0) firstUnread = line.slice(0, 80);
      return;
    }
    const { first, last, number, country, name } = row;
    if (number === 0) return;
    ranges += 1;
    const key = `${number}\t${country}\t${name}`;
    let system = numberOf.get(key);
    if (system === undefined) {
      system = systems.length;
      systems.push({ number, country, name });
      numberOf.set(key, system);
    }
    if (first.version === 4)
      sizes.set(number, (sizes.get(number) ?? 0) + (last.words[0] ?? 0) - (first.words[0] ?? 0) + 1);
    for (const network of networksOf(first, last)) tree.insert(network, system);
  }

  for await (const some of lines) {
    for (const line of some) {
      if (line === '') continue;
      read += 1;
      take(line);
    }
  }
  if (unread > read * maxUnread)
    throw new Error(
      `${unread} of ${read} lines are not first address, last address, AS number, country and name, as ${JSON.stringify(firstUnread)}; fetch it again`,
    );
  if (ranges === 0) throw new Error('there is no range in it; fetch it again');
  return { parts: await inSlices(assemble(tree, systems, sizes, builtAt)), ranges };
}

/** In steps: the records, once every size is known, then the file. */
function* assemble(
  tree: MmdbTree,
  systems: readonly System[],
  sizes: ReadonlyMap<number, number>,
  builtAt: number,
): Generator<void, Buffer[]> {
  const data = new MmdbData();
  const offsets = new Uint32Array(systems.length);
  for (const [at, { number, country, name }] of systems.entries()) {
    if (at % stride === 0) yield;
    const size = sizes.get(number);
    const record = {
      autonomous_system_number: number,
      autonomous_system_organization: name === '' ? undefined : name,
      autonomous_system_size: size,
      country: country === '' ? undefined : { iso_code: country },
    };
    offsets[at] = data.offset(data.add(record, `AS ${number}`));
  }
  return yield* assembleMmdb(tree, data, (system) => offsets[system] ?? 0, {
    databaseType: iptoasnType,
    description: 'Autonomous systems by address, from iptoasn.com (public domain)',
    buildEpoch: Math.floor(builtAt / 1000),
  });
}

interface Row extends System {
  first: Address;
  last: Address;
}

function readRow(line: string): Row | null {
  const [from = '', to = '', as = '', country = '', name = ''] = line.split('\t');
  const first = parseAddress(from);
  const last = parseAddress(to);
  if (first === null || last === null || first.version !== last.version || !/^\d{1,10}$/.test(as))
    return null;
  if (isAfter(first, last) || Number(as) >= 2 ** 32) return null;
  // Both say "none" in words.
  return {
    first,
    last,
    number: Number(as),
    country: /^[A-Z]{2}$/.test(country) ? country : '',
    name: name === 'Not routed' ? '' : name.trim(),
  };
}

function isAfter(one: Address, other: Address): boolean {
  const at = one.words.findIndex((word, index) => word !== other.words[index]);
  return at !== -1 && (one.words[at] ?? 0) > (other.words[at] ?? 0);
}
