/** Scores as they are kept: their versions, and what each account has. */
import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { type Kysely, type Selectable, sql } from 'kysely';
import { bandOfScore, type Scoring, scoreOf } from '../../score/scoring.ts';
import type { Band } from '../../segment/tree.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { AccountScore, ScoreVersion, ScoringAsked, StaleScores } from '../scores.ts';
import { type Merged, scoreAll } from './score-points.ts';
import { byWeight, noBands } from './score-preview.ts';
import type { Tables } from './tables.ts';

type VersionRow = Selectable<Tables['score_version']>;
type ScoreRow = Tables['account_score'];

const versionOf = ({ id, scoring, note, made_by, made_at }: VersionRow): ScoreVersion => ({
  id,
  scoring: JSON.parse(scoring) as Scoring,
  note,
  madeBy: made_by,
  madeAt: made_at,
});

const accountScoreOf = (row: ScoreRow): AccountScore => ({
  accountId: row.account_id,
  version: row.version,
  at: row.day * dayMs,
  score: row.score,
  band: row.band as Band,
  reasons: (JSON.parse(row.reasons) as [number, number][]).map(([rule, points]) => ({ rule, points })),
});

export async function readScoreVersions(db: Kysely<Tables>, limit: number): Promise<ScoreVersion[]> {
  const rows = await db.selectFrom('score_version').selectAll().orderBy('id', 'desc').limit(limit).execute();
  return rows.map(versionOf);
}

export async function readScoreVersion(db: Kysely<Tables>, id: number): Promise<ScoreVersion | null> {
  const row = await db.selectFrom('score_version').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : versionOf(row);
}

export async function readScoresOf(db: Kysely<Tables>, ids: readonly number[]): Promise<AccountScore[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('account_score').selectAll().where('account_id', 'in', ids).execute();
  return rows.map(accountScoreOf);
}

export async function readScoreBands(db: Kysely<Tables>): Promise<Record<Band, number>> {
  const { rows } = await sql<{ band: Band; count: number }>`
    select band, count(*) as count from account_score group by band`.execute(db);
  return { ...noBands(), ...Object.fromEntries(rows.map(({ band, count }) => [band, count])) };
}

/** Reasons told at most beside a kept score. */
const reasonsKept = 3;

export async function readStaleScores(
  db: Kysely<Tables>,
  asked: ScoringAsked,
  merged: Merged,
  limit: number,
): Promise<StaleScores> {
  const now = await scoreAll(db, asked, merged);
  const rows = await db.selectFrom('account_score').selectAll().execute();
  const kept = new Map(rows.map((row) => [row.account_id, row]));
  const scores: AccountScore[] = [];
  for (const [accountId, given] of now) {
    const score = scoreOf(
      given.map(({ points }) => points),
      asked,
    );
    // In whole points, so that a day more does not make every row another.
    const reasons = byWeight(given)
      .map(({ rule, points }) => ({ rule, points: Math.round(points) }))
      .filter(({ points }) => points !== 0)
      .slice(0, reasonsKept);
    const { version } = asked;
    const row = kept.get(accountId);
    const isKept =
      row !== undefined &&
      row.version === version &&
      row.score === score &&
      row.reasons === reasonsText(reasons);
    if (!isKept && scores.length < limit)
      scores.push({
        accountId,
        version,
        at: dayNumber(asked.now) * dayMs,
        score,
        band: bandOfScore(score, asked),
        reasons,
      });
  }
  const removed = rows.filter(({ account_id }) => !now.has(account_id)).map(({ account_id }) => account_id);
  return { scores, removed: removed.slice(0, limit) };
}

const reasonsText = (reasons: AccountScore['reasons']) =>
  JSON.stringify(reasons.map(({ rule, points }) => [rule, points]));

/** Everything that scores rest on, but for the day: events, decisions, profiles, versions. */
export async function readScoreMark(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<Record<string, number | null>>`
    select (select max(id) from event) as event, (select max(id) from decision) as decision,
      (select count(undone_at) from decision) as undone, (select max(imported_at) from profile) as profile,
      (select count(*) from profile) as profiles, (select max(id) from score_version) as version,
      (select count(undone_at) from import) as imports,
      (select max(noted_at) from import where kind = 'contacts') as contacts,
      (select max(set_at) from person_role) as role, (select count(*) from person_role) as roles`.execute(db);
  return JSON.stringify(rows[0]);
}

/** Rows written at once: a few milliseconds, between which events are taken in. */
const perWrite = 200;

export function scoreStatements(db: Database) {
  const insert = db.prepare<unknown[], VersionRow>(
    'insert into score_version (scoring, note, made_by, made_at) values (?, ?, ?, ?) returning *',
  );
  const save = db.prepare(`
    insert into account_score (account_id, version, day, score, band, reasons) values (?, ?, ?, ?, ?, ?)
    on conflict do update set version = excluded.version, day = excluded.day, score = excluded.score,
      band = excluded.band, reasons = excluded.reasons`);
  const remove = db.prepare('delete from account_score where account_id = ?');
  const saveSome = db.transaction((scores: readonly AccountScore[], removed: readonly number[]) => {
    for (const { accountId, version, at, score, band, reasons } of scores)
      save.run(accountId, version, dayNumber(at), score, band, reasonsText(reasons));
    for (const id of removed) remove.run(id);
  });
  return {
    publish(scoring: Scoring, by: string, note: string, now: number): ScoreVersion {
      const row = insert.get(JSON.stringify(scoring), note, by, now);
      if (row === undefined) throw new Error('what was just written is gone');
      return versionOf(row);
    },
    async save({ scores, removed }: StaleScores, locking: (write: () => void) => void): Promise<void> {
      for (let at = 0; at < Math.max(scores.length, removed.length); at += perWrite) {
        if (at > 0) await setImmediate();
        locking(() => saveSome.immediate(scores.slice(at, at + perWrite), removed.slice(at, at + perWrite)));
      }
    },
  };
}
