/** What the store is asked about scores, and what it answers. */
import type { Scoring } from '../score/scoring.ts';
import type { Counted } from '../segment/counted.ts';
import type { Band, Segment } from '../segment/tree.ts';
import type { ConditionFound } from './segments.ts';

/** A rule that makes sense; see `ScoreRule` for what its parts mean. */
export interface ScoreRuleAsked {
  segment: Segment;
  /** What is counted by day; null where the points are given once and for good. */
  counted: Counted | null;
  per: 'once' | 'time';
  points: number;
  cap: number | null;
  halfLifeDays: number | null;
}

/** A score as of a moment: its day is the last one that counts. */
export interface ScoringAsked {
  /** 0: the one that came with the program. */
  version: number;
  /** In their order; null: one that cannot be asked, and gives nothing. */
  rules: (ScoreRuleAsked | null)[];
  cap: number;
  warm: number;
  hot: number;
  now: number;
}

/** What one rule gave one account. */
export interface RulePoints {
  /** Its place among the rules. */
  rule: number;
  /** Before it faded, and before its cap. */
  before: number;
  /** After it faded. */
  faded: number;
  /** After its cap too. */
  points: number;
  /** How often it was done, of `engaged` in seconds, and the last day of it; null where nothing is counted. */
  count: number | null;
  lastAt: number | null;
}

/** Points of one rule. */
export type Reason = Pick<RulePoints, 'rule' | 'points'>;

/** A score that is kept, with the reasons that weigh the most. */
export interface AccountScore {
  accountId: number;
  version: number;
  /** Start of the day that it is of. */
  at: number;
  score: number;
  band: Band;
  /** At most three, the heaviest first. */
  reasons: Reason[];
}

/** One account's score as of now, with what each rule found. */
export interface ScoreExplained {
  score: number;
  band: Band;
  /** One a rule, in their order; null: it cannot be asked. */
  rules: (RuleExplained | null)[];
}
export interface RuleExplained {
  isMet: boolean;
  /** Null where it is not met. */
  given: RulePoints | null;
  conditions: ConditionFound[];
}

/** Who would change, and how many would be called what. */
export interface ScoreComparison {
  before: Record<Band, number>;
  after: Record<Band, number>;
  /** Accounts whose score would be another. */
  changed: number;
  /** Those that change the most, with what each rule of both gives them. */
  risers: ScoreChange[];
  fallers: ScoreChange[];
}
export interface ScoreChange {
  id: number;
  name: string;
  before: number;
  after: number;
  reasonsBefore: Reason[];
  reasonsAfter: Reason[];
}

/** How those who did something would have scored a while before they did it for the first time. */
export interface BuyersScored {
  /** How many did it, and how many of them had come by the day that is looked at. */
  buyers: number;
  known: number;
  /** Of these, how many are counted below: the latest. */
  looked: number;
  before: Record<Band, number>;
  after: Record<Band, number>;
  /** Of all accounts that had come by then and have not bought: what the buyers are to be compared with. */
  others: Record<Band, number>;
}

export interface ScoreVersion {
  /** From 1 on. */
  id: number;
  scoring: Scoring;
  note: string;
  madeBy: string;
  madeAt: number;
}

/** Scores that are not any more what is kept. `removed`: of accounts without visits. */
export interface StaleScores {
  scores: AccountScore[];
  removed: number[];
}

export interface ScoreWrites {
  publishScoring(scoring: Scoring, by: string, note: string, now: number): Promise<ScoreVersion>;
  saveScores(stale: StaleScores): Promise<void>;
}

export interface ScoreReads {
  /** Newest first. */
  scoreVersions(limit: number): Promise<ScoreVersion[]>;
  scoreVersion(id: number): Promise<ScoreVersion | null>;
  /** Kept scores of these accounts; those that have none yet are left out. */
  scoresOf(accountIds: readonly number[]): Promise<AccountScore[]>;
  /** All accounts by what they are called now. */
  scoreBands(): Promise<Record<Band, number>>;
  explainScore(asked: ScoringAsked, accountId: number): Promise<ScoreExplained>;
  /** Works out every score, and says which are not as they are kept. */
  staleScores(asked: ScoringAsked, limit: number): Promise<StaleScores>;
  /** Changes with everything that scores rest on, but for the day. */
  scoreMark(): Promise<string>;
  compareScores(before: ScoringAsked, after: ScoringAsked, limit: number): Promise<ScoreComparison>;
  scoreBuyers(
    bought: { segment: Segment; counted: Counted },
    asked: { before: ScoringAsked; after: ScoringAsked },
    limits: { daysBefore: number; looked: number },
  ): Promise<BuyersScored>;
}
