/** What is wrong with an expression, and where. */
import type { Span } from './syntax.ts';

/** Points at the characters that it is about. */
export interface Problem extends Span {
  /** What was met, and what to write instead. */
  says: string;
  /** What was meant, as it would be written; null where that cannot be guessed. */
  meant: string | null;
}

/** Ends the reading of an expression; caught where reading began. */
export class Misread extends Error {
  readonly problem: Problem;
  constructor({ offset, length }: Span, says: string, meant: string | null = null) {
    super(says);
    this.problem = { offset, length, says, meant };
  }
}
