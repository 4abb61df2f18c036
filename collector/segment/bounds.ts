/** How large an expression may be: what is asked for a list must be answered while somebody waits. */
import { Misread } from './problem.ts';
import type { Span } from './syntax.ts';

export const maxTextLength = 4_000;
export const maxDepth = 24;
export const maxConditions = 60;
export const maxValues = 200;
/** Of `*` in one pattern: each more may try every place in a text again for those before it. */
export const maxStars = 5;

/** @throws Misread for a pattern that would take long */
export function boundPattern(pattern: string, at: Span): void {
  if ((pattern.match(/\*/g)?.length ?? 0) > maxStars)
    throw new Misread(at, `There are more than ${maxStars} stars in this text.`);
}

/**
 * Looks at the text before it is parsed: a parser goes down one step for each bracket.
 * @throws Misread for what is too long or too deep
 */
export function boundText(text: string): void {
  if (text.length > maxTextLength)
    throw new Misread(
      { offset: maxTextLength, length: text.length - maxTextLength },
      `It is ${text.length} characters long; ${maxTextLength} is the most. Two segments may say it better.`,
    );
  let depth = 0;
  // In quotes brackets mean nothing.
  for (const { 0: part, index } of text.matchAll(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|“(?:\\.|[^”\\])*”|[()]/gsu,
  )) {
    if (part === ')') depth -= 1;
    if (part === '(') depth += 1;
    if (depth > maxDepth)
      throw new Misread({ offset: index, length: 1 }, `More than ${maxDepth} brackets are open here.`);
  }
}
