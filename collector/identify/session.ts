/**
 * How a visitor's events become sessions. Pure, and a fold: a session is opened by its first event and extended by
 * the next, so that keeping it up to date and making it anew give the same rows.
 */

/** No gap over this within one session. */
export const sessionGapMs = 30 * 60_000;

/** What the fold reads of an event. */
export interface SessionEvent {
  id: number;
  siteId: number;
  visitorId: number;
  at: number;
  isPage: boolean;
  isForm: boolean;
  /** Told by an import: nobody visited. The same for all events of a visitor. */
  isOffline: boolean;
  pageId: number;
  arrivalId: number | null;
  agentId: number;
  networkId: number;
  /** The account that the look-up named; null if it named none. */
  networkAccountId: number | null;
}

export interface Session {
  /** Id of its first event. */
  id: number;
  siteId: number;
  visitorId: number;
  accountId: number | null;
  personId: number | null;
  /** The person whose e-mail names where they work, and the account that it names; see `identify`. */
  employerId: number | null;
  employerAccountId: number | null;
  /** The account was learned of the address. */
  byLearned: boolean;
  /** The owner's decision by which it is whose it is, or nobody's. */
  decisionId: number | null;
  /** Our own people: nobody's, and counted apart. */
  isOwn: boolean;
  /** No visit, and in no count of visits: what an import told. */
  isOffline: boolean;
  networkId: number;
  networkAccountId: number | null;
  arrivalId: number | null;
  agentId: number;
  landingId: number;
  startedAt: number;
  endedAt: number;
  events: number;
  pages: number;
  forms: number;
}

/** True if an event at `at` still belongs to a session that ended (so far) at `endedAt`. */
export function continues(endedAt: number, at: number): boolean {
  return at - endedAt <= sessionGapMs;
}

/** A session of one event. */
export function openSession(event: SessionEvent): Session {
  return {
    id: event.id,
    siteId: event.siteId,
    visitorId: event.visitorId,
    accountId: null,
    personId: null,
    employerId: null,
    employerAccountId: null,
    byLearned: false,
    decisionId: null,
    isOwn: false,
    isOffline: event.isOffline,
    networkId: event.networkId,
    networkAccountId: event.networkAccountId,
    arrivalId: event.arrivalId,
    agentId: event.agentId,
    landingId: event.pageId,
    startedAt: event.at,
    endedAt: event.at,
    events: 1,
    pages: event.isPage ? 1 : 0,
    forms: event.isForm ? 1 : 0,
  };
}

/**
 * The session with one more event at its end.
 *
 * The first arrival is the session's, and so is the first network, unless a later one names a company: who starts
 * on the phone and goes on in the office was in the office. What the look-up said at the time decides that, and not
 * what was decided or learned since: those change whose a session is, never what it consists of.
 */
export function extendSession(session: Session, event: SessionEvent): Session {
  const namesCompany = session.networkAccountId === null && event.networkAccountId !== null;
  return {
    ...session,
    networkId: namesCompany ? event.networkId : session.networkId,
    networkAccountId: namesCompany ? event.networkAccountId : session.networkAccountId,
    arrivalId: session.arrivalId ?? event.arrivalId,
    endedAt: event.at,
    events: session.events + 1,
    pages: session.pages + (event.isPage ? 1 : 0),
    forms: session.forms + (event.isForm ? 1 : 0),
  };
}

/**
 * All sessions of one visitor, nobody's yet: whose they are, `attribute` says.
 * @param events in order of time, and of arrival where times are equal
 */
export function sessionsOf(events: Iterable<SessionEvent>): Session[] {
  const sessions: Session[] = [];
  let open: Session | null = null;
  for (const event of events) {
    if (open !== null && continues(open.endedAt, event.at)) {
      open = extendSession(open, event);
    } else {
      if (open !== null) sessions.push(open);
      open = openSession(event);
    }
  }
  if (open !== null) sessions.push(open);
  return sessions;
}
