/**
 * The catalogue of events: per type the shape it must have on the wire, what is kept of it, and its words for a
 * salesperson. A new type is one entry here (the compiler asks for it) and one number in the store.
 */
import {
  type EventType,
  type FormEvent,
  type GroupEvent,
  type IdentifyEvent,
  type LeaveEvent,
  type LinkEvent,
  maxPropsLength,
  maxTextLength,
  maxUrlLength,
  type PageEvent,
  type TrackEvent,
  type WireEvent,
} from '../tracker/wire.ts';
import type { Detail } from './draft.ts';
import { pageAddress } from './url.ts';
import {
  anything,
  type ExactCheck,
  exact,
  invalid,
  numberOf,
  oneOf,
  optional,
  record,
  text as textOf,
  wholeNumber,
} from './wire-check.ts';

/** A touchpoint in words: `Viewed` · `Pricing` · `/pricing`. */
export interface Words {
  verb: string;
  object: string;
  /** Where, or what else is known; may be empty. */
  note: string;
}

/** What words are made of. */
export interface Told {
  path: string;
  title: string;
  detail: Detail;
}

interface EventKind<Wire extends WireEvent> {
  check: ExactCheck<Wire>;
  /** What is kept beyond page and time. */
  detail(event: Wire): Detail;
  words(told: Told): Words;
}

/** What is longer than we keep is cut: an event is not lost for a long title. */
const text = textOf({ kept: maxTextLength });
const someText = textOf({ min: 1, kept: maxTextLength });
const url = textOf({ max: maxUrlLength });
/** Free-form, so bounded by what it takes as JSON. */
const props = record(
  textOf({ max: maxTextLength }),
  anything,
  (value) => JSON.stringify(value).length <= maxPropsLength,
);

const base = {
  id: textOf({ min: 8, max: 64 }),
  ago: optional(numberOf()),
  url: textOf({ min: 1, max: maxUrlLength }),
  title: optional(text),
};

const pageEvent: EventKind<PageEvent> = {
  check: exact<PageEvent>({ ...base, type: oneOf('page'), referrer: optional(url) }),
  detail: () => ({}),
  // Of a page that a server tells of there may be the name alone.
  words: ({ path, title }) => ({
    verb: 'Viewed',
    object: title || path || 'a page',
    note: title ? path : '',
  }),
};

/** More fields than a form that people fill in has. */
const maxFields = 200;

const fields = record(
  text,
  exact<{ ms: number; fills: number }>({ ms: numberOf({ min: 0 }), fills: numberOf({ min: 0 }) }),
  (value) => Object.keys(value).length <= maxFields,
);

const formVerbs = { start: 'Began', submit: 'Submitted', abandon: 'Gave up' } as const;

const formEvent: EventKind<FormEvent> = {
  check: exact<FormEvent>({
    ...base,
    type: oneOf('form'),
    step: oneOf('start', 'submit', 'abandon'),
    name: optional(text),
    form: optional(text),
    action: optional(url),
    field: optional(text),
    domain: optional(text),
    values: optional(record(text, text)),
    fields: optional(fields),
  }),
  detail: (event) => ({
    form: {
      step: event.step,
      name: event.name ?? '',
      id: event.form ?? '',
      action: pathOf(event.action ?? '', event.url),
      ...(event.field && { field: event.field }),
      ...(event.domain && { domain: event.domain }),
      ...(event.values && { values: event.values }),
      ...(event.fields && { fields: event.fields }),
    },
  }),
  words: ({ path, detail }) => ({
    verb: formVerbs[detail.form?.step ?? 'submit'],
    object: `the form “${detail.form?.name || detail.form?.id || detail.form?.action || path}”`,
    note: detail.form?.field ? `last at “${detail.form.field}” · ${path}` : path,
  }),
};

const trackEvent: EventKind<TrackEvent> = {
  check: exact<TrackEvent>({
    ...base,
    type: oneOf('track'),
    name: someText,
    props: optional(props),
  }),
  detail: (event) => ({ track: { name: event.name, props: event.props ?? {} } }),
  words: ({ path, detail }) =>
    offlineWords(detail) ?? {
      verb: detail.track?.screen ? 'Opened' : 'Did',
      object: detail.track?.screen ? `the screen “${detail.track.name}”` : (detail.track?.name ?? ''),
      note: Object.entries(detail.track?.props ?? {})
        .filter(([, value]) => value !== null && typeof value !== 'object')
        .slice(0, 4)
        .map(([name, value]) => `${name}: ${value}`)
        .concat(path)
        .filter(Boolean)
        .join(' · '),
    },
};

/** Letters of a note that are shown. */
const shownNote = 240;

