/** API keys: made, found by their hash, revoked. */
import Sqlite, { type Database } from 'better-sqlite3';
import { type ApiKey, KeyRefused, keyUser, type NewApiKey } from '../api-key.ts';
import type { NewAuditEntry } from '../audit.ts';
import type { Tables } from './tables.ts';

/** How often it is written down that a key was used: not for every call. */
const noteUseMs = 60_000;
/** As many as a team has, with room; each can be told from others on one page. */
const maxKeys = 200;

type Row = Tables['api_key'] & { id: number };

/**
 * @param audit writes into the transaction that is open
 * @param forgetAlertsOf so does this: of a key that is revoked nobody reads what it is told, and Slack would be told on
 */
export function apiKeyStatements(
  db: Database,
  audit: (entry: NewAuditEntry, now: number) => void,
  forgetAlertsOf: (user: string) => void,
) {
  const inUse = db.prepare<[], number>('select count(*) from api_key where revoked_at is null').pluck();
  const insert = db.prepare<[Record<string, string | number>], Row>(`
    insert into api_key (name, hash, prefix, role, scopes, created_by, created_at)
    values (@name, @hash, @prefix, @role, @scopes, @by, @now) returning *`);
  const byHash = db.prepare<[string], Row>('select * from api_key where hash = ? and revoked_at is null');
  const byId = db.prepare<[number], Row>('select * from api_key where id = ?');
  const all = db.prepare<[], Row>('select * from api_key order by revoked_at is not null, id desc');
  const noteUse = db.prepare('update api_key set last_used_at = ? where id = ?');
  const markRevoked = db.prepare(
    'update api_key set revoked_by = ?, revoked_at = ? where id = ? and revoked_at is null',
  );

  const make = db.transaction((key: NewApiKey, by: string, now: number): ApiKey => {
    if ((inUse.get() ?? 0) >= maxKeys)
      throw new KeyRefused(`there are ${maxKeys} keys already; revoke one that nobody uses`);
    const row = insert.get({ ...key, scopes: JSON.stringify(key.scopes), by, now });
    if (row === undefined) throw new Error('a key was not kept');
    audit(
      {
        who: by,
        what: 'key-made',
        subject: key.name,
        detail: { role: key.role, scopes: key.scopes.join(' ') },
      },
      now,
    );
    return keyOf(row);
  });

  const revoke = db.transaction((id: number, by: string, now: number): ApiKey | null => {
    const { changes } = markRevoked.run(by, now, id);
    const row = byId.get(id);
    if (row === undefined) return null;
    if (changes > 0) {
      audit({ who: by, what: 'key-revoked', subject: row.name }, now);
      forgetAlertsOf(keyUser(row.name));
    }
    return keyOf(row);
  });

  return {
    make(key: NewApiKey, by: string, now: number): ApiKey {
      try {
        return make.immediate(key, by, now);
      } catch (error) {
        if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE')
          throw new KeyRefused(
            `there is a key named "${key.name}" already; revoke it, or choose another name`,
          );
        throw error;
      }
    },
    revoke: (id: number, by: string, now: number) => revoke.immediate(id, by, now),
    all: () => all.all().map(keyOf),
    used(hash: string, now: number): ApiKey | null {
      const row = byHash.get(hash);
      if (row === undefined) return null;
      if (row.last_used_at === null || now - row.last_used_at >= noteUseMs) note(row.id, now);
      return keyOf(row);
    },
  };

  function note(id: number, now: number): void {
    try {
      noteUse.run(now, id);
    } catch (error) {
      // Another process writes just now. That the key works matters more than when it last did.
      if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    }
  }
}

function keyOf(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    scopes: JSON.parse(row.scopes) as string[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}
