/** From what a browser sent to what became of it: frame, site, each event, enrichment, the store. */

import { z } from 'zod';
import {
  maxAgoMs,
  maxBodyBytes,
  maxDepth,
  maxEvents,
  type VisitorKey,
  type WireBatch,
  type WireEvent,
  wireVersion,
} from '../../tracker/wire.ts';
import type { Draft, EnrichedDraft, Via } from '../draft.ts';
import { detailOf, parseEvent } from '../events.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { rememberShort } from '../remember.ts';
import { type Site, type Store, StoreBusy } from '../store/store.ts';
import { maskSecrets, pageAddress } from '../url.ts';
import { depthOf, isDeeperValue } from './body.ts';
import type { DropCounter } from './drop-counter.ts';
import { createFloodGate } from './flood.ts';
import { type Drop, type DropReason, isDrop } from './reasons.ts';
import type { SiteDirectory } from './sites.ts';

/** Who sends, as we see it and not as the body says. */
export interface Sender {
  address: string;
  userAgent: string;
}

/** What became of a request's events. */
export interface Answer {
  stored: number;
  refused: Map<DropReason, number>;
  /** Whose events these were, where the site is known and the visitor was told. */
  from?: { site: Site; visitor: VisitorKey };
}

export interface CollectOptions {
  store: Pick<Store, 'append'>;
  sites: SiteDirectory;
  drops: DropCounter;
  enrich(draft: Draft): EnrichedDraft | Drop;
  keyed: KeyedHash;
  now(): number;
}

/** Nesting of a whole body, looked at before it is parsed: what is deeper would break whoever walks it. */
const maxTextDepth = 64;

/** A browser's clock may be this much ahead between two readings of it before we call it wrong. */
const maxAheadMs = 5 * 60_000;

/** Addresses and titles of pages that are kept as worked out: a site has a few thousand, each seen by many. */
const maxPages = 5_000;
const maxKeptLength = 300;

/** Levels of a batch around each of its events. */
const frameDepth = 2;

const frame = z.object({
  v: z.literal(wireVersion),
  site: z.string().min(1).max(64),
  visitor: z.string().min(8).max(64).optional(),
  events: z.array(z.unknown()).min(1),
  driven: z.literal(true).optional(),
} satisfies { [Key in keyof Required<WireBatch>]: z.ZodType });

