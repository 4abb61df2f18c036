/** What the site's owner wrote on the script tag, under the tag's own names. */
import type { SiteKey } from './wire.ts';

/** The tag's `data-…`, as far as we know them. */
export interface Given {
  site?: SiteKey;
  /** There with or without a value: what stands after `#` is the site's route. */
  hash?: string;
  /** Where the cookie is kept, instead of the widest domain that the browser allows. */
  domain?: string;
  /** `required`: nothing is kept or sent before the visitor agrees. In the full build. */
  consent?: string;
  /** `domain`: of an e-mail address, what stands after `@` is told with the form. In the full build. */
  forms?: string;
  /** There with or without a value: the console says what is sent. In the full build. */
  debug?: string;
}

export interface Settings {
  given: Given;
  /** Where events go: `data-to`, or `e` beside the script itself, whatever the owner called it. */
  to: string | URL;
}

/**
 * Reads the tag that this script came from.
 * @throws TypeError where it says neither where it came from nor where to send
 */
export function readSettings(): Settings {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  return { given: dataset as Given, to: dataset.to || new URL('e', src) };
}
