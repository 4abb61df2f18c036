/** Takes in calls of Segment's API: whose they are, each a draft, and from there the road of every event. */
import { maxDepth } from '../../../tracker/wire.ts';
import type { Draft } from '../../draft.ts';
import type { KeyedHash } from '../../keyed-hash.ts';
import type { Site } from '../../store/store.ts';
import { depthOf, isDeeperValue } from '../body.ts';
import type { Collect, Sender } from '../collect.ts';
import type { Drop, DropReason } from '../reasons.ts';
import type { SiteDirectory } from '../sites.ts';
import { type CallType, callTypeOf, type Fields, idOf, isFields, withShared } from './call.ts';
import { draftOfCall } from './draft.ts';
import type { Unreadable } from './inflate.ts';

/** As Segment has them: bytes of one event, bytes of a batch, events in a batch. */
export const maxEventBytes = 32 * 1_024;
export const maxBatchBytes = 500 * 1_024;
export const maxBatchEvents = 2_500;

/** Nesting of a whole body, looked at before it is parsed. */
const maxTextDepth = 64;

/** What a sender is told of single calls at most. */
const maxTold = 100;

/** One call that was not taken. */
export interface Refused {
  /** Its place in the batch. */
  index: number;
  messageId: string | null;
  reason: DropReason;
}

/** What became of a request's calls. */
export interface CallAnswer {
  stored: number;
  refused: Map<DropReason, number>;
  /** Which were refused: at most a hundred of them. */
  calls: Refused[];
}

/** A request as far as this room needs it. */
export interface CallRequest {
  /** What the route says; `batch`: each call says its own. */
  type: CallType | 'batch';
  body: { text: string } | Unreadable;
  /** Write key of the `Authorization` header; null if there is none. */
  key: string | null;
  sender: Sender;
  /** True if the visitor's own browser sends this, so that address and agent are the visitor's. */
  isBrowser: boolean;
}

export interface CallCollectOptions {
  collect: Pick<Collect, 'take' | 'refuseAll'>;
  sites: SiteDirectory;
  keyed: KeyedHash;
  now(): number;
}

export function createCallCollect({ collect, sites, keyed, now }: CallCollectOptions) {
  const tools = { keyed, isOwnHost: sites.isOwnHost };

  return async function takeCalls(request: CallRequest): Promise<CallAnswer> {
    const { type, body, sender, isBrowser } = request;
    if (typeof body === 'string') return nothingOf(body);
    if (depthOf(body.text, maxTextDepth) > maxTextDepth) return nothingOf('too_deep');
    const json = parse(body.text);
    if (!isFields(json)) return nothingOf('malformed');
    const items = type === 'batch' ? json.batch : [json];
    if (!Array.isArray(items)) return nothingOf('malformed');
    if (type !== 'batch' && Buffer.byteLength(body.text) > maxEventBytes) return nothingOf('too_large');

    const answer: CallAnswer = { stored: 0, refused: new Map(), calls: [] };
    const receivedAt = now();
    const browser = isBrowser ? sender : null;
    const isSmall = body.text.length <= maxEventBytes / 3;
    const ofSites = new Map<Site | null, { drafts: (Draft | Drop)[]; places: number[] }>();
    for (const [index, item] of items.entries()) {
      const site = await siteOf(request.key, json, item);
      const ofSite = ofSites.get(site) ?? { drafts: [], places: [] };
      ofSites.set(site, ofSite);
      ofSite.places.push(index);
      if (site === null) continue;
      ofSite.drafts.push(
        index < maxBatchEvents
          ? draftOf(item, type, json, isSmall, { site, receivedAt, browser })
          : { drop: 'too_many' },
      );
    }
    const tell = (place: number | undefined, reason: DropReason) => {
      if (place === undefined || answer.calls.length >= maxTold) return;
      const messageId = isFields(items[place]) ? (idOf(items[place].messageId) ?? null) : null;
      answer.calls.push({ index: place, messageId, reason });
    };
    for (const [site, { drafts, places }] of ofSites) {
      if (site === null) {
        const refused = collect.refuseAll(null, 'unknown_site', places.length);
        add(answer, refused);
        for (const place of places) tell(place, 'unknown_site');
      } else {
        const taken = { stored: 0, refused: new Map<DropReason, number>() };
        await collect.take(site, drafts, taken, (index, reason) => tell(places[index], reason));
        add(answer, taken);
      }
    }
    return answer;
  };

  function draftOf(
    item: unknown,
    type: CallType | 'batch',
    batch: Fields,
    isSmall: boolean,
    caller: Parameters<typeof draftOfCall>[2],
  ): Draft | Drop {
    if (!isFields(item)) return { drop: 'schema' };
    if (isDeeperValue(item, maxDepth)) return { drop: 'too_deep' };
    // Of a small body no item is large: then nothing need be written out to measure it.
    if (!isSmall && Buffer.byteLength(JSON.stringify(item)) > maxEventBytes) return { drop: 'too_large' };
    const own = type === 'batch' ? callTypeOf(item.type) : type;
    if (own === null) return { drop: 'schema' };
    return draftOfCall(own, type === 'batch' ? withShared(item, batch) : item, caller, tools);
  }

  async function siteOf(key: string | null, body: Fields, item: unknown): Promise<Site | null> {
    const said = [key, body.writeKey, isFields(item) ? item.writeKey : null];
    const first = said.find((one): one is string => typeof one === 'string' && one !== '');
    return first === undefined ? null : sites.byKey(first);
  }

  function nothingOf(reason: DropReason): CallAnswer {
    const { stored, refused } = collect.refuseAll(null, reason, 1);
    return { stored, refused, calls: [] };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function add(answer: CallAnswer, more: { stored: number; refused: ReadonlyMap<DropReason, number> }): void {
  answer.stored += more.stored;
  for (const [reason, times] of more.refused)
    answer.refused.set(reason, (answer.refused.get(reason) ?? 0) + times);
}

export type CallCollect = ReturnType<typeof createCallCollect>;
