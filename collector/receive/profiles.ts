/** A file of company profiles, read row by row and checked: what the command line and the dashboard take in. */
import { finished } from 'node:stream/promises';
import { type CsvError, type Parser, parse } from 'csv-parse';
import { getDomain } from 'tldts';
import type { ProfileRow } from '../store/store.ts';

/** What a row of profiles can be refused for. */
export const profileRefusals = {
  no_company: 'neither a name nor a domain',
  bad_domain: 'a domain that is none',
  bad_country: 'a country that is no two-letter code',
  too_long: 'a value or a name of a column that is too long',
  malformed: 'not a row of this file: another number of columns, or broken quotes',
  too_many: 'more rows than a file may have',
} as const;
export type ProfileRefusal = keyof typeof profileRefusals;

export const maxProfileFileBytes = 20 * 1024 * 1024;
export const maxProfileRows = 100_000;
const maxNameLength = 200;
const maxValueLength = 500;
const maxColumns = 60;
const maxDomainLength = 253;

/** One line of the file, with what became of it. */
export type ReadRow =
  | { line: number; row: ProfileRow }
  | { line: number; refused: ProfileRefusal; says: string };

const fields = ['name', 'domain', 'industry', 'size', 'country', 'owner'] as const;
type Field = (typeof fields)[number];

/** Headings that mean a field, in one spelling; every other column is an attribute. */
const headings = new Map<string, Field>([
  ['name', 'name'],
  ['company', 'name'],
  ['company name', 'name'],
  ['account name', 'name'],
  ['domain', 'domain'],
  ['website', 'domain'],
  ['company domain name', 'domain'],
  ['industry', 'industry'],
  ['size', 'size'],
  ['employees', 'size'],
  ['country', 'country'],
  ['owner', 'owner'],
  ['account owner', 'owner'],
]);

/**
 * Reads CSV with a heading line; separated by commas, semicolons or tabs, as the heading line shows.
 * @param content the file's text, in pieces of any size
 * @throws Error that says what to do, if there is no heading line that names companies
 */
