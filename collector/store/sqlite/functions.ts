/** Functions that statements may call beside SQLite's own. Each is pure: the same for the same text. */
import type { Database } from 'better-sqlite3';
import { eventWord } from '../../event-word.ts';
import { listName } from '../../list-name.ts';
import { rememberShort } from '../../remember.ts';

/** Names repeat in every row, and finding their word costs more than remembering it. */
const wordsKept = 10_000;
const longestKept = 60;

export function addFunctions(db: Database): void {
  const wordOf = rememberShort(wordsKept, longestKept, eventWord);
  const add = (name: string, of: (text: string) => string | number | null) =>
    db.function(name, { deterministic: true }, (value: unknown) =>
      value === null || value === undefined ? null : of(String(value)),
    );
  add('event_word', wordOf);
  // SQLite's own `lower` knows the letters of English alone.
  add('folded', (text) => text.toLowerCase());
  add('list_name', listName);
  add('headcount', headcount);
  add('as_number', asNumber);
}

/**
 * How many people a company has, by what a file or a form says of it: of a range, the lower end.
 * @example headcount('1,001-5,000 employees') // 1001
 */
export function headcount(text: string): number | null {
  const digits = /\d+/.exec(text.replace(/(?<=\d)[.,'’\s](?=\d{3}(?!\d))/g, ''))?.[0];
  return digits === undefined ? null : Number(digits);
}

/** The number that a text is; null for what is none, or begins like one. */
export function asNumber(text: string): number | null {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}
