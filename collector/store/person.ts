/** One person, or one browser of which nobody told whose it is: what the store is asked and answers of them. Types only. */
import type { Agent, Arrival, Via } from '../draft.ts';
import type { Evidence } from '../reveal/verdict.ts';
import type { ContactSays } from './people.ts';

/**
 * `person`: somebody who told us who they are, or whom a touchpoint was with; `visitor`: a browser of which nobody told
 * that; `contact`: somebody whom a file alone tells of. Numbers of persons and visitors never change their meaning.
 */
export const personKinds = ['person', 'visitor', 'contact'] as const;
export interface PersonRef {
  kind: (typeof personKinds)[number];
  id: number;
}

/** Why a visit is its account's: the network, the visitor's e-mail, the site's own word, what was learned of the address, or a decision. */
export type AttributionKind = 'network' | 'person' | 'group' | 'learned' | 'decision';

/** As much of an account as is said of where somebody works. */
interface Employer {
  id: number;
  name: string;
  domain: string | null;
}

/** What somebody's visits were to one account, or to none. */
export interface AccountPeriod {
  /** Null: nobody's. */
  account: Employer | null;
  /** They were with our own people. */
  isOwn: boolean;
  from: number;
  to: number;
  visits: number;
  touchpoints: number;
  /** Of each reason, what its latest visit says; the reason of most visits first. */
  reasons: { kind: AttributionKind; evidence: Evidence[]; sessions: number }[];
}

/** A browser, or what stands for one: a server's word for somebody, or a file's. */
export interface PersonBrowser {
  visitorId: number;
  via: Via;
  siteId: number;
  agent: Agent;
  firstAt: number;
  lastAt: number;
  visits: number;
  touchpoints: number;
}

/** A moment at which something said who a browser's visitor is, or where they work. */
export interface Telling {
  visitorId: number;
  via: Via;
  /** `along`: the site's own id came along with something else. */
  by: 'identify' | 'group' | 'form' | 'file' | 'along';
  at: number;
  /** When the same was told last, and how often in all. */
  lastAt: number;
  times: number;
  path: string;
  email: string | null;
  /** The site's own id. */
  user: string | null;
  /** The site's own id before, which stands for the same one from then on. */
  was: string | null;
  /** Name of the form, or of the company. */
  named: string | null;
  /** Whom it names; null: only where they work. */
  person: { id: number; label: string } | null;
  /** Of the first that names somebody in this browser: visits from before it, which are theirs since; else null. */
  visitsBefore: number | null;
}

/** Something that the site told of them. */
export interface Trait {
  name: string;
  value: string;
  type: 'text' | 'number' | 'yes or no' | 'list' | 'structure';
  at: number;
  via: Via;
}

/** An import that tells of them. */
export interface TellingFile {
  id: number;
  kind: 'touchpoints' | 'contacts';
  fileName: string;
  at: number;
}

export interface PersonDetail {
  ref: PersonRef;
  /** E-mail, else the site's own id, else the name from a file; empty for a browser. */
  label: string;
  email: string | null;
  /** Further ids that stand for them, as the site told them. */
  ids: string[];
  /** What files say. */
  contact: (ContactSays & { account: Employer | null }) | null;
  traits: Trait[];
  /** Null: never on the site. */
  firstAt: number | null;
  lastAt: number | null;
  visits: number;
  pages: number;
  forms: number;
  touchpoints: number;
  /** How the first visit of all came; null: directly, or there was none. */
  cameBy: Arrival | null;
  /** The latest first. */
  periods: AccountPeriod[];
  browsers: PersonBrowser[];
  /** Oldest first. */
  tellings: Telling[];
  files: TellingFile[];
  /** There are older visits than counts, periods and browsers are made of; how many these are made of. */
  isCut: boolean;
  looked: number;
}
