/**
 * Reads the tables that lie beside this room as text, so that whoever knows better can correct them without knowing how
 * to program: rows of cells parted by `|`, or words parted by commas; `[section]` lines; `#` comments.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';

/** Where they lie: the compiler does not copy them. */
export const tablesFolder = path.join(packageRoot, 'collector/reveal/tables');

export interface Line {
  /** The `[section]` that it stands in; empty before the first. */
  section: string;
  text: string;
  /** `companies.txt:17`, for whoever has to correct it. */
  at: string;
}

export interface Row extends Omit<Line, 'text'> {
  cells: readonly string[];
}

/** The lines of a table that are neither empty nor comment nor section. */
export function readLines(file: string): Line[] {
  let section = '';
  const lines: Line[] = [];
  readFileSync(path.join(tablesFolder, file), 'utf8')
    .split('\n')
    .forEach((raw, index) => {
      const text = raw.trim();
      const heading = /^\[(.+)\]$/.exec(text);
      if (heading !== null) section = heading[1] ?? '';
      else if (text !== '' && !text.startsWith('#'))
        lines.push({ section, text, at: `${file}:${index + 1}` });
    });
  return lines;
}

/** A table of rows. @param columns cells in each row; @throws Error with file and line of a row that has another number */
export function readRows(file: string, columns: number): Row[] {
  return readLines(file).map(({ section, text, at }) => {
    const cells = text.split('|').map((cell) => cell.trim());
    if (cells.length !== columns) {
      throw new Error(`${at}: “${text}” has ${cells.length} cells parted by "|", not ${columns}`);
    }
    return { section, cells, at };
  });
}

/**
 * A table of words: by section, in their order.
 * @param sections those that the file must have, and no others
 * @throws Error that names the file, and the section that is missing or unknown
 */
export function readWords<Section extends string>(
  file: string,
  sections: readonly Section[],
): Record<Section, string[]> {
  const words = new Map<string, string[]>(sections.map((section) => [section, []]));
  for (const { section, text, at } of readLines(file)) {
    const list = words.get(section);
    if (list === undefined) throw new Error(`${at}: “[${section}]” is no section of this file`);
    list.push(...wordsIn(text));
  }
  for (const [section, list] of words) {
    if (list.length === 0) throw new Error(`${file}: the section [${section}] is missing or empty`);
  }
  return Object.fromEntries(words) as Record<Section, string[]>;
}

/** Entries parted by commas. */
export function wordsIn(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
