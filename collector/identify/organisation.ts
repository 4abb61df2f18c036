/** The organisation that a `group` call tells of: whose account it is, and what is said of it. Pure. */
import type { Detail } from '../draft.ts';
import { companyOfEmail } from '../reveal/email.ts';
import type { Company } from '../reveal/verdict.ts';

type Group = NonNullable<Detail['group']>;

/** Names and values as long as this are kept. */
const maxLength = 300;

/** Further traits kept of one organisation. */
const maxAttributes = 50;

/** Any mailbox that is nobody's role. */
const anybody = 'x';

/**
 * The company behind a group: by its domain, which the id, the website or the e-mail may be, else by its name.
 * Free-mail and hosting domains are nobody's, as with e-mail addresses.
 * @returns null where only an id of the site's own is told: that is no name
 */
export function companyOfGroup({ id, traits }: Group): Company | null {
  const name = textIn(traits, 'name', 'company', 'companyName');
  const places = [textIn(traits, 'domain'), textIn(traits, 'website', 'url'), id, textIn(traits, 'email')];
  for (const place of places) {
    const company = companyAt(place);
    if (company !== null) return { ...company, name: name || company.name };
  }
  return name === '' ? null : { name, domain: null };
}

function companyAt(place: string): Company | null {
  const host =
    /^(?:https?:\/\/|mailto:)?(?:[^\s/@]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:[/?#]|$)/i.exec(
      place.trim(),
    )?.[1];
  return host === undefined ? null : (companyOfEmail(`${anybody}@${host}`)?.company ?? null);
}

/** What a group call says of an organisation; see `Profile` in the store. */
export interface ToldProfile {
  name: string | null;
  industry: string | null;
  size: string | null;
  country: string | null;
  owner: string | null;
  attributes: Record<string, string>;
}

/** Traits with a place of their own, as Segment reserves them, and what they are called besides. */
const reserved = {
  name: ['name', 'company', 'companyName'],
  industry: ['industry'],
  size: ['employees', 'size', 'employeeCount'],
  country: ['country', 'countryCode'],
  owner: ['owner', 'accountOwner'],
};
const known = new Set([
  ...Object.values(reserved).flat(),
  'id',
  'domain',
  'website',
  'url',
  'address',
  'avatar',
]);

/** @returns null if it says nothing beyond who it is */
export function profileOfGroup({ traits }: Group): ToldProfile | null {
  const address = isObject(traits.address) ? traits.address : {};
  const country = textIn(traits, ...reserved.country) || textIn(address, ...reserved.country);
  const attributes = Object.entries(traits)
    .filter(([name]) => !known.has(name) && name.length <= maxLength)
    .map(([name, value]) => [name, scalar(value)] as const)
    .filter(([, value]) => value !== '')
    .slice(0, maxAttributes);
  const profile: ToldProfile = {
    name: textIn(traits, ...reserved.name) || null,
    industry: textIn(traits, ...reserved.industry) || null,
    size: textIn(traits, ...reserved.size) || null,
    country: /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : null,
    owner: textIn(traits, ...reserved.owner) || null,
    attributes: Object.fromEntries(attributes),
  };
  const { attributes: _, ...said } = profile;
  const saysNothing = Object.values(said).every((value) => value === null) && attributes.length === 0;
  return saysNothing ? null : profile;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these traits that says something. */
function textIn(traits: Record<string, unknown>, ...names: string[]): string {
  for (const name of names) {
    const value = Object.hasOwn(traits, name) ? scalar(traits[name]) : '';
    if (value !== '') return value;
  }
  return '';
}

function scalar(value: unknown): string {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? String(value).trim().slice(0, maxLength) : '';
}
