/** The SQLite engine: one file, one writer, readers through kysely on the same connection. */
import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { EnrichedDraft } from '../../draft.ts';
import { type Committed, GroupCommit } from '../group-commit.ts';
import { type AppendOutcome, type Store, StoreBusy } from '../store.ts';
import { readAccount, readAccountNetworks, searchAccounts } from './account-detail.ts';
import { accountIds } from './account-row.ts';
import { eachAccount, listAccounts } from './accounts.ts';
import { adminQueries } from './admin.ts';
import { draftBytes, prepareAppend } from './append.ts';
import { readDecision, readDecisions, readOwnerRules } from './decision-log.ts';
import { decisionStatements } from './decisions.ts';
import { readJourney, readLanes, readLatestEvents } from './journey.ts';
import { listLearned, readTeachings } from './learned.ts';
import { listNetworks } from './networks.ts';
import { durability, openDatabase } from './open.ts';
import { profileStatements } from './profiles.ts';
import { isRebuildDue, rebuildReadModels, verifyReadModels } from './read-models.ts';
import { readRecentVisits } from './recent-visits.ts';
import { openSay } from './say.ts';
import type { Tables } from './tables.ts';
import { whyOf } from './why.ts';

/** The store, and the same file for the sign-in library, which keeps its own tables in it. */
export interface OpenStore {
  store: Store;
  database: { db: Kysely<unknown>; type: 'sqlite' };
}

/**
 * Opens or makes the file.
 * @param options.path a file, or `:memory:`
 * @param options.busyMs how long a statement may wait for another process, with the whole process waiting too
 * @param options.onCommit told each transaction of events
 * @param options.onStatement told each statement with its values before it runs, to look at its plan
 * @throws Error that names the file and says why it cannot be used
 */
export async function openSqliteStore(options: {
  path: string;
  now?: () => number;
  busyMs?: number;
  onStatement?: (sql: string) => void;
  onCommit?: (committed: Committed<AppendOutcome>) => void;
}): Promise<OpenStore> {
  const { path, now = Date.now, busyMs = 10_000 } = options;
  const file = openDatabase(path, options.onStatement);
  file.pragma(`busy_timeout = ${busyMs}`);
  if (isRebuildDue(file)) rebuildReadModels(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
  const say = openSay(file);
  const commits = new GroupCommit<EnrichedDraft, AppendOutcome>(prepareAppend(file, say, now), {
    isLocked,
    bytesOf: draftBytes,
    ...(options.onCommit ? { onCommit: options.onCommit } : {}),
  });
  const accounts = accountIds(file, now);
  const decisions = decisionStatements(file, say, accounts);
  const importProfiles = profileStatements(file, accounts);
  const why = whyOf(say);
  /** What is said as of this moment; another process may have decided something. */
  const sayNow = () => {
    say.refresh();
    return say;
  };
  const decisionOf = async (id: number) => {
    const decision = await readDecision(db, id);
    if (decision === null) throw new Error(`decision ${id} is gone`);
    return decision;
  };

  const store: Store = {
    ...adminQueries(db, newSiteKey),
    append: (drafts) =>
      commits.add(drafts).catch((error: unknown) => {
        throw busyIfLocked(error);
      }),
    pending: () => commits.pending,
    pendingBytes: () => commits.pendingBytes,
    accounts: (query) => listAccounts(db, why, query),
    eachAccount: (query) => eachAccount(db, why, query),
    networks: (query) => listNetworks(db, query),
    recentVisits: (query) => readRecentVisits(db, query),
    account: (id, siteId, at) => readAccount(db, { why, rulings: sayNow().rulings() }, id, siteId, at),
    accountNetworks: (accountId) => readAccountNetworks(db, accountId),
    findAccounts: (search, limit) => searchAccounts(db, search, limit),
    async accountHome(id) {
      const row = await db.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : sayNow().rulings().root(row.id);
    },
    decide: async (decision, by, at) => decisionOf(locking(() => decisions.decide(decision, by, at))),
    undo: async (id, by, at) => decisionOf(locking(() => decisions.undo(id, by, at))),
    decisions: (accountId, limit) =>
      readDecisions(db, accountId === null ? null : sayNow().rulings().members(accountId), limit),
    decision: (id) => readDecision(db, id),
    ownerRules: () => readOwnerRules(db),
    learned: (query, at) => listLearned(db, sayNow(), query, at),
    teachings: (since, addressKeys) => readTeachings(db, sayNow(), since, addressKeys),
    importProfiles: async (rows, by, at) => locking(() => importProfiles(rows, by, at)),
    lanes: (accountId, siteId) => readLanes(db, accountId, siteId),
    journey: (query) => readJourney(db, query),
    latestEvents: (siteId, limit) => readLatestEvents(db, siteId, limit),
    async rebuild() {
      rebuildReadModels(file);
      say.forget();
    },
    verify: async () => verifyReadModels(file),
    async health() {
      // Of the daily sums, since counting ten million rows takes its time.
      const events =
        file.prepare<[], number>('select coalesce(sum(events), 0) from site_day').pluck().get() ?? 0;
      return {
        engine: `SQLite ${file.prepare<[], string>('select sqlite_version()').pluck().get() ?? ''}`,
        durability: durability(file),
        bytes: path === ':memory:' ? 0 : sizeOf(path),
        events,
        schemaVersion: Number(file.pragma('user_version', { simple: true })),
      };
    },
    async close() {
      await commits.drain();
      // Also closes the file.
      await db.destroy();
    },
  };
  return { store, database: { db: db as unknown as Kysely<unknown>, type: 'sqlite' } };
}

/** Runs a write of its own; where another process writes just now, it is for the caller to try again. */
function locking<Value>(write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    throw busyIfLocked(error);
  }
}

function busyIfLocked(error: unknown): unknown {
  return isLocked(error) ? new StoreBusy('another process is writing to the store', { cause: error }) : error;
}

/** True where another process holds the file; our own statements run one after the other. */
function isLocked(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function sizeOf(path: string): number {
  return ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Ten characters without the ones that are mistaken for each other; public, so it need not be secret, only its own. */
function newSiteKey(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}
