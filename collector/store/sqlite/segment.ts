/** Segments as conditions of statements: the one place where what is in a segment is found out. */
import { type Kysely, sql } from 'kysely';
import { fitsNone } from '../../segment/counted.ts';
import { type Condition, conditionsOf, type Segment } from '../../segment/tree.ts';
import type {
  ConditionFound,
  SegmentAccounts,
  SegmentAsked,
  SegmentExplained,
  SegmentNews,
} from '../segments.ts';
import type { AccountName } from '../store.ts';
import { counts } from './segment-counts.ts';
import {
  type Around,
  byPeople,
  compared,
  daysOf,
  inTime,
  isNegative,
  type Of,
  onlyOf,
  positive,
  type Sql,
  type SqlTest,
} from './segment-sql.ts';
import { mixed, type TextSource, texts, visitsThat } from './segment-texts.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/**
 * The condition that an account is in a segment.
 * @param account the column with its number
 */
export function isIn(segment: Segment, account: Sql, around: Around): SqlTest {
  switch (segment.kind) {
    case 'any':
    case 'all': {
      const parts = segment.parts.map((part) => sql`(${isIn(part, account, around)})`);
      return sql`${sql.join(parts, segment.kind === 'any' ? sql` or ` : sql` and `)}`;
    }
    case 'not':
      return sql`not (${isIn(segment.part, account, around)})`;
    default:
      return isMet(segment, account, around);
  }
}

function isMet(condition: Condition, account: Sql, around: Around): SqlTest {
  const among = (isNot: boolean, accounts: Sql) =>
    sql<boolean>`${account} ${isNot ? sql`not in` : sql`in`} (${accounts})`;
  switch (condition.kind) {
    case 'count': {
      const { term, operator, number, by } = condition;
      const fits = sql`${compared(sql`count`, operator, number)} ${byPeople(by, sql`people`)}`;
      // Who did nothing has no row: where that fits too, those are found that do not fit.
      const isNot = fitsNone(operator, number) && (by === null || fitsNone(by.operator, by.people));
      return among(
        isNot,
        sql`select account_id from (${counts[term](condition, around)}) where ${isNot ? sql`not (${fits})` : fits}`,
      );
    }
    case 'text':
      return among(
        isNegative(condition.test),
        fitting(condition.test, [texts[condition.term](around)], around),
      );
    case 'mixed': {
      const { term, test } = condition;
      return among(isNegative(test), fitting(test, mixed[term](condition, around), around));
    }
    case 'visit':
      return among(isNegative(condition.test), accountsThatCame(condition, around));
    case 'day':
      return among(false, seenOn(condition, around));
  }
}

function fitting(test: Of<'text' | 'mixed'>['test'], sources: readonly TextSource[], around: Around): Sql {
  const selects = sources.map(
    ({ account, value, number, from }) =>
      sql`select ${account} from ${from} and ${positive(value, test, number)} ${onlyOf(account, around)}`,
  );
  return sql`${sql.join(selects, sql` union all `)}`;
}

export function visitsOf(condition: Of<'visit'>, around: Around): Sql {
  return visitsThat(condition, around, {
    fits: (value) => positive(value, condition.test),
    limits: inTime(sql`s.started_at`, condition.window, around.now),
  });
}

function accountsThatCame(condition: Of<'visit'>, around: Around): Sql {
  const visits = visitsOf(condition, around);
  if (condition.by === null) return sql`select account_id from (${visits})`;
  return sql`select account_id from (${visits}) group by account_id having 1 ${byPeople(condition.by, sql`count(distinct who)`)}`;
}

/** Whole days, as everything in a segment is. */
const dayOf = (term: Of<'day'>['term']) =>
  term === 'first_seen' ? sql`min(first_at) / 86400000` : sql`max(last_at) / 86400000`;

function seenOn({ term, test }: Of<'day'>, around: Around): Sql {
  const day = dayOf(term);
  const { first, last } = test.kind === 'day' ? { first: null, last: null } : daysOf(test, around.now);
  const fits =
    test.kind === 'day'
      ? compared(day, test.operator, test.day)
      : sql`${day} >= ${first} and ${day} <= ${last}`;
  return sql`select account_id from account_total where 1 ${onlyOf(sql`account_id`, around)} group by account_id having ${fits}`;
}

/** Only who has visited can be in a segment. */
export function members({ segment }: Pick<SegmentAsked, 'segment'>, around: Around): Sql {
  return sql`select account_id, max(last_at) as last_at from account_total
    where 1 ${onlyOf(sql`account_id`, around)} and ${stillWanted('account_id')}
    group by account_id having ${isIn(segment, sql`account_id`, around)}`;
}

