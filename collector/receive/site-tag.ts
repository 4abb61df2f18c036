/** The tag as one site needs it: the smallest build that does what its owner chose, with those choices in the file. */
import { remember } from '../remember.ts';
import type { Site } from '../store/store.ts';
import { attributesOf, type Build, buildOf } from '../tag-settings.ts';
import { namedSeconds, type Packed, pack } from './script.ts';

export interface SiteTag {
  /** @param site null where the key is nobody’s: a page of somebody who mistyped it must not break */
  answer(request: Request, site: Site | null): Response;
}

/** A key that is not known yet may be so in a moment: its page asks again soon. */
const unknownSeconds = 60;

/** Sites with settings of their own that are kept compressed; some 20 KB each. */
const maxPacked = 100;

/** @param sources the builds as the bundler left them */
export function openSiteTag(sources: Record<Build, Buffer>): SiteTag {
  // By content, so that a change of settings is served from the next request on.
  const packed = remember<Packed>(maxPacked, (key) => {
    const [build, told] = key.split('\n') as [Build, string];
    return pack(Buffer.concat([Buffer.from(told), sources[build]]));
  });
  const plain = pack(sources['t.js']);
  return {
    answer: (request, site) =>
      site === null
        ? plain.answer(request, unknownSeconds)
        : packed(`${buildOf(site.tag)}\n${settingsCode(site)}`).answer(request, namedSeconds),
  };
}

/**
 * A line of script that writes the settings onto the tag it came with, where the build after it looks for them. What
 * the page’s author wrote on the tag stays; and where the browser does not say which tag this is, nothing happens.
 */
export function settingsCode(site: Pick<Site, 'key' | 'tag'>): string {
  const told = escaped({ site: site.key, ...attributesOf(site.tag) });
  return `(s=>s&&Object.assign(s.dataset,${told},{...s.dataset}))(document.currentScript);`;
}

/** JSON that is safe where a script may stand: within a page, and under rules older than ES2019. */
function escaped(values: Record<string, string>): string {
  return JSON.stringify(values).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
