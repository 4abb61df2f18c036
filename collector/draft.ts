/**
 * An event on its way in: what was received (`Draft`), and what the enrichment steps added (`Facts`).
 *
 * Every way in (tag, pixel, access log) makes drafts, and there is one road from a draft into the store.
 */
import type { EventKey, EventType, VisitorKey } from '../tracker/wire.ts';
import type { Verdict } from './reveal/verdict.ts';

/**
 * How the event reached us. `log` visitors are guessed from address and agent, since a log has no cookie; `server`: the
 * site's own server told it, and nothing of the request is the visitor's; `import`: a file of the owner's told it, and
 * it happened away from the site.
 */
export type Via = 'tag' | 'pixel' | 'log' | 'server' | 'import';

/** True where no browser was there: neither address nor agent say anything of whoever it is about. */
export const isHearsay = (via: Via) => via === 'server' || via === 'import';

/** What happens away from the site, of which a file tells. */
export const touchpointKinds = [
  'call',
  'meeting',
  'webinar',
  'ticket',
  'payment',
  'mail',
  'chat',
  'fair',
  'other',
] as const;
export type TouchpointKind = (typeof touchpointKinds)[number];

/** Beside `track`, which has its name and what else is said of it. */
export interface Offline {
  kind: TouchpointKind;
  /** The CRM or tool that it is from; empty if the owner did not say. */
  source: string;
  /** Whom it was with, where that is a business address. */
  email?: string;
  /** Whom it was with, in words. */
  person?: string;
  /** Whose it is, where the e-mail does not say. */
  company?: { name: string; domain: string | null };
  /** The day is known and the time is not. */
  isDay?: true;
}

/** A page's address, split for storage. The query is read for campaigns and then left behind. */
export interface PageAddress {
  /** Host name in lower case, with its port only where it is not the usual one. */
  host: string;
  path: string;
}

/** What each type of event says beyond page and time; stored as JSON. */
export interface Detail {
  form?: {
    step: 'start' | 'submit' | 'abandon';
    name: string;
    id: string;
    action: string;
    /** Of an abandoned form, the field touched last. */
    field?: string;
    domain?: string;
    values?: Record<string, string>;
    /** How long each field was worked on, ms, and how often it was filled in. */
    fields?: Record<string, { ms: number; fills: number }>;
  };
  leave?: { seconds: number; scroll: number };
  link?: { kind: 'outbound' | 'download' | 'mail' | 'phone'; target: string };
  track?: {
    name: string;
    props: Record<string, unknown>;
    /** A screen of an app was seen. */
    screen?: true;
  };
  group?: { id: string; traits: Record<string, unknown> };
  identify?: {
    user: string | null;
    email: string | null;
    traits: Record<string, unknown>;
    /** The site's id for this person before; from now on it means the same one. */
    was?: string;
  };
  /** The site's own server told it, and no browser. */
  server?: true;
  offline?: Offline;
}

export interface Draft {
  siteId: number;
  /** Stable over every retry and every second import; one per visitor is stored once. */
  eventKey: EventKey;
  /**
   * The visitor may be another when the same event comes again, so that for some days the key counts on the whole site.
   */
  isKeyOfSite?: true;
  via: Via;
  type: EventType;
  /** When it happened, corrected to our clock; ms UTC. */
  at: number;
  /** When it reached us; ms UTC. An import has the time of the event here, so that the second run is the same. */
  receivedAt: number;
  visitorKey: VisitorKey;
  /** The client's address. Looked up in memory, then cut; never stored whole. */
  address: string;
  userAgent: string;
  /** The browser said that a program drives it. */
  isDriven?: boolean;
  page: PageAddress;
  /** The page's query, `?` included, for the campaign step only. Never stored. */
  search: string;
  title: string;
  /** Address of the page before, as sent; empty if none. */
  referrer: string;
  detail: Detail;
  /** The site's own id of the person, told along with an event that is about something else. */
  user?: string;
  /** The import that tells it. */
  importId?: number;
}

/** Browser, system and form factor. */
export interface Agent {
  browser: string;
  os: string;
  device: 'desktop' | 'mobile' | 'tablet' | 'other';
}

/** How a visit reached the site. Null inside a visit. */
export interface Arrival {
  /** GA4's default channel groups plus `AI Assistants`. */
  channel: string;
  /** `google`, `newsletter`, a referring host; `(direct)` if none. */
  source: string;
  medium: string;
  campaign: string;
  term: string;
  content: string;
  /** Name of the click id that was present (`gclid`), never its value. */
  clickId: string;
  /** Referring host and path, without query; empty if none. */
  referrer: string;
}

/** The client's network after the look-up: the address itself is gone. */
export interface Network {
  /** `198.51.100.0/24` or a `/48`. */
  prefix: string;
  /** Keyed hash of the exact address (IPv6: of its /64), 48 bits, for learning; it never leaves the host. */
  addressKey: number;
  /** ISO 3166-1 alpha-2, where a database has it. */
  country: string | null;
  /** The autonomous system that announces the address, where a database has it. */
  asNumber: number | null;
  verdict: Verdict;
}

export interface Facts {
  agent: Agent;
  arrival: Arrival | null;
  network: Network;
}

/** A draft with every fact that the steps could find. */
export interface EnrichedDraft {
  draft: Draft;
  facts: Facts;
}
