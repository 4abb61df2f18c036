/**
 * The waist of the house: what the store can be asked, and the rows it answers with. No SQL here; engines live in
 * folders beside this file. Every method is promise-shaped and coarse, so that an engine may be elsewhere.
 */
import type { EventType, SiteKey } from '../../tracker/wire.ts';
import type { Agent, Arrival, Detail, EnrichedDraft, Via } from '../draft.ts';
import type { DecisionKind, NetworkSays } from '../identify/decision.ts';
import type { Learned } from '../identify/learn.ts';
import type { DropReason } from '../receive/reasons.ts';
import type { Company, Evidence, Kind, OwnerRule, Tier, Verdict } from '../reveal/verdict.ts';
import type { TagSettings } from '../tag-settings.ts';
import { dayMs } from '../time.ts';
import type { AlertReads, AlertsStore } from './alerts.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import type { AudienceReads } from './audience.ts';
import type { AuditEntry, AuditQuery, NewAuditEntry } from './audit.ts';
import type { CompletenessReads } from './completeness.ts';
import type { Import, ImportCounts, ImportEnd, NewImport } from './imports.ts';
import type { LiveAnswer, LiveQuery } from './live.ts';
import type { ListAsked, MarkReads, MarkWrites } from './marks.ts';
import type { OutboxStore } from './outbox.ts';
import type { PainPoints } from './pain-points.ts';
import type { AccountPerson, ContactRow, RoleWrites } from './people.ts';
import type { AttributionKind, PersonDetail, PersonRef } from './person.ts';
import type { RawEventPage, RawEventQuery } from './raw-event.ts';
import type { ScoreReads, ScoreWrites } from './scores.ts';
import type { SegmentAsked, SegmentReads, SegmentWrites } from './segments.ts';
import type { ShareStore } from './shares.ts';
import type { AccountSigns } from './signs.ts';
import type { Traffic, TrafficQuery } from './traffic.ts';

export interface Site {
  id: number;
  key: SiteKey;
  /** Registrable domain or host, in lower case; also the site's name. */
  domain: string;
  /** Further host names that may send events. Subdomains of `domain` and of these are always allowed. */
  hosts: string[];
  createdAt: number;
  /** What its owner chose for its tag. */
  tag: TagSettings;
}

/** Half-open, ms UTC: `from <= at < to`. Lists count its first and last day whole. */
export interface Period {
  from: number;
  to: number;
}

export const accountSorts = ['last', 'name', 'visits', 'people', 'pages', 'change', 'score'] as const;
export type AccountSort = (typeof accountSorts)[number];

export interface AccountQuery {
  /** Null: all sites. */
  siteId: number | null;
  period: Period;
  /** Matches name and domain, anywhere; the case of unaccented letters does not count. Empty: all. */
  search: string;
  /** Only accounts of this segment, whatever the site and the period; left out: all. */
  segment?: SegmentAsked;
  /** Only what one user sees in one of the lists; left out: everything, hidden by somebody or not. */
  list?: ListAsked;
  /** Only these; left out: all. */
  only?: readonly number[];
  sort: AccountSort;
  descending: boolean;
  offset: number;
  limit: number;
}

/** One line of the accounts list. Counts are those of the period asked for. */
export interface AccountRow {
  id: number;
  name: string;
  domain: string | null;
  kind: Kind;
  confidence: number;
  /** The first evidence in words, for the hover. */
  evidence: Evidence[];
  country: string | null;
  /** Ever, on the sites asked for; not only in the period. */
  firstAt: number;
  lastAt: number;
  visits: number;
  /** Identified persons, plus browsers that nobody has told us the person of. */
  people: number;
  pages: number;
  forms: number;
  /** How the period's latest visit with a source of its own came: channel and source. */
  channel: string;
  source: string;
  /**
   * Pages of the period, less those of as many days before it; where it is all of time (`from` 0), of its last 30 days
   * less those of the 30 before.
   */
  change: number;
  /** First seen within the period; within its last 30 days where it is all of time (`from` 0). */
  isNew: boolean;
  /** Pages a day over the days of the period, at most the last 30, oldest first. */
  activity: number[];
}

