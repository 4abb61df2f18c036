/** The one way an event gets into the file: strings to ids, the row, its session, the sums; one transaction. */
import type { Database } from 'better-sqlite3';
import type { EnrichedDraft, Network } from '../../draft.ts';
import { type AccountClaim, accountOfNetwork } from '../../identify/account.ts';
import { restsOnLearning } from '../../identify/learn.ts';
import type { SessionEvent } from '../../identify/session.ts';
import type { AppendOutcome } from '../store.ts';
import { accountIds } from './account-row.ts';
import { ActivityChange, activityStatements, type NewEvent } from './activity.ts';
import { Dictionary } from './dictionary.ts';
import { eventCodeOf, eventTypeCodes, partingCodes } from './event-type.ts';
import { foldVisitor, reattribute, refoldVisitor } from './fold.ts';
import { digestOf, messageOf, openRecentMessages } from './message.ts';
import { openPersons } from './person-row.ts';
import { toldProfiles } from './profiles.ts';
import type { StoredSay } from './say.ts';
import type { SessionChange } from './session-change.ts';
import { type SessionStatements, type Span, sessionStatements } from './session-row.ts';
import { openSubjects } from './subject.ts';
import { teachingStatements } from './teaching.ts';
import { totalsStatements } from './totals.ts';
import { visitorDayStatements } from './visitor-day.ts';

/** New events of one visitor within a transaction. */
interface Arrivals {
  events: (SessionEvent & NewEvent)[];
  isNewIdentity: boolean;
}

/** What the events of a transaction bring with them. */
interface Batch {
  byVisitor: Map<number, Arrivals>;
  taught: Taught[];
  /** Pages that were left, which open and lengthen no visit. */
  leaves: NewEvent[];
  /** Number of the first event that is stored. */
  sinceId: number;
}

/**
 * Prepares everything once; the result stores a batch synchronously.
 * @returns `append` gives one outcome a draft, in order; it throws with nothing stored
 */