/** Takes in what the tag and the pixel send. */
export function createCollect(options: CollectOptions) {
  const { store, sites, drops, enrich, keyed, now } = options;
  const passesFloodGate = createFloodGate();
  const addressOf = rememberShort(maxPages, maxKeptLength, pageAddress);
  const masked = rememberShort(maxPages, maxKeptLength, maskSecrets);

  /** @param text the body of `POST /e`; null if it was too large to read */
  async function body(text: string | null, sender: Sender): Promise<Answer> {
    if (text === null || text.length > maxBodyBytes) return refuseAll(null, 'too_large', 1);
    const depth = depthOf(text, maxTextDepth);
    if (depth > maxTextDepth) return refuseAll(null, 'too_deep', 1);
    const mayBeTooDeep = depth > frameDepth + maxDepth;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return refuseAll(null, 'malformed', 1);
    }
    const batch = frame.safeParse(json);
    if (!batch.success) return refuseAll(null, 'schema', 1);
    const { site: key, visitor, events, driven = false } = batch.data;
    const site = await sites.byKey(key);
    if (site === null) return refuseAll(null, 'unknown_site', events.length);

    const answer = answerFor(site, visitor ?? null);
    if (events.length > maxEvents) refuse(answer, site.id, 'too_many', events.length - maxEvents);
    const drafts = events.slice(0, maxEvents).map((value) => {
      if (mayBeTooDeep && isDeeperValue(value, maxDepth)) return { drop: 'too_deep' as const };
      const event = parseEvent(value);
      return event === null
        ? { drop: 'schema' as const }
        : draftOf(event, site, visitor ?? null, { ...sender, isDriven: driven }, 'tag');
    });
    return take(site, drafts, answer);
  }

  /**
   * A page view without a script: the page is the image's referrer.
   * @param visitor as the cookie says, on the collector's own host; null: somebody new, who lasts a day
   */
  async function pixel(
    siteKey: string,
    url: string,
    eventKey: string,
    sender: Sender,
    visitor: VisitorKey | null,
  ): Promise<Answer> {
    const site = await sites.byKey(siteKey);
    if (site === null) return refuseAll(null, 'unknown_site', 1);
    const event = parseEvent({ id: eventKey, type: 'page', url });
    const draft =
      event === null ? { drop: 'schema' as const } : draftOf(event, site, visitor, sender, 'pixel');
    return take(site, [draft], answerFor(site, visitor));
  }

  function draftOf(
    event: WireEvent,
    site: Site,
    visitor: VisitorKey | null,
    { address, userAgent, isDriven = false }: Sender & { isDriven?: boolean },
    via: Via,
  ): Draft | Drop {
    const page = addressOf(event.url);
    if (page === null) return { drop: 'schema' };
    if (!sites.isOwnHost(site.id, page.page.host)) return { drop: 'wrong_host' };
    const ago = event.ago ?? 0;
    if (ago > maxAgoMs) return { drop: 'too_old' };
    if (ago < -maxAheadMs) return { drop: 'clock' };
    const receivedAt = now();
    const at = Math.round(receivedAt - Math.max(ago, 0));
    const draft: Draft = {
      siteId: site.id,
      eventKey: event.id,
      via,
      type: event.type,
      at,
      receivedAt,
      visitorKey: visitor ?? keyed.visitorOfDay(site.id, address, userAgent, at),
      address,
      userAgent,
      isDriven,
      page: page.page,
      search: page.search,
      title: masked(event.title ?? ''),
      referrer: event.type === 'page' ? (event.referrer ?? '') : '',
      detail: detailOf(event),
    };
    // Without a cookie, whoever sends it again from another network is another visitor; a pixel is never sent again.
    if (visitor === null && via === 'tag') draft.isKeyOfSite = true;
    return draft;
  }

  /**
   * The road of every draft: enrichment, then the store.
   * @param told hears of each draft that was refused, by its place among them
   */
  async function take(
    site: Site,
    drafts: readonly (Draft | Drop)[],
    answer: Answer,
    told?: (index: number, reason: DropReason) => void,
  ): Promise<Answer> {
    const enriched: EnrichedDraft[] = [];
    const places: number[] = [];
    for (const [index, draft] of drafts.entries()) {
      const result = isDrop(draft) ? draft : enrichBounded(draft);
      if (isDrop(result)) {
        refuse(answer, site.id, result.drop, 1);
        told?.(index, result.drop);
      } else {
        enriched.push(result);
        places.push(index);
      }
    }
    if (enriched.length === 0) return answer;
    try {
      for (const [index, outcome] of (await store.append(enriched)).entries()) {
        if (outcome === 'stored') {
          answer.stored += 1;
          continue;
        }
        refuse(answer, site.id, 'duplicate', 1);
        told?.(places[index] ?? 0, 'duplicate');
      }
    } catch (error) {
      if (!(error instanceof StoreBusy)) throw error;
      refuse(answer, site.id, 'busy', enriched.length);
    }
    return answer;
  }

  function enrichBounded(draft: Draft): EnrichedDraft | Drop {
    const isBearable = passesFloodGate(draft.siteId, draft.visitorKey, draft.receivedAt);
    return isBearable ? enrich(draft) : { drop: 'flood' };
  }

  function answerFor(site: Site, visitor: VisitorKey | null): Answer {
    return { stored: 0, refused: new Map(), ...(visitor === null ? {} : { from: { site, visitor } }) };
  }

  function refuseAll(siteId: number | null, reason: DropReason, times: number): Answer {
    const answer: Answer = { stored: 0, refused: new Map() };
    refuse(answer, siteId, reason, times);
    return answer;
  }

  function refuse(answer: Answer, siteId: number | null, reason: DropReason, times: number): void {
    answer.refused.set(reason, (answer.refused.get(reason) ?? 0) + times);
    drops.count(siteId, reason, times);
  }

  return { body, pixel, take, refuseAll };
}

export type Collect = ReturnType<typeof createCollect>;
