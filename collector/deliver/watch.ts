/**
 * Looks who came into the segments that somebody wants to be told of, and who left. It reads beside the way of events
 * and never more than a part of the time.
 */
import { readSegment } from '../segment/index.ts';
import { printCondition } from '../segment/print.ts';
import { conditionsOf, type Segment } from '../segment/tree.ts';
import type { WatchedSegment } from '../store/alerts.ts';
import type { EntryCause } from '../store/segments.ts';
import type { Store } from '../store/store.ts';
import { isFirstLook, maxNamed, membershipOf } from './membership.ts';

type WatchStore = Pick<
  Store,
  | 'watchedSegments'
  | 'knownNames'
  | 'segmentMembers'
  | 'openEntries'
  | 'explainSegment'
  | 'lastLeft'
  | 'accountHome'
  | 'accountNames'
  | 'recordMembership'
>;

export interface WatchOptions {
  store: WatchStore;
  now: () => number;
  log: (line: string, detail?: object) => void;
}

/**
 * Accounts of one evaluation of which the reasons are kept. More come at once only where a whole history is taken in,
 * and each costs as many statements as the segment has conditions.
 */
const maxExplained = 500;
/** Merges happen by hand, one at a time. */
const maxFollowed = 100;
const maxAttempts = 3;

/** Evaluates every watched segment once. @returns whether somebody is to be told something */
export async function evaluateSegments(options: WatchOptions): Promise<boolean> {
  const { store, log } = options;
  const watched = await store.watchedSegments();
  if (watched.length === 0) return false;
  const names = await store.knownNames();
  let isNews = false;
  for (const segment of watched) {
    // One that cannot be read any more says so on its own page, and nobody is in it or not.
    const read = readSegment(segment.expression, names);
    if (read.problem !== null) continue;
    try {
      isNews = (await evaluate(options, segment, read.segment)) || isNews;
    } catch (error) {
      // The others need not wait for it.
      log('a segment could not be evaluated', { segment: segment.id, error });
    }
  }
  return isNews;
}

async function evaluate(options: WatchOptions, first: WatchedSegment, segment: Segment): Promise<boolean> {
  const { store } = options;
  let watched: WatchedSegment | undefined = first;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    // Its text was changed meanwhile: the next evaluation reads it.
    if (watched === undefined || watched.expression !== first.expression) return false;
    const membership = await look(options, watched, segment);
    if (membership === null) return false;
    if (await store.recordMembership(membership)) return membership.notices.length > 0;
    watched = (await store.watchedSegments()).find(({ id }) => id === first.id);
  }
  return false;
}

/** Null: nothing has changed. */
async function look({ store, now }: WatchOptions, watched: WatchedSegment, segment: Segment) {
  const at = now();
  const asked = { segment, now: at };
  const before = new Set(await store.openEntries(watched.id));
  const members = new Set(await store.segmentMembers(asked));
  const ids = [...members].filter((id) => !before.has(id));
  const left = [...before].filter((id) => !members.has(id));
  const isNothing = ids.length === 0 && left.length === 0;
  const isRuleNew = watched.rules.some(({ activeSince }) => activeSince === null);
  if (isNothing && !isRuleNew && !isFirstLook(watched)) return null;

  const entered: { accountId: number; cause: EntryCause[] | null }[] = [];
  for (const accountId of ids) {
    const isExplained = !isFirstLook(watched) && entered.length < maxExplained;
    entered.push({ accountId, cause: isExplained ? await causeOf(store, asked, accountId) : null });
  }
  const continued = new Set<number>();
  if (ids.length > 0)
    for (const id of left.slice(0, maxFollowed)) {
      const home = await store.accountHome(id);
      if (home !== null && home !== id && members.has(home)) continued.add(home);
    }
  const names = await store.accountNames(ids.slice(0, maxNamed * 2));
  return membershipOf({
    watched,
    at,
    entered,
    left,
    lastLeft: await store.lastLeft(watched.id, ids),
    continued,
    names: new Map(names.map((name) => [name.id, name])),
  });
}

async function causeOf(
  store: WatchStore,
  asked: { segment: Segment; now: number },
  accountId: number,
): Promise<EntryCause[]> {
  const { conditions } = await store.explainSegment(asked, accountId);
  return conditionsOf(asked.segment).flatMap((condition, index) => {
    const found = conditions[index];
    if (found === undefined || !found.isMet) return [];
    return [{ condition: printCondition(condition), found: found.found, people: found.people }];
  });
}
