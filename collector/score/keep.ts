/**
 * Keeps the scores of all accounts: works them out where the store reads, and writes those that have changed. What it
 * costs grows with the visits that the rules ask for, so it rests for much longer than it works.
 */

import type { ScoringAsked } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import { dayNumber } from '../time.ts';
import { presetScoring } from './preset.ts';
import { askedOf } from './read.ts';
import type { Scoring } from './scoring.ts';

/** The score in force. */
export interface CurrentScoring {
  /** 0: the one that came with the program. */
  version: number;
  scoring: Scoring;
}

export async function currentScoring(store: Store): Promise<CurrentScoring> {
  const [latest] = await store.scoreVersions(1);
  return latest === undefined
    ? { version: 0, scoring: presetScoring }
    : { version: latest.id, scoring: latest.scoring };
}

/** What the store is asked for the score in force. */
export async function askedNow(store: Store, now: number): Promise<ScoringAsked> {
  const { version, scoring } = await currentScoring(store);
  return askedOf(scoring, await store.knownNames(), { version, now });
}

/** Scores fetched and written at once. */
const perRound = 10_000;

/** Works out every score as of now, and writes those that are another. */
export async function refreshScores(store: Store, now: number): Promise<void> {
  const asked = await askedNow(store, now);
  for (;;) {
    const stale = await store.staleScores(asked, perRound);
    await store.saveScores(stale);
    if (stale.scores.length < perRound && stale.removed.length < perRound) return;
  }
}

/** Rests so many times as long as the last round took: a twentieth of one reader's time at most. */
const restsFor = 20;
const leastRestMs = 5_000;

export interface ScoreKeeper {
  /** Brings the scores up to date where something has changed since, and the last round is long enough ago. */
  look(): Promise<void>;
  /** Brings them up to date at once. */
  refresh(): Promise<void>;
}

/** @param clock for how long a round takes, ms */
export function createScoreKeeper(
  store: Store,
  now: () => number,
  clock: () => number = () => performance.now(),
): ScoreKeeper {
  let last = { mark: '', restUntil: Number.NEGATIVE_INFINITY };
  let rounds: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function round(): Promise<void> {
    const began = clock();
    const mark = await markOf();
    await refreshScores(store, now());
    last = { mark, restUntil: clock() + Math.max(leastRestMs, (clock() - began) * restsFor) };
  }

  const markOf = async () => `${dayNumber(now())} ${await store.scoreMark()}`;

  /** One after the other, so that no round writes over what a later one found. */
  function refresh(): Promise<void> {
    waiting += 1;
    rounds = rounds
      .catch(() => undefined)
      .then(round)
      .finally(() => {
        waiting -= 1;
      });
    return rounds;
  }

  return {
    async look() {
      if (waiting > 0 || clock() < last.restUntil || (await markOf()) === last.mark) return;
      await refresh();
    },
    refresh,
  };
}