export interface Page<Row> {
  rows: Row[];
  /** Rows that match in all, beyond this page. */
  total: number;
}

/** What the period held on the sites asked for: the accounts list's head line. */
export interface Overview {
  visits: number;
  pages: number;
  /** Accounts with a visit in the period, and those first seen in it. */
  accounts: number;
  newAccounts: number;
  /** Visits that belong to an account. */
  accountVisits: number;
  /** Visits of our own people, which are in none of the other numbers. */
  ownVisits: number;
}

export const networkGroups = ['possible', 'providers', 'hosting', 'unknown', 'own'] as const;
/**
 * `possible`: companies not sure enough; `providers`: ISPs and mobile; `hosting`: hosts, VPNs, proxies; `own`: where
 * the owner said that it is us; `unknown`: the rest.
 */
export type NetworkGroup = (typeof networkGroups)[number];

export interface NetworkQuery {
  siteId: number | null;
  period: Period;
  group: NetworkGroup;
  search: string;
  offset: number;
  limit: number;
}

/** Visits from one network operator (or one possible company) that are no account's. */
export interface NetworkRow {
  name: string;
  domain: string | null;
  kind: Kind;
  confidence: number;
  evidence: Evidence[];
  country: string | null;
  visits: number;
  pages: number;
  /** Start of the day of the latest visit within the period. */
  lastDay: number;
}

export interface AccountDetail {
  id: number;
  name: string;
  domain: string | null;
  kind: Kind;
  country: string | null;
  confidence: number;
  tier: Tier;
  /** Each network or e-mail that led to this account, the strongest first. */
  attributions: {
    evidence: Evidence[];
    confidence: number;
    visits: number;
    prefix: string | null;
    lastAt: number;
  }[];
  /** Accounts that were merged into this one, over any number of steps. */
  merged: AccountName[];
  /** What it is part of, and what is part of it, as the owner says. */
  parent: AccountName | null;
  children: AccountName[];
  /** What the owner's file says of it; null: nothing. */
  profile: Profile | null;
  firstAt: number;
  lastAt: number;
  visits: number;
  people: number;
  pages: number;
  forms: number;
  /** Pages a day, the last 90 days up to `now`, oldest first. */
  activity: number[];
}

export interface AccountName {
  id: number;
  name: string;
  domain: string | null;
}

/** What the owner tells of a company by a file, or else the site by group calls, beyond its name. */
export interface Profile {
  industry: string | null;
  size: string | null;
  country: string | null;
  /** Who looks after it. */
  owner: string | null;
  /** Every other column of the file. */
  attributes: Record<string, string>;
  /** No file says it: the site told it by group calls. */
  isTold?: true;
}

/** One row of a file of profiles, checked. */
export interface ProfileRow extends Profile {
  name: string | null;
  domain: string | null;
}

/** A network that led to an account, with what a decision about it can be about. */
export interface AccountNetwork {
  prefix: string;
  addressKey: number;
  asNumber: number | null;
  /** Who runs it, or whose it is said to be. */
  name: string | null;
  visits: number;
}

/** What a decision is to say; see `identify/decision.ts` for what each kind means. */
export type NewDecision = { note: string } & (
  | {
      kind: 'network';
      match: string;
      /** Of one exact address; then `match` is only read by people. */
      addressKey: number | null;
      /** `company` if there is one. */
      says: Exclude<NetworkSays, 'company'> | Company;
      /** The account that it was made from; null on the page of rules. */
      accountId: number | null;
    }
  | { kind: 'merge'; accountId: number; targetId: number }
  /** Another domain of the account, which need not have been seen yet. */
  | { kind: 'alias'; accountId: number; domain: string }
  | { kind: 'split' | 'never' | 'own'; accountId: number }
  | { kind: 'parent'; accountId: number; targetId: number | null }
  | { kind: 'forget'; addressKey: number; match: string }
);

