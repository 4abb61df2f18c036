/** Accounts that are merged into others, as a table within a statement. */
import { type RawBuilder, sql } from 'kysely';

/** Every account that is merged into another, and the one at the end of that; see `Rulings.merged`. */
export type Merged = readonly (readonly [accountId: number, root: number])[];

/** `id`, `root`: to be joined on `id`. */
export function mergedTable(merged: Merged): RawBuilder<unknown> {
  return sql`(select json_extract(value, '$[0]') as id, json_extract(value, '$[1]') as root
    from json_each(${JSON.stringify(merged)}))`;
}
