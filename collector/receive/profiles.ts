/** A file of company profiles, read row by row and checked: what the command line and the dashboard take in. */
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
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
const headings: Readonly<Record<string, Field>> = {
  name: 'name',
  company: 'name',
  'company name': 'name',
  'account name': 'name',
  domain: 'domain',
  website: 'domain',
  'company domain name': 'domain',
  industry: 'industry',
  size: 'size',
  employees: 'size',
  country: 'country',
  owner: 'owner',
  'account owner': 'owner',
};

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
  const parser = Readable.from(content).pipe(
    parse({
      bom: true,
      trim: true,
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: maxColumns * maxValueLength,
    }),
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (columns === null) {
        columns = columnsOf(record);
        continue;
      }
      rows += 1;
      const line = info.lines;
      if (rows > maxProfileRows) {
        yield refusal(line, 'too_many', `rows after the ${maxProfileRows}th; split the file`);
        return;
      }
      yield readRow(line, record, columns);
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    yield refusal(error.lines ?? rows + 2, 'malformed', `${error.message}; nothing after this line was read`);
  }
  if (columns === null)
    throw new Error('the file is empty; its first line must name the columns, e.g. name,domain,industry');
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
      headings[
        heading
          .toLowerCase()
          .replace(/[_\s]+/g, ' ')
          .trim()
      ] ?? null;
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
