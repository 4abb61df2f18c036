/** How each term that can be counted is read: rows of account, count and people. */
import { sql } from 'kysely';
import { eventWord } from '../../event-word.ts';
import type { CountCondition, CountTerm } from '../../segment/tree.ts';
import { holdersOf } from './roles.ts';
import { type Around, inDays, inTime, onlyOf, pattern, type Sql } from './segment-sql.ts';
import { stillWanted } from './wanted.ts';

/** A statement that gives `account_id`, `count` and, where it is asked for, `people`; accounts with nothing have no row. */
type Counted = (condition: CountCondition, around: Around) => Sql;

/** Which subjects each of these terms counts. */
const subjects = {
  viewed: ({ name }: CountCondition) => sql`kind = 'page' and word like ${pattern(name)} escape '\\'`,
  event: ({ name }: CountCondition) => sql`kind = 'event' and word = ${eventWord(name)}`,
  form: ({ name }: CountCondition) => sql`kind = 'form' and word = ${eventWord(name)}`,
  engaged: () => sql`kind = 'engaged'`,
} as const;

export const counts: { readonly [Term in CountTerm]: Counted } = {
  viewed: (condition, around) => ofActivity(subjects.viewed(condition), condition, around),
  event: (condition, around) => ofActivity(subjects.event(condition), condition, around),
  form: (condition, around) => ofActivity(subjects.form(condition), condition, around),
  engaged: (condition, around) => ofActivity(subjects.engaged(), condition, around),
  visits(condition, around) {
    // Sums are at hand of all time alone; and whose visits they were, only the visits know.
    if (condition.window === null && condition.by === null)
      return sql`select account_id, sum(visits) as count from account_total
        where 1 ${onlyOf(sql`account_id`, around)} group by account_id`;
    return ofSessions(sql`count(*)`, condition, around);
  },
  people(condition, around) {
    if (condition.name !== '') return ofHolders(condition, around);
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

/** Those of one buying role: found by who has it, so that it costs by their visits alone. */
function ofHolders({ name, window }: CountCondition, around: Around): Sql {
  return sql`select account_id, count(distinct person_id) as count from session
    where person_id in (${holdersOf(name)}) and account_id is not null and is_offline = 0
    ${inTime(sql`started_at`, window, around.now)} ${onlyOf(sql`account_id`, around)} and ${stillWanted('id')}
    group by account_id`;
}

/** The same by day: rows of account, day and count. People of several days add up to nothing. */
export function countsByDay(condition: CountCondition, around: Around): Sql {
  const { term, window } = condition;
  if (term === 'people') throw new Error('people are not counted by day');
  const limits = sql`${inDays(sql`day`, window, around.now)} ${onlyOf(sql`account_id`, around)}`;
  if (term === 'visits')
    return sql`select account_id, day, sum(visits) as count from account_day
      where ${stillWanted('account_id')} ${limits} group by account_id, day`;
  return sql`select account_id, day, sum(count) as count from activity
    where subject_id in (select id from subject where ${subjects[term](condition)}) ${limits}
      and ${stillWanted('who')} group by account_id, day`;
}
