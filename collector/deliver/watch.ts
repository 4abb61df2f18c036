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
import { isFirstLook, membershipOf } from './membership.ts';

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
  maxAtOnce?: number;
}

/**
 * Accounts of one evaluation of which the reasons are kept. More come at once only where a whole history is taken in,
 * and each costs as many statements as the segment has conditions.
 */
const maxExplained = 500;
/** Merges happen by hand, one at a time. */
const maxFollowed = 100;
const maxConflicts = 3;
/** Facts written in one transaction: some tens of milliseconds. */
const usualAtOnce = 5_000;

/**
 * Evaluates every watched segment once.
 * @returns whether somebody is to be told something, and whether all could be evaluated
 */
export async function evaluateSegments(
  options: WatchOptions,
): Promise<{ isNews: boolean; isWhole: boolean }> {
  const { store, log } = options;
  const watched = await store.watchedSegments();
  if (watched.length === 0) return { isNews: false, isWhole: true };
  const names = await store.knownNames();
  let isNews = false;
  let isWhole = true;
  for (const segment of watched) {
    // One that cannot be read any more says so on its own page, and nobody is in it or not.
    const read = readSegment(segment.expression, names);
    if (read.problem !== null) continue;
    try {
      isNews = (await evaluate(options, segment, read.segment)) || isNews;
    } catch (error) {
      // The others need not wait for it.
      isWhole = false;
      log('a segment could not be evaluated', { segment: segment.id, error });
    }
  }
  return { isNews, isWhole };
}

/** Part by part: a whole history that is taken in at once must not hold up the thread that writes. */
async function evaluate(options: WatchOptions, first: WatchedSegment, segment: Segment): Promise<boolean> {
  const { store } = options;
  let watched: WatchedSegment | undefined = first;
  let isNews = false;
  for (let conflicts = 0; conflicts < maxConflicts; ) {
    // Its text was changed meanwhile: the next evaluation reads it.
    if (watched === undefined || watched.expression !== first.expression) return isNews;
    const membership = await look(options, watched, segment);
    if (membership === null) return isNews;
    if (await store.recordMembership(membership)) {
      isNews ||= membership.notices.length > 0;
      if (membership.isLast) return isNews;
    } else conflicts += 1;
    watched = (await store.watchedSegments()).find(({ id }) => id === first.id);
  }
  return isNews;
}

/** Null: nothing has changed. */
async function look(options: WatchOptions, watched: WatchedSegment, segment: Segment) {
  const { store, now, maxAtOnce = usualAtOnce } = options;
  const at = now();
  const asked = { segment, now: at };
  const before = new Set(await store.openEntries(watched.id));
  const members = new Set(await store.segmentMembers(asked));
  const allEntered = [...members].filter((id) => !before.has(id));
  const allLeft = [...before].filter((id) => !members.has(id));
  const isNothing = allEntered.length === 0 && allLeft.length === 0;
  const isRuleNew = watched.rules.some(({ activeSince }) => activeSince === null);
  if (isNothing && !isRuleNew && !isFirstLook(watched)) return null;

  const ids = allEntered.slice(0, maxAtOnce);
  const left = allLeft.slice(0, maxAtOnce);
  const entered: { accountId: number; cause: EntryCause[] | null }[] = [];
  for (const accountId of ids) {
    const isExplained = !isFirstLook(watched) && entered.length < maxExplained;
    entered.push({ accountId, cause: isExplained ? await causeOf(store, asked, accountId) : null });
  }
  const names = await store.accountNames(ids);
  return membershipOf({
    watched,
    at,
    isLast: ids.length === allEntered.length && left.length === allLeft.length,
    entered,
    left,
    lastLeft: await store.lastLeft(watched.id, ids),
    continued: ids.length === 0 ? new Set() : await mergedInto(store, left, members),
    names: new Map(names.map((name) => [name.id, name])),
  });
}

/** Members whose visits were those of an account that was in until now. */
async function mergedInto(
  store: WatchStore,
  left: readonly number[],
  members: ReadonlySet<number>,
): Promise<ReadonlySet<number>> {
  const homes = new Set<number>();
  for (const id of left.slice(0, maxFollowed)) {
    const home = await store.accountHome(id);
    if (home !== null && home !== id && members.has(home)) homes.add(home);
  }
  return homes;
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
