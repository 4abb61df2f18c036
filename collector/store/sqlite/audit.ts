/** Writes and reads the log of who did what. */
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { AuditEntry, AuditQuery, Deed, DeedDetail, NewAuditEntry } from '../audit.ts';
import type { Tables } from './tables.ts';

const maxSubjectLength = 300;
const maxWhoLength = 320;
const maxDetails = 20;
const maxDetailLength = 300;
/** What anybody from outside can cause: of one name, within an hour, it is one row, so that it cannot fill the disk. */
const together: ReadonlySet<Deed> = new Set(['sign-in-failed', 'share-opened', 'share-refused']);
const togetherMs = 3_600_000;

/** @returns writes one entry; within whatever transaction is open, so that a deed and its entry are kept together */
export function auditStatements(db: Database): (entry: NewAuditEntry, now: number) => void {
  const insert = db.prepare('insert into audit (at, who, what, subject, detail) values (?, ?, ?, ?, ?)');
  const lastLike = db.prepare<[string, Deed, number], { id: number; detail: string }>(
    'select id, detail from audit where who = ? and what = ? and at > ? order by id desc limit 1',
  );
  const again = db.prepare('update audit set at = ?, detail = ? where id = ?');
  return ({ who, what, subject, detail = {} }, now) => {
    const by = who.slice(0, maxWhoLength);
    if (together.has(what)) {
      const last = lastLike.get(by, what, now - togetherMs);
      if (last !== undefined) {
        const known = JSON.parse(last.detail) as DeedDetail;
        again.run(now, JSON.stringify({ ...known, times: Number(known.times ?? 1) + 1 }), last.id);
        return;
      }
    }
    insert.run(now, by, what, subject.slice(0, maxSubjectLength), JSON.stringify(bounded(detail)));
  };
}

function bounded(detail: DeedDetail): DeedDetail {
  return Object.fromEntries(
    Object.entries(detail)
      .slice(0, maxDetails)
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, maxDetailLength) : value]),
  );
}

/** Newest first. */
export async function readAudit(db: Kysely<Tables>, query: AuditQuery): Promise<AuditEntry[]> {
  let select = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(query.limit);
  if (query.what !== null) select = select.where('what', '=', query.what);
  if (query.who !== null) select = select.where('who', '=', query.who);
  if (query.before !== null) select = select.where('id', '<', query.before);
  const rows = await select.execute();
  return rows.map((row) => ({
    ...row,
    what: row.what as Deed,
    detail: JSON.parse(row.detail) as DeedDetail,
  }));
}
