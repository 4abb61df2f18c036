/** What another score would change: now, on an earlier day, and for those who bought. */
import { type Kysely, sql } from 'kysely';
import { bandOfScore, scoreOf } from '../../score/scoring.ts';
import { askedThen } from '../../score/then.ts';
import type { Counted } from '../../segment/counted.ts';
import { type Band, bands, type Segment } from '../../segment/tree.ts';
import { dayNumber } from '../../time.ts';
import type { BuyersScored, Reason, ScoreChange, ScoreComparison, ScoringAsked } from '../scores.ts';
import { type Merged, pointsOfOne, scoreAll } from './score-points.ts';
import { members, visitsOf } from './segment.ts';
import { countsByDay } from './segment-counts.ts';
import type { Tables } from './tables.ts';

export const noBands = (): Record<Band, number> =>
  Object.fromEntries(bands.map((band) => [band, 0])) as Record<Band, number>;

const scored = (reasons: readonly Reason[], asked: ScoringAsked) =>
  scoreOf(
    reasons.map(({ points }) => points),
    asked,
  );

/** The heaviest first. */
export const byWeight = (reasons: readonly Reason[]): Reason[] =>
  [...reasons].sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || a.rule - b.rule);

export async function compareScores(
  db: Kysely<Tables>,
  asked: { before: ScoringAsked; after: ScoringAsked },
  merged: Merged,
  limit: number,
): Promise<ScoreComparison> {
  const old = await scoreAll(db, asked.before, merged);
  const now = await scoreAll(db, asked.after, merged);
  const answer = { before: noBands(), after: noBands(), changed: 0 };
  const changes: { id: number; before: number; after: number }[] = [];
  for (const [id, reasons] of now) {
    const before = scored(old.get(id) ?? [], asked.before);
    const after = scored(reasons, asked.after);
    answer.before[bandOfScore(before, asked.before)] += 1;
    answer.after[bandOfScore(after, asked.after)] += 1;
    if (before !== after) changes.push({ id, before, after });
  }
  changes.sort((a, b) => b.after - b.before - (a.after - a.before) || a.id - b.id);
  const risers = changes.filter((one) => one.after > one.before).slice(0, limit);
  const fallers = changes
    .filter((one) => one.after < one.before)
    .slice(-limit)
    .reverse();
  const ids = [...risers, ...fallers].map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('account').select(['id', 'name']).where('id', 'in', ids).execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const told = (change: (typeof changes)[number]): ScoreChange => ({
    ...change,
    name: names.get(change.id) ?? '',
    reasonsBefore: byWeight(old.get(change.id) ?? []),
    reasonsAfter: byWeight(now.get(change.id) ?? []),
  });
  return { ...answer, changed: changes.length, risers: risers.map(told), fallers: fallers.map(told) };
}

/** The first day on which each account did it, the latest first. */
async function buyersOf(
  db: Kysely<Tables>,
  { segment, counted }: { segment: Segment; counted: Counted },
  now: number,
  merged: Merged,
): Promise<{ account_id: number; day: number; first: number }[]> {
  const around = { now, merged, only: null };
  const done = counted.kind === 'count' ? countsByDay(counted, around) : visitsOf(counted, around);
  const { rows } = await sql<{ account_id: number; day: number; first: number }>`
    select d.account_id, min(d.day) as day,
      (select min(first_at) / 86400000 from account_total where account_id = d.account_id) as first
    from (${done}) d where d.account_id in (select account_id from (${members({ segment }, around)}))
    group by d.account_id order by day desc, d.account_id`.execute(db);
  return rows;
}

export async function scoreBuyers(
  db: Kysely<Tables>,
  bought: { segment: Segment; counted: Counted },
  asked: { before: ScoringAsked; after: ScoringAsked },
  merged: Merged,
  { daysBefore, looked }: { daysBefore: number; looked: number },
): Promise<BuyersScored> {
  const buyers = await buyersOf(db, bought, asked.after.now, merged);
  const known = buyers.filter(({ day, first }) => first <= day - daysBefore);
  const answer = { before: noBands(), after: noBands(), others: noBands() };
  for (const { account_id, day } of known.slice(0, looked)) {
    for (const side of ['before', 'after'] as const) {
      const then = askedThen(asked[side], day - daysBefore);
      const given = await pointsOfOne(db, then, merged, account_id);
      const score = scoreOf(
        given.map((one) => one?.points ?? 0),
        then,
      );
      answer[side][bandOfScore(score, then)] += 1;
    }
  }
  const then = askedThen(asked.after, dayNumber(asked.after.now) - daysBefore);
  const ids = new Set(buyers.map(({ account_id }) => account_id));
  for (const [id, reasons] of await scoreAll(db, then, merged))
    if (!ids.has(id)) answer.others[bandOfScore(scored(reasons, then), then)] += 1;
  return { ...answer, buyers: buyers.length, known: known.length, looked: Math.min(known.length, looked) };
}
