/**
 * Posts to an address that somebody typed, without letting it reach into our own network: the name is looked up once,
 * every address must be a public one, and the connection goes to the very address that was checked. No redirect is
 * followed.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { parseAddress, parseCidr } from '../reveal/address.ts';
import { reservedFor } from '../reveal/reserved.ts';

export interface Answer {
  status: number;
  /** Null: it did not say. */
  retryAfterMs: number | null;
  /** The first part of it. */
  text: string;
}

export interface OutsideOptions {
  /** Hosts, with their port if it is not the usual one, that the owner vouches for: also inside, also without TLS. */
  trustedHosts: readonly string[];
  timeoutMs: number;
  headers?: Record<string, string>;
  stop: AbortSignal;
  /** Every address of a host name. */
  resolve?: (host: string) => Promise<string[]>;
}

/** The address may not be asked. */
export class NotOutside extends Error {}

/** Ways of IPv4 in IPv6 by which a private address could be meant. */
const tunnels = ['64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16'].map(parseCidr);

const maxAnswerBytes = 4_096;

const resolveBySystem = async (host: string) =>
  (await systemLookup(host, { all: true })).map(({ address }) => address);

/**
 * Where a URL leads, once it has been checked.
 * @throws NotOutside that says why it may not be asked; Error if the name cannot be looked up
 */
export async function checkedAddress(
  url: URL,
  { trustedHosts, resolve = resolveBySystem }: Pick<OutsideOptions, 'trustedHosts' | 'resolve'>,
): Promise<string> {
  const isTrusted = trustedHosts.includes(url.host.toLowerCase());
  if (url.protocol !== 'https:' && !(isTrusted && url.protocol === 'http:'))
    throw new NotOutside(`${url.protocol}//${url.host} is not https`);
  if (url.username !== '' || url.password !== '')
    throw new NotOutside(`the address of ${url.host} has a password in it`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) > 0 ? [host] : await resolve(host);
  const [first] = addresses;
  if (first === undefined) throw new Error(`${host} has no address`);
  if (isTrusted) return first;
  for (const address of addresses) {
    const is = insideOf(address);
    if (is !== null) throw new NotOutside(`${host} leads to ${address}, which is ${is}`);
  }
  return first;
}

function insideOf(text: string): string | null {
  const address = parseAddress(text);
  if (address === null) return 'no address';
  const isTunnel = tunnels.some(
    ({ words, bits, version }) =>
      version === address.version &&
      words.every((word, at) => {
        const kept = Math.min(32, Math.max(0, bits - at * 32));
        return kept === 0 || ((address.words[at] ?? 0) ^ word) >>> (32 - kept) === 0;
      }),
  );
  return reservedFor(address) ?? (isTunnel ? 'an IPv4 address in IPv6' : null);
}

/**
 * Posts JSON.
 * @throws NotOutside, or Error in words if no answer came
 */
export async function postOutside(url: URL, body: string, options: OutsideOptions): Promise<Answer> {
  const address = await checkedAddress(url, options);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const whole = AbortSignal.timeout(options.timeoutMs);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([options.stop, whole]),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Footlight',
          ...options.headers,
        },
        // A second look-up could say something else.
        lookup: (_host, { all }, found) => {
          const family = isIP(address);
          if (all)
            (found as (error: null, all: { address: string; family: number }[]) => void)(null, [
              { address, family },
            ]);
          else found(null, address, family);
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
          if (text.length > maxAnswerBytes) answer.destroy();
        });
        const end = () =>
          resolve({
            status: answer.statusCode ?? 0,
            retryAfterMs: retryAfterOf(answer.headers['retry-after']),
            text: text.slice(0, maxAnswerBytes),
          });
        answer.on('end', end);
        answer.on('close', end);
        answer.on('error', end);
      },
    );
    sent.on('error', (error) =>
      reject(whole.aborted ? new Error(`no answer came within ${options.timeoutMs / 1_000} s`) : error),
    );
    sent.end(body);
  });
}

/** Seconds, or a moment. */
function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
