/**
 * How a visitor's events become sessions, and whose sessions they are. Pure, and a fold: a session is opened by its
 * first event and extended by the next, so that keeping it up to date and making it anew give the same rows.
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
  pageId: number;
  arrivalId: number | null;
  agentId: number;
  networkId: number;
  /** The account that the network names; null if it names none. */
  networkAccountId: number | null;
}

/** One moment at which the visitor told us who they are. */
export interface Identity {
  at: number;
  personId: number;
  /** The account that the person's e-mail names; null for a free-mail address or a bare user id. */
  accountId: number | null;
}

export interface Session {
  /** Id of its first event. */
  id: number;
  siteId: number;
  visitorId: number;
  accountId: number | null;
  personId: number | null;
  byPerson: boolean;
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
    accountId: event.networkAccountId,
    personId: null,
    byPerson: false,
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
 * on the phone and goes on in the office was in the office. Whose session it then is, `attribute` says.
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
 * Whose session it is, once the visitor's identities are known.
 *
 * The person is the latest one told by the session's end, or else the first one ever told: what was read before
 * signing up belongs to whoever signed up. The same rule picks the account among the identities that name one, so a
 * second domain opens a new period and the first keeps its own. An e-mail outweighs the network.
 * @param identities in order of time
 */
export function attribute(session: Session, identities: readonly Identity[]): Session {
  const person = inForce(identities, session.endedAt);
  const employer = inForce(
    identities.filter((identity) => identity.accountId !== null),
    session.endedAt,
  );
  return {
    ...session,
    personId: person?.personId ?? null,
    byPerson: employer !== undefined,
    accountId: employer?.accountId ?? session.networkAccountId,
  };
}

function inForce(identities: readonly Identity[], at: number): Identity | undefined {
  return identities.findLast((identity) => identity.at <= at) ?? identities[0];
}

/**
 * All sessions of one visitor.
 * @param events in order of time, and of arrival where times are equal
 */
export function sessionsOf(events: Iterable<SessionEvent>, identities: readonly Identity[]): Session[] {
  const sessions: Session[] = [];
  let open: Session | null = null;
  for (const event of events) {
    if (open !== null && continues(open.endedAt, event.at)) {
      open = extendSession(open, event);
    } else {
      if (open !== null) sessions.push(attribute(open, identities));
      open = openSession(event);
    }
  }
  if (open !== null) sessions.push(attribute(open, identities));
  return sessions;
}
