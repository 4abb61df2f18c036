/** A file looked through before anything of it is stored: what would be, what would not, and how full each column is. */
import { asAttribute, leftOut, type Mapping } from './mapping.ts';
import type { Refused, RowRefusal } from './refusals.ts';
import { readRows } from './rows.ts';
import type { Settings, Subject } from './subject.ts';
import { rowsOf, type Table } from './table.ts';

/** Rows and mistakes that are kept to be shown; the others are counted. */
const keptRows = 20;
const keptRefused = 100;
/** Rows whose values are shown beside a column, and by which columns are guessed. */
const sampledRows = 100;

export interface Checked<Row> {
  read: number;
  good: number;
  refused: Partial<Record<RowRefusal, number>>;
  /** Values that are none of their kind, by column. */
  wrongIn: Map<string, number>;
  /** The first of them. */
  mistakes: Refused[];
  /** The first rows as they would be stored. */
  rows: Row[];
}

/** @throws Error if the file cannot be read */
export async function checkFile<Row>(
  subject: Subject<Row>,
  table: Table,
  how: { mapping: Mapping; settings: Settings; now(): number },
): Promise<Checked<Row>> {
  const checked: Checked<Row> = { read: 0, good: 0, refused: {}, wrongIn: new Map(), mistakes: [], rows: [] };
  for await (const read of readRows(subject, table, how)) {
    checked.read += 1;
    if ('row' in read) {
      checked.good += 1;
      if (checked.rows.length < keptRows) checked.rows.push(read.row);
    } else {
      checked.refused[read.refused] = (checked.refused[read.refused] ?? 0) + 1;
      if (read.column !== null) checked.wrongIn.set(read.column, (checked.wrongIn.get(read.column) ?? 0) + 1);
      if (checked.mistakes.length < keptRefused) checked.mistakes.push(read);
    }
  }
  return checked;
}

/** What is missing before any row can be stored, in words; null: nothing. */
export function missingOf(subject: Subject<unknown>, mapping: Mapping, settings: Settings): string | null {
  const taken = new Set([...mapping.values()].filter((field) => field !== asAttribute && field !== leftOut));
  return subject.missing(taken, settings);
}

/** The first values of each column, and in how many of the first rows it is filled. */
export interface Samples {
  rows: number;
  of(column: string): readonly string[];
}

export async function sampleOf(table: Table): Promise<Samples> {
  const values = new Map<string, string[]>();
  let rows = 0;
  for await (const row of rowsOf(table)) {
    if ('refused' in row) continue;
    for (const [column, value] of row.values) {
      const known = values.get(column);
      if (known) known.push(value);
      else values.set(column, [value]);
    }
    rows += 1;
    if (rows === sampledRows) break;
  }
  return { rows, of: (column) => values.get(column) ?? [] };
}
