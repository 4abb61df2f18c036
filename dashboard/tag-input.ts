/** Checks what an owner chose for a tag, as it was typed. */
import { siteDomain } from '../collector/site-domain.ts';
import type { Site } from '../collector/store/store.ts';
import { type TagSettings, tagSettings } from '../collector/tag-settings.ts';
import { cookieDomain } from '../collector/typed/cookie-domain.ts';
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
