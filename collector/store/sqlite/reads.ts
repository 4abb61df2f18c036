/** Everything that is read by pages and exports, on one connection, whichever thread that is in. */
import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { AlertReads } from '../alerts.ts';
import type { AudienceReads } from '../audience.ts';
import type { CompletenessReads } from '../completeness.ts';
import type { MarkReads } from '../marks.ts';
import type { ScoreReads } from '../scores.ts';
import type { SegmentReads } from '../segments.ts';
import type { AccountRow, Store } from '../store.ts';
import { readAccount, readAccountNetworks, searchAccounts } from './account-detail.ts';
import type { AccountsAsked } from './account-sums.ts';
import { listAccounts, readAccountOrder, readAccountsOf } from './accounts.ts';
import { adminReads } from './admin.ts';
import { readAudience } from './audience.ts';
import { readAudit } from './audit.ts';
import { readCompleteness } from './completeness.ts';
import { readDecision, readDecisions } from './decision-log.ts';
import { readEngagement } from './engagement.ts';
import { readImport, readImportedAccounts, readImportOfFile, readImports } from './imports.ts';
import { readJourney, readLanes, readLatestEvents } from './journey.ts';
import { listLearned } from './learned.ts';
import { readLive } from './live.ts';
import {
  readListCounts,
  readMarkChange,
  readMarks,
  readNote,
  readNotes,
  readTags,
  readUserSetting,
} from './mark-reads.ts';
import { listNetworks } from './networks.ts';
import { readPainPoints } from './pain-points.ts';
import { readPeople } from './people.ts';
import { readPerson, readPersonJourney } from './person-detail.ts';
import { readAccountBy, readPersonHome } from './person-home.ts';
import { readRawEvents } from './raw-events.ts';
import { verifyReadModels } from './read-models.ts';
import { readRecentVisits } from './recent-visits.ts';
import { readSavedSegment, readSavedSegments } from './saved-segments.ts';
import { openSay, type StoredSay } from './say.ts';
import { explainScore } from './score-points.ts';
import { compareScores, scoreBuyers } from './score-preview.ts';
import {
  readScoreBands,
  readScoreMark,
  readScoresOf,
  readScoreVersion,
  readScoreVersions,
  readStaleScores,
} from './scores.ts';
import { explain, readSegmentAccounts, readSegmentMembers, readSegmentNews } from './segment.ts';
import { readAccountNames, readOpenEntries, readSegmentEntries } from './segment-entries.ts';
import { readKnownNames, readSegmentNames } from './segment-names.ts';
import { readShares } from './shares.ts';
import { readLatelyDone, readSigns } from './signs.ts';
import type { Tables } from './tables.ts';
import { readTraffic } from './traffic.ts';
import { whyOf } from './why.ts';

/** Arguments and answers can be cloned, and none grows with traffic but `accountOrder`: eight bytes an account. */
export interface Reads
  extends Pick<
    Store,
    | 'lastEventAt'
    | 'drops'
    | 'overview'
    | 'traffic'
    | 'liveEvents'
    | 'accounts'
    | 'engagement'
    | 'networks'
    | 'recentVisits'
    | 'account'
    | 'accountNetworks'
    | 'findAccounts'
    | 'accountHome'
    | 'decisions'
    | 'decision'
    | 'learned'
    | 'lanes'
    | 'journey'
    | 'accountSigns'
    | 'latelyDone'
    | 'latestEvents'
    | 'people'
    | 'personHome'
    | 'person'
    | 'personJourney'
    | 'accountBy'
    | 'painPoints'
    | 'shares'
    | 'imports'
    | 'import'
    | 'importedAccounts'
    | 'importOfFile'
    | 'verify'
    | keyof SegmentReads
    | 'audited'
    | 'rawEvents'
    | keyof MarkReads
    | keyof ScoreReads
    | keyof AlertReads
    | keyof AudienceReads
    | keyof CompletenessReads
  > {
  /** The accounts of a list in its order. */
  accountOrder(query: AccountsAsked): Promise<Float64Array>;
  /** Those of these accounts that have visits in the period, in the order given. */
  accountsOf(ids: readonly number[], query: AccountsAsked): Promise<AccountRow[]>;
}

export type ReadName = keyof Reads;

