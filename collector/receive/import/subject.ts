/** What a file can be about: the fields that its columns may be taken for, and how a row is made of them. Types only. */
import type { ImportKind } from '../../store/imports.ts';
import type { Encoding } from './content.ts';
import type { DateOrder, Moments } from './moment.ts';
import type { RowRefusal } from './refusals.ts';

/** Something that a column can be taken for. */
export interface Field {
  name: string;
  /** On the mapping screen. */
  label: string;
  /** Headings that mean it: lower case, words with single spaces. */
  headings: readonly string[];
  /** Characters at most; of a field that is `isCut` the rest is left away, else the row is refused. */
  max: number;
  isCut?: true;
}

/** What holds for every row of a file. */
export interface Settings {
  /** Of times that say none themselves: an IANA name. */
  timeZone: string;
  order: DateOrder;
  /** Touchpoints: what they are where no column says so; empty: not said. */
  kind: string;
  /** Touchpoints: the CRM or tool that they are from, where no column says so. */
  source: string;
  /** Null: as it seems. */
  encoding: Encoding | null;
}

export const usualSettings: Settings = { timeZone: 'UTC', order: null, kind: '', source: '', encoding: null };

/** What a row says, by field, and what else is kept of it. */
export interface Told {
  of(field: string): string | null;
  attributes: Record<string, string>;
}

/** What rows are made with. */
export interface RowTools {
  settings: Settings;
  moments: Moments;
  now(): number;
}

/** Why no row can be made, and of which field. */
export interface NoRow {
  refused: RowRefusal;
  field: string | null;
  says: string;
}

export interface Subject<Row> {
  kind: ImportKind;
  fields: readonly Field[];
  /** What is missing before any row can be made; null: nothing. @param taken fields that a column is taken for */
  missing(taken: ReadonlySet<string>, settings: Settings): string | null;
  row(told: Told, tools: RowTools): { row: Row } | NoRow;
}
