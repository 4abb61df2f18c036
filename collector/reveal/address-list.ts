/** Reads a list of networks as they are published: ranges, addresses or AS numbers, one a line. */
import { type Cidr, cutWords, parseAddress } from './address.ts';
import type { NetworkList } from './network-lists.ts';

/** Lines between two chances for the caller to do something else. */
const stride = 1_024;
/** Above this share of lines that say nothing we understand, it is another sort of file. */
const maxUnread = 0.5;

/**
 * Reads, in steps: `198.51.100.0/24`, `2001:db8::/32`, `198.51.100.7`, `AS64500`, `64500`; what stands behind `#`, `;`,
 * a comma or a blank is a remark, so that a CSV with such a first column is read too, heading and all. Bits beyond a
 * prefix are cut off: publishers write them, and what they mean is clear.
 * @throws Error if it holds nothing, or mostly what is neither a network nor an AS number
 */
export function* readAddressList(
  text: string,
  about: Pick<NetworkList, 'kind' | 'label' | 'dataOf'>,
): Generator<void, NetworkList> {
  const ranges: Cidr[] = [];
  const asNumbers: number[] = [];
  let unread = 0;
  let firstUnread = '';
  let at = 0;
  let line = 0;
  while (at < text.length) {
    if (line++ % stride === 0) yield;
    const end = text.indexOf('\n', at);
    const entry = entryOf(text.slice(at, end < 0 ? text.length : end));
    at = end < 0 ? text.length : end + 1;
    if (entry === '') continue;
    const asNumber = asNumberOf(entry);
    const range = asNumber === null ? rangeOf(entry) : null;
    if (asNumber !== null) asNumbers.push(asNumber);
    else if (range !== null) ranges.push(range);
    else if (unread++ === 0) firstUnread = entry.slice(0, 40);
  }
  const read = ranges.length + asNumbers.length;
  if (read === 0 && unread === 0) throw new Error('the list is empty; fetch it again');
  if (unread > (read + unread) * maxUnread)
    throw new Error(
      `it is no list of networks: ${JSON.stringify(firstUnread)} is neither a range like 198.51.100.0/24 nor an AS number like AS64500; fetch it again`,
    );
  return { ...about, ranges, asNumbers };
}

/** What a line is about, without remarks and quotes. */
function entryOf(line: string): string {
  return (/^\s*"?([^\s"#;,]*)/.exec(line)?.[1] ?? '').replace(/^\ufeff/, '');
}

function asNumberOf(entry: string): number | null {
  const digits = /^(?:as)?(\d{1,10})$/i.exec(entry)?.[1];
  const number = digits === undefined ? 0 : Number(digits);
  return number > 0 && number < 2 ** 32 ? number : null;
}

function rangeOf(entry: string): Cidr | null {
  const [ip = '', size, ...more] = entry.split('/');
  const address = parseAddress(ip);
  if (address === null || more.length > 0) return null;
  const most = address.words.length * 32;
  if (size !== undefined && !/^\d{1,3}$/.test(size)) return null;
  // ::ffff:198.51.100.0/120 is an IPv4 network in IPv6 spelling.
  const bits =
    size === undefined ? most : Number(size) - (address.version === 4 && ip.includes(':') ? 96 : 0);
  // Nobody means the whole internet: a slip, and it would hide every visitor.
  if (bits < 1 || bits > most) return null;
  return { version: address.version, words: cutWords(address.words, bits), bits };
}