/** @param say shared with whoever writes on the same connection; left out: its own, read again as decisions change */
export function openReads(
  file: Database,
  db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) }),
  say: StoredSay = openSay(file),
): Reads {
  const why = whyOf(say);
  /** What is said as of this moment: decisions are made on another connection, or by another process. */
  const now = <Value>(read: (say: StoredSay) => Value): Value => {
    say.refresh();
    return read(say);
  };
  return {
    ...adminReads(db),
    accounts: (query) => now(({ rulings }) => listAccounts(db, { why, merged: rulings().merged() }, query)),
    accountOrder: (query) => now(({ rulings }) => readAccountOrder(db, query, rulings().merged())),
    accountsOf: (ids, query) => now(() => readAccountsOf(db, why, ids, query)),
    traffic: (query) => readTraffic(db, query),
    liveEvents: (query) => readLive(db, query),
    engagement: (ids, siteId, period) => readEngagement(db, ids, { siteId, period }),
    networks: (query) => listNetworks(db, query),
    recentVisits: (query) => readRecentVisits(db, query),
    account: (id, siteId, at) =>
      now(({ rulings }) => readAccount(db, { why, rulings: rulings() }, id, siteId, at)),
    accountNetworks: (accountId) => readAccountNetworks(db, accountId),
    findAccounts: (search, limit) => searchAccounts(db, search, limit),
    async accountHome(id) {
      const row = await db.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : now(({ rulings }) => rulings().root(row.id));
    },
    decisions: (accountId, limit, before) =>
      now(({ rulings }) =>
        readDecisions(db, accountId === null ? null : rulings().members(accountId), limit, before),
      ),
    decision: (id) => readDecision(db, id),
    learned: (query, at) => now((said) => listLearned(db, said, query, at)),
    lanes: (accountId, siteId) => readLanes(db, accountId, siteId),
    journey: (query) => readJourney(db, query),
    accountSigns: (accountId, user, at) =>
      now(({ rulings }) => readSigns(db, accountId, rulings().members(accountId), user, at)),
    latelyDone: (accountId, whos) => readLatelyDone(db, accountId, whos),
    latestEvents: (siteId, limit) => readLatestEvents(db, siteId, limit),
    completeness: () => readCompleteness(db),
    audience: (ids) => now(({ rulings }) => readAudience(db, rulings().merged(), ids)),
    segmentAccounts: (asked, limit) =>
      now(({ rulings }) => readSegmentAccounts(db, asked, rulings().merged(), limit)),
    segmentMembers: (asked) => now(({ rulings }) => readSegmentMembers(db, asked, rulings().merged())),
    explainSegment: (asked, accountId) =>
      now(({ rulings }) => explain(db, asked, rulings().merged(), accountId)),
    segmentNames: (kind, prefix, limit, at) => readSegmentNames(db, kind, prefix, limit, at),
    savedSegments: (user) => readSavedSegments(db, user),
    savedSegment: (id, user) => readSavedSegment(db, id, user),
    segmentNews: (asked, id, user) =>
      now(({ rulings }) => readSegmentNews(db, asked, rulings().merged(), { id, user })),
    knownNames: () => readKnownNames(db),
    audited: (query) => readAudit(db, query),
    rawEvents: (query) => readRawEvents(db, query),
    people: (accountId) => now(({ rulings }) => readPeople(db, accountId, rulings().members(accountId))),
    personHome: (ref) => readPersonHome(db, ref),
    person: (ref) => now(() => readPerson(db, why, ref)),
    personJourney: (query) => readPersonJourney(db, query),
    accountBy: (asked) => now(({ rulings }) => readAccountBy(db, asked, (id) => rulings().root(id))),
    painPoints: (accountId, siteId) => readPainPoints(db, accountId, siteId),
    shares: (accountId, limit) => now(({ rulings }) => readShares(db, rulings().members(accountId), limit)),
    imports: (query) => readImports(db, query),
    import: (id) => readImport(db, id),
    importedAccounts: (id, limit) =>
      now(({ rulings }) => readImportedAccounts(db, id, limit, (accountId) => rulings().root(accountId))),
    importOfFile: (kind, sha256) => readImportOfFile(db, kind, sha256),
    listCounts: (siteId, period, user) =>
      now(({ rulings }) => readListCounts(db, rulings().merged(), { siteId, period }, user)),
    marks: (ids, user) => now(({ rulings }) => readMarks(db, rulings().merged(), ids, user)),
    tags: () => now(({ rulings }) => readTags(db, rulings().merged())),
    notes: (accountId) => now(({ rulings }) => readNotes(db, rulings().members(accountId))),
    note: (id) => readNote(db, id),
    markChange: (id) => readMarkChange(db, id),
    userSetting: (user, name) => readUserSetting(db, user, name),
    scoreVersions: (limit) => readScoreVersions(db, limit),
    scoreVersion: (id) => readScoreVersion(db, id),
    scoresOf: (ids) => readScoresOf(db, ids),
    scoreBands: () => readScoreBands(db),
    scoreMark: () => readScoreMark(db),
    explainScore: (asked, accountId) =>
      now(({ rulings }) => explainScore(db, asked, rulings().merged(), accountId)),
    staleScores: (asked, limit) =>
      now(({ rulings }) => readStaleScores(db, asked, rulings().merged(), limit)),
    compareScores: (before, after, limit) =>
      now(({ rulings }) => compareScores(db, { before, after }, rulings().merged(), limit)),
    scoreBuyers: (bought, asked, limits) =>
      now(({ rulings }) => scoreBuyers(db, bought, asked, rulings().merged(), limits)),
    openEntries: (segmentId) => readOpenEntries(db, segmentId),
    segmentEntries: (accountId, limit) => readSegmentEntries(db, accountId, limit),
    accountNames: (ids) => readAccountNames(db, ids),
    verify: async () => verifyReadModels(file),
  };
}
