/** Everything that the page of a segment shows of its text: what is wrong with it, its rows, who is in it. */
import type { ReadSegment } from '../collector/segment/index.ts';
import type { NameKind } from '../collector/segment/names.ts';
import { emptyRow, maxRows, type Row, type Rows, rowsOf } from '../collector/segment/rows.ts';
import { termNames, terms } from '../collector/segment/terms.ts';
import type { SegmentAccounts } from '../collector/store/segments.ts';
import { ReadGivenUp } from '../collector/store/store.ts';
import { readTyped } from './asked-segment.ts';
import type { House } from './house.ts';

export interface SegmentLook {
  text: string;
  /** Null: nothing was typed yet. */
  read: ReadSegment | null;
  /** Null: it cannot be said in rows. Without a text, or with one that cannot be read: none. */
  rows: Rows | null;
  /** The first ones; null: it cannot be asked, or took too long. */
  found: SegmentAccounts | null;
  /** Names to choose from, for the rows there are. */
  names: Map<NameKind, string[]>;
}

/** Accounts that are shown beside the text. */
const accountsShown = 10;
const namesOffered = 40;

/** @param typed rows that the text is from: they stay as they were filled in */
export async function lookAtSegment(
  house: House,
  text: string,
  typed: Rows | null = null,
): Promise<SegmentLook> {
  const read = text.trim() === '' ? null : await readTyped(house, text);
  const rows =
    typed ??
    (read === null || read.problem !== null ? { join: 'and' as const, rows: [] } : rowsOf(read.segment));
  const found =
    read === null || read.problem !== null
      ? null
      : await house.store
          .segmentAccounts({ segment: read.segment, now: house.now() }, accountsShown)
          .catch(unlessGivenUp);
  const names = new Map<NameKind, string[]>();
  for (const kind of new Set(rows?.rows.map(({ term }) => namesOf(term)))) {
    if (kind === null) continue;
    const known = await house.store.segmentNames(kind, '', namesOffered, house.now()).catch(unlessGivenUp);
    names.set(kind, known?.map(({ name }) => name) ?? []);
  }
  return { text, read, rows, found, names };
}

/** What takes too long is left out: the text can be worked on without it. */
export function unlessGivenUp(error: unknown): null {
  if (error instanceof ReadGivenUp) return null;
  throw error;
}

/** The kind of names that a row's name or value is one of. */
export function namesOf(typed: Row['term']): NameKind | null {
  const name = termNames.find((one) => one === typed);
  if (name === undefined) return null;
  if (name === 'viewed') return 'page';
  if (name === 'people') return 'role';
  if (name === 'event' || name === 'form' || name === 'trait') return name;
  const term = terms[name];
  return ('names' in term ? term.names : null) ?? null;
}

/** One more than are filled in, so that there is always where to go on. */
export const rowsToShow = ({ join, rows }: Rows): Rows => ({
  join,
  rows: rows.length < maxRows ? [...rows, emptyRow] : rows,
});
