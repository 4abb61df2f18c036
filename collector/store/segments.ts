/** What the store is asked about segments, and what it answers. */
import type { KnownName, NameKind, Names } from '../segment/names.ts';
import type { Segment } from '../segment/tree.ts';

/** A segment as of a moment: windows such as `within 7 days` end with that day. */
export interface SegmentAsked {
  segment: Segment;
  now: number;
}

/** Whether an account is in a segment, and why. */
export interface SegmentExplained {
  isMatch: boolean;
  /** One for each of the segment's conditions, in the order of `conditionsOf`. */
  conditions: ConditionFound[];
}

export interface ConditionFound {
  isMet: boolean;
  /** What there is: a count (of `engaged`, seconds; of sources and the like, visits), a text, or a day; null: nothing. */
  found: number | string | null;
  /** How many people had a part in it, where the condition asks for that. */
  people: number | null;
}

/** A condition that was met, as it is written, with what there was. */
export interface EntryCause {
  condition: string;
  found: number | string | null;
  people: number | null;
}

/** The first accounts of a segment, and how many there are in all. */
export interface SegmentAccounts {
  rows: { id: number; name: string; domain: string | null; lastAt: number }[];
  total: number;
}

/** A segment that somebody keeps. */
export interface SavedSegment {
  id: number;
  name: string;
  /** As it was typed: it is read anew each time, with the names that exist then. */
  expression: string;
  /** Whose it is, an e-mail address. */
  owner: string;
  /** Everybody sees it. */
  isShared: boolean;
  createdAt: number;
  changedAt: number;
}

/** What is to be kept of one. */
export type SegmentDraft = Pick<SavedSegment, 'name' | 'expression' | 'isShared'>;

/** How many accounts are in a segment, and how many of them were not when somebody looked last; null: they never did. */
export interface SegmentNews {
  total: number;
  unseen: number | null;
}

/** Writes. Who may is for the caller to know. */
export interface SegmentWrites {
  /** @param id of one that is there; null: a new one */
  saveSegment(id: number | null, draft: SegmentDraft, by: string, now: number): Promise<SavedSegment>;
  /** @returns false if there was none */
  removeSegment(id: number): Promise<boolean>;
  /** Somebody looks at a segment. @param members who is in it, as `segmentMembers` says */
  sawSegment(id: number, user: string, members: Float64Array, now: number): Promise<void>;
}

/** Reads. A segment is asked of all sites: an account is in it or not, whatever list it stands in. */
export interface SegmentReads {
  /** The latest seen first. */
  segmentAccounts(asked: SegmentAsked, limit: number): Promise<SegmentAccounts>;
  /** The numbers of all its accounts. */
  segmentMembers(asked: SegmentAsked): Promise<Float64Array>;
  explainSegment(asked: SegmentAsked, accountId: number): Promise<SegmentExplained>;
  /** Names in the data that begin so, whatever their case, the ones met most often in the last thirty days first. */
  segmentNames(kind: NameKind, prefix: string, limit: number, now: number): Promise<KnownName[]>;
  /** Somebody's own, and those that are shared; in order of their names. */
  savedSegments(user: string): Promise<SavedSegment[]>;
  /** Null: there is none, or it is somebody else's. */
  savedSegment(id: number, user: string): Promise<SavedSegment | null>;
  segmentNews(asked: SegmentAsked, id: number, user: string): Promise<SegmentNews>;
  /** What a bare name may mean. */
  knownNames(): Promise<Names>;
}
