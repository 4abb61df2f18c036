/** The SQLite engine: one file, one writer; readers on the same connection, or in threads beside it. */
import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { EnrichedDraft } from '../../draft.ts';
import { type Committed, GroupCommit } from '../group-commit.ts';
import { type AppendOutcome, type Store, StoreBusy } from '../store.ts';
import type { ThreadLimits } from '../thread-pool.ts';
import { accountIds } from './account-row.ts';
import { eachAccount } from './accounts.ts';
import { adminQueries } from './admin.ts';
import { alertRuleStatements } from './alert-rules.ts';
import { alertsOf } from './alerts.ts';
import { apiKeyStatements } from './api-keys.ts';
import { draftBytes, prepareAppend } from './append.ts';
import { auditStatements } from './audit.ts';
import { checkpointsInThread } from './checkpoints.ts';
import { readConfirmedNetworks } from './confirmed.ts';
import { contactStatements } from './contacts.ts';
import { readDecision, readOwnerRules } from './decision-log.ts';
import { decisionStatements } from './decisions.ts';
import { importStatements, readImport } from './imports.ts';
import { readTeachings } from './learned.ts';
import { markStatements } from './marks.ts';
import { durability, openDatabase } from './open.ts';
import { profileStatements } from './profiles.ts';
import { inThisThread, inThreads } from './read-executor.ts';
import { isRebuildDue, rebuildReadModels } from './read-models.ts';
import { openReads, type ReadName, type Reads } from './reads.ts';
import { roleStatements } from './roles.ts';
import { savedSegmentStatements } from './saved-segments.ts';
import { openSay } from './say.ts';
import { sayingsOf } from './sayings.ts';
import { scoreStatements } from './scores.ts';
import { shareStatements } from './shares.ts';
import type { Tables } from './tables.ts';
import { answerWanted } from './wanted.ts';

const inMemory = ':memory:';

/** The store, and the same file for the sign-in library, which keeps its own tables in it. */
export interface OpenStore {
  store: Store;
  database: { db: Kysely<unknown>; type: 'sqlite' };
}

/**
 * Opens or makes the file.
 * @param options.path a file, or `:memory:`
 * @param options.busyMs how long a statement may wait for another process, with the whole process waiting too
 * @param options.readers in threads of their own, so that a heavy read keeps no event waiting; left out: in this
 *   thread, as it always is in memory. Told of each that was lost.
 * @param options.onCommit told each transaction of events
 * @param options.onStatement told each statement with its values before it runs, to look at its plan
 * @throws Error that names the file and says why it cannot be used
 */
