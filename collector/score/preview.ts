/** What another score would change, found out before anybody sees it. */
import { eventWord } from '../event-word.ts';
import { countedOf } from '../segment/counted.ts';
import { type ReadSegment, readSegment } from '../segment/index.ts';
import type { Names } from '../segment/names.ts';
import { quoted } from '../segment/print.ts';
import type { BuyersScored, ScoreComparison } from '../store/scores.ts';
import { ReadGivenUp, type Store } from '../store/store.ts';
import { dayNumber } from '../time.ts';
import type { CurrentScoring } from './keep.ts';
import { askedOf } from './read.ts';
import type { Scoring } from './scoring.ts';
import { askedThen } from './then.ts';

/** How far back the past is looked at, and how long before they bought. */
export const daysBack = 30;
/** Buyers looked at: each is asked for by itself, as of another day. */
const buyersLooked = 60;
/** Below so many, shares say nothing. */
export const fewestBuyers = 20;

const changesShown = 5;

export interface ScorePreview {
  before: Scoring;
  after: Scoring;
  /** Each null where it took too long. */
  now: ScoreComparison | null;
  past: ScoreComparison | null;
  bought: {
    text: string;
    /** Null: nothing was typed. */
    read: ReadSegment | null;
    /** What is wrong with it though it can be read. */
    problem: string | null;
    found: BuyersScored | null;
  };
}

/** Events that sound like buying, as they are told. */
const buying = /(^|_)(purchase|order|subscription|subscribe|paid|payment|checkout_complete|deal_won)/;

/** An expression for having bought, by the names that there are; empty where none sounds so. */
export function boughtBy({ events }: Names): string {
  const name = events.find((event) => buying.test(eventWord(event)));
  return name === undefined ? '' : `event(${quoted(name)})`;
}

export async function previewScore(
  { store, now: clock }: { store: Store; now(): number },
  current: CurrentScoring,
  draft: Scoring,
  boughtText: string,
): Promise<ScorePreview> {
  const now = clock();
  const names = await store.knownNames();
  const before = askedOf(current.scoring, names, { version: current.version, now });
  const after = askedOf(draft, names, { version: 0, now });
  const day = dayNumber(now) - daysBack;
  const read = boughtText.trim() === '' ? null : readSegment(boughtText, names);
  const counted = read === null || read.problem !== null ? null : countedOf(read.segment);
  const problem =
    read !== null && read.problem === null && counted === null
      ? 'When they bought is not said by this: name something that is done, such as event("Purchase").'
      : null;
  return {
    before: current.scoring,
    after: draft,
    now: await store.compareScores(before, after, changesShown).catch(unlessGivenUp),
    past: await store
      .compareScores(askedThen(before, day), askedThen(after, day), changesShown)
      .catch(unlessGivenUp),
    bought: {
      text: boughtText,
      read,
      problem,
      found:
        read === null || read.problem !== null || counted === null
          ? null
          : await store
              .scoreBuyers(
                { segment: read.segment, counted },
                { before, after },
                { daysBefore: daysBack, looked: buyersLooked },
              )
              .catch(unlessGivenUp),
    },
  };
}

/** The other parts are worth showing without it. */
function unlessGivenUp(error: unknown): null {
  if (error instanceof ReadGivenUp) return null;
  throw error;
}
