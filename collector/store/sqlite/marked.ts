/** Whose an account is and in which list it is, as conditions of statements: what is marked on one counts for the account that it was merged into. */
import { type RawBuilder, sql } from 'kysely';
import type { BuiltInList, ListAsked } from '../marks.ts';
import { type Merged, mergedTable } from './merged.ts';

/** Whoever was said to look after an account: chosen here, or by a file of profiles. */
export const ownerClaims = `
  select account_id, owner, 1 as is_chosen, set_at as said_at from account_owner
  union all select account_id, owner, 0, imported_at from profile where owner is not null`;

/**
 * Which claim counts of several: what was chosen here, then what was said of the account itself and not of one that was
 * merged into it, then the latest. Of `is_chosen`, `is_own` and `said_at`.
 */
export const ownerOrder = 'is_chosen desc, is_own desc, said_at desc';

/** Who looks after each account: `account_id`, `owner`, `is_chosen`. */
export function owners(merged: Merged): RawBuilder<unknown> {
  return sql`
    select account_id, owner, is_chosen from (
      select account_id, owner, is_chosen,
        row_number() over (partition by account_id order by ${sql.raw(ownerOrder)}) as place
      from (
        select coalesce(moved.root, claim.account_id) as account_id, owner, is_chosen, said_at, moved.id is null as is_own
        from (${sql.raw(ownerClaims)}) claim left join ${mergedTable(merged)} moved on moved.id = claim.account_id))
    where place = 1 and owner is not null`;
}

/** Numbers of the accounts that a user follows. */
export function followed(user: string, merged: Merged): RawBuilder<unknown> {
  return sql`
    select coalesce(moved.root, k.account_id) from account_mark k
    left join ${mergedTable(merged)} moved on moved.id = k.account_id
    where k.user = ${user} and k.kind = 'follow'`;
}

/**
 * Numbers of the accounts that a user hid. Hiding is of one account alone: what is merged into it shows with it, but it
 * hides no other that it is merged into.
 */
export function hidden(user: string): RawBuilder<unknown> {
  return sql`select account_id from account_mark where user = ${user} and kind = 'hide'`;
}

/**
 * Whether an account is in a list.
 * @param member an alias with `account_id`, `first_at` and `last_within`, see `members`
 * @param newSince first seen then or later is new
 */
export function isListed(
  { user, list }: ListAsked,
  member: string,
  { merged, newSince }: { merged: Merged; newSince: number },
): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${member}.${name}`);
  const id = column('account_id');
  const isHidden = sql`${id} in (${hidden(user)})`;
  const conditions: Record<BuiltInList, () => RawBuilder<unknown>> = {
    all: () => sql`1`,
    hidden: () => isHidden,
    new: () => sql`${column('first_at')} >= ${newSince}`,
    mine: () =>
      sql`${id} in (select account_id from (${owners(merged)}) where lower(owner) = lower(${user}))`,
    followed: () => sql`${id} in (${followed(user, merged)})`,
    unseen: () => sql`
      ${id} not in (select account_id from (${owners(merged)}))
      and ${isNotLooked(sql`${id}`)}
      ${merged.length === 0 ? sql`` : sql`and ${isNotLooked(sql`(select id from ${mergedTable(merged)} where root = ${id})`)}`}`,
  };
  const isNotLooked = (ids: RawBuilder<unknown>) => sql`not exists (
    select 1 from account_look l where l.account_id in (${ids}) and l.looked_at >= ${column('last_within')})`;
  const isIn = conditions[list]();
  return list === 'hidden' ? isIn : sql`(not ${isHidden} and ${isIn})`;
}