export function prepareAppend(
  db: Database,
  say: StoredSay,
  now: () => number,
): (batch: readonly EnrichedDraft[]) => AppendOutcome[] {
  const dictionaries = openDictionaries(db, now);
  const persons = openPersons(db, dictionaries.accounts);
  const tellProfile = toldProfiles(db, now);
  const sessions = sessionStatements(db);
  const totals = totalsStatements(db);
  const recent = openRecentMessages(db);
  const visitorDays = visitorDayStatements(db);
  const subjects = openSubjects(db, { canAdd: true });
  const activity = activityStatements(db, subjects);
  const teach = teachingStatements(db);
  const networksOf = db.prepare<[number], number>('select id from network where address_key = ?').pluck();
  const insert = db.prepare(`
    insert into event (site_id, visitor_id, message, at, received_at, type, page_id, title_id, arrival_id, agent_id,
      network_id, person_id, detail)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (visitor_id, message) do nothing`);
  // Also where it was there before: an event stays as long as one of the imports that told it does.
  const tellImport = db.prepare(
    'insert into import_event (import_id, event_id) select ?, id from event where visitor_id = ? and message = ? on conflict do nothing',
  );
  const latestIdentity = db.prepare<[number], { at: number; person_id: number }>(`
    select at, person_id from event indexed by "event#visitor_id#person_id" where visitor_id = ? and person_id is not null order by at desc, id desc limit 1`);

  const run = db.transaction((drafts: readonly EnrichedDraft[]): AppendOutcome[] => {
    say.refresh();
    const batch: Batch = { byVisitor: new Map(), taught: [], leaves: [], sinceId: Number.MAX_SAFE_INTEGER };
    persons.startBatch();
    const outcomes = drafts.map((item) => store(item, batch));
    const { byVisitor, taught, leaves, sinceId } = batch;
    const changes: SessionChange[] = [];
    const did = new ActivityChange();
    for (const [visitorId, { events, isNewIdentity }] of byVisitor) {
      const ofVisitor = foldVisitor(sessions, say, visitorId, events, isNewIdentity);
      activity.changed(did, ofVisitor, { sinceId, events });
      changes.push(...ofVisitor);
    }
    totals.apply(changes);
    for (const leave of leaves) activity.left(did, leave);
    // Once the new sessions and all that they count are known: each can be moved by one change at a time.
    const move = (moved: readonly SessionChange[]) => {
      totals.apply(moved);
      activity.changed(did, moved);
    };
    for (const personId of persons.joined())
      for (const visitorId of sessions.visitorsOfPerson(personId))
        move(refoldVisitor(sessions, say, visitorId));
    const isTaught = sessionsFrom(sessions, taught, (key) => networksOf.all(key));
    move(reattribute(sessions, say, isTaught));
    activity.save(did);
    visitorDays.save();
    recent.tidy();
    return outcomes;
  });

  function store({ draft, facts }: EnrichedDraft, batch: Batch): AppendOutcome {
    const digest = digestOf(draft.eventKey);
    if (draft.isKeyOfSite && recent.isRepeated(draft, digest)) return 'duplicate';
    const visitorId = dictionaries.visitor.id([draft.siteId, draft.visitorKey], () => [draft.via]);
    const pageId = dictionaries.page.id([draft.page.host, draft.page.path]);
    const titleId = draft.title === '' ? null : dictionaries.string.id([draft.title]);
    const { agent, arrival } = facts;
    const agentId = dictionaries.agent.idOf(agent, () => [agent.browser, agent.os, agent.device]);
    const arrivalId =
      arrival === null
        ? null
        : dictionaries.arrival.idOf(arrival, () => [
            arrival.channel,
            arrival.source,
            arrival.medium,
            arrival.campaign,
            arrival.term,
            arrival.content,
            arrival.clickId,
            arrival.referrer,
          ]);
    const { id: networkId, accountId: networkAccountId } = dictionaries.network(facts.network);
    const code = eventCodeOf(draft.type, draft.detail);
    const isParting = partingCodes.includes(code);
    // What opens and lengthens no visit says of none whose it is.
    const told = isParting ? null : persons.of(draft);
    const previous = told === null ? undefined : latestIdentity.get(visitorId);
    // Who is told along with everything they do is told once: the visitor goes on being that one.
    const isKnown = told?.isAside && previous?.person_id === told.id && previous.at <= draft.at;
    const personId = isKnown ? null : (told?.id ?? null);
    const message = messageOf(digest);
    const result = insert.run(
      draft.siteId,
      visitorId,
      message,
      draft.at,
      draft.receivedAt,
      code,
      pageId,
      titleId,
      arrivalId,
      agentId,
      networkId,
      personId,
      draft.type === 'page' && !draft.detail.server ? null : JSON.stringify(draft.detail),
    );
    if (draft.importId !== undefined) tellImport.run(draft.importId, visitorId, message);
    if (result.changes === 0) return 'duplicate';
    if (told?.accountId && draft.detail.group) tellProfile(told.accountId, draft.detail.group);
    const id = Number(result.lastInsertRowid);
    batch.sinceId = Math.min(batch.sinceId, id);
    const { siteId, at, detail } = draft;
    if (code === eventTypeCodes.leave)
      batch.leaves.push({ siteId, visitorId, at, type: code, pageId, detail });
    if (isParting) return 'stored';
    // Nobody came of whom a file tells.
    if (draft.via !== 'import') visitorDays.seen(siteId, at, visitorId);
    const changed = personId === null ? null : teach(networkId, personId, draft.at);
    if (changed !== null) {
      batch.taught.push(changed);
      say.taught(changed.addressKey);
    }

    let arrivals = batch.byVisitor.get(visitorId);
    if (arrivals === undefined) {
      arrivals = { events: [], isNewIdentity: false };
      batch.byVisitor.set(visitorId, arrivals);
    }
    if (personId !== null && (previous?.person_id !== personId || previous.at > draft.at))
      arrivals.isNewIdentity = true;
    arrivals.events.push({
      id,
      siteId,
      visitorId,
      at,
      type: code,
      isPage: code === eventTypeCodes.page,
      isForm: code === eventTypeCodes.form,
      detail,
      isOffline: draft.via === 'import',
      pageId,
      arrivalId,
      agentId,
      networkId,
      networkAccountId,
    });
    return 'stored';
  }

  return (batch) => {
    try {
      const outcomes = run.immediate(batch);
      recent.keep();
      return outcomes;
    } catch (error) {
      recent.forget();
      dictionaries.forget();
      persons.forget();
      totals.forget();
      visitorDays.forget();
      subjects.forget();
      say.forget();
      throw error;
    }
  };
}

