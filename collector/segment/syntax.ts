/** What was typed, as a tree, each part with its place in the text. It says nothing yet of whether it makes sense. */

/** A stretch of the text, in characters. */
export interface Span {
  offset: number;
  length: number;
}

export const operators = ['=', '!=', '>', '>=', '<', '<='] as const;
export type Operator = (typeof operators)[number];

/** A value as written. `word`: a text that needed no quotes. */
export type Literal = Span &
  (
    | { kind: 'text' | 'word'; text: string }
    | { kind: 'number'; number: number; unit: string | null }
    | { kind: 'date'; text: string }
  );

/** What a condition is about: `visits`, `viewed("/pricing*")`, `trait.plan`. */
export interface TermSyntax extends Span {
  name: string;
  /** In brackets behind the name. */
  argument: Literal | null;
  /** Behind a dot. */
  member: string | null;
}

export type TestSyntax = Span &
  (
    | { kind: 'compare'; operator: Operator; value: Literal }
    | { kind: 'in' | 'like'; isNot: boolean; values: Literal[] }
  );

export type LimitSyntax = Span &
  (
    | { kind: 'within'; amount: Literal }
    | { kind: 'before' | 'after'; date: Literal }
    | { kind: 'between'; from: Literal; to: Literal }
    | { kind: 'by'; operator: Operator; people: Literal }
  );

export interface ConditionSyntax extends Span {
  kind: 'condition';
  term: TermSyntax;
  test: TestSyntax | null;
  limits: LimitSyntax[];
}

export type Syntax =
  | { kind: 'any' | 'all'; parts: Syntax[] }
  | { kind: 'not'; part: Syntax }
  /** `in list("…")` */
  | (Span & { kind: 'listed'; name: string })
  | ConditionSyntax;
