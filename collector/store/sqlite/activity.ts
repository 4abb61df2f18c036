/**
 * What people of accounts did, by day: views of pages, events and forms by their names, seconds of engagement. Kept as
 * differences while events come in and visits change hands, or made anew from all visits; both ways end in the same rows.
 *
 * A visit counts the visitor's events between its start and its end, as a journey shows them, and the pages left until
 * a session's gap after it. Visits without an account are counted nowhere, and cost nothing.
 */
import type { Database } from 'better-sqlite3';
import type { Detail } from '../../draft.ts';
import { type Session, sessionGapMs } from '../../identify/session.ts';
import { dayNumber } from '../../time.ts';
import { eventTypeCodes } from './event-type.ts';
import type { SessionChange } from './session-change.ts';
import { type Countable, countedCodes, type Subjects } from './subject.ts';
import type { Tables } from './tables.ts';

/** An event that has just been stored. */
export interface NewEvent extends Countable {
  siteId: number;
  visitorId: number;
  at: number;
}

/** The events of the transaction that are new: they are read from memory, and from the file only those before them. */
export interface News {
  /** Number of the first of them. */
  sinceId: number;
  /** Those of the visitor whose visits have changed, but for what parts with a page. */
  events: readonly NewEvent[];
}

/** After the fact: every event is counted already, and only whose it is changes. */
const noNews: News = { sinceId: Number.MAX_SAFE_INTEGER, events: [] };

/** Whose a visit is: what differs here moves it from one row to another. */
type Owned = Pick<Session, 'siteId' | 'visitorId' | 'accountId' | 'personId'>;

interface Row {
  subjectId: number;
  day: number;
  accountId: number;
  who: number;
  siteId: number;
  count: number;
}

/** What a transaction adds and takes away. */
export class ActivityChange {
  readonly #rows = new Map<string, Row>();

  add(owned: Owned, at: number, counted: { subjectId: number; count: number } | null, sign: 1 | -1): void {
    const { accountId, siteId, personId, visitorId } = owned;
    if (counted === null || accountId === null) return;
    const { subjectId } = counted;
    const day = dayNumber(at);
    const who = personId ?? -visitorId;
    const key = `${subjectId}/${day}/${accountId}/${who}/${siteId}`;
    const row = this.#rows.get(key);
    if (row === undefined)
      this.#rows.set(key, { subjectId, day, accountId, who, siteId, count: sign * counted.count });
    else row.count += sign * counted.count;
  }

  rows(): Iterable<Row> {
    return this.#rows.values();
  }
}

type StoredEvent = Pick<Tables['event'], 'id' | 'at' | 'type' | 'page_id' | 'detail'>;

