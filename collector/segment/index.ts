/**
 * The language of segments: one for lists, scores, stages and rules. Text to a checked tree, and back; what a tree asks
 * is answered by the store and nowhere else.
 */
import { boundText } from './bounds.ts';
import { type Checked, check, type Refused } from './check.ts';
import { parse } from './grammar.ts';
import type { Names } from './names.ts';
import { Misread, type Problem } from './problem.ts';

export type ReadSegment = (Checked & { problem: null }) | { problem: Problem };

/**
 * Reads an expression.
 * @param names what exists in the data
 * @param refused terms that cannot be asked where this stands, each with the reason
 * @returns the segment, or what is wrong with the text and where; it does not throw
 * @example readSegment('visits >= 3 within 7 days and people >= 2', noNames)
 */
export function readSegment(text: string, names: Names, refused: Refused = {}): ReadSegment {
  try {
    boundText(text);
    return { ...check(parse(text), names, refused), problem: null };
  } catch (error) {
    if (error instanceof Misread) return { problem: error.problem };
    throw error;
  }
}
