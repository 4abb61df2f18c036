/** Checks what an owner chose for a tag, as it was typed. */
import { getDomain } from 'tldts';
import { siteDomain } from '../collector/site-domain.ts';
import type { Site } from '../collector/store/store.ts';
import { type TagSettings, tagSettings } from '../collector/tag-settings.ts';
import type { Fields } from './form.ts';

/** The same settings, with lists as one types them. */
export type TypedTag = Omit<TagSettings, 'measures' | 'consent' | 'capture' | 'link'> & {
  measures: string;
  consent: string;
  capture: string;
  link: string;
};

/** Per setting what is wrong with it; empty: nothing. */
export type TagProblems = Partial<Record<keyof TagSettings, string>>;

/** The settings as a form shows them. */
export function typedTag(tag: TagSettings): TypedTag {
  return { ...tag, capture: tag.capture.join(', '), link: tag.link.join(', ') };
}

/** What the form sent. */
export function readTypedTag(form: Fields): TypedTag {
  const isTicked = (name: keyof TagSettings) => form(name) === 'on';
  return {
    measures: form('measures'),
    hash: isTicked('hash'),
    domain: form('domain'),
    consent: form('consent'),
    emailDomain: isTicked('emailDomain'),
    fieldTiming: isTicked('fieldTiming'),
    capture: form('capture'),
    link: form('link'),
    calls: isTicked('calls'),
    debug: isTicked('debug'),
  };
}

/** The settings to store, or what is wrong with them. */
export function readTag(typed: TypedTag, site: Site): { tag: TagSettings } | { problems: TagProblems } {
  const problems: TagProblems = {};
  const reading = <Value>(key: keyof TagSettings, read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (error) {
      problems[key] = error instanceof Error ? error.message : String(error);
      return otherwise;
    }
  };
  const checked = tagSettings.safeParse({
    ...typed,
    domain: reading('domain', () => cookieDomain(typed.domain, site), ''),
    capture: unique(typed.capture.split(/[,\r\n]/).map((name) => name.trim())),
    link: reading(
      'link',
      () =>
        unique(
          typed.link
            .split(/[\s,]+/)
            .filter(Boolean)
            .map(siteDomain),
        ),
      [],
    ),
  });
  for (const { path, message } of checked.error?.issues ?? [])
    problems[path[0] as keyof TagSettings] ??= message;
  return checked.success && Object.keys(problems).length === 0 ? { tag: checked.data } : { problems };
}

const unique = (words: string[]) => [...new Set(words.filter(Boolean))];

/**
 * The domain that a cookie of the site's pages can have: one of the site's hosts, or one above or below it.
 * @returns empty for none
 * @throws Error that says why a browser would not take it
 */
function cookieDomain(typed: string, site: Site): string {
  const text = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^\./, '');
  if (text === '') return '';
  const address = `https://${text}`;
  const domain = URL.canParse(address) ? new URL(address).hostname : '';
  // The list that browsers have: nobody may keep a cookie for all of `co.uk`.
  if (getDomain(domain, { allowPrivateDomains: true }) === null)
    throw new Error(`"${text}" is no domain that a browser keeps a cookie for; write it as ${site.domain}`);
  const hosts = [site.domain, ...site.hosts].map((host) => host.replace(/:\d+$/, ''));
  const isNear = (host: string) =>
    host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host}`);
  if (!hosts.some(isNear)) throw new Error(`${domain} is not a domain of this site: ${hosts.join(', ')}`);
  return domain;
}
