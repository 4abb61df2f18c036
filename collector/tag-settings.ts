/** What the owner chose for a site's tag, which build of the tag that takes, and the attributes that tell it. */
import { z } from 'zod';

export const measures = ['usual', 'pages'] as const;
export const consentModes = ['none', 'required', 'google', 'tcf'] as const;

/** A tag cannot be told more than this; nobody's site has more. */
const maxListed = 50;
const maxNameLength = 100;

/** Reaches the tag in a list with commas between. */
const listed = z
  .string()
  .min(1)
  .max(maxNameLength, { error: `A name has at most ${maxNameLength} characters` })
  .regex(/^[^,\p{Cc}]*$/u, { error: 'A name has no comma in it, and is one line' });
const list = z.array(listed).max(maxListed, { error: `At most ${maxListed}` });

const fields = {
  /** `usual`: pages, how long they were read, forms, links. `pages`: page views alone. */
  measures: z.enum(measures),
  /** What stands after `#` is the site's route. */
  hash: z.boolean(),
  /** Where the cookie is kept; empty: the widest domain that the browser allows. */
  domain: z.string().max(253),
  /** What the tag waits for before it keeps or sends anything. */
  consent: z.enum(consentModes),
  /** Of an e-mail address in a form that is sent, what stands after `@` is told. */
  emailDomain: z.boolean(),
  /** How long each field of a form took is told, by the field's name. */
  fieldTiming: z.boolean(),
  /** Names of the fields whose values are told. */
  capture: list,
  /** The owner's other domains; a link to one of them takes the visitor's id along. */
  link: list,
  /** The site says more than `track` and `identify`: `footlight('group', …)`, or waits for an answer. */
  calls: z.boolean(),
  /** The browser's console says what was sent and what became of it. */
  debug: z.boolean(),
};

export type TagSettings = z.infer<z.ZodObject<typeof fields>>;

/** What a site has whose owner chose nothing. */
export const usualTag: TagSettings = {
  measures: 'usual',
  hash: false,
  domain: '',
  consent: 'none',
  emailDomain: false,
  fieldTiming: false,
  capture: [],
  link: [],
  calls: false,
  debug: false,
};

/** What only the whole tag can do; the build with page views alone has none of it, and cannot be given it. */
const needsEverything: { [Key in keyof TagSettings]?: (value: TagSettings[Key]) => boolean } = {
  consent: (mode) => mode !== 'none',
  emailDomain: Boolean,
  fieldTiming: Boolean,
  capture: (names) => names.length > 0,
  link: (domains) => domains.length > 0,
  calls: Boolean,
  debug: Boolean,
};

const needs = <Key extends keyof TagSettings>(tag: TagSettings, key: Key): boolean =>
  needsEverything[key]?.(tag[key]) ?? false;

/** Settings that the least tag could not keep its word on. */
function beyondPages(tag: TagSettings): (keyof TagSettings)[] {
  return (Object.keys(needsEverything) as (keyof TagSettings)[]).filter((key) => needs(tag, key));
}

/** Checks what somebody chose; each issue's path begins with the setting it is about. */
export const tagSettings = z.object(fields).superRefine((tag, context) => {
  if (tag.measures !== 'pages') return;
  // A page-view tag that cannot wait for consent would be served in place of one that was to wait.
  for (const key of beyondPages(tag))
    context.addIssue({
      code: 'custom',
      path: [key],
      message: 'A tag that counts page views only cannot do this: choose “The usual” above, or leave it out',
    });
});

/** Files that the bundler leaves: the usual one, the least and the full. */
export const builds = ['t.js', 't.least.js', 't.full.js'] as const;
export type Build = (typeof builds)[number];

/** The smallest build that does what was chosen. */
export function buildOf(tag: TagSettings): Build {
  if (beyondPages(tag).length > 0) return 't.full.js';
  return tag.measures === 'pages' ? 't.least.js' : 't.js';
}

/**
 * The settings as the tag reads them: its `data-…`, without the `data-`.
 * @example attributesOf({ ...usualTag, hash: true, emailDomain: true }) // { hash: '', forms: 'domain' }
 */
export function attributesOf(tag: TagSettings): Record<string, string> {
  const forms = [tag.emailDomain && 'domain', tag.fieldTiming && 'fields'].filter(Boolean).join(' ');
  const given: Record<string, string | false> = {
    hash: tag.hash && '',
    domain: tag.domain || false,
    consent: tag.consent !== 'none' && tag.consent,
    forms: forms || false,
    capture: tag.capture.join(',') || false,
    link: tag.link.join(',') || false,
    debug: tag.debug && '',
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== false),
  );
}
