/** Sessions on their way in and out of a table; and the events and identities they are made of. */
import type { Database } from 'better-sqlite3';
import type { Identity } from '../../identify/attribution.ts';
import { domainKeyPrefix } from '../../identify/domain-key.ts';
import type { Session, SessionEvent } from '../../identify/session.ts';
import { eventTypeCodes, partingCodes } from './event-type.ts';
import type { Tables } from './tables.ts';

/** A session, with the accounts that its network and its visitor's e-mail name. */
type SessionRow = Tables['session'] & {
  network_account_id: number | null;
  employer_account_id: number | null;
};

const select = `
  select s.*, n.account_id as network_account_id, m.account_id as employer_account_id
  from session s join network n on n.id = s.network_id left join person m on m.id = s.employer_id`;

/**
 * Writes one session.
 * @param table `session`, or the table beside it that `verify` fills
 */
export function insertSession(db: Database, table: string): (session: Session) => void {
  const insert = db.prepare(`
    insert into ${table} (id, site_id, visitor_id, account_id, person_id, employer_id, by_learned,
      decision_id, is_own, is_offline, network_id, arrival_id, agent_id, landing_id, started_at, ended_at, events, pages, forms)
    values (@id, @siteId, @visitorId, @accountId, @personId, @employerId, @byLearned,
      @decisionId, @isOwn, @isOffline, @networkId, @arrivalId, @agentId, @landingId, @startedAt, @endedAt, @events, @pages, @forms)`);
  return (session) => void insert.run(bind(session));
}

/** A stretch of time: `from <= at < until`. */
export interface Span {
  from: number;
  until: number;
}

/** Before and after every time that an event can have. */
export const allTime: Span = { from: 0, until: Number.MAX_SAFE_INTEGER };

/** An identity; `is_person` is 0 where only the domain of an e-mail was told. */
interface IdentityRow {
  id: number;
  at: number;
  person_id: number;
  account_id: number | null;
  is_person: number;
  /** Whom the site's own id turned out to mean, and where they work; null where nothing more was told. */
  later_id: number | null;
  later_account_id: number | null;
}

const isPerson = `(p.key not like '${domainKeyPrefix}%')`;

const identityColumns = `
  e.id, e.at, e.person_id, p.account_id, ${isPerson} as is_person, q.id as later_id, q.account_id as later_account_id`;
/** An id may have been told to be another one, and that one with an e-mail: two steps. */
const identityTables = `
  event e indexed by "event#visitor_id#person_id" join person p on p.id = e.person_id
  left join person_alias a on a.key = p.key left join person o on o.id = a.person_id
  left join person_alias b on b.key = o.key left join person q on q.id = coalesce(b.person_id, o.id)`;

