/** Words for text that does not fit the grammar. */
import { nearest } from './nearest.ts';
import { Misread } from './problem.ts';

/** Signs of other languages, with ours. */
const foreign: Readonly<Record<string, string>> = { '&': 'and', '|': 'or', '!': 'not', '%': '*' };

const units = ['seconds', 'minutes', 'hours', 'days', 'weeks'];
/** What only follows where a condition might go on, and what begins one: told once, not one by one. */
const goingOn = [
  'by',
  'between',
  'after',
  'before',
  'within',
  'like',
  'in',
  'not',
  '.',
  'a comparison such as >=',
];

/**
 * @param offset   of the first character that fits nothing
 * @param expected what the grammar would have taken there
 */
export function misread(text: string, offset: number, expected: readonly string[]): Misread {
  const rest = text.slice(offset);
  const met = /^\s*$/.test(rest) ? '' : (/^(?:[\p{L}\p{N}_]+|&&|\|\||[^\s])/u.exec(rest)?.[0] ?? '');
  const span = { offset, length: met.length };
  if (text.trim() === '') return new Misread({ offset: 0, length: 0 }, 'There is nothing here yet.');
  if (/^["'“]/.test(met)) return new Misread(span, 'This quote is opened and never closed.');
  const ours = foreign[met.charAt(0)];
  if (ours !== undefined) return didYouMean(span, `“${met}” means nothing here.`, ours);

  const words = [...new Set(expected)].map((one) => one.replace(/^"(.*)"$/, '$1'));
  const keyword = nearest(
    met,
    words.flatMap((word) => (/^a unit/.test(word) ? units : /^[a-z]+$/.test(word) ? word : [])),
  );
  if (met !== '' && keyword !== null) return didYouMean(span, `“${met}” cannot stand here.`, keyword);
  if (words.includes('and'))
    return new Misread(
      span,
      met === ''
        ? `It ends too early: ${listed(closing(words))} must follow.`
        : `“${met}” cannot stand here. Conditions are joined by and, or or.`,
    );
  if (met === ')')
    return new Misread(
      span,
      words.some(isStart) ? 'Something must stand before this bracket.' : 'This bracket was never opened.',
    );
  const must = listed(words.some(isStart) ? ['a condition such as visits > 2'] : words);
  if (met === '') return new Misread(span, `It ends too early: ${must} must follow.`);
  return new Misread(span, `“${met}” cannot stand here: ${must} must come first.`);
}

const isStart = (word: string) => word === 'a name';
const closing = (words: readonly string[]) => words.filter((word) => !goingOn.includes(word));

function didYouMean(span: { offset: number; length: number }, says: string, meant: string): Misread {
  return new Misread(span, `${says} Did you mean ${meant}?`, meant);
}

function listed(words: readonly string[]): string {
  const shown = words.filter((word) => !/^(end of input|a letter|an alpha.*|_|-)$/.test(word));
  if (shown.length === 0) return 'a condition such as visits > 2';
  return shown.length === 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
