/**
 * The contract between the tracker and the collector: what a batch of events looks like on the wire.
 *
 * Imports nothing at all, so that both sides may import it for free. `wire.md` is the same as a table
 * with one example each; a test compares the two.
 */

/** Rises only when an old tracker's batch would be misread. */
export const wireVersion = 1;

/** First-party cookie that holds the visitor id and nothing else. */
export const cookieName = '_fl';

/** 13 months, the longest life that the European authorities accept for a measuring cookie. */
export const cookieDays = 396;

/** Bytes of a whole request body; a larger one is refused with `too_large`. */
export const maxBodyBytes = 262_144;

/** Events in one batch; a longer batch is refused with `too_many`. */
export const maxEvents = 200;

/** Nesting within an event; a deeper one is refused with `too_deep`, and a body deeper than 64 whole. */
export const maxDepth = 12;

/** How long an event may wait in the browser before it is sent; an older one is refused with `too_old`. */
export const maxAgoMs = 8 * 24 * 3_600_000;

/** Characters of a URL; a longer one is cut by the tracker and refused by the collector. */
export const maxUrlLength = 2_048;

/** Characters of a title, an event's name, a form's name that are kept; what is longer is cut by the collector. */
export const maxTextLength = 300;

/** Characters of `props` or `traits` as JSON. */
export const maxPropsLength = 100_000;

/** A visitor's id, as a regular expression: ours, or one that another tool made and the site goes on with. */
export const visitorPattern = '[\\w-]{18,36}';

export type SiteKey = string & { readonly brand?: 'SiteKey' };
/** One browser, as its cookie says: eight characters of time (base 36 ms), then ten digits of chance. */
export type VisitorKey = string & { readonly brand?: 'VisitorKey' };
/** One event: made once in the browser and kept over every retry, so that it is stored once. */
export type EventKey = string & { readonly brand?: 'EventKey' };

interface EventBase {
  id: EventKey;
  /** Milliseconds between the event and this sending, by the browser's clock; below 0 if that was set back. Left out when 0. */
  ago?: number;
  /** Address of the page, with its query, without credentials. */
  url: string;
  title?: string;
}

/** A page was seen. */
export interface PageEvent extends EventBase {
  type: 'page';
  /** `document.referrer` on a first load, else the address before in the same tab. */
  referrer?: string;
}

/** Something happened to a form. Never carries what was typed, but where the owner asks for it by name. */
export interface FormEvent extends EventBase {
  type: 'form';
  step: 'start' | 'submit' | 'abandon';
  /** The `name` attribute. */
  name?: string;
  /** The `id` attribute. */
  form?: string;
  /** Path of the form's target, without its query. */
  action?: string;
  /** The field touched last, by its `name` or `id`; with `abandon`. */
  field?: string;
  /** With `submit` and `abandon`: how long each field was worked on, ms, and how often it was filled in, by name; only under `data-forms="fields"`. */
  fields?: { [name: string]: { ms: number; fills: number } };
  /** With `submit`: of an e-mail field, what stands after `@`; only under `data-forms="domain"`. */
  domain?: string;
  /** With `submit`: values of the fields that the owner named or marked with `data-capture`, by name; never of secret ones. */
  values?: { [name: string]: string };
}

/** A link was followed that leads out of the site's pages. */
export interface LinkEvent extends EventBase {
  type: 'link';
  kind: 'outbound' | 'download' | 'mail' | 'phone';
  /** Address without its query; of a mail or a call the address or number alone. */
  target?: string;
}

/** `footlight('track', name, props)`: something the site's owner wants to count. */
export interface TrackEvent extends EventBase {
  type: 'track';
  name: string;
  props?: { [name: string]: unknown };
}

/** `footlight('identify', user, traits)`: the site tells who this is. */
export interface IdentifyEvent extends EventBase {
  type: 'identify';
  /** The site's own id for this person. */
  user?: string;
  /** `email` is read; the others are kept as they are. */
  traits?: { [name: string]: unknown };
}

/** A page was left: another took its place, its tab was closed or put behind another. Stays on one page add up. */
export interface LeaveEvent extends EventBase {
  type: 'leave';
  /** Visible, and with a sign of life now and then. */
  seconds: number;
  /** Percent of the page's height that had been in sight. */
  scroll: number;
}

/** `footlight('group', group, traits)`: the site tells which organisation the visitor belongs to. */
export interface GroupEvent extends EventBase {
  type: 'group';
  /** The site's own id for the organisation. */
  group: string;
  traits?: { [name: string]: unknown };
}

export type WireEvent =
  | PageEvent
  | FormEvent
  | TrackEvent
  | IdentifyEvent
  | LeaveEvent
  | LinkEvent
  | GroupEvent;
export type EventType = WireEvent['type'];

/** The body of `POST /e`, as JSON in `text/plain` (no preflight). */
export interface WireBatch {
  v: typeof wireVersion;
  site: SiteKey;
  /** Left out where nothing may be kept in the browser (Global Privacy Control, cookies refused). */
  visitor?: VisitorKey;
  events: WireEvent[];
  /** The browser says that a program drives it (`navigator.webdriver`). */
  driven?: true;
}

/** Told for each refused event in `x-footlight-dropped: reason=count, …`. */
export const droppedHeader = 'x-footlight-dropped';
