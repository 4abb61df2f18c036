/** The one way an event gets into the file: strings to ids, the row, its session, the sums; one transaction. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Detail, EnrichedDraft, Network } from '../../draft.ts';
import { type AccountClaim, accountOfNetwork, personOf } from '../../identify/account.ts';
import type { SessionEvent } from '../../identify/session.ts';
import type { AppendOutcome } from '../store.ts';
import { Dictionary } from './dictionary.ts';
import { eventCodeOf, eventTypeCodes, partingCodes } from './event-type.ts';
import { foldVisitor } from './fold.ts';
import { sessionStatements } from './session-row.ts';
import { type SessionChange, totalsStatements } from './totals.ts';

/** New events of one visitor within a transaction. */
interface Arrivals {
  events: SessionEvent[];
  isNewIdentity: boolean;
}

/**
 * Prepares everything once; the result stores a batch synchronously.
 * @returns `append` gives one outcome a draft, in order; it throws with nothing stored
 */
export function prepareAppend(
  db: Database,
  now: () => number,
): (batch: readonly EnrichedDraft[]) => AppendOutcome[] {
  const dictionaries = openDictionaries(db, now);
  const sessions = sessionStatements(db);
  const applyTotals = totalsStatements(db);
  const insert = db.prepare(`
    insert into event (site_id, visitor_id, message, at, received_at, type, page_id, title_id, arrival_id, agent_id,
      network_id, person_id, detail)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (visitor_id, message) do nothing`);
  const networkAccount = db.prepare<[number], { account_id: number | null }>(
    'select account_id from network where id = ?',
  );
  const latestIdentity = db.prepare<[number], { at: number; person_id: number }>(`
    select at, person_id from event indexed by "event#visitor_id#person_id" where visitor_id = ? and person_id is not null order by at desc, id desc limit 1`);

  const run = db.transaction((batch: readonly EnrichedDraft[]): AppendOutcome[] => {
    const byVisitor = new Map<number, Arrivals>();
    const outcomes = batch.map((item) => store(item, byVisitor));
    const changes: SessionChange[] = [];
    for (const [visitorId, { events, isNewIdentity }] of byVisitor)
      changes.push(...foldVisitor(sessions, visitorId, events, isNewIdentity));
    applyTotals(changes);
    return outcomes;
  });

  function store({ draft, facts }: EnrichedDraft, byVisitor: Map<number, Arrivals>): AppendOutcome {
    const visitorId = dictionaries.visitor.id([draft.siteId, draft.visitorKey], () => [draft.via]);
    const pageId = dictionaries.page.id([draft.page.host, draft.page.path]);
    const titleId = draft.title === '' ? null : dictionaries.string.id([draft.title]);
    const { agent, arrival } = facts;
    const agentId = dictionaries.agent.id([agent.browser, agent.os, agent.device]);
    const arrivalId =
      arrival === null
        ? null
        : dictionaries.arrival.id([
            arrival.channel,
            arrival.source,
            arrival.medium,
            arrival.campaign,
            arrival.term,
            arrival.content,
            arrival.clickId,
            arrival.referrer,
          ]);
    const networkId = dictionaries.networkId(facts.network);
    const personId = dictionaries.personId(draft.siteId, draft.detail);
    const previous = personId === null ? undefined : latestIdentity.get(visitorId);
    const code = eventCodeOf(draft.type, draft.detail);
    const result = insert.run(
      draft.siteId,
      visitorId,
      messageOf(draft.eventKey),
      draft.at,
      draft.receivedAt,
      code,
      pageId,
      titleId,
      arrivalId,
      agentId,
      networkId,
      personId,
      draft.type === 'page' ? null : JSON.stringify(draft.detail),
    );
    if (result.changes === 0) return 'duplicate';
    if (partingCodes.includes(code)) return 'stored';

    let arrivals = byVisitor.get(visitorId);
    if (arrivals === undefined) {
      arrivals = { events: [], isNewIdentity: false };
      byVisitor.set(visitorId, arrivals);
    }
    if (personId !== null && (previous?.person_id !== personId || previous.at > draft.at))
      arrivals.isNewIdentity = true;
    arrivals.events.push({
      id: Number(result.lastInsertRowid),
      siteId: draft.siteId,
      visitorId,
      at: draft.at,
      isPage: code === eventTypeCodes.page,
      isForm: code === eventTypeCodes.form,
      pageId,
      arrivalId,
      agentId,
      networkId,
      networkAccountId: networkAccount.get(networkId)?.account_id ?? null,
    });
    return 'stored';
  }

  return (batch) => {
    try {
      return run.immediate(batch);
    } catch (error) {
      dictionaries.forget();
      throw error;
    }
  };
}

function openDictionaries(db: Database, now: () => number) {
  const account = new Dictionary(
    db,
    'account',
    ['key'],
    ['name', 'domain', 'country', 'kind', 'name_rank', 'created_at'],
  );
  const network = new Dictionary(
    db,
    'network',
    ['address_key', 'verdict_id'],
    ['account_id', 'prefix', 'country'],
  );
  const verdict = new Dictionary(
    db,
    'verdict',
    ['content'],
    ['kind', 'tier', 'confidence', 'name', 'domain'],
  );
  const person = new Dictionary(db, 'person', ['key'], ['label', 'account_id', 'account_evidence']);
  const rename = db.prepare(`
    update account set name = @name, country = coalesce(@country, country), kind = @kind, name_rank = @nameRank
    where id = @id and name_rank < @nameRank`);
  const findAlias = db.prepare<[string], { person_id: number }>(
    'select person_id from person_alias where key = ?',
  );
  const addAlias = db.prepare(
    'insert into person_alias (key, person_id) values (?, ?) on conflict do nothing',
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

  function accountId(claim: AccountClaim | null): number | null {
    if (claim === null) return null;
    const { key, name, domain, country, kind, nameRank } = claim;
    const id = account.id([key], () => [name, domain, country, kind, nameRank, now()]);
    rename.run({ id, name, country, kind, nameRank });
    return id;
  }

  return {
    ...all,
    networkId(of: Network): number {
      const { verdict: said } = of;
      const verdictId = verdict.id([JSON.stringify(said)], () => [
        said.kind,
        said.tier,
        said.confidence,
        said.company?.name ?? said.operator,
        said.company?.domain ?? null,
      ]);
      return network.id([of.addressKey, verdictId], () => [
        accountId(accountOfNetwork(of)),
        of.prefix,
        of.country,
      ]);
    },
    personId(siteId: number, detail: Detail): number | null {
      const claim = detail.identify && personOf(siteId, detail.identify);
      if (!claim) return null;
      const known = findAlias.get(claim.key);
      if (known !== undefined) return known.person_id;
      const id = person.id([claim.key], () => [
        claim.label,
        accountId(claim.account),
        claim.evidence && JSON.stringify(claim.evidence),
      ]);
      if (claim.alias !== null) addAlias.run(claim.alias, id);
      return id;
    },
    forget(): void {
      for (const dictionary of [...Object.values(all), account, network, verdict, person])
        dictionary.forget();
    },
  };
}

/** 48 bits of the event's key, compared within one visitor only: chance of a false duplicate below 1e-9 at a million events. */
function messageOf(eventKey: string): number {
  return createHash('sha1').update(eventKey).digest().readUIntBE(0, 6);
}
