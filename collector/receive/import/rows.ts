/** The rows of a file, each as what is stored of it, or why it is left out. */
import type { ContentOptions } from './content.ts';
import { asAttribute, leftOut, type Mapping } from './mapping.ts';
import { createMoments } from './moment.ts';
import type { Refused } from './refusals.ts';
import type { Field, RowTools, Settings, Subject } from './subject.ts';
import { rowsOf, type Table, type TableRow } from './table.ts';

const maxAttributeLength = 500;

export type ReadRow<Row> = { line: number; row: Row } | Refused;

/**
 * @param now nothing may have happened later
 * @throws Error if the file cannot be read
 */
export async function* readRows<Row>(
  subject: Subject<Row>,
  table: Table,
  { mapping, settings, now }: { mapping: Mapping; settings: Settings; now(): number },
  options: ContentOptions = {},
): AsyncGenerator<ReadRow<Row>> {
  const tools: RowTools = { settings, moments: createMoments(settings.timeZone, settings.order), now };
  const fields = new Map(subject.fields.map((field) => [field.name, field]));
  const columnOf = new Map([...mapping].map(([column, field]) => [field, column]));
  for await (const read of rowsOf(table, options)) {
    if ('refused' in read) {
      yield read;
      continue;
    }
    const told = tell(read, mapping, fields);
    if ('refused' in told) {
      yield told;
      continue;
    }
    const made = subject.row(told, tools);
    if ('row' in made) {
      yield { line: read.line, row: made.row };
      continue;
    }
    const column = made.field === null ? null : (columnOf.get(made.field) ?? null);
    yield { line: read.line, refused: made.refused, column, says: made.says };
  }
}

function tell(
  { line, values }: TableRow,
  mapping: Mapping,
  fields: ReadonlyMap<string, Field>,
): { of(field: string): string | null; attributes: Record<string, string> } | Refused {
  const said = new Map<string, string>();
  const attributes: Record<string, string> = {};
  for (const [column, value] of values) {
    // A column that the first lines did not have is kept.
    const target = mapping.get(column) ?? asAttribute;
    if (target === leftOut) continue;
    const field = fields.get(target);
    const max = field?.max ?? maxAttributeLength;
    if (value.length > max && !field?.isCut)
      return {
        line,
        refused: 'too_long',
        column,
        says: `"${column}" has ${value.length} characters; at most ${max} can be taken in`,
      };
    if (field !== undefined) said.set(target, value.slice(0, max));
    else if (column !== '__proto__') attributes[column] = value;
  }
  return { of: (field) => said.get(field) ?? null, attributes };
}