export async function openSqliteStore(options: {
  path: string;
  now?: () => number;
  busyMs?: number;
  readers?: { onLost(error: Error): void; limits?: Partial<ThreadLimits> };
  onStatement?: (sql: string) => void;
  onCommit?: (committed: Committed<AppendOutcome>) => void;
}): Promise<OpenStore> {
  const { path, now = Date.now, busyMs = 10_000 } = options;
  const file = openDatabase(path, options.onStatement);
  file.pragma(`busy_timeout = ${busyMs}`);
  answerWanted(file);
  if (isRebuildDue(file)) rebuildReadModels(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
  const say = openSay(file);
  const threads = path === inMemory ? undefined : options.readers;
  const checkpoints = threads ? checkpointsInThread(file, threads.onLost) : null;
  const commits = new GroupCommit<EnrichedDraft, AppendOutcome>(prepareAppend(file, say, now), {
    isLocked,
    bytesOf: draftBytes,
    onCommit(committed) {
      checkpoints?.committed();
      options.onCommit?.(committed);
    },
  });
  const accounts = accountIds(file, now);
  const segments = savedSegmentStatements(file);
  const audit = auditStatements(file);
  const decisions = decisionStatements(file, say, accounts, audit);
  const { forgetAlertsOf } = alertRuleStatements(file);
  const keys = apiKeyStatements(file, audit, forgetAlertsOf);
  const shares = shareStatements(file, audit);
  const said = { contact: sayingsOf(file, 'contact'), profile: sayingsOf(file, 'profile') };
  const contacts = contactStatements(file, accounts, said.contact);
  const profiles = profileStatements(file, accounts, said.profile);
  const imports = importStatements(file, say, audit, {
    contacts: { sayings: said.contact, restore: contacts.restore },
    profiles: { sayings: said.profile, restore: profiles.restore },
  });
  const marks = markStatements(file, say);
  const roles = roleStatements(file, audit);
  const scores = scoreStatements(file);
  const readers = threads
    ? inThreads(path, threads.onLost, threads.limits)
    : inThisThread(openReads(file, db, say));
  const read =
    <Name extends ReadName>(name: Name) =>
    (...given: Parameters<Reads[Name]>) =>
      readers.run(name, ...given);
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
    whileWanted: readers.whileWanted,
    lastEventAt: read('lastEventAt'),
    drops: read('drops'),
    overview: read('overview'),
    traffic: read('traffic'),
    liveEvents: read('liveEvents'),
    accounts: read('accounts'),
    eachAccount: (query) =>
      eachAccount({ accountOrder: read('accountOrder'), accountsOf: read('accountsOf') }, query),
    engagement: read('engagement'),
    networks: read('networks'),
    recentVisits: read('recentVisits'),
    // Asked by a command, which has nobody to keep waiting.
    confirmedNetworks: (limit) => readConfirmedNetworks(db, limit),
    account: read('account'),
    accountNetworks: read('accountNetworks'),
    findAccounts: read('findAccounts'),
    accountHome: read('accountHome'),
    decide: async (decision, by, at) => decisionOf(locking(() => decisions.decide(decision, by, at))),
    undo: async (id, by, at) => decisionOf(locking(() => decisions.undo(id, by, at))),
    decisions: read('decisions'),
    decision: read('decision'),
    learned: read('learned'),
    // Asked on the way of an event, which no report may keep waiting: here, by a key, as `sites` and settings are.
    ownerRules: () => readOwnerRules(db),
    async teachings(since, addressKeys) {
      say.refresh();
      return readTeachings(db, say, since, addressKeys);
    },
    audience: read('audience'),
    completeness: read('completeness'),
    segmentAccounts: read('segmentAccounts'),
    segmentMembers: read('segmentMembers'),
    explainSegment: read('explainSegment'),
    segmentNames: read('segmentNames'),
    savedSegments: read('savedSegments'),
    savedSegment: read('savedSegment'),
    segmentNews: read('segmentNews'),
    saveSegment: async (id, draft, by, at) => locking(() => segments.save(id, draft, by, at)),
    removeSegment: async (id) => locking(() => segments.remove(id)),
    sawSegment: async (id, user, members, at) => locking(() => segments.saw(id, user, members, at)),
    knownNames: read('knownNames'),
    makeKey: async (key, by, at) => locking(() => keys.make(key, by, at)),
    keys: async () => keys.all(),
    // Asked before every call of the API: here, by a key, so that no report is in front of it.
    keyInUse: async (hash, at) => keys.used(hash, at),
    revokeKey: async (id, by, at) => locking(() => keys.revoke(id, by, at)),
    record: async (entry, at) => locking(() => audit(entry, at)),
    audited: read('audited'),
    rawEvents: read('rawEvents'),
    importProfiles: async (rows, by, at, importId) =>
      locking(() => profiles.importProfiles(rows, by, at, importId)),
    importContacts: async (rows, at, importId) => locking(() => contacts.importContacts(rows, at, importId)),
    people: read('people'),
    personHome: read('personHome'),
    person: read('person'),
    personJourney: read('personJourney'),
    accountBy: read('accountBy'),
    painPoints: read('painPoints'),
    makeShare: async (share, by, at) => locking(() => shares.make(share, by, at)),
    shares: read('shares'),
    // As with keys: here, by its hash.
    shareInUse: async (hash, at) => shares.inUse(hash, at),
    noteShare: async (id, what, at) => shares.note(id, what, at),
    revokeShare: async (id, by, at) => locking(() => shares.revoke(id, by, at)),
    sayRole: async (of, role, by, at) => locking(() => roles.say(of, role, by, at)),
    beginImport: async (begun, by, at) => locking(() => imports.begin(begun, by, at)),
    noteImport: async (id, counts, at, end) => locking(() => imports.note(id, counts, at, end)),
    imports: read('imports'),
    import: read('import'),
    importedAccounts: read('importedAccounts'),
    importOfFile: read('importOfFile'),
    async undoImport(id, by, at) {
      // Between two parts events are taken in.
      while (!locking(() => imports.undoPart(id, by, at))) await setImmediate();
      const undone = await readImport(db, id);
      if (undone === null) throw new Error(`import ${id} is gone`);
      return undone;
    },
    listCounts: read('listCounts'),
    marks: read('marks'),
    tags: read('tags'),
    notes: read('notes'),
    note: read('note'),
    markChange: read('markChange'),
    userSetting: read('userSetting'),
    mark: async (ids, change, by, at) => locking(() => marks.mark(ids, change, by, at)),
    undoMark: async (id, at) => locking(() => marks.undo(id, at)),
    looked: async (accountId, user, at) => locking(() => marks.looked(accountId, user, at)),
    addNote: async (accountId, text, by, at) => locking(() => marks.addNote(accountId, text, by, at)),
    editNote: async (id, text, by, at) => locking(() => marks.editNote(id, text, by, at)),
    removeNote: async (id) => locking(() => marks.removeNote(id)),
    setUserSetting: async (user, name, value) => locking(() => marks.setSetting(user, name, value)),
    scoreVersions: read('scoreVersions'),
    scoreVersion: read('scoreVersion'),
    scoresOf: read('scoresOf'),
    scoreBands: read('scoreBands'),
    scoreMark: read('scoreMark'),
    explainScore: read('explainScore'),
    staleScores: read('staleScores'),
    compareScores: read('compareScores'),
    scoreBuyers: read('scoreBuyers'),
    publishScoring: async (scoring, by, note, at) => locking(() => scores.publish(scoring, by, note, at)),
    saveScores: (stale) => scores.save(stale, locking),
    ...alertsOf(file, locking),
    openEntries: read('openEntries'),
    segmentEntries: read('segmentEntries'),
    accountNames: read('accountNames'),
    lanes: read('lanes'),
    journey: read('journey'),
    accountSigns: read('accountSigns'),
    latelyDone: read('latelyDone'),
    latestEvents: read('latestEvents'),
    async rebuild() {
      rebuildReadModels(file);
      say.forget();
    },
    verify: read('verify'),
    async health() {
      // Of the daily sums, since counting ten million rows takes its time.
      const events =
        file.prepare<[], number>('select coalesce(sum(events), 0) from site_day').pluck().get() ?? 0;
      return {
        engine: `SQLite ${file.prepare<[], string>('select sqlite_version()').pluck().get() ?? ''}`,
        durability: durability(file),
        bytes: path === inMemory ? 0 : sizeOf(path),
        events,
        schemaVersion: Number(file.pragma('user_version', { simple: true })),
      };
    },
    async close() {
      await commits.drain();
      await readers.close();
      await checkpoints?.close();
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