/** Statements over one visitor's events and sessions. */
export function sessionStatements(db: Database) {
  const last = db.prepare<[number], SessionRow>(
    `${select} where s.visitor_id = ? order by s.started_at desc limit 1`,
  );
  const between = db.prepare<[number, number, number], SessionRow>(
    `${select} where s.visitor_id = ? and s.started_at >= ? and s.started_at < ? order by s.started_at`,
  );
  const before = db.prepare<[number, number], { started_at: number }>(
    'select started_at from session where visitor_id = ? and started_at <= ? order by started_at desc limit 1',
  );
  const after = db.prepare<[number, number], { started_at: number }>(
    'select started_at from session where visitor_id = ? and started_at > ? order by started_at limit 1',
  );
  // Left to itself, SQLite would walk the account's visits, since their index holds all that is asked.
  const sharesAccount = db.prepare<[number, number, number], { found: number }>(
    'select 1 as found from session indexed by "session#visitor_id#started_at" where visitor_id = ? and account_id = ? and site_id = ? limit 1',
  );
  const personSharesAccount = db.prepare<[number, number, number], { found: number }>(
    'select 1 as found from session indexed by "session#person_id#account_id" where person_id = ? and account_id = ? and site_id = ? and is_offline = 0 limit 1',
  );
  const events = db.prepare<[number, number, number], SessionEventRow>(`
    select e.id, e.site_id, e.visitor_id, e.at, e.type, e.page_id, e.arrival_id, e.agent_id, e.network_id,
           n.account_id as network_account_id, v.via = 'import' as is_offline
    from event e join network n on n.id = e.network_id join visitor v on v.id = e.visitor_id
    where e.visitor_id = ? and e.at >= ? and e.at < ? and e.type not in (${partingCodes.join(', ')})
    order by e.at, e.id`);
  // Left to itself, SQLite would walk all events of the visitor to find the few that name a person.
  const identities = db.prepare<[number], IdentityRow>(`
    select ${identityColumns} from ${identityTables}
    where e.visitor_id = ? and e.person_id is not null order by e.at, e.id`);
  const latestIdentity = (condition: string) =>
    db.prepare<[number, number], IdentityRow>(`
      select ${identityColumns} from ${identityTables}
      where e.visitor_id = ? and e.person_id is not null and e.at <= ? ${condition} order by e.at desc, e.id desc limit 1`);
  const anyIdentity = db
    .prepare<[number], number>(
      `select 1 from event indexed by "event#visitor_id#person_id" where visitor_id = ? and person_id is not null limit 1`,
    )
    .pluck();
  const latestPerson = latestIdentity(`and ${isPerson}`);
  const latestEmployed = latestIdentity('and p.account_id is not null');
  const visitorsOfPerson = db
    .prepare<[number], number>('select distinct visitor_id from session where person_id = ?')
    .pluck();
  const ofNetwork = db.prepare<[number, number, number], SessionRow>(
    `${select} where s.network_id = ? and s.started_at >= ? and s.started_at < ?`,
  );
  const ofAccount = db.prepare<[number], SessionRow>(`${select} where s.account_id = ?`);
  const ofDecision = db.prepare<[number], SessionRow>(`${select} where s.decision_id = ?`);
  const insert = insertSession(db, 'session');
  const update = db.prepare(`
    update session set account_id = @accountId, person_id = @personId, employer_id = @employerId,
      by_learned = @byLearned, decision_id = @decisionId, is_own = @isOwn, network_id = @networkId, arrival_id = @arrivalId, agent_id = @agentId, landing_id = @landingId,
      started_at = @startedAt, ended_at = @endedAt, events = @events, pages = @pages, forms = @forms
    where id = @id`);
  // SQLite writes every index anew that has a column set here, whether or not its value changes.
  const lengthen = db.prepare(
    'update session set ended_at = ?, events = ?, pages = ?, forms = ? where id = ?',
  );
  const remove = db.prepare(`delete from session where id = ?`);

  return {
    last: (visitorId: number): Session | null => optional(last.get(visitorId), sessionOf),
    between: (visitorId: number, from: number, until: number): Session[] =>
      between.all(visitorId, from, until).map(sessionOf),
    /** Start of the first session after a moment; null if there is none. */
    startAfter: (visitorId: number, at: number): number | null =>
      optional(after.get(visitorId, at), (row) => row.started_at),
    /** Start of the session that an event at `at` could belong to; null if none starts so early. */
    startBefore: (visitorId: number, at: number): number | null =>
      optional(before.get(visitorId, at), (row) => row.started_at),
    /** True if this visitor (or the person behind it) already has a session with that account on that site. */
    isCounted: (session: Session, accountId: number): boolean =>
      session.personId === null
        ? sharesAccount.get(session.visitorId, accountId, session.siteId) !== undefined
        : personSharesAccount.get(session.personId, accountId, session.siteId) !== undefined,
    events: (visitorId: number, from: number, until: number): SessionEvent[] =>
      events.all(visitorId, from, until).map(eventOf),
    identities: (visitorId: number): Identity[] => identities.all(visitorId).map(identityOf),
    /** Those in force at a moment, in order of time: the latest person by then, and the latest who names an account. */
    identitiesInForce: (visitorId: number, at: number): Identity[] =>
      // Nearly nobody has told who they are, and two questions cost more than one.
      (anyIdentity.get(visitorId) === undefined
        ? []
        : [latestEmployed.get(visitorId, at), latestPerson.get(visitorId, at)]
      )
        .filter((row) => row !== undefined)
        .sort((one, other) => one.at - other.at || one.id - other.id)
        .map(identityOf),
    /** Visitors with a session of this person's. */
    visitorsOfPerson: (personId: number): number[] => visitorsOfPerson.all(personId),
    ofNetwork: (networkId: number, { from, until }: Span): Session[] =>
      ofNetwork.all(networkId, from, until).map(sessionOf),
    ofAccount: (accountId: number): Session[] => ofAccount.all(accountId).map(sessionOf),
    ofDecision: (decisionId: number): Session[] => ofDecision.all(decisionId).map(sessionOf),
    insert,
    update(old: Session, session: Session): void {
      const { endedAt, events, pages, forms, id } = session;
      if (isOnlyLonger(old, session)) lengthen.run(endedAt, events, pages, forms, id);
      else update.run(bind(session));
    },
    remove: (id: number): void => void remove.run(id),
  };
}

