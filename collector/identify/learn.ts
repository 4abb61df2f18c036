/**
 * Whose address it is, as the people teach us who gave a business e-mail from there. Pure, and a question about one
 * moment: what was taught near it counts, before and after, so that the order in which events arrive does not matter
 * and making everything anew gives the same answer.
 */
import type { Evidence, Kind, Verdict } from '../reveal/verdict.ts';

/** One person who gave a business e-mail from an address, from the first to the last time. */
export interface Teaching {
  personId: number;
  /** The account that the e-mail names, after merges. */
  accountId: number;
  firstAt: number;
  lastAt: number;
}

export const learnedStates = ['learned', 'possible', 'disputed', 'shared', 'nothing'] as const;
/**
 * `learned`: names an account. `possible`: one person, or too long ago. `disputed`: people of different companies.
 * `shared`: of so many that it is nobody's. `nothing`: nobody taught it, or all of it has expired.
 */
export type LearnedState = (typeof learnedStates)[number];

export interface Learned {
  state: LearnedState;
  /** Whose it most likely is; null if shared, or nobody's. */
  accountId: number | null;
  /** Distinct people who say so. */
  people: number;
  /** Their share of everybody's word, 0…1; recent words weigh more. */
  purity: number;
  /** 0.5…0.85 where it is learned or possible, else 0. */
  confidence: number;
  /** When it was last taught; 0 if never. */
  lastAt: number;
}

const dayMs = 86_400_000;
/** After so long a word weighs half. */
export const halfLifeMs = 90 * dayMs;
/** Further away than this it weighs nothing: addresses change hands. */
export const expiryMs = 360 * dayMs;
const minPeople = 2;
const minPurity = 0.8;
/** Companies on one address from which on it is a place that many use. */
const sharedFrom = 4;
const leastConfident = 0.5;
const mostConfident = 0.85;
/** A learned address names an account from here on, as every claim does. */
const accountFrom = 0.7;

/** Of an address that nobody taught. */
export const learnedNothing: Learned = {
  state: 'nothing',
  accountId: null,
  people: 0,
  purity: 0,
  confidence: 0,
  lastAt: 0,
};

/** Networks that many use at once, or that hide where one is: what one of them says is true of nobody else there. */
const unteachable: readonly Kind[] = ['mobile', 'hosting', 'vpn', 'proxy', 'bot', 'private'];

/** True if an address in such a network can be somebody's own. */
export function isTeachable(kind: Kind): boolean {
  return !unteachable.includes(kind);
}

/** Kinds whose addresses teach nothing, for a query. */
export const unteachableKinds = unteachable;

/**
 * What an address had been taught at a moment.
 * @param teachings     of one address, in any order
 * @param at            the moment; never the wall clock, where the answer is kept
 * @param forgottenAt   what was taught until then the owner had forgotten
 */
export function learn(
  teachings: readonly Teaching[],
  at: number,
  forgottenAt: number | null = null,
): Learned {
  const byAccount = new Map<number, { weight: number; people: number; lastAt: number }>();
  let total = 0;
  for (const { accountId, firstAt, lastAt } of teachings) {
    if (forgottenAt !== null && lastAt <= forgottenAt) continue;
    const weight = weightOf(Math.max(firstAt, (forgottenAt ?? -1) + 1), lastAt, at);
    if (weight === 0) continue;
    total += weight;
    const sum = byAccount.get(accountId) ?? { weight: 0, people: 0, lastAt: 0 };
    byAccount.set(accountId, {
      weight: sum.weight + weight,
      people: sum.people + 1,
      lastAt: Math.max(sum.lastAt, lastAt),
    });
  }
  const [best] = [...byAccount].sort(([a, one], [b, other]) => other.weight - one.weight || a - b);
  if (best === undefined) return learnedNothing;
  const [accountId, { weight, people, lastAt }] = best;
  const purity = weight / total;
  if (byAccount.size >= sharedFrom)
    return { state: 'shared', accountId: null, people, purity, confidence: 0, lastAt };
  if (purity < minPurity)
    return { state: 'disputed', accountId: null, people, purity, confidence: 0, lastAt };
  const confidence = people < minPeople ? leastConfident : strengthOf(weight);
  const state = confidence >= accountFrom ? 'learned' : 'possible';
  return { state, accountId, people, purity, confidence, lastAt };
}

/** Two people's fresh word is all there is to have; two old ones' is half, and so is the word of one. */
function strengthOf(weight: number): number {
  const confidence = leastConfident + (mostConfident - leastConfident) * Math.min(1, weight / minPeople);
  return Math.round(confidence * 100) / 100;
}

function weightOf(firstAt: number, lastAt: number, at: number): number {
  const distance = Math.max(0, firstAt - at, at - lastAt);
  return distance > expiryMs ? 0 : 2 ** (-distance / halfLifeMs);
}

/**
 * True if a verdict would name no account without what was learned of its address: then it holds only as long as
 * that is still thought to be so.
 */
export function restsOnLearning({ tier, evidence }: Verdict): boolean {
  if (tier !== 'account' || !evidence.some(({ source }) => source === 'learned')) return false;
  const doubt = evidence
    .filter(({ source }) => source !== 'learned')
    .reduce((rest, { confidence }) => rest * (1 - confidence), 1);
  return 1 - doubt < accountFrom;
}

/** What was learned, as a reason that a salesperson can read. */
export function learnedEvidence({ people, confidence }: Learned, company: string): Evidence {
  const who = people === 1 ? 'One person' : `${people} people`;
  const gave = people === 1 ? 'has' : 'have';
  return {
    source: 'learned',
    says: `${who} who came from this very address ${gave} given a business e-mail of ${company}`,
    confidence,
    dataOf: null,
  };
}
