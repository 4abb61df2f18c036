/** CSV by RFC 4180: UTF-8, one header row, CRLF. Text that a spreadsheet would run as a formula is disarmed. */
import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { Column, Format } from './format.ts';

/**
 * What makes spreadsheets see a formula: the ASCII signs, tab and return, and the full-width signs that some
 * fold to ASCII on import. Blanks before a sign do not help, since some importers trim them.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^[\s\u00a0\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A signed number or a telephone number starts with a sign and is no formula. */
const numberOrPhone = /^[+-]?[0-9][0-9 ().-]*$/;

/**
 * Puts an apostrophe before text that a spreadsheet would run; all other text is left as it is.
 * @example disarm('=1+1')        // "'=1+1"
 * @example disarm('+1 555 0100') // '+1 555 0100'
 */
export function disarm(text: string): string {
  return formulaStart.test(text) && !numberOrPhone.test(text) ? `'${text}` : text;
}

function cell<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  if (value === null) return '';
  return typeof value === 'string' && column.holds === 'text' ? disarm(value) : String(value);
}

/** Sent as one piece, after which events that wait have their turn; a stream of single lines costs more than they do. */
const linesAtOnce = 40;

const line = (cells: string[]) => stringify([cells], { record_delimiter: '\r\n' });

export const csv: Format = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  async *write(columns, rows) {
    let lines = line(columns.map((column) => column.name));
    let count = 0;
    for await (const row of rows) {
      lines += line(columns.map((column) => cell(column, row)));
      count += 1;
      if (count % linesAtOnce !== 0) continue;
      yield lines;
      lines = '';
      await setImmediate();
    }
    if (lines !== '') yield lines;
  },
};