/** An address that was taught something, and the time whose visits from there may now be somebody else's. */
interface Taught {
  addressKey: number;
  span: Span;
}

function* sessionsFrom(
  sessions: SessionStatements,
  taught: readonly Taught[],
  networksOf: (addressKey: number) => number[],
) {
  for (const { addressKey, span } of taught)
    for (const networkId of networksOf(addressKey)) yield* sessions.ofNetwork(networkId, span);
}

/** A network's number, and the account that the look-up named. */
interface StoredNetwork {
  id: number;
  accountId: number | null;
}

function openDictionaries(db: Database, now: () => number) {
  const accounts = accountIds(db, now);
  const network = new Dictionary(
    db,
    'network',
    ['address_key', 'verdict_id'],
    ['account_id', 'prefix', 'country', 'as_number'],
  );
  const verdict = new Dictionary(
    db,
    'verdict',
    ['content'],
    ['kind', 'tier', 'confidence', 'name', 'domain', 'rests_on_learning'],
  );
  const all = {
    string: new Dictionary(db, 'string', ['value']),
    page: new Dictionary(db, 'page', ['host', 'path']),
    agent: new Dictionary(db, 'agent', ['browser', 'os', 'device']),
    arrival: new Dictionary(db, 'arrival', [
      'channel',
      'source',
      'medium',
      'campaign',
      'term',
      'content',
      'click_id',
      'referrer',
    ]),
    visitor: new Dictionary(db, 'visitor', ['site_id', 'key'], ['via']),
  };

  const accountId = (claim: AccountClaim | null) => (claim === null ? null : accounts.id(claim));
  const accountOf = db
    .prepare<[number], number | null>('select account_id from network where id = ?')
    .pluck();
  /** By the look-up's own object, which it gives again as long as its answer is the same. */
  let networks = new WeakMap<Network, StoredNetwork>();

  return {
    ...all,
    accounts,
    network(of: Network): StoredNetwork {
      const known = networks.get(of);
      if (known !== undefined) return known;
      const id = this.networkId(of);
      const stored = { id, accountId: accountOf.get(id) ?? null };
      networks.set(of, stored);
      return stored;
    },
    networkId(of: Network): number {
      const { verdict: said } = of;
      const verdictId = verdict.id([JSON.stringify(said)], () => [
        said.kind,
        said.tier,
        said.confidence,
        said.company?.name ?? said.operator,
        said.company?.domain ?? null,
        restsOnLearning(said) ? 1 : 0,
      ]);
      return network.id([of.addressKey, verdictId], () => [
        accountId(accountOfNetwork(of)),
        of.prefix,
        of.country,
        of.asNumber,
      ]);
    },
    forget(): void {
      networks = new WeakMap();
      for (const dictionary of [...Object.values(all), accounts, network, verdict]) dictionary.forget();
    },
  };
}

/** What a draft takes in memory, roughly: its strings, and as much again as most drafts have of objects. */
export function draftBytes({ draft }: EnrichedDraft): number {
  const { page, title, search, referrer, detail, type } = draft;
  const free = type === 'page' ? 0 : JSON.stringify(detail).length;
  return 500 + page.path.length + title.length + search.length + referrer.length + free;
}
