/** Whose an account is and in which list it is, as conditions of statements: what is marked on one counts for the account that it was merged into. */
import { type RawBuilder, sql } from 'kysely';
import { type BuiltInList, builtInLists, type ListAsked, type ListCounts } from '../marks.ts';
import { type Merged, mergedTable } from './merged.ts';

/** Whoever was said to look after an account: chosen here, or by a file of profiles. */
export const ownerClaims = `
  select account_id, owner, 1 as is_chosen, set_at as said_at from account_owner
  union all select account_id, owner, 0, imported_at from profile where owner is not null`;

/**
 * Which claim counts of several, the greatest: what was chosen here, then what was said of the account itself and not of
 * one that was merged into it, then the latest. Of `is_chosen`, `is_own` and `said_at`, which is smaller than the factor.
 */
export const claimWeight = '(2 * is_chosen + is_own) * 100000000000000 + said_at';

/**
 * Who looks after each account: `account_id`, `owner`, `is_chosen`; without those whom nobody does.
 * @param only of these accounts, as a list for `in`; left out: of all
 */
export function owners(merged: Merged, only?: RawBuilder<unknown>): RawBuilder<unknown> {
  // Beside a `max`, SQLite takes the other columns of the row that has it.
  return sql`
    select account_id, owner, is_chosen from (
      select account_id, owner, is_chosen, max(${sql.raw(claimWeight)})
      from (
        select coalesce(moved.root, claim.account_id) as account_id, owner, is_chosen, said_at, moved.id is null as is_own
        from (${sql.raw(ownerClaims)}) claim left join ${mergedTable(merged)} moved on moved.id = claim.account_id)
      ${only === undefined ? sql`` : sql`where account_id in (${only})`}
      group by account_id)
    where owner is not null`;
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

interface Around {
  merged: Merged;
  /** First seen then or later is new. */
  newSince: number;
}

/**
 * For each list whether an account would be in it, but for what is hidden.
 * @param owned a table of `owners`
 */
function tests(user: string, { merged, newSince }: Around, owned: RawBuilder<unknown>) {
  const isNotLooked = (ids: RawBuilder<unknown>) => sql`not exists (
    select 1 from account_look l where l.account_id in (${ids}) and l.looked_at >= member.last_within)`;
  const looks =
    merged.length === 0
      ? sql``
      : sql`and ${isNotLooked(sql`(select id from ${mergedTable(merged)} where root = member.account_id)`)}`;
  return {
    all: sql`1`,
    hidden: sql`member.account_id in (${hidden(user)})`,
    new: sql`member.first_at >= ${newSince}`,
    mine: sql`member.account_id in (select account_id from ${owned} where lower(owner) = lower(${user}))`,
    followed: sql`member.account_id in (${followed(user, merged)})`,
    unseen: sql`(member.account_id not in (select account_id from ${owned})
      and ${isNotLooked(sql`member.account_id`)} ${looks})`,
  } satisfies Record<BuiltInList, RawBuilder<unknown>>;
}

/** Whether an account is in a list; a condition about `member`, see `members`. */
export function isListed({ user, list }: ListAsked, around: Around): RawBuilder<unknown> {
  const test = tests(user, around, sql`(${owners(around.merged)})`);
  return list === 'hidden' ? test.hidden : sql`(not ${test.hidden} and ${test[list]})`;
}

/** How many of `member` are in each list: a whole statement but for that table, which comes first. */
export function countListed(
  member: RawBuilder<unknown>,
  user: string,
  around: Around,
): RawBuilder<ListCounts> {
  const test = tests(user, around, sql`owned`);
  const flags = builtInLists.map((list) => sql`${test[list]} as ${sql.ref(list)}`);
  const counts = builtInLists.map((list) =>
    list === 'hidden'
      ? sql`count(*) filter (where hidden) as hidden`
      : sql`count(*) filter (where not hidden and ${sql.ref(list)}) as ${sql.ref(list)}`,
  );
  // Materialised, so that each is found out once and not once a count.
  return sql<ListCounts>`
    with member as materialized (${member}),
      owned as materialized (${owners(around.merged)}),
      flagged as materialized (select ${sql.join(flags)} from member)
    select ${sql.join(counts)} from flagged`;
}
