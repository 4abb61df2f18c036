/** How each term that can be counted is read: rows of account, count and people. */
import { sql } from 'kysely';
import { eventWord } from '../../event-word.ts';
import type { CountCondition, CountTerm } from '../../segment/tree.ts';
import { type Around, inDays, inTime, onlyOf, pattern, type Sql } from './segment-sql.ts';
import { stillWanted } from './wanted.ts';

/** A statement that gives `account_id`, `count` and, where it is asked for, `people`; accounts with nothing have no row. */
type Counted = (condition: CountCondition, around: Around) => Sql;

export const counts: { readonly [Term in CountTerm]: Counted } = {
  viewed: (condition, around) =>
    ofActivity(sql`kind = 'page' and word like ${pattern(condition.name)} escape '\\'`, condition, around),
  event: (condition, around) =>
    ofActivity(sql`kind = 'event' and word = ${eventWord(condition.name)}`, condition, around),
  form: (condition, around) =>
    ofActivity(sql`kind = 'form' and word = ${eventWord(condition.name)}`, condition, around),
  engaged: (condition, around) => ofActivity(sql`kind = 'engaged'`, condition, around),
  visits(condition, around) {
    // Sums are at hand of all time alone; and whose visits they were, only the visits know.
    if (condition.window === null && condition.by === null)
      return sql`select account_id, sum(visits) as count from account_total
        where 1 ${onlyOf(sql`account_id`, around)} group by account_id`;
    return ofSessions(sql`count(*)`, condition, around);
  },
  people(condition, around) {
    if (condition.window !== null) return ofSessions(sql`count(distinct ${who})`, condition, around);
    // The sums are by site: where there are two, somebody may have been on both.
    return sql`select t.account_id, case when count(*) = 1 then max(t.people) else
        (select count(distinct ${who}) from session where account_id = t.account_id and is_offline = 0 and ${stillWanted('id')}) end as count
      from account_total t where 1 ${onlyOf(sql`t.account_id`, around)} group by t.account_id`;
  },
};

/** Who came: the person, else the browser. */
export const who = sql`coalesce(person_id, -visitor_id)`;

function ofActivity(subjects: Sql, { window, by }: CountCondition, around: Around): Sql {
  return sql`select account_id, sum(count) as count ${by === null ? sql`` : sql`, count(distinct who) as people`}
    from activity where subject_id in (select id from subject where ${subjects})
    ${inDays(sql`day`, window, around.now)} ${onlyOf(sql`account_id`, around)} and ${stillWanted('who')}
    group by account_id`;
}

function ofSessions(count: Sql, { window, by }: CountCondition, around: Around): Sql {
  return sql`select account_id, ${count} as count ${by === null ? sql`` : sql`, count(distinct ${who}) as people`}
    from session where account_id is not null and is_offline = 0 ${inTime(sql`started_at`, window, around.now)}
    ${onlyOf(sql`account_id`, around)} and ${stillWanted('id')}
    group by account_id`;
}
