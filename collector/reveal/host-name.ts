/** What a forward-confirmed host name of an address says: an organisation, a crawler, or nothing. */
import { parse } from 'tldts';
import { brandNameOf, isOperatorDomain } from './brand.ts';
import { nameOfDomain } from './domain-name.ts';
import type { AsFacts } from './facts.ts';
import { personalDomains } from './mail-domains.ts';
import { isPoolHost, readName } from './name-reading.ts';
import type { Company } from './verdict.ts';

export type HostReading = { company: Company; confidence: number } | { crawler: string };

/** Domains whose hosts only crawl; their owners document them for this very check. */
const crawlers: readonly (readonly [domain: string, name: string])[] = [
  ['googlebot.com', 'Google'],
  ['search.msn.com', 'Bing'],
  ['applebot.apple.com', 'Apple'],
  ['crawl.yahoo.net', 'Yahoo'],
  ['crawl.baidu.com', 'Baidu'],
  ['crawl.baidu.jp', 'Baidu'],
  ['spider.yandex.com', 'Yandex'],
  ['petalsearch.com', 'Petal'],
  ['ahrefs.com', 'Ahrefs'],
  ['ahrefs.net', 'Ahrefs'],
  ['bot.semrush.com', 'Semrush'],
  ['mj12bot.com', 'Majestic'],
  ['censys-scanner.com', 'Censys'],
  ['shodan.io', 'Shodan'],
  ['internet-measurement.com', 'Internet Measurement'],
  ['binaryedge.ninja', 'BinaryEdge'],
];

/** Below this the name is weighed as somebody's; a well-known organisation's own domain is worth more. */
const ofAnybody = 0.6;
const ofWellKnown = 0.72;

/**
 * Reads a host name.
 * @returns null where it is a provider's (a pool, a customer's line under the provider's domain) or says nothing
 */
export function readHostName(name: string, as: AsFacts | null): HostReading | null {
  const host = name.toLowerCase().replace(/\.$/, '');
  const crawler = crawlers.find(([domain]) => host === domain || host.endsWith(`.${domain}`));
  if (crawler !== undefined) return { crawler: crawler[1] };
  const { domain, domainWithoutSuffix: label, isIp } = parse(host, { allowPrivateDomains: true });
  if (domain === null || !label || isIp || isPoolName(host, domain)) return null;
  if (domain === as?.domain || isOperatorDomain(domain) || personalDomains.has(domain)) return null;
  // `harbour-hosting.example`: the line's provider, or the server's host.
  const { kind } = readName(label.replaceAll('-', ' '));
  if (kind === 'isp' || kind === 'hosting' || kind === 'mobile' || kind === 'vpn') return null;
  const known = brandNameOf(domain);
  return {
    company: { name: known ?? nameOfDomain(label), domain },
    confidence: known === null ? ofAnybody : ofWellKnown,
  };
}

/** `p54a1b2c3.dip0.example.net`, `198-51-100-7.pool.example`: names made from the address, for whoever has it today. */
function isPoolName(host: string, domain: string): boolean {
  const below = host.slice(0, Math.max(0, host.length - domain.length - 1));
  if (/\d+[-.x_]\d+[-.x_]\d+/.test(below)) return true;
  // An address in hexadecimal or run together has eight digits and more.
  if (/(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{8,}|\d{6,}/.test(below)) return true;
  return isPoolHost(below.split(/[.\-_]/).map((word) => word.replace(/\d+/g, '')));
}
