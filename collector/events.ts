/**
 * The catalogue of events: per type the shape it must have on the wire, what is kept of it, and its words for a
 * salesperson. A new type is one entry here (the compiler asks for it) and one number in the store.
 */
import { z } from 'zod';
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
  schema: z.ZodType<Wire>;
  /** What is kept beyond page and time. */
  detail(event: Wire): Detail;
  words(told: Told): Words;
}

/** One check per key, so that a field added to the wire and forgotten here is a compile error, not lost in silence. */
type Checks<Wire> = { [Key in keyof Required<Wire>]: z.ZodType<Wire[Key & keyof Wire]> };

/** What is longer than we keep is cut: an event is not lost for a long title. */
const kept = (value: string) => value.slice(0, maxTextLength);
const text = z.string().transform(kept);
const someText = z.string().min(1).transform(kept);
const url = z.string().max(maxUrlLength);
/** Free-form, so bounded by what it takes as JSON. */
const props = z
  .record(z.string().max(maxTextLength), z.unknown())
  .refine((value) => JSON.stringify(value).length <= maxPropsLength, {
    error: `more than ${maxPropsLength} characters`,
  });

const base = {
  id: z.string().min(8).max(64),
  ago: z.number().optional(),
  url: url.min(1),
  title: text.optional(),
};

const pageEvent: EventKind<PageEvent> = {
  schema: exact<PageEvent>({ ...base, type: z.literal('page'), referrer: url.optional() }),
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

const fields = z
  .record(text, z.object({ ms: z.number().min(0), fills: z.number().min(0) }))
  .refine((value) => Object.keys(value).length <= maxFields, { error: `more than ${maxFields} fields` });

const formVerbs = { start: 'Began', submit: 'Submitted', abandon: 'Gave up' } as const;

const formEvent: EventKind<FormEvent> = {
  schema: exact<FormEvent>({
    ...base,
    type: z.literal('form'),
    step: z.enum(['start', 'submit', 'abandon']),
    name: text.optional(),
    form: text.optional(),
    action: url.optional(),
    field: text.optional(),
    domain: text.optional(),
    values: z.record(text, text).optional(),
    fields: fields.optional(),
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
  schema: exact<TrackEvent>({
    ...base,
    type: z.literal('track'),
    name: someText,
    props: props.optional(),
  }),
  detail: (event) => ({ track: { name: event.name, props: event.props ?? {} } }),
  words: ({ path, detail }) => ({
    verb: detail.track?.screen ? 'Opened' : 'Did',
    object: detail.track?.screen ? `the screen “${detail.track.name}”` : (detail.track?.name ?? ''),
    note: Object.entries(detail.track?.props ?? {})
      .filter(([, value]) => value !== null && typeof value !== 'object')
      .slice(0, 4)
      .map(([name, value]) => `${name}: ${value}`)
      .concat(path)
      .filter(Boolean)
      .join(' · '),
  }),
};

const identifyEvent: EventKind<IdentifyEvent> = {
  schema: exact<IdentifyEvent>({
    ...base,
    type: z.literal('identify'),
    user: text.optional(),
    traits: props.optional(),
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
  schema: exact<LeaveEvent>({
    ...base,
    type: z.literal('leave'),
    seconds: z.number().int().min(0),
    // A page that bounces at its end is for a moment deeper than it is.
    scroll: z
      .number()
      .int()
      .min(0)
      .max(maxBounce)
      .transform((percent) => Math.min(100, percent)),
  }),
  detail: ({ seconds, scroll }) => ({ leave: { seconds, scroll } }),
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
  schema: exact<LinkEvent>({
    ...base,
    type: z.literal('link'),
    kind: z.enum(['outbound', 'download', 'mail', 'phone']),
    target: url.optional(),
  }),
  detail: ({ kind, target }) => ({ link: { kind, target: target ?? '' } }),
  words: ({ path, detail }) => ({
    verb: linkVerbs[detail.link?.kind ?? 'outbound'],
    object: detail.link?.target ?? '',
    note: path,
  }),
};

const groupEvent: EventKind<GroupEvent> = {
  schema: exact<GroupEvent>({
    ...base,
    type: z.literal('group'),
    group: someText,
    traits: props.optional(),
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

const anyEvent = z.looseObject({ type: z.enum(Object.keys(events) as [EventType, ...EventType[]]) });

/** A form's target as far as we keep it: a path without query and secrets; empty if it is no address. */
function pathOf(action: string, pageUrl: string): string {
  // A form without one goes to its own page.
  if (!URL.canParse(action, pageUrl)) return '';
  return pageAddress(new URL(action, pageUrl).href)?.page.path ?? '';
}

/** One event as it came; null if its type is not known, or a field is missing, of a wrong type or too long. */
export function parseEvent(value: unknown): WireEvent | null {
  const type = anyEvent.safeParse(value);
  if (!type.success) return null;
  const parsed = events[type.data.type].schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What is kept of an event beyond page and time. */
export function detailOf(event: WireEvent): Detail {
  // The list's type ties each entry to its own event; TypeScript cannot follow that through an index.
  return (events[event.type] as EventKind<WireEvent>).detail(event);
}

function exact<Wire extends WireEvent>(shape: Checks<Wire>): z.ZodType<Wire> {
  return z.object(shape) as unknown as z.ZodType<Wire>;
}

function isEmail(text: string): boolean {
  return text.length <= maxTextLength && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(text);
}