export async function readSegmentAccounts(
  db: Kysely<Tables>,
  asked: SegmentAsked,
  merged: Around['merged'],
  limit: number,
): Promise<SegmentAccounts> {
  const around = { now: asked.now, merged, only: null };
  const { rows } = await sql<AccountName & { last_at: number; total: number }>`
    with member as materialized (${members(asked, around)})
    select a.id, a.name, a.domain, member.last_at, (select count(*) from member) as total
    from member join account a on a.id = member.account_id
    order by member.last_at desc, a.id limit ${Math.max(1, limit)}`.execute(db);
  return {
    rows: rows
      .slice(0, limit)
      .map(({ id, name, domain, last_at }) => ({ id, name, domain, lastAt: last_at })),
    total: rows[0]?.total ?? 0,
  };
}

export async function readSegmentMembers(
  db: Kysely<Tables>,
  asked: SegmentAsked,
  merged: Around['merged'],
): Promise<Float64Array> {
  const { rows } = await sql<{ account_id: number }>`
    ${members(asked, { now: asked.now, merged, only: null })} order by account_id`.execute(db);
  return Float64Array.from(rows, (row) => row.account_id);
}

/** How many are in a segment, and how many of those were not when somebody looked last. */
export async function readSegmentNews(
  db: Kysely<Tables>,
  asked: SegmentAsked,
  merged: Around['merged'],
  { id, user }: { id: number; user: string },
): Promise<SegmentNews> {
  const { rows } = await sql<{ total: number; seen: number | null; known: number }>`
    with member as materialized (${members(asked, { now: asked.now, merged, only: null })}),
      seen as materialized (select members from segment_seen where segment_id = ${id} and user = ${user})
    select count(*) as total, (select 1 from seen) as seen,
      count(*) filter (where account_id in (select value from seen, json_each(seen.members))) as known
    from member`.execute(db);
  const [{ total, seen, known } = { total: 0, seen: null, known: 0 }] = rows;
  return { total, unseen: seen === null ? null : total - known };
}

/** What one account has of each condition. The same statements decide, so that the reasons and the list cannot differ. */
export async function explain(
  db: Kysely<Tables>,
  asked: SegmentAsked,
  merged: Around['merged'],
  accountId: number,
): Promise<SegmentExplained> {
  const around = { now: asked.now, merged, only: accountId };
  const isMatch = await sql<{ account_id: number }>`${members(asked, around)}`.execute(db);
  return {
    isMatch: isMatch.rows.length > 0,
    conditions: await explainConditions(db, asked, merged, accountId),
  };
}

/** What one account has of each condition, without whether it is in the whole. */
export async function explainConditions(
  db: Kysely<Tables>,
  asked: SegmentAsked,
  merged: Around['merged'],
  accountId: number,
): Promise<ConditionFound[]> {
  const around = { now: asked.now, merged, only: accountId };
  const account = sql`t.account_id`;
  const conditions: ConditionFound[] = [];
  // One after the other: sixty conditions with all their parts are more than one statement may hold.
  for (const condition of conditionsOf(asked.segment)) {
    const { rows } = await sql<{ is_met: number; found: number | string | null; people: number | null }>`
      select ${isMet(condition, account, around)} as is_met, f.found, f.people
      from (select ${accountId} as account_id) t left join (${found(condition, around)}) f on 1`.execute(db);
    const [row] = rows;
    conditions.push({
      isMet: row?.is_met === 1,
      found: row?.found ?? null,
      people: row?.people ?? null,
    });
  }
  return conditions;
}

/** Texts told at most of what an account has. */
const textsTold = 3;

function found(condition: Condition, around: Around): Sql {
  switch (condition.kind) {
    case 'count': {
      const { term, by } = condition;
      const people = by === null ? sql`null` : sql`coalesce(max(people), 0)`;
      return sql`select coalesce(max(count), 0) as found, ${people} as people from (${counts[term](condition, around)})`;
    }
    case 'visit': {
      const people = condition.by === null ? sql`null` : sql`count(distinct who)`;
      return sql`select count(*) as found, ${people} as people from (${visitsOf(condition, around)})`;
    }
    case 'text':
    case 'mixed': {
      const sources =
        condition.kind === 'text'
          ? [texts[condition.term](around)]
          : mixed[condition.term](condition, around);
      const selects = sources.map(
        ({ account, value, from }) => sql`select ${value} as value from ${from} ${onlyOf(account, around)}`,
      );
      return sql`select group_concat(value, ', ') as found, null as people from (
        select distinct value from (${sql.join(selects, sql` union all `)}) where value is not null limit ${textsTold})`;
    }
    case 'day':
      return sql`select ${dayOf(condition.term)} * 86400000 as found, null as people from account_total
        where account_id = ${around.only}`;
  }
}