/** True if it is whose it was, on the network and from the moment it was: nearly every event only lengthens. */
function isOnlyLonger(old: Session, session: Session): boolean {
  return (
    old.accountId === session.accountId &&
    old.personId === session.personId &&
    old.employerId === session.employerId &&
    old.byLearned === session.byLearned &&
    old.decisionId === session.decisionId &&
    old.isOwn === session.isOwn &&
    old.networkId === session.networkId &&
    old.arrivalId === session.arrivalId &&
    old.agentId === session.agentId &&
    old.landingId === session.landingId &&
    old.startedAt === session.startedAt
  );
}

export type SessionStatements = ReturnType<typeof sessionStatements>;

type SessionEventRow = Pick<
  Tables['event'],
  'id' | 'site_id' | 'visitor_id' | 'at' | 'type' | 'page_id' | 'arrival_id' | 'agent_id' | 'network_id'
> & { network_account_id: number | null; is_offline: number };

function eventOf(row: SessionEventRow): SessionEvent {
  return {
    id: row.id,
    siteId: row.site_id,
    visitorId: row.visitor_id,
    at: row.at,
    isPage: row.type === eventTypeCodes.page,
    isForm: row.type === eventTypeCodes.form,
    isOffline: row.is_offline === 1,
    pageId: row.page_id,
    arrivalId: row.arrival_id,
    agentId: row.agent_id,
    networkId: row.network_id,
    networkAccountId: row.network_account_id,
  };
}

function identityOf(row: IdentityRow): Identity {
  return {
    at: row.at,
    personId: row.is_person === 1 ? (row.later_id ?? row.person_id) : null,
    employerId: row.account_id === null ? null : row.person_id,
    accountId: row.account_id,
    laterAccountId: row.is_person === 1 ? row.later_account_id : null,
  };
}

function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    siteId: row.site_id,
    visitorId: row.visitor_id,
    accountId: row.account_id,
    personId: row.person_id,
    employerId: row.employer_id,
    employerAccountId: row.employer_account_id,
    byLearned: row.by_learned === 1,
    decisionId: row.decision_id,
    isOwn: row.is_own === 1,
    isOffline: row.is_offline === 1,
    networkId: row.network_id,
    networkAccountId: row.network_account_id,
    arrivalId: row.arrival_id,
    agentId: row.agent_id,
    landingId: row.landing_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    events: row.events,
    pages: row.pages,
    forms: row.forms,
  };
}

function bind(session: Session): Record<string, number | null> {
  const { networkAccountId: _, employerAccountId: __, ...columns } = session;
  return {
    ...columns,
    byLearned: session.byLearned ? 1 : 0,
    isOwn: session.isOwn ? 1 : 0,
    isOffline: session.isOffline ? 1 : 0,
  };
}

function optional<Row, Value>(row: Row | undefined, map: (row: Row) => Value): Value | null {
  return row === undefined ? null : map(row);
}
