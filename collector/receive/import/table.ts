/** A file as a table: its columns, and its rows one by one, whether it is CSV or an object a line. */
import { type ContentOptions, type Encoding, encodingOf, textOf } from './content.ts';
import { csvRows, delimiterOf } from './csv.ts';
import { type Line, linesOf, maxRowLength } from './lines.ts';
import { quoted, type Refused } from './refusals.ts';

/** CRMs export some hundred of them. */
export const maxColumns = 120;
const maxHeadingLength = 200;
/** Rows of a file. */
export const maxRows = 1_000_000;
/** Of a file with an object a line, those whose keys are looked at to know its columns. */
const sampledLines = 200;

export interface Table {
  path: string;
  format: 'csv' | 'jsonl';
  encoding: Encoding;
  delimiter: string;
  columns: string[];
}

/** A row by its columns; what it leaves empty is not in it. */
export interface TableRow {
  line: number;
  values: Map<string, string>;
}

/**
 * Looks at how a file is written and which columns it has.
 * @param encoding null: as it seems
 * @throws Error that says what to do, if it has no columns, or too many
 */
export async function openTable(
  path: string,
  encoding: Encoding | null = null,
  options: ContentOptions = {},
): Promise<Table> {
  const written = encoding ?? (await encodingOf(path, options));
  const lines = linesOf(textOf(path, written, options));
  const first = await firstOf(lines);
  if (first === null) throw new Error('the file is empty; its first line must name the columns');
  const start = first.text.trimStart();
  if (start.startsWith('[')) {
    throw new Error('the file is one JSON list; write an object a line (jq -c .[])');
  }
  const about = { path, encoding: written };
  if (start.startsWith('{'))
    return { ...about, format: 'jsonl', delimiter: '', columns: await keysOf(lines, first) };
  const delimiter = delimiterOf(first.text);
  for await (const row of csvRows(startingWith(first, lines), delimiter)) {
    if ('problem' in row)
      throw new Error(`the first line, which names the columns, cannot be read: ${row.problem}`);
    return { ...about, format: 'csv', delimiter, columns: headings(row.values) };
  }
  throw new Error('the file is empty; its first line must name the columns');
}

/** @returns each row, or why it cannot be read; those after the most that a file may have are not read */
export async function* rowsOf(
  table: Table,
  options: ContentOptions = {},
): AsyncGenerator<TableRow | Refused> {
  const lines = linesOf(textOf(table.path, table.encoding, options));
  let rows = 0;
  for await (const row of table.format === 'csv' ? csvTable(lines, table) : jsonTable(lines)) {
    rows += 1;
    if (rows > maxRows) {
      yield bad(row.line, 'too_many', `rows after the ${maxRows}th are not read; split the file`);
      return;
    }
    yield row;
  }
}

async function* csvTable(
  lines: AsyncIterable<Line>,
  { delimiter, columns }: Table,
): AsyncGenerator<TableRow | Refused> {
  let isHeading = true;
  for await (const row of csvRows(lines, delimiter)) {
    if (isHeading) {
      isHeading = false;
      continue;
    }
    if ('problem' in row) yield bad(row.line, 'malformed', row.problem);
    else if (row.values.length !== columns.length)
      yield bad(
        row.line,
        'malformed',
        `${row.values.length} columns where the heading line has ${columns.length}`,
      );
    else
      yield { line: row.line, values: filled(columns.map((column, at) => [column, row.values[at] ?? ''])) };
  }
}

async function* jsonTable(lines: AsyncIterable<Line>): AsyncGenerator<TableRow | Refused> {
  for await (const { number, text, isCut } of lines) {
    if (text.trim() === '') continue;
    const read = isCut ? `longer than ${maxRowLength} characters` : fieldsOf(text);
    if (typeof read === 'string') yield bad(number, 'malformed', read);
    else if (read.length > maxColumns)
      yield bad(number, 'malformed', `${read.length} fields; at most ${maxColumns} can be taken in`);
    else yield { line: number, values: filled(read) };
  }
}

/** The fields of an object in one line, those of objects in it as `outer.inner`; or what is wrong with it. */
function fieldsOf(text: string): [string, string][] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${quoted(text)} is no JSON object`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `${quoted(text)} is no JSON object`;
  return Object.entries(value).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).map(([below, deep]) => [cut(`${name}.${below}`), scalar(deep)])
      : [[cut(name), scalar(inner)]],
  );
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(scalar).filter(Boolean).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const cut = (heading: string) => heading.slice(0, maxHeadingLength);

/** Control characters are nobody's words, and a terminal or a file may obey them; in a note lines may end. */
function filled(values: [string, string][]): Map<string, string> {
  return new Map(
    values
      .map(([column, value]): [string, string] => [column, value.replace(/[^\P{Cc}\n]+/gu, ' ').trim()])
      .filter(([column, value]) => column !== '' && value !== ''),
  );
}

/** Columns by their names; of two with the same the second is told apart. */
function headings(values: readonly string[]): string[] {
  if (values.length > maxColumns)
    throw new Error(`the file has ${values.length} columns; at most ${maxColumns} can be taken in`);
  const seen = new Map<string, number>();
  const names = values.map((value) => {
    const name = cut(value.replace(/\p{Cc}+/gu, ' ').trim());
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times > 1 && name !== '' ? `${name} (${times})` : name;
  });
  if (names.every((name) => name === ''))
    throw new Error('the first line names no column; add a heading line');
  return names;
}

async function keysOf(lines: AsyncIterable<Line>, first: Line): Promise<string[]> {
  const keys = new Set<string>();
  let looked = 0;
  for await (const { text, isCut } of startingWith(first, lines)) {
    const read = isCut ? '' : fieldsOf(text);
    if (typeof read !== 'string') for (const [name] of read) if (keys.size < maxColumns) keys.add(name);
    looked += 1;
    if (looked === sampledLines) break;
  }
  if (keys.size === 0) throw new Error('the first lines hold no JSON object; write an object a line');
  return [...keys];
}

async function firstOf(lines: AsyncGenerator<Line>): Promise<Line | null> {
  for (let { value, done } = await lines.next(); !done; { value, done } = await lines.next())
    if (value && value.text.trim() !== '') return value;
  return null;
}

async function* startingWith(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield first;
  yield* rest;
}

function bad(line: number, refused: Refused['refused'], says: string): Refused {
  return { line, refused, column: null, says };
}
