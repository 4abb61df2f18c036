/** Rows of a CSV file. A row that cannot be read is told, and never takes the next one with it. */
import { parse } from 'csv-parse/sync';
import { type Line, maxRowLength } from './lines.ts';

export type CsvRow = { line: number; values: string[] } | { line: number; problem: string };

/**
 * A row goes on over the end of a line as long as a quote is open. Where one is never closed, or a row so put together
 * cannot be read, its first line alone is at fault, and reading goes on with the second.
 */
export async function* csvRows(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<CsvRow> {
  const source = lines[Symbol.asyncIterator]();
  /** Lines to be read again, the next one last. */
  const again: Line[] = [];
  const next = async (): Promise<Line | null> => {
    const known = again.pop();
    if (known !== undefined) return known;
    const { value, done } = await source.next();
    return done ? null : value;
  };
  for (let first = await next(); first !== null; first = await next()) {
    const { number } = first;
    if (first.isCut) {
      yield { line: number, problem: `longer than ${maxRowLength} characters` };
      continue;
    }
    if (first.text.trim() === '') continue;
    if (!first.text.includes('"')) {
      yield { line: number, values: first.text.split(delimiter).map((value) => value.trim()) };
      continue;
    }
    const taken: Line[] = [];
    let text = first.text;
    let isOpen = leavesQuoteOpen(text);
    let isLost = false;
    while (isOpen && !isLost) {
      const more = await next();
      if (more !== null) taken.push(more);
      isLost = more === null || more.isCut || text.length + more.text.length > maxRowLength;
      if (more === null || isLost) break;
      text += `\n${more.text}`;
      isOpen = isOpen !== leavesQuoteOpen(more.text);
    }
    const read = isLost ? { problem: 'a quote that opens here is never closed' } : valuesOf(text, delimiter);
    if ('problem' in read) again.push(...taken.reverse());
    yield { line: number, ...read };
  }
}

/** True if the line has an odd number of quotes; a doubled one inside a value does not change that. */
function leavesQuoteOpen(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count % 2 === 1;
}

function valuesOf(text: string, delimiter: string): { values: string[] } | { problem: string } {
  try {
    const [values = []] = parse(text, {
      delimiter,
      trim: true,
      relax_column_count: true,
      max_record_size: 2 * maxRowLength,
    });
    return { values };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return {
      problem: `quotes that cannot be read (${says}); put the whole value in quotes and double those in it`,
    };
  }
}

/** Of commas, semicolons and tabs the one that the heading line has most of, quoted ones apart. */
export function delimiterOf(heading: string): string {
  const bare = heading.replace(/"[^"]*"/g, '');
  const count = (letter: string) => bare.split(letter).length;
  return [',', ';', '\t'].reduce((best, letter) => (count(letter) > count(best) ? letter : best));
}
