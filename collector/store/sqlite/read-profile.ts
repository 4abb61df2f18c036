/** Reads what the owner's file says of a company. */
import type { Kysely } from 'kysely';
import type { Profile } from '../store.ts';
import type { Tables } from './tables.ts';

/** Whose word a profile is that no owner's file has said. */
export const bySite = 'group calls';

/** The profile of an account: its own, or else of one that was merged into it, the latest taken in. */
export async function readProfile(db: Kysely<Tables>, members: readonly number[]): Promise<Profile | null> {
  const rows = await db
    .selectFrom('profile')
    .selectAll()
    .where('account_id', 'in', members)
    .orderBy('imported_at', 'desc')
    .execute();
  const row = rows.find(({ account_id }) => account_id === members[0]) ?? rows[0];
  return row === undefined
    ? null
    : {
        industry: row.industry,
        size: row.size,
        country: row.country,
        owner: row.owner,
        attributes: JSON.parse(row.attributes) as Record<string, string>,
        ...(row.imported_by === bySite && { isTold: true }),
      };
}
