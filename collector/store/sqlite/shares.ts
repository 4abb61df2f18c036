/** Read-only links: made, found by their hash, noted as opened, revoked. */
import Sqlite, { type Database } from 'better-sqlite3';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { NewAuditEntry } from '../audit.ts';
import { type NewShare, type Share, type ShareInUse, ShareRefused } from '../shares.ts';
import type { Tables } from './tables.ts';

/** How often it is written down that a link was opened: not for every page. */
const noteMs = 60_000;
/** Links in use of one company: each can be told from the others on one page. */
const maxInUse = 50;

type Row = Selectable<Tables['share']>;

/** @param audit writes into the transaction that is open */
export function shareStatements(db: Database, audit: (entry: NewAuditEntry, now: number) => void) {
  const inUse = db
    .prepare<[number, number], number>(
      'select count(*) from share where account_id = ? and expires_at > ? and revoked_at is null',
    )
    .pluck();
  const insert = db.prepare<[Record<string, string | number | null>], Row>(`
    insert into share (account_id, hash, password, shows_people, made_by, made_at, expires_at)
    values (@accountId, @hash, @password, @showsPeople, @by, @now, @expiresAt) returning *`);
  const byHash = db.prepare<[string, number], Row>(
    'select * from share where hash = ? and expires_at > ? and revoked_at is null',
  );
  const byId = db.prepare<[number], Row>('select * from share where id = ?');
  const nameOf = db.prepare<[number], string>('select name from account where id = ?').pluck();
  const opened = db.prepare('update share set opened_at = ? where id = ?');
  const markRevoked = db.prepare(
    'update share set revoked_by = ?, revoked_at = ? where id = ? and revoked_at is null',
  );

  const subjectOf = ({ account_id }: Row) => nameOf.get(account_id) ?? '';

  const make = db.transaction((share: NewShare, by: string, now: number): Share => {
    if ((inUse.get(share.accountId, now) ?? 0) >= maxInUse)
      throw new ShareRefused(`This company has ${maxInUse} links in use; revoke one that nobody needs`);
    const row = insert.get({ ...share, showsPeople: share.showsPeople ? 1 : 0, by, now });
    if (row === undefined) throw new Error('a link was not kept');
    const detail = {
      link: row.id,
      until: new Date(row.expires_at).toISOString(),
      password: row.password !== null,
      people: share.showsPeople,
    };
    audit({ who: by, what: 'share-made', subject: subjectOf(row), detail }, now);
    return shareOf(row);
  });

  const note = db.transaction((row: Row, what: 'opened' | 'refused', now: number): void => {
    if (what === 'opened') opened.run(now, row.id);
    const detail = { link: row.id, madeBy: row.made_by };
    audit(
      {
        who: `shared link ${row.id}`,
        what: what === 'opened' ? 'share-opened' : 'share-refused',
        subject: subjectOf(row),
        detail,
      },
      now,
    );
  });

  const revoke = db.transaction((id: number, by: string, now: number): Share | null => {
    const { changes } = markRevoked.run(by, now, id);
    const row = byId.get(id);
    if (row === undefined) return null;
    if (changes > 0)
      audit(
        {
          who: by,
          what: 'share-revoked',
          subject: subjectOf(row),
          detail: { link: id, madeBy: row.made_by },
        },
        now,
      );
    return shareOf(row);
  });

  return {
    make: (share: NewShare, by: string, now: number) => make.immediate(share, by, now),
    inUse(hash: string, now: number): ShareInUse | null {
      const row = byHash.get(hash, now);
      return row === undefined ? null : { ...shareOf(row), hash: row.hash, password: row.password };
    },
    note(id: number, what: 'opened' | 'refused', now: number): void {
      const row = byId.get(id);
      if (row === undefined) return;
      // Every wrong password is written down: they are few a minute.
      if (what === 'opened' && row.opened_at !== null && now - row.opened_at < noteMs) return;
      try {
        note.immediate(row, what, now);
      } catch (error) {
        // Another process writes just now. That the link opens matters more than when it last did.
        if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
      }
    },
    revoke: (id: number, by: string, now: number) => revoke.immediate(id, by, now),
  };
}

/** @param members the account and those merged into it */
export async function readShares(
  db: Kysely<Tables>,
  members: readonly number[],
  limit: number,
): Promise<Share[]> {
  const rows = await db
    .selectFrom('share')
    .selectAll()
    .where('account_id', 'in', members)
    .orderBy(sql`revoked_at is not null`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(shareOf);
}

function shareOf(row: Row): Share {
  return {
    id: row.id,
    accountId: row.account_id,
    hasPassword: row.password !== null,
    showsPeople: row.shows_people === 1,
    madeBy: row.made_by,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    openedAt: row.opened_at,
    revokedBy: row.revoked_by,
    revokedAt: row.revoked_at,
  };
}
