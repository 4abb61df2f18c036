/** What the form of a segment sent: its text, or the rows that stand for a text. */
import { emptyRow, maxRows, type Row, type Rows, textOfRows } from '../collector/segment/rows.ts';
import { maxSegmentNameLength } from '../collector/typed/segment.ts';
import type { Fields } from './form.ts';

export interface TypedSegment {
  name: string;
  text: string;
  isShared: boolean;
  /** The rows that the text is from; null: it was typed. */
  rows: Rows | null;
  /** What was pressed. */
  action: string;
}

/** Of each field of a row; the text as a whole has a bound of its own. */
const maxFieldLength = 500;

/** Names of a row's fields in the form. */
export const rowField = (index: number, field: keyof Row) => `r${index}-${field}`;

/**
 * The text counts, unless it stands as it was sent out (`was`) and the rows do not: then the rows were changed, and their
 * text counts. So both can be worked on without a script, and neither is lost.
 */
export function readTypedSegment(field: Fields): TypedSegment {
  const rows = readRows(field);
  const text = field('text').replace(/\r\n?/g, '\n');
  const was = field('was').replace(/\r\n?/g, '\n');
  const rowsWere = field('rows-were');
  const isOfRows = text.trim() === was.trim() && rowsWere !== noRows && rowsWere !== stamp(rows);
  return {
    name: field('name').trim().slice(0, maxSegmentNameLength),
    text: isOfRows ? textOfRows(rows) : text,
    rows: isOfRows ? rows : null,
    isShared: field('shared') === 'yes',
    action: field('action'),
  };
}

/** What stands in the form for a text that is not to be said in rows. */
export const noRows = 'none';

/** Rows as they are sent out, to see whether they were changed. */
export const stamp = ({ join, rows }: Rows): string =>
  JSON.stringify([join, ...rows.filter(({ term }) => term !== '')]);

function readRows(field: Fields): Rows {
  const rows = Array.from({ length: maxRows }, (_, index): Row => {
    const of = (name: keyof Row) => field(rowField(index, name)).slice(0, maxFieldLength);
    const row = { ...emptyRow, term: of('term'), name: of('name'), operator: of('operator') || '>=' };
    return { ...row, value: of('value'), days: of('days'), people: of('people') };
  });
  return { join: field('join') === 'or' ? 'or' : 'and', rows: rows.filter(({ term }) => term !== '') };
}
