/** Points as statements: the one place where scores are worked out. One statement a rule. */
import { type Kysely, sql } from 'kysely';
import { bandOfScore, scoreOf } from '../../score/scoring.ts';
import type { Counted } from '../../segment/counted.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { Reason, RulePoints, ScoreExplained, ScoreRuleAsked, ScoringAsked } from '../scores.ts';
import { explainConditions, members, visitsOf } from './segment.ts';
import { countsByDay } from './segment-counts.ts';
import { type Around, compared, type Sql } from './segment-sql.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

export type Merged = Around['merged'];

/** Rows of account, day and count. */
function byDay(counted: Counted, around: Around): Sql {
  if (counted.kind === 'count') return countsByDay(counted, around);
  return sql`select account_id, day, count(*) as count from (${visitsOf(counted, around)}) group by account_id, day`;
}

const secondsOfMinute = 60;

/** Whether the rule asks for nothing but what it counts. Compared by what they say: on the way between threads they are copied. */
const isWhole = ({ segment, counted }: ScoreRuleAsked): boolean =>
  counted?.kind === 'count' && counted.by === null && JSON.stringify(segment) === JSON.stringify(counted);

/** Rows of account, before, faded, points, count and last day: of those to whom the rule gives something. */
function pointsOf(rule: ScoreRuleAsked, around: Around): Sql {
  const { segment, counted, per, cap, halfLifeDays } = rule;
  const points = sql`cast(${rule.points} as real)`;
  const fitting = sql`select account_id from (${members({ segment }, around)})`;
  if (counted === null)
    return sql`select account_id, ${points} as before, ${points} as faded, ${points} as points,
      null as count, null as last from (${fitting})`;
  // What is dated ahead of us is of today.
  const age = sql`max(0, ${dayNumber(around.now)} - day)`;
  const weight = halfLifeDays === null ? sql`1.0` : sql`pow(2.0, -(${age}) / cast(${halfLifeDays} as real))`;
  const each = counted.kind === 'count' && counted.term === 'engaged' ? secondsOfMinute : 1;
  const [before, faded] =
    per === 'once'
      ? [points, sql`${points} * max(${weight})`]
      : [sql`${points} * sum(count) / ${each}`, sql`${points} * sum(count * ${weight}) / ${each}`];
  // Where the whole condition is what is counted, it need not be counted twice.
  const [where, having] =
    counted.kind === 'count' && isWhole(rule)
      ? [sql`1`, compared(sql`sum(count)`, counted.operator, counted.number)]
      : [sql`account_id in (${fitting})`, sql`1`];
  return sql`select account_id, before, faded, count, last,
      ${cap === null ? sql`faded` : sql`max(${-cap}, min(${cap}, faded))`} as points
    from (select account_id, ${before} as before, ${faded} as faded, sum(count) as count, max(day) as last
      from (${byDay(counted, around)}) where ${where} group by account_id having ${having})`;
}

/** What each rule gives to every account that had come by the day. */
export async function scoreAll(
  db: Kysely<Tables>,
  { rules, now }: ScoringAsked,
  merged: Merged,
): Promise<Map<number, Reason[]>> {
  const around: Around = { now, merged, only: null };
  const came = await sql<{ account_id: number }>`
    select account_id from account_total where ${stillWanted('account_id')}
    group by account_id having min(first_at) < ${(dayNumber(now) + 1) * dayMs}`.execute(db);
  const found = new Map<number, Reason[]>(came.rows.map(({ account_id }) => [account_id, []]));
  for (const [index, rule] of rules.entries()) {
    if (rule === null) continue;
    const { rows } = await sql<{ account_id: number; points: number }>`
      select account_id, points from (${pointsOf(rule, around)})`.execute(db);
    for (const { account_id, points } of rows) found.get(account_id)?.push({ rule: index, points });
  }
  return found;
}

/** What each rule gives to one account; null for one that cannot be asked. */
export async function pointsOfOne(
  db: Kysely<Tables>,
  { rules, now }: ScoringAsked,
  merged: Merged,
  accountId: number,
): Promise<(RulePoints | null)[]> {
  const around: Around = { now, merged, only: accountId };
  const found: (RulePoints | null)[] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule === null) {
      found.push(null);
      continue;
    }
    const { rows } = await sql<Omit<RulePoints, 'rule' | 'lastAt'> & { last: number | null }>`
      select before, faded, points, count, last from (${pointsOf(rule, around)})`.execute(db);
    const [row] = rows;
    if (row === undefined) found.push(null);
    else {
      const { last, ...points } = row;
      found.push({ rule: index, ...points, lastAt: last === null ? null : last * dayMs });
    }
  }
  return found;
}

export async function explainScore(
  db: Kysely<Tables>,
  asked: ScoringAsked,
  merged: Merged,
  accountId: number,
): Promise<ScoreExplained> {
  const given = await pointsOfOne(db, asked, merged, accountId);
  const rules: ScoreExplained['rules'] = [];
  for (const [index, rule] of asked.rules.entries()) {
    if (rule === null) {
      rules.push(null);
      continue;
    }
    const points = given[index] ?? null;
    // Where the points were given for what the whole condition counts, it is counted already.
    const conditions =
      points !== null && isWhole(rule)
        ? [{ isMet: true, found: points.count, people: null }]
        : await explainConditions(db, { segment: rule.segment, now: asked.now }, merged, accountId);
    rules.push({ isMet: points !== null, given: points, conditions });
  }
  const score = scoreOf(
    given.map((one) => one?.points ?? 0),
    asked,
  );
  return { score, band: bandOfScore(score, asked), rules };
}