/** `Call` · `Renewal talk` · `from Pipedrive`: what a file told. */
function offlineWords({ offline, track }: Detail): Words | null {
  if (offline === undefined || track === undefined) return null;
  const { title, note, amount, currency, ...others } = track.props;
  const money = amount === undefined ? '' : [currency, amount].filter(Boolean).join(' ');
  const who = offline.person ? `with ${offline.person}` : '';
  const [object = 'no subject', ...rest] = [String(title ?? ''), money, who].filter(Boolean);
  const said = String(note ?? '');
  return {
    verb: track.name,
    object,
    note: [
      offline.source && `from ${offline.source}`,
      ...rest,
      said.length > shownNote ? `${said.slice(0, shownNote)}…` : said,
      ...Object.entries(others)
        .slice(0, 4)
        .map(([name, value]) => `${name}: ${value}`),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

const identifyEvent: EventKind<IdentifyEvent> = {
  check: exact<IdentifyEvent>({
    ...base,
    type: oneOf('identify'),
    user: optional(text),
    traits: optional(props),
  }),
  detail: (event) => {
    const { email, ...traits } = event.traits ?? {};
    const address = typeof email === 'string' ? email.trim().toLowerCase() : '';
    const isAddress = isEmail(address);
    return {
      identify: {
        user: event.user || null,
        email: isAddress ? address : null,
        // What is no address stays what it is: something that the site told.
        traits: isAddress || email === undefined ? traits : { ...traits, email },
      },
    };
  },
  words: ({ path, detail }) => ({
    verb: 'Told us who they are',
    object: detail.identify?.email ?? detail.identify?.user ?? '',
    note: path,
  }),
};

/** Percent of a page's height; more than this is no bounce, but wrong. */
const maxBounce = 1_000;

const leaveEvent: EventKind<LeaveEvent> = {
  check: exact<LeaveEvent>({
    ...base,
    type: oneOf('leave'),
    seconds: wholeNumber({ min: 0 }),
    scroll: wholeNumber({ min: 0, max: maxBounce }),
  }),
  // A page that bounces at its end is for a moment deeper than it is.
  detail: ({ seconds, scroll }) => ({ leave: { seconds, scroll: Math.min(100, scroll) } }),
  words: ({ path, detail }) => ({
    verb: 'Stayed',
    object: `${detail.leave?.seconds ?? 0} s`,
    note: `${detail.leave?.scroll ?? 0} % of ${path}`,
  }),
};

const linkVerbs = {
  outbound: 'Went on to',
  download: 'Downloaded',
  mail: 'Began a mail to',
  phone: 'Dialled',
} as const;

const linkEvent: EventKind<LinkEvent> = {
  check: exact<LinkEvent>({
    ...base,
    type: oneOf('link'),
    kind: oneOf('outbound', 'download', 'mail', 'phone'),
    target: optional(url),
  }),
  detail: ({ kind, target }) => ({ link: { kind, target: target ?? '' } }),
  words: ({ path, detail }) => ({
    verb: linkVerbs[detail.link?.kind ?? 'outbound'],
    object: detail.link?.target ?? '',
    note: path,
  }),
};

const groupEvent: EventKind<GroupEvent> = {
  check: exact<GroupEvent>({
    ...base,
    type: oneOf('group'),
    group: someText,
    traits: optional(props),
  }),
  detail: ({ group, traits }) => ({ group: { id: group, traits: traits ?? {} } }),
  words: ({ path, detail }) => {
    const { id = '', traits = {} } = detail.group ?? {};
    return { verb: 'Belongs to', object: typeof traits.name === 'string' ? traits.name : id, note: path };
  },
};

export const events: {
  [Type in EventType]: EventKind<Extract<WireEvent, { type: Type }>>;
} = {
  page: pageEvent,
  form: formEvent,
  track: trackEvent,
  identify: identifyEvent,
  leave: leaveEvent,
  link: linkEvent,
  group: groupEvent,
};

/** A form's target as far as we keep it: a path without query and secrets; empty if it is no address. */
function pathOf(action: string, pageUrl: string): string {
  // A form without one goes to its own page.
  if (!URL.canParse(action, pageUrl)) return '';
  return pageAddress(new URL(action, pageUrl).href)?.page.path ?? '';
}

/** One event as it came; null if its type is not known, or a field is missing, of a wrong type or too long. */
export function parseEvent(value: unknown): WireEvent | null {
  const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(events, type)) return null;
  const event = events[type as EventType].check(value);
  return event === invalid ? null : event;
}

/** What is kept of an event beyond page and time. */
export function detailOf(event: WireEvent): Detail {
  // The list's type ties each entry to its own event; TypeScript cannot follow that through an index.
  return (events[event.type] as EventKind<WireEvent>).detail(event);
}

function isEmail(text: string): boolean {
  return text.length <= maxTextLength && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(text);
}
