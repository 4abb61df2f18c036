/**
 * A segment that makes sense: what the store is asked with. Plain values, so that it can go to another thread. Two texts
 * that mean the same in the same words have the same tree.
 */
import type { Operator } from './syntax.ts';

/** What can be counted, by day. `engaged` in seconds. */
export const countTerms = ['viewed', 'event', 'form', 'visits', 'people', 'engaged'] as const;
export type CountTerm = (typeof countTerms)[number];

/** Texts of which an account has at most one; lists alone it may be in several of. */
export const textTerms = ['name', 'domain', 'country', 'industry', 'owner', 'list'] as const;
export type TextTerm = (typeof textTerms)[number];

/** Texts of which each visit has one. */
export const visitTerms = ['source', 'campaign', 'channel'] as const;
export type VisitTerm = (typeof visitTerms)[number];

/** Texts that may be numbers. */
export const mixedTerms = ['size', 'trait', 'tag', 'score'] as const;
export type MixedTerm = (typeof mixedTerms)[number];

/** Words for a score, from the least. */
export const bands = ['cold', 'warm', 'hot'] as const;
export type Band = (typeof bands)[number];

export const dayTerms = ['first_seen', 'last_seen'] as const;
export type DayTerm = (typeof dayTerms)[number];

/** Whole days since 1970-01-01 UTC. */
export type Day = number;

/** Which days count. `within`: today and the days before, so many in all. `between`: both days too. */
export type Window =
  | { kind: 'within'; days: number }
  | { kind: 'before' | 'after'; day: Day }
  | { kind: 'between'; from: Day; to: Day };

/** How many different people must have had a part in what was counted. */
export interface By {
  operator: Operator;
  people: number;
}

/** Texts are alike whatever their case. `like`: `*` stands for anything. */
export type TextTest =
  | { kind: '=' | '!='; value: string }
  | { kind: 'in' | 'not in'; values: string[] }
  | { kind: 'like' | 'not like'; pattern: string };

export interface NumberTest {
  kind: 'number';
  operator: Operator;
  number: number;
}

export type CountCondition = {
  kind: 'count';
  term: CountTerm;
  /** Pattern of a path, or name of an event or a form; empty for what has none. */
  name: string;
  operator: Operator;
  number: number;
  window: Window | null;
  by: By | null;
};

export type Condition =
  | CountCondition
  | { kind: 'text'; term: TextTerm; test: TextTest }
  | { kind: 'visit'; term: VisitTerm; test: TextTest; window: Window | null; by: By | null }
  /** `name`: of a trait, or what stands before the sign in a tag such as `persona=CFO`; else empty. */
  | { kind: 'mixed'; term: MixedTerm; name: string; test: TextTest | NumberTest }
  | { kind: 'day'; term: DayTerm; test: { kind: 'day'; operator: Operator; day: Day } | Window };

export type Segment = { kind: 'any' | 'all'; parts: Segment[] } | { kind: 'not'; part: Segment } | Condition;

/** The conditions of a segment in their order. */
export function conditionsOf(segment: Segment): Condition[] {
  switch (segment.kind) {
    case 'any':
    case 'all':
      return segment.parts.flatMap(conditionsOf);
    case 'not':
      return conditionsOf(segment.part);
    default:
      return [segment];
  }
}
