/** What a digest says: who came since the one before, new companies, those of one's segments and of those one is told of, the most active. */
import { readSegment } from '../segment/index.ts';
import type { Digest, DigestDraft } from '../store/alerts.ts';
import type { DigestAccount, DigestMessage } from '../store/outbox.ts';
import { type AccountRow, type JourneySession, ReadGivenUp, type Store } from '../store/store.ts';
import { dayMs } from '../time.ts';
import { didWords } from './did.ts';
import { usualDays } from './digest-time.ts';

type DigestStore = Pick<
  Store,
  'accounts' | 'journey' | 'savedSegments' | 'alertRules' | 'knownNames' | 'segmentMembers'
>;

/** Companies that are looked at: the latest ones. */
const maxAccounts = 500;
const maxInSection = 8;
const maxSegments = 10;
/** Visits of one company that its line is made of. */
const maxVisits = 50;

/** Up to when a digest tells, from where the last one ended. */
export function spanOf(digest: Pick<Digest, 'coveredTo' | 'changedAt' | 'frequency'>, to: number) {
  // The first one tells of a whole day or week, and of all the time since it was asked for.
  return { from: digest.coveredTo ?? Math.min(to - usualDays(digest) * dayMs, digest.changedAt), to };
}

export async function composeDigest(
  store: DigestStore,
  { user, timeZone }: Pick<DigestDraft, 'user' | 'timeZone'>,
  { from, to }: { from: number; to: number },
): Promise<DigestMessage> {
  const { rows, total } = await store.accounts({
    siteId: null,
    period: { from, to },
    search: '',
    sort: 'last',
    descending: true,
    offset: 0,
    limit: maxAccounts,
  });
  // Lists count whole days; here the hour counts. Who came after the last hour too may not have come before it.
  const came: AccountRow[] = [];
  for (const row of rows) {
    if (row.lastAt < from || row.firstAt >= to) continue;
    if (row.lastAt < to || (await visitsOf(store, row.id, from, to)).length > 0) came.push(row);
  }
  const lines = new Map<number, DigestAccount>();
  const lineOf = async (row: AccountRow): Promise<DigestAccount | null> => {
    const known = lines.get(row.id);
    if (known) return known;
    const sessions = await visitsOf(store, row.id, from, to);
    if (sessions.length === 0) return null;
    const line = { id: row.id, name: row.name, domain: row.domain, did: didWords(sessions) };
    lines.set(row.id, line);
    return line;
  };
  const linesOf = async (accounts: readonly AccountRow[]) => {
    const made: DigestAccount[] = [];
    for (const row of accounts) {
      if (made.length >= maxInSection) break;
      const line = await lineOf(row);
      if (line !== null) made.push(line);
    }
    return made;
  };
  const isNew = ({ firstAt }: AccountRow) => firstAt >= from && firstAt < to;
  const byPages = [...came].sort((a, b) => b.pages - a.pages);
  return {
    kind: 'digest',
    from,
    to,
    timeZone,
    visited: came.length,
    isMore: total > maxAccounts && came.length === rows.length,
    newTotal: came.filter(isNew).length,
    newAccounts: await linesOf(came.filter(isNew)),
    segments: await inSegments(store, user, to, came, linesOf),
    mostActive: await linesOf(byPages),
  };
}

async function visitsOf(
  store: DigestStore,
  accountId: number,
  from: number,
  to: number,
): Promise<JourneySession[]> {
  const { sessions } = await store.journey({
    accountId,
    siteId: null,
    visitorId: null,
    before: { startedAt: to, sessionId: 0 },
    limit: maxVisits,
  });
  return sessions.filter(({ endedAt }) => endedAt >= from);
}

async function inSegments(
  store: DigestStore,
  user: string,
  now: number,
  came: readonly AccountRow[],
  linesOf: (accounts: readonly AccountRow[]) => Promise<DigestAccount[]>,
): Promise<DigestMessage['segments']> {
  const told = new Set((await store.alertRules(user)).map(({ segmentId }) => segmentId));
  const saved = await store.savedSegments(user);
  const own = saved.filter(({ id, owner }) => owner === user || told.has(id)).slice(0, maxSegments);
  if (own.length === 0 || came.length === 0) return [];
  const names = await store.knownNames();
  const found: DigestMessage['segments'] = [];
  for (const { id, name, expression } of own) {
    const read = readSegment(expression, names);
    if (read.problem !== null) continue;
    try {
      const members = new Set(await store.segmentMembers({ segment: read.segment, now }));
      const inside = came.filter((row) => members.has(row.id));
      if (inside.length > 0) found.push({ id, name, total: inside.length, accounts: await linesOf(inside) });
    } catch (error) {
      // One that takes too long is left out; the digest is worth more than it.
      if (!(error instanceof ReadGivenUp)) throw error;
    }
  }
  return found;
}
