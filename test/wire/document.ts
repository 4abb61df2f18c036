/** Reads `tracker/wire.md`: its tables and its examples, by heading. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../collector/package-root.ts';

export interface Section {
  /** First column → second column, without code marks. */
  rows: Map<string, string>;
  /** What stands in the JSON block, if there is one. */
  example: unknown;
}

/** The sections of the document, by their headings. */
export function readWireDocument(): Map<string, Section> {
  const text = readFileSync(path.join(packageRoot, 'tracker/wire.md'), 'utf8');
  return new Map(
    text
      .split(/^#+ /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), readSection(part)]),
  );
}

function readSection(part: string): Section {
  const example = /```json\n([\s\S]*?)```/.exec(part)?.[1];
  return {
    rows: new Map(
      [...part.matchAll(/^\| *`(\w+)` *\|([^|\n]*)\|/gm)].map(([, first = '', second = '']) => [
        first,
        second.trim(),
      ]),
    ),
    example: example === undefined ? undefined : JSON.parse(example),
  };
}
