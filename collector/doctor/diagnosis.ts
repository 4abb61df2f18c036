/**
 * Whether the addresses that visits come from can be those of visitors. Pure: the same visits, the same diagnosis.
 *
 * Behind a proxy that does not pass the visitor's address on, or that nobody named as trusted, all visits seem to come
 * from the proxy: then no company can be told, and worse, the proxy's own network may be taken for one.
 */
import { parseAddress } from '../reveal/address.ts';
import { reservedFor } from '../reveal/reserved.ts';
import type { AddressVisits, RecentVisitsQuery } from '../store/store.ts';
import { dayMs } from '../time.ts';
import { type ProxyService, proxyServiceOf } from './proxies.ts';

/** Which visits are looked at: a day's, so that what was mended yesterday is no news today. */
export const looksAt = { days: 1, limit: 1_000, newest: 20 } as const;

export function visitsAt(now: number): RecentVisitsQuery {
  return { since: now - looksAt.days * dayMs, limit: looksAt.limit, newest: looksAt.newest };
}

/** Below these nobody can tell a proxy from a quiet day. */
const minVisits = 50;
const minVisitors = 10;
/** Addresses that no visitor on the internet can have, or that are a content network's, by visitors and by visits. */
const minTellingShare = 0.5;
/**
 * An address that could be anybody's. Of visitors, not of visits, so that a busy office of a few is not accused; and
 * from so many kinds of browsers and systems as the public has and an office hardly.
 */
const minSoleShare = 0.9;
const minSoleAgents = 4;
/** Of the newest visits: below it, whatever was wrong has been mended. */
const minNewestShare = 0.5;

export type Cause = 'private' | 'own' | 'service' | 'one-address';

export interface Diagnosis {
  cause: Cause;
  /** Part of the visits looked at, 0…1. */
  share: number;
  visits: number;
  visitors: number;
  /** Where they seem to come from; a few. */
  prefixes: string[];
  addressKeys: number[];
  /** The service in front, where one is known by its addresses. */
  service: ProxyService | null;
  /** What the owner may call right: this address, or this sort of address. */
  subject: string;
}

export interface Circumstances {
  /** Keys of this machine's own addresses. */
  ownKeys: ReadonlySet<number>;
  /** Subjects that the owner called right. */
  dismissed: ReadonlySet<string>;
}

/** @returns null if all is well, or nobody can tell */
export function diagnose(visits: readonly AddressVisits[], circumstances: Circumstances): Diagnosis | null {
  const all = total(visits);
  if (all.visits < minVisits || all.visitors < minVisitors) return null;
  for (const { rows, isTelling, ...what } of suspicions(visits, circumstances)) {
    if (circumstances.dismissed.has(what.subject)) continue;
    const some = total(rows);
    const shares = [some.visitors / all.visitors, some.visits / all.visits];
    const least = isTelling ? minTellingShare : minSoleShare;
    if (shares.some((share) => share < least)) continue;
    if (!isTelling && (some.visitors < minVisitors || some.agents < minSoleAgents)) continue;
    if (some.newest < all.newest * minNewestShare) continue;
    return {
      ...what,
      share: some.visits / all.visits,
      visits: some.visits,
      visitors: some.visitors,
      prefixes: [...new Set(rows.map(({ prefix }) => prefix))].slice(0, 5),
      addressKeys: rows.map(({ addressKey }) => addressKey),
    };
  }
  return null;
}

interface Suspicion extends Pick<Diagnosis, 'cause' | 'service' | 'subject'> {
  rows: readonly AddressVisits[];
  /** The addresses tell by themselves that they are no visitors'. */
  isTelling: boolean;
}

function suspicions(visits: readonly AddressVisits[], { ownKeys }: Circumstances): Suspicion[] {
  const isPrivate = (row: AddressVisits) => isPrivatePrefix(row.prefix);
  const isOwn = (row: AddressVisits) => ownKeys.has(row.addressKey);
  const telling = { isTelling: true, service: null };
  const services = new Map<ProxyService, AddressVisits[]>();
  for (const row of visits) {
    const service = serviceOf(row.prefix, row.network);
    if (service !== null) services.set(service, [...(services.get(service) ?? []), row]);
  }
  // What tells by itself has been weighed for it, and may have been called right.
  const sole = visits.find(
    (row) => !isPrivate(row) && !isOwn(row) && serviceOf(row.prefix, row.network) === null,
  );
  return [
    { ...telling, cause: 'private', subject: 'private', rows: visits.filter(isPrivate) },
    { ...telling, cause: 'own', subject: 'own', rows: visits.filter(isOwn) },
    ...[...services].map(([service, rows]): Suspicion => {
      return { cause: 'service', subject: `service:${service.name}`, service, rows, isTelling: true };
    }),
    ...(sole === undefined
      ? []
      : [
          {
            cause: 'one-address' as const,
            subject: `address:${sole.addressKey}`,
            service: null,
            rows: [sole],
            isTelling: false,
          },
        ]),
  ];
}

/** Private, loopback, shared by a provider: nobody's on the internet. */
export function isPrivatePrefix(prefix: string): boolean {
  const address = parseAddress(prefix.split('/')[0] ?? '');
  return address !== null && reservedFor(address) !== null;
}

export function serviceOf(prefix: string, network: string | null): ProxyService | null {
  const address = parseAddress(prefix.split('/')[0] ?? '');
  return address === null ? null : proxyServiceOf(address, network);
}

function total(rows: readonly AddressVisits[]) {
  const sum = { visits: 0, visitors: 0, agents: 0, newest: 0 };
  for (const row of rows) {
    sum.visits += row.visits;
    sum.visitors += row.visitors;
    sum.agents += row.agents;
    sum.newest += row.newest;
  }
  return sum;
}