/** @param table `activity`, or the table beside it that `verify` fills */
export function activityStatements(db: Database, subjects: Subjects, table = 'activity') {
  const eventsOf = db.prepare<[number, number, number], StoredEvent>(`
    select id, at, type, page_id, detail from event
    where visitor_id = ? and at >= ? and at <= ? and type in (${countedCodes.join(', ')})`);
  const leavesBefore = db.prepare<[number, number, number, number], StoredEvent>(`
    select id, at, type, page_id, detail from event
    where visitor_id = ? and at >= ? and at <= ? and id < ? and type = ${eventTypeCodes.leave}`);
  const visitAt = db.prepare<
    [number, number],
    Pick<Tables['session'], 'account_id' | 'person_id' | 'ended_at'>
  >(`
    select account_id, person_id, ended_at from session
    where visitor_id = ? and started_at <= ? order by started_at desc limit 1`);
  const add = db.prepare(`
    insert into ${table} (subject_id, day, account_id, who, site_id, count)
    values (@subjectId, @day, @accountId, @who, @siteId, @count)
    on conflict do update set count = count + excluded.count`);
  const drop = db.prepare(`
    delete from ${table} where subject_id = @subjectId and day = @day and account_id = @accountId and who = @who
      and site_id = @siteId and count + @count = 0`);

  function addStored(change: ActivityChange, owned: Owned, row: Omit<StoredEvent, 'id'>, sign: 1 | -1): void {
    const detail = detailOf(row);
    change.add(owned, row.at, subjects.countedOf({ type: row.type, pageId: row.page_id, detail }), sign);
  }

  /** All that a visit counts. Of the new events, pages that were left are not among it: they are counted one by one. */
  function addWhole(
    change: ActivityChange,
    session: Session,
    isCounted: (id: number, isLeave: boolean) => boolean,
    sign: 1 | -1,
  ): void {
    if (session.accountId === null) return;
    const { visitorId, startedAt, endedAt } = session;
    for (const row of eventsOf.all(visitorId, startedAt, endedAt + sessionGapMs)) {
      const isLeave = row.type === eventTypeCodes.leave;
      if ((isLeave || row.at <= endedAt) && isCounted(row.id, isLeave)) addStored(change, session, row, sign);
    }
  }

  /** A visit that is whose it was, and has only new events more. */
  function addNew(
    change: ActivityChange,
    before: Session | null,
    session: Session,
    within: readonly NewEvent[],
    sinceId: number,
  ): void {
    for (const event of within) change.add(session, event.at, subjects.countedOf(event), 1);
    // A page's leaving may have come before the page: now there is a visit that it belongs to.
    const from = before === null ? session.startedAt : before.endedAt + sessionGapMs + 1;
    for (const row of leavesBefore.all(session.visitorId, from, session.endedAt + sessionGapMs, sinceId))
      addStored(change, session, row, 1);
  }

  return {
    /** Takes in how visits of one visitor, or of several where nothing is new, have changed. */
    changed(change: ActivityChange, changes: readonly SessionChange[], news: News = noNews): void {
      const { sinceId, events } = news;
      for (const { before, after } of changes) {
        if ((before?.accountId ?? null) === null && (after?.accountId ?? null) === null) continue;
        if (before !== null && after !== null && isSame(before, after)) continue;
        const within = after === null ? [] : events.filter((event) => isWithin(after, event.at));
        if (after !== null && isOnlyLonger(before, after, within.length)) {
          addNew(change, before, after, within, sinceId);
          continue;
        }
        if (before !== null) addWhole(change, before, (id) => id < sinceId, -1);
        if (after !== null) addWhole(change, after, (id, isLeave) => !isLeave || id < sinceId, 1);
      }
    },
    /** Takes in that a page was left, once the visits of its visitor are saved. */
    left(change: ActivityChange, event: NewEvent): void {
      const counted = subjects.countedOf(event);
      if (counted === null) return;
      const visit = visitAt.get(event.visitorId, event.at);
      if (visit === undefined || visit.account_id === null || event.at > visit.ended_at + sessionGapMs)
        return;
      const { siteId, visitorId } = event;
      const owned = { siteId, visitorId, accountId: visit.account_id, personId: visit.person_id };
      change.add(owned, event.at, counted, 1);
    },
    /**
     * Takes away what an event counted that is not in the file any more.
     * @param changes of its visitor's visits, which had it before
     */
    gone(change: ActivityChange, changes: readonly SessionChange[], event: Omit<StoredEvent, 'id'>): void {
      const had = changes.find(({ before }) => before !== null && isWithin(before, event.at))?.before;
      if (had) addStored(change, had, event, -1);
    },
    /** Takes in a visit as it is, where nothing was counted before. */
    whole(change: ActivityChange, session: Session): void {
      addWhole(change, session, () => true, 1);
    },
    save(change: ActivityChange): void {
      for (const row of change.rows()) {
        if (row.count === 0) continue;
        // What is taken away is mostly all there was: a visit that is somebody else's now.
        if (row.count < 0 && drop.run(row).changes > 0) continue;
        add.run(row);
      }
    },
  };
}

/** Of a page nothing more is counted, whatever a server told of it. */
function detailOf({ type, detail }: Pick<StoredEvent, 'type' | 'detail'>): Detail {
  return type === eventTypeCodes.page || detail === null ? {} : (JSON.parse(detail) as Detail);
}

function isWithin({ startedAt, endedAt }: Session, at: number): boolean {
  return at >= startedAt && at <= endedAt;
}

function isSameOwner(before: Session, after: Session): boolean {
  return before.accountId === after.accountId && before.personId === after.personId;
}

/** True if it counts what it counted. Events are never taken away, so as many as before are the same ones. */
function isSame(before: Session, after: Session): boolean {
  return (
    isSameOwner(before, after) &&
    before.startedAt === after.startedAt &&
    before.endedAt === after.endedAt &&
    before.events === after.events
  );
}

/** True if all that it has more than before is new. */
function isOnlyLonger(before: Session | null, after: Session, newEvents: number): boolean {
  if (before === null) return after.events === newEvents;
  return (
    isSameOwner(before, after) &&
    before.startedAt === after.startedAt &&
    after.events - before.events === newEvents
  );
}
