/** Opens the SQLite file as we need it: durable, erasing what is deleted, migrated; and checks that it is so. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { packageRoot } from '../../package-root.ts';
import { addFunctions } from './functions.ts';

const migrationsDir = path.join(packageRoot, 'collector/store/sqlite/migrations');

/**
 * @param file a path, or `:memory:`
 * @param onStatement told each statement with its values before it runs
 * @throws Error if the file cannot be opened, is not ours, or cannot be made durable
 */
export function openDatabase(file: string, onStatement?: (sql: string) => void): Database {
  const db = new Sqlite(file, { verbose: onStatement as ((message?: unknown) => void) | undefined });
  try {
    // Before the first write, or bytes that page splits leave behind would survive an erasure.
    db.pragma('secure_delete = on');
    db.pragma('journal_mode = wal');
    db.pragma('synchronous = full');
    db.pragma('busy_timeout = 10000');
    db.pragma('cache_size = -32000');
    db.pragma('temp_store = file');
    addFunctions(db);
    migrate(db);
    checkDurability(db, file);
    return db;
  } catch (error) {
    db.close();
    throw new Error(`the store ${file} cannot be opened: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/**
 * A second connection to a file that is open already, for reading alone.
 * @throws Error if the file cannot be opened
 */
export function openReadOnly(file: string): Database {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  db.pragma('query_only = on');
  db.pragma('busy_timeout = 10000');
  db.pragma('cache_size = -4000');
  db.pragma('temp_store = file');
  addFunctions(db);
  return db;
}

function migrate(db: Database): void {
  const files = readdirSync(migrationsDir)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > files.length)
    throw new Error(
      `it has schema version ${version} and this program knows ${files.length}; run the newer version of Footlight`,
    );
  for (const [index, name] of files.entries()) {
    if (index < version) continue;
    const sql = readFileSync(path.join(migrationsDir, name), 'utf8');
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}

/**
 * The library is built so that a WAL file quietly falls back to NORMAL at its first write, where an answer can leave
 * before the disk has the event. So the setting is read back after a write.
 */
function checkDurability(db: Database, file: string): void {
  db.prepare('insert or replace into setting (name, value) values (?, ?)').run(
    'opened_by',
    `node ${process.version}`,
  );
  const synchronous = Number(db.pragma('synchronous', { simple: true }));
  const journal = String(db.pragma('journal_mode', { simple: true }));
  const secureDelete = Number(db.pragma('secure_delete', { simple: true }));
  if (synchronous !== 2 || secureDelete !== 1 || (journal !== 'wal' && file !== ':memory:'))
    throw new Error(
      `it does not keep its promises: journal_mode=${journal}, synchronous=${synchronous}, secure_delete=${secureDelete}`,
    );
}

/** How the file commits, as the engine itself answers. */
export function durability(db: Database): string {
  const names = ['off', 'normal', 'full', 'extra'];
  const synchronous = names[Number(db.pragma('synchronous', { simple: true }))] ?? 'unknown';
  return `journal_mode=${db.pragma('journal_mode', { simple: true })}, synchronous=${synchronous}, secure_delete=${
    Number(db.pragma('secure_delete', { simple: true })) === 1 ? 'on' : 'off'
  }`;
}
