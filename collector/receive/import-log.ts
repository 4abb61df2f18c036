/**
 * Takes in an access log: each line that is a visit becomes a draft and goes the way of every other event. A log has
 * no cookie, so its visitors are guessed from address and agent, and marked so.
 */
import { hash } from 'node:crypto';
import type { VisitorKey } from '../../tracker/wire.ts';
import type { Draft, EnrichedDraft } from '../draft.ts';
import type { Enricher } from '../enrich/index.ts';
import { remember, rememberShort } from '../remember.ts';
import { parseAddress } from '../reveal/address.ts';
import type { DropCount, Site, Store } from '../store/store.ts';
import { isoDay } from '../time.ts';
import { isHostOf, pageAddress } from '../url.ts';
import { type LogLine, parseLogLine } from './access-log.ts';
import { readLines } from './lines.ts';
import { noiseOf } from './log-noise.ts';
import { type DropReason, isDrop } from './reasons.ts';
import { boundedAgent } from './user-agent.ts';

/** A server's clock may be this much ahead of ours. */
const maxAheadMs = 5 * 60_000;

/** No access log is older than the web; a line that says so has a broken clock. */
const webBegan = Date.UTC(1991, 0, 1);

/** Drafts in one transaction. */
const perBatch = 1_000;

/** What is kept as worked out: browsers, pages and hosts come again and again. */
const maxBrowsers = 20_000;
const maxPages = 5_000;
const maxHosts = 500;
const maxKeptLength = 600;

/** Stands in for the agent that the common format does not have; the bot step would take an empty one for a program. */
const noAgent = 'Mozilla/5.0 (not logged)';

export interface ImportOptions {
  path: string;
  site: Site;
  store: Pick<Store, 'append' | 'countDrops'>;
  enricher: Pick<Enricher, 'enrich'>;
  /** The same browser, as far as a log can tell, gets the same key: a hash with this installation's secret. */
  visitorKeyOf(address: string, userAgent: string): VisitorKey;
  now(): number;
  onProgress?(progress: { bytes: number; totalBytes: number; read: number }): void;
  /** Told each line that cannot be read, by its number in the file. The problem quotes the line: it may hold anything. */
  onBadLine?(number: number, problem: string): void;
}

export interface ImportResult {
  read: number;
  stored: number;
  duplicates: number;
  dropped: Partial<Record<DropReason, number>>;
}

/**
 * Imports a file line by line. The same line twice, in one file or in two runs, is one event.
 * @throws Error if the file cannot be read; what came before is stored, and another run goes on from there
 */
export async function importAccessLog(options: ImportOptions): Promise<ImportResult> {
  const { path, site, store, enricher, onProgress, onBadLine } = options;
  const result: ImportResult = { read: 0, stored: 0, duplicates: 0, dropped: {} };
  let waiting: EnrichedDraft[] = [];

  const drop = (reason: DropReason) => {
    result.dropped[reason] = (result.dropped[reason] ?? 0) + 1;
  };
  const flush = async () => {
    for (const outcome of await store.append(waiting))
      if (outcome === 'stored') result.stored += 1;
      else result.duplicates += 1;
    waiting = [];
  };

  const known: Known = {
    site,
    now: options.now,
    visitorOf: rememberShort(maxBrowsers, maxKeptLength, (key) => {
      const end = key.indexOf('\n');
      return options.visitorKeyOf(key.slice(0, end), key.slice(end + 1));
    }),
    addressOf: rememberShort(maxPages, maxKeptLength, pageAddress),
    isOwn: remember(maxHosts, (host) => isHostOf(site, host)),
  };
  let size = 0;
  const lines = readLines(path, (bytes, totalBytes) => {
    size = totalBytes;
    onProgress?.({ bytes, totalBytes, read: result.read });
  });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      result.read += 1;
      const parsed = parseLogLine(line);
      const draft = 'problem' in parsed ? parsed : draftOf(parsed, known);
      if ('problem' in draft) {
        drop('malformed');
        onBadLine?.(number, draft.problem);
        continue;
      }
      const made = isDrop(draft) ? draft : enricher.enrich(draft);
      if (isDrop(made)) drop(made.drop);
      else waiting.push(made);
      if (waiting.length >= perBatch) await flush();
    }
    onProgress?.({ bytes: size, totalBytes: size, read: result.read });
  } finally {
    // Of a file that ends too early, too: what could be read of it is kept.
    await flush();
    await store.countDrops(countsOf(result.dropped, site.id, options.now()));
  }
  return result;
}

function countsOf(dropped: ImportResult['dropped'], siteId: number, now: number): DropCount[] {
  const day = isoDay(now);
  return (Object.entries(dropped) as [DropReason, number][]).map(([reason, count]) => ({
    siteId,
    day,
    reason,
    count,
  }));
}

/** What lines have in common. */
interface Known {
  site: Site;
  now(): number;
  /** By address, a line's end, and agent: an address has none in it. */
  visitorOf(addressAndAgent: string): VisitorKey;
  addressOf(url: string): ReturnType<typeof pageAddress>;
  isOwn(host: string): boolean;
}

function draftOf(
  line: LogLine,
  { site, visitorOf, addressOf, isOwn, now }: Known,
): Draft | { drop: DropReason } | { problem: string } {
  const noise = noiseOf(line);
  if (noise !== null) return { drop: noise };
  const address = parseAddress(line.address);
  // Some servers look names up and write those: then nobody can be told apart.
  if (address === null) return { problem: `"${line.address}" is not an address` };
  const page = addressOf(urlOf(line, site));
  if (page === null) return { problem: `"${line.target}" is not a path` };
  if (!isOwn(page.page.host)) return { drop: 'wrong_host' };
  if (line.at > now() + maxAheadMs) return { drop: 'clock' };
  if (line.at < webBegan) return { drop: 'too_old' };
  const userAgent = boundedAgent(line.userAgent ?? noAgent);
  const visitorKey = visitorOf(`${address.text}\n${userAgent}`);
  return {
    siteId: site.id,
    // Of address and agent only their keyed hash goes in: the rest is stored in clear beside this key, and so is the
    // address's network, so that a bare hash of the address would be undone by trying the 256 that are left.
    eventKey: hash('sha256', `${visitorKey}\n${line.at}\n${line.target}`, 'base64url').slice(0, 22),
    via: 'log',
    type: 'page',
    at: line.at,
    receivedAt: line.at,
    visitorKey,
    address: address.text,
    userAgent,
    page: page.page,
    search: page.search,
    title: '',
    referrer: line.referrer,
    detail: {},
  };
}

function urlOf(line: LogLine, site: Site): string {
  if (/^https?:\/\//i.test(line.target)) return line.target;
  // `_` and the like stand for "no name": then the log is the site's own.
  const host = line.host?.includes('.') ? line.host : site.domain;
  return `https://${host}${line.target}`;
}
