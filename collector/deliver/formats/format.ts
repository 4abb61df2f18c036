/** The shape of a file format and of a list that can be written in it, so that the two need not know each other. */

/** One column: its header, and how a row's value is found. */
export interface Column<Row> {
  name: string;
  /** `text` may hold what strangers typed and is made safe for spreadsheets; `plain` never does. */
  holds: 'text' | 'plain';
  value(row: Row): string | number | null;
}

export interface Format {
  /** Ending of the file, without the dot. */
  extension: string;
  contentType: string;
  /**
   * Writes a list as it comes; nothing is held back but the row in hand.
   * @throws what `rows` throws: the file then ends in the middle
   */
  write<Row>(columns: readonly Column<Row>[], rows: AsyncIterable<Row>): AsyncIterable<string>;
}