/** How many visits a decision moved, and from where to where; null: nobody's. At most three names each way. */
export interface Moved {
  visits: number;
  visitors: number;
  from: { name: string | null; visits: number }[];
  to: { name: string | null; visits: number }[];
}

export interface Decision {
  id: number;
  kind: DecisionKind;
  match: string | null;
  addressKey: number | null;
  says: NetworkSays | null;
  account: AccountName | null;
  target: AccountName | null;
  note: string;
  madeBy: string;
  madeAt: number;
  undoneBy: string | null;
  undoneAt: number | null;
  /** When it was made, or undone. */
  moved: Moved;
}

/** An address that people taught, as far as we keep it. */
export interface LearnedRow {
  addressKey: number;
  prefix: string;
  country: string | null;
  /** As of now. */
  learned: Learned;
  account: AccountName | null;
  /** Different companies that people there gave. */
  companies: number;
  /** The decision by which it is forgotten, where nothing was taught since. */
  forgottenBy: number | null;
}

/** What one address was taught, for the look-up. */
export interface AddressTeachings {
  addressKey: number;
  /** Its range, as far as we keep it. */
  prefix: string | null;
  forgottenAt: number | null;
  teachings: { personId: number; account: AccountName; firstAt: number; lastAt: number }[];
}

/** A silence longer than this is part of a story, and is shown. */
export const silenceMs = 30 * dayMs;

/** One browser of an account, as one person had it: a lane of the journey. */
export interface VisitorLane {
  visitorId: number;
  /** Null: nobody told us who. */
  personId: number | null;
  via: Via;
  /** E-mail or the site's own id, if the visitor told us. */
  person: string | null;
  firstAt: number;
  lastAt: number;
  /** Of an import, touchpoints. */
  visits: number;
  /** From when to when there were visits without a silence in between, oldest first. */
  spans: { from: number; to: number }[];
}

/** One visit with everything in it, oldest touchpoint first. */
export interface JourneySession {
  id: number;
  visitorId: number;
  /** Null: nobody's. */
  accountId: number | null;
  /** Who had this browser; null: nobody told us. */
  personId: number | null;
  /** `import`: no visit, but what a file told of calls, meetings and the like. */
  via: Via;
  siteId: number;
  startedAt: number;
  endedAt: number;
  arrival: Arrival | null;
  agent: Agent;
  country: string | null;
  attribution: AttributionKind;
  touchpoints: JourneyEvent[];
}

export interface JourneyEvent {
  id: number;
  type: EventType;
  at: number;
  host: string;
  path: string;
  title: string;
  detail: Detail;
}

/** A place in a journey. Logs know no fractions of a second, so many visits may start at the same time. */
export interface JourneyCursor {
  startedAt: number;
  sessionId: number;
}

export interface JourneyQuery {
  accountId: number;
  siteId: number | null;
  /** One browser only; null: all. */
  visitorId: number | null;
  /** One person only, in whichever browser; left out: all. */
  personId?: number | null;
  /** Where the page before ended (its `next`); newest first. Null: from the newest. */
  before: JourneyCursor | null;
  limit: number;
}

/** The same of one person. */
export interface PersonJourneyQuery extends Pick<JourneyQuery, 'before' | 'limit'> {
  ref: PersonRef;
}

export interface Journey {
  /** Newest visit first. */
  sessions: JourneySession[];
  /** For `before` of the next page; null at the end. */
  next: JourneyCursor | null;
}

/** Which visits to look at, for whether their addresses can be right. */
export interface RecentVisitsQuery {
  /** Visits that began at or after it, ms. */
  since: number;
  /** The latest so many. */
  limit: number;
  /** Of these, the newest so many are counted once more by themselves. */
  newest: number;
}

