/** Folds a batch of new events into the sessions of their visitors, and says what that changed. */
import { attribute, type Say, settle } from '../../identify/attribution.ts';
import {
  continues,
  extendSession,
  openSession,
  type Session,
  type SessionEvent,
  sessionGapMs,
  sessionsOf,
} from '../../identify/session.ts';
import type { SessionChange } from './session-change.ts';
import { allTime, type SessionStatements } from './session-row.ts';

/**
 * Brings one visitor's sessions up to date.
 * @param events   the visitor's new events, already stored, in any order
 * @param isNewIdentity true if one of them tells of another person than the visitor's latest so far
 */
export function foldVisitor(
  sessions: SessionStatements,
  say: Say,
  visitorId: number,
  events: readonly SessionEvent[],
  isNewIdentity: boolean,
): SessionChange[] {
  const ordered = events.length === 1 ? events : [...events].sort((a, b) => a.at - b.at || a.id - b.id);
  const first = ordered[0];
  if (first === undefined) return [];
  if (first.isOffline)
    return foldAround(
      sessions,
      say,
      visitorId,
      ordered.map(({ at }) => at),
    );
  const last = sessions.last(visitorId);
  // Nearly every event is the newest of its visitor, and then only the last session can change.
  if (!isNewIdentity && (last === null || first.at >= last.endedAt))
    return save(sessions, last === null ? [] : [last], appendTo(sessions, say, last, ordered));
  const { from, until } = isNewIdentity
    ? allTime
    : touched(sessions, visitorId, first.at, ordered.at(-1)?.at ?? 0);
  const identities = sessions.identities(visitorId);
  return save(
    sessions,
    sessions.between(visitorId, from, until),
    sessionsOf(sessions.events(visitorId, from, until)).map((session) => attribute(session, identities, say)),
  );
}

/**
 * Brings sessions of what imports told up to date around moments at which events came or went. Files tell of years in
 * any order, and of one and the same person for ever: so each is looked at with its neighbours alone, or a file about one
 * person would cost the square of its rows.
 */
export function foldAround(
  sessions: SessionStatements,
  say: Say,
  visitorId: number,
  moments: readonly number[],
): SessionChange[] {
  const identities = sessions.identitiesInForce(visitorId, allTime.until);
  const changes: SessionChange[] = [];
  const ordered = [...moments].sort((one, other) => one - other);
  for (let index = 0; index < ordered.length; index++) {
    const first = ordered[index] ?? 0;
    const { from, ...reach } = touched(sessions, visitorId, first, first);
    let { until } = reach;
    // What else came before the first session out of reach may reach it.
    for (let next = ordered[index + 1]; next !== undefined && next < until; next = ordered[index + 1]) {
      ({ until } = touched(sessions, visitorId, first, next));
      index += 1;
    }
    changes.push(
      ...save(
        sessions,
        sessions.between(visitorId, from, until),
        sessionsOf(sessions.events(visitorId, from, until)).map((session) =>
          attribute(session, identities, say),
        ),
      ),
    );
  }
  return changes;
}

/** Makes all sessions of a visitor anew, after more is known of the person that they named. */
export function refoldVisitor(sessions: SessionStatements, say: Say, visitorId: number): SessionChange[] {
  const { from, until } = allTime;
  const identities = sessions.identities(visitorId);
  return save(
    sessions,
    sessions.between(visitorId, from, until),
    sessionsOf(sessions.events(visitorId, from, until)).map((session) => attribute(session, identities, say)),
  );
}

/**
 * Attributes sessions anew whose events have not changed, after something else is thought of their network or account.
 * @param found in any order; one may be among them twice
 */
export function reattribute(
  sessions: SessionStatements,
  say: Say,
  found: Iterable<Session>,
): SessionChange[] {
  const byVisitor = new Map<number, Map<number, { old: Session; now: Session }>>();
  for (const old of found) {
    const now = settle(old, say);
    if (isSame(old, now)) continue;
    const ofVisitor = byVisitor.get(old.visitorId) ?? new Map();
    byVisitor.set(old.visitorId, ofVisitor.set(old.id, { old, now }));
  }
  return [...byVisitor.values()].flatMap((ofVisitor) => {
    const moved = [...ofVisitor.values()];
    return save(
      sessions,
      moved.map(({ old }) => old),
      moved.map(({ now }) => now),
    );
  });
}

function isSame(one: Session, other: Session): boolean {
  return (
    one.accountId === other.accountId &&
    one.decisionId === other.decisionId &&
    one.byLearned === other.byLearned &&
    one.isOwn === other.isOwn
  );
}

/**
 * The stretch of time whose sessions late events can change: from the session that may reach them to the first one
 * that they cannot reach.
 */
function touched(sessions: SessionStatements, visitorId: number, first: number, last: number) {
  return {
    from: sessions.startBefore(visitorId, first) ?? allTime.from,
    until: sessions.startAfter(visitorId, last + sessionGapMs) ?? allTime.until,
  };
}

function appendTo(
  sessions: SessionStatements,
  say: Say,
  last: Session | null,
  ordered: readonly SessionEvent[],
): Session[] {
  const result: Session[] = [];
  let open = last;
  let isChanged = false;
  // None of them tells of another person, so what is in force at the first is in force for all; but not for a session
  // that none of them lengthens.
  const [first] = ordered;
  const identities = first === undefined ? [] : sessions.identitiesInForce(first.visitorId, first.at);
  // Whose it is follows from the session as a whole, so it is asked once, and of those alone that have changed.
  const close = (session: Session) => result.push(isChanged ? attribute(session, identities, say) : session);
  for (const event of ordered) {
    if (open !== null && continues(open.endedAt, event.at)) open = extendSession(open, event);
    else {
      if (open !== null) close(open);
      open = openSession(event);
    }
    isChanged = true;
  }
  if (open !== null) close(open);
  return result;
}

function save(
  sessions: SessionStatements,
  before: readonly Session[],
  after: readonly Session[],
): SessionChange[] {
  const kept = new Map(before.map((session) => [session.id, session]));
  const counted = new Set<string>();
  const changes: SessionChange[] = [];
  for (const session of after) {
    const old = kept.get(session.id) ?? null;
    kept.delete(session.id);
    changes.push({
      before: old,
      after: session,
      bringsPerson: bringsPerson(sessions, old, session, counted),
    });
  }
  for (const gone of kept.values()) {
    sessions.remove(gone.id);
    changes.push({ before: gone, after: null, bringsPerson: false });
  }
  for (const { before: old, after: session } of changes) {
    if (session === null) continue;
    if (old === null) sessions.insert(session);
    else sessions.update(old, session);
  }
  return changes;
}

function bringsPerson(
  sessions: SessionStatements,
  old: Session | null,
  session: Session,
  counted: Set<string>,
): boolean {
  const { accountId } = session;
  if (session.isOffline) return false;
  if (accountId === null || old?.accountId === accountId) return false;
  const key = `${accountId}/${session.personId ?? 'visitor'}`;
  if (counted.has(key)) return false;
  counted.add(key);
  return !sessions.isCounted(session, accountId);
}