export async function* readProfiles(
  content: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<ReadRow> {
  let columns: Column[] | null = null;
  let rows = 0;
  for await (const piece of records(content)) {
    if ('problem' in piece) {
      yield refusal(piece.line, 'malformed', `${piece.problem}; nothing after this was read`);
      break;
    }
    if (columns === null) {
      columns = columnsOf(piece.record);
      continue;
    }
    rows += 1;
    if (rows > maxProfileRows) {
      yield refusal(piece.line, 'too_many', `rows after the ${maxProfileRows}th; split the file`);
      return;
    }
    yield readRow(piece.line, piece.record, columns);
  }
  if (columns === null)
    throw new Error('the file is empty; its first line must name the columns, e.g. name,domain,industry');
}

type Piece = { line: number; record: string[] } | { line: number; problem: string };

/** Characters given to the parser at once; between two pieces others have their turn. */
const perTurn = 65_536;

/** Records as the parser finds them: all that come before an error, and then the error. */
async function* records(content: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Piece> {
  const found: Piece[] = [];
  let parser: Parser | null = null;
  let begun = '';
  try {
    for await (const text of pieces(content)) {
      if (parser === null) {
        begun += text;
        // The heading line shows what separates the columns.
        if (!begun.includes('\n') && begun.length < perTurn) continue;
        parser = parserOf(begun, found);
        await write(parser, begun);
      } else await write(parser, text);
      yield* found.splice(0);
    }
    parser ??= await begin(begun, found);
    await end(parser);
    yield* found.splice(0);
  } catch (error) {
    yield* found.splice(0);
    if (!isCsvError(error)) throw error;
    yield { line: error.lines ?? 1, problem: error.message };
  } finally {
    parser?.destroy();
  }
}

async function begin(text: string, found: Piece[]): Promise<Parser> {
  const parser = parserOf(text, found);
  await write(parser, text);
  return parser;
}

async function* pieces(content: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of content)
    for (let at = 0; at < text.length; at += perTurn) {
      yield text.slice(at, at + perTurn);
      await new Promise((resolve) => setImmediate(resolve));
    }
}

function parserOf(begun: string, found: Piece[]): Parser {
  const parser = parse({
    bom: true,
    trim: true,
    delimiter: delimiterOf(begun),
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxColumns * maxValueLength,
    on_record(record: string[], { lines }) {
      found.push({ line: lines, record });
      return null;
    },
  });
  // Told to whoever writes; unheard, it would end the process.
  parser.on('error', () => undefined);
  return parser.resume();
}

function write(parser: Parser, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function end(parser: Parser): Promise<void> {
  return finished(parser.end());
}

/** Of commas, semicolons and tabs the one that the heading line has most of, quoted ones apart. */
function delimiterOf(begun: string): string {
  const heading = (begun.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (letter: string) => heading.split(letter).length;
  return [',', ';', '\t'].reduce((best, letter) => (count(letter) > count(best) ? letter : best));
}

interface Column {
  field: Field | null;
  heading: string;
}

function columnsOf(record: readonly string[]): Column[] {
  if (record.length > maxColumns)
    throw new Error(`the file has ${record.length} columns; at most ${maxColumns} can be taken in`);
  const taken = new Set<Field>();
  const columns = record.map((heading): Column => {
    const field =
      headings.get(
        heading
          .toLowerCase()
          .replace(/[_\s]+/g, ' ')
          .trim(),
      ) ?? null;
    // Of two columns for one field the first counts; the other is kept as an attribute.
    if (field === null || taken.has(field)) return { field: null, heading: heading.slice(0, maxNameLength) };
    taken.add(field);
    return { field, heading };
  });
  if (!taken.has('name') && !taken.has('domain'))
    throw new Error(
      `the first line names no column "name" or "domain" (it has: ${record.slice(0, 6).join(', ').slice(0, 200)}); add a heading line`,
    );
  return columns;
}

function readRow(line: number, record: readonly string[], columns: readonly Column[]): ReadRow {
  if (record.length !== columns.length)
    return refusal(
      line,
      'malformed',
      `${record.length} columns where the heading line has ${columns.length}`,
    );
  const told = new Map<Field, string>();
  const attributes: Record<string, string> = {};
  for (const [index, { field, heading }] of columns.entries()) {
    const value = (record[index] ?? '').replace(/\p{Cc}+/gu, ' ').trim();
    if (value === '') continue;
    if (value.length > (field === 'name' ? maxNameLength : maxValueLength))
      return refusal(line, 'too_long', `"${heading}" has ${value.length} characters`);
    if (field !== null) told.set(field, value);
    else if (heading !== '' && heading !== '__proto__') attributes[heading] = value;
  }
  const name = told.get('name') ?? null;
  const typed = told.get('domain') ?? null;
  if (name === null && typed === null)
    return refusal(line, 'no_company', 'neither name nor domain is filled in');
  const domain = typed === null ? null : domainOf(typed);
  if (typed !== null && domain === null)
    return refusal(line, 'bad_domain', `"${typed.slice(0, 100)}" is no domain`);
  const country = told.get('country')?.toUpperCase() ?? null;
  if (country !== null && !/^[A-Z]{2}$/.test(country))
    return refusal(
      line,
      'bad_country',
      `"${country.slice(0, 100)}" is no country; write two letters, e.g. DE`,
    );
  return {
    line,
    row: {
      name,
      domain,
      industry: told.get('industry') ?? null,
      size: told.get('size') ?? null,
      country,
      owner: told.get('owner') ?? null,
      attributes,
    },
  };
}

/** `https://www.acme.com/about` → `acme.com`; null for what is no registrable domain. */
function domainOf(typed: string): string | null {
  return typed.length > maxDomainLength + 100 ? null : getDomain(typed.toLowerCase());
}

function refusal(line: number, refused: ProfileRefusal, says: string): ReadRow {
  return { line, refused, says };
}

function isCsvError(error: unknown): error is CsvError & { lines?: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}