/** Latest visits from one address. Those that a log or a server told of are left out: they came on another way. */
export interface AddressVisits {
  addressKey: number;
  /** `198.51.100.0/24` or a `/48`; empty if it was no address. */
  prefix: string;
  /** The company or operator that the network was last taken for. */
  network: string | null;
  visits: number;
  visitors: number;
  /** Different browsers and systems. */
  agents: number;
  /** How many of the newest visits are among them. */
  newest: number;
}

/** A network, and the employer of somebody who came from it. */
export interface ConfirmedNetwork {
  prefix: string;
  employer: Company;
  verdict: Verdict;
  visits: number;
}

/** Somebody else has held the store for too long, or more waits than may; nothing of this call was stored, and it can be sent again. */
export class StoreBusy extends Error {}

/** A read that was not answered, so that others are not kept waiting. */
export class ReadGivenUp extends Error {
  /** `too-long`: it ran out of time; `busy`: too many wait before it; `unwanted`: whoever asked has gone. */
  readonly why: 'too-long' | 'busy' | 'unwanted';
  constructor(why: ReadGivenUp['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** A decision that makes no sense, in words with what to do. */
export class DecisionRefused extends Error {}

/** What became of one draft. */
export type AppendOutcome = 'stored' | 'duplicate';

export interface DropCount {
  /** Null where the site key was not known. */
  siteId: number | null;
  /** UTC day, `2026-07-14`. */
  day: string;
  reason: DropReason;
  count: number;
}

export interface StoreHealth {
  engine: string;
  /** What the engine answers when asked how it commits, e.g. `wal, synchronous=FULL, secure_delete=1`. */
  durability: string;
  bytes: number;
  events: number;
  schemaVersion: number;
}

/** What `verify` found: the read model, the row, what is kept and what the events say. */
export interface Difference {
  table: string;
  row: string;
  kept: string;
  rebuilt: string;
}

export interface Store
  extends SegmentReads,
    SegmentWrites,
    MarkReads,
    MarkWrites,
    RoleWrites,
    ScoreReads,
    ScoreWrites,
    ShareStore,
    AlertReads,
    AudienceReads,
    CompletenessReads,
    AlertsStore,
    OutboxStore {
  /**
   * Adds a site, or further hosts to the one that has this domain.
   * @throws Error with its key, if there is nothing to add to it
   */
  addSite(domain: string, hosts: string[], now: number): Promise<Site>;
  sites(): Promise<Site[]>;
  /** @throws Error with the id, if there is no such site */
  setTag(siteId: number, tag: TagSettings): Promise<void>;
  /** When the site's newest event was received; null: nothing yet. */
  lastEventAt(siteId: number): Promise<number | null>;
  /** The newest events of a site, newest first, for "waiting for the first event". */
  latestEvents(
    siteId: number,
    limit: number,
  ): Promise<(JourneyEvent & { account: { id: number; name: string } | null })[]>;

  /**
   * Stores drafts in one transaction; resolves after that transaction is on disk. Calls that come while a
   * transaction runs share the next one.
   * @returns one outcome a draft, in order
   * @throws StoreBusy with nothing stored, where another process writes for too long, or more waits than may
   */
  append(drafts: readonly EnrichedDraft[]): Promise<AppendOutcome[]>;
  /** Drafts that wait for their commit now. */
  pending(): number;
  /** Their bytes in memory, roughly. */
  pendingBytes(): number;

  /** Adds to the counts of refused events. Kept outside the read models: a refusal leaves no event to rebuild from. */
  countDrops(counts: readonly DropCount[]): Promise<void>;
  drops(siteId: number | null, since: string): Promise<DropCount[]>;

  /**
   * Runs `ask`; what it reads, at any depth, is given up once the signal says that nobody waits for it any more.
   * Every read may be given up, with `ReadGivenUp`, where readers are bounded.
   */
  whileWanted<Value>(signal: AbortSignal, ask: () => Value): Value;
  overview(siteId: number | null, period: Period): Promise<Overview>;
  /** The overview's page: sums by day, source, country and landing page. Periods are whole days. */
  traffic(query: TrafficQuery): Promise<Traffic>;
  /** The newest events, for the live view; costs by those alone. */
  liveEvents(query: LiveQuery): Promise<LiveAnswer>;
  accounts(query: AccountQuery): Promise<Page<AccountRow>>;
  /** Every row of a list, for exports: which and in what order is settled at the start, and taking in events goes on. */
  eachAccount(query: Omit<AccountQuery, 'offset' | 'limit'>): AsyncIterable<AccountRow>;
  /** Seconds for which people of these accounts were at pages within the period. */
  engagement(
    accountIds: readonly number[],
    siteId: number | null,
    period: Period,
  ): Promise<Map<number, number>>;
  networks(query: NetworkQuery): Promise<Page<NetworkRow>>;
  /** Latest visits by address, the most visitors first. */
  recentVisits(query: RecentVisitsQuery): Promise<AddressVisits[]>;
  /**
   * Networks from which people came whose business e-mail says where they work, beside what the look-up said of them
   * at the time: the owner's own labels. The most visits first; what rests on learning is left out.
   */
  confirmedNetworks(limit: number): Promise<ConfirmedNetwork[]>;
  account(id: number, siteId: number | null, now: number): Promise<AccountDetail | null>;
  lanes(accountId: number, siteId: number | null): Promise<VisitorLane[]>;
  journey(query: JourneyQuery): Promise<Journey>;
  /** What happened lately that asks for something to be done, as one user sees it. */
  accountSigns(accountId: number, user: string, now: number): Promise<AccountSigns>;
  /**
   * What some of its people did last, at most three things of their latest visit each, newest first.
   * @param whos at most fifty: numbers of persons, and of browsers that are nobody's, these negative
   */
  latelyDone(accountId: number, whos: readonly number[]): Promise<Map<number, JourneyEvent[]>>;

  /** Networks that led to an account, the most visits first; at most fifty. */
  accountNetworks(accountId: number): Promise<AccountNetwork[]>;
  /** Accounts whose name or domain holds a text, those with visits first. */
  findAccounts(search: string, limit: number): Promise<AccountName[]>;
  /** Where an account's visits are now: itself, or the one that it was merged into; null if there is none of that number. */
  accountHome(id: number): Promise<number | null>;

  /**
   * Takes in what the owner decides, for visits to come and for those that were, in one transaction.
   * @param by who decides, an e-mail address
   * @throws DecisionRefused that says why it makes no sense
   */
  decide(decision: NewDecision, by: string, now: number): Promise<Decision>;
  /**
   * Takes a decision back, as if it had never been made. Once undone it stays in the log.
   * @throws DecisionRefused if there is none of that number, or a later one rests on it
   */
  undo(id: number, by: string, now: number): Promise<Decision>;
  /**
   * The log, newest first; of one account, also what was decided of those merged into it.
   * @param before only decisions older than that with this number
   */
  decisions(accountId: number | null, limit: number, before?: number): Promise<Decision[]>;
  decision(id: number): Promise<Decision | null>;
  /** The decisions in force about networks, as the look-up takes them. */
  ownerRules(): Promise<(OwnerRule & { addressKey: number | null })[]>;

  /** Addresses that people taught, the latest first. */
  learned(query: { offset: number; limit: number }, now: number): Promise<Page<LearnedRow>>;
  /** What addresses were taught since a moment; of those asked for, or of all. */
  teachings(since: number, addressKeys: readonly number[] | null): Promise<AddressTeachings[]>;

  /**
   * Takes in profiles, in one transaction. The same again changes nothing.
   * @param importId the import that they are part of; without one it cannot be undone
   * @returns one outcome a row, in order
   */
  importProfiles(
    rows: readonly ProfileRow[],
    by: string,
    now: number,
    importId?: number,
  ): Promise<AppendOutcome[]>;
  /**
   * Takes in contacts, in one transaction: what a row says replaces what was said before, what it leaves open stays.
   * @returns one outcome a row, in order
   */
  importContacts(rows: readonly ContactRow[], now: number, importId: number): Promise<AppendOutcome[]>;
  /** The people of an account and of those merged into it: those seen, the latest first, then those known by name. */
  people(accountId: number): Promise<AccountPerson[]>;

  /**
   * Whom an address leads to by now: a browser to whoever told who they are there, an id to whom it turned out to mean,
   * a contact to the person whom we have seen. Null: nobody of that number.
   */
  personHome(ref: PersonRef): Promise<PersonRef | null>;
  /** Costs by the latest visits and no more, however many there are. @param ref as `personHome` gives it */
  person(ref: PersonRef): Promise<PersonDetail | null>;
  /** Their visits and touchpoints, newest first. */
  personJourney(query: PersonJourneyQuery): Promise<Journey>;
  /** The account that an e-mail address or a domain belongs to; of an e-mail also by whoever has it. Null: none. */
  accountBy(asked: { email: string } | { domain: string }): Promise<number | null>;

  /** Where people of an account got stuck, in its latest visits. */
  painPoints(accountId: number, siteId: number | null): Promise<PainPoints>;

  /** Opens an import in the log. @returns its number */
  beginImport(begun: NewImport, by: string, now: number): Promise<number>;
  /** Writes down how far an import is. @param end how it ended; left out: it goes on */
  noteImport(id: number, counts: ImportCounts, now: number, end?: ImportEnd): Promise<void>;
  /** The log, newest first. */
  imports(query: { offset: number; limit: number }): Promise<Page<Import>>;
  import(id: number): Promise<Import | null>;
  /** Companies that an import told something of, those told the most of first. */
  importedAccounts(id: number, limit: number): Promise<(AccountName & { rows: number })[]>;
  /** The latest import of the very same file that is in force; null: there is none. */
  importOfFile(kind: Import['kind'], sha256: string): Promise<Import | null>;
  /**
   * Takes a whole import back, as if it had never been: what another import told too stays. Done a part at a time, so
   * that taking in events goes on; the import counts as undone once all of it is.
   * @throws ImportRefused if there is none of that number, it is under way, or it was undone before
   */
  undoImport(id: number, by: string, now: number): Promise<Import>;

  /**
   * Keeps a key, and logs that it was made.
   * @throws KeyRefused if one in use has its name, or there are too many
   */
  makeKey(key: NewApiKey, by: string, now: number): Promise<ApiKey>;
  /** All keys, those in use first, the newest first. */
  keys(): Promise<ApiKey[]>;
  /** The key in use with this hash, which is noted as used now; null if there is none. */
  keyInUse(hash: string, now: number): Promise<ApiKey | null>;
  /** @returns the key as it is after; null if there is none of that number */
  revokeKey(id: number, by: string, now: number): Promise<ApiKey | null>;

  /** Writes down who did what. Decisions and keys are logged with what they do, and need no further call. */
  record(entry: NewAuditEntry, now: number): Promise<void>;
  /** Who did what, newest first. */
  audited(query: AuditQuery): Promise<AuditEntry[]>;

  /**
   * Events as they are stored, in the order in which they arrived, from a place on. Each call looks at a bounded
   * number of them, so it may find fewer than asked for, or none, and yet not be at the end.
   */
  rawEvents(query: RawEventQuery): Promise<RawEventPage>;

  /** Small values that the program keeps for itself (what the demo has sent). */
  setting(name: string): Promise<string | null>;
  setSetting(name: string, value: string): Promise<void>;

  /** Makes every read model anew from the events. */
  rebuild(): Promise<void>;
  /** Compares every read model with what the events say; changes nothing. */
  verify(): Promise<Difference[]>;
  health(): Promise<StoreHealth>;
  /** Waits for what is pending, then closes the file. */
  close(): Promise<void>;
}
