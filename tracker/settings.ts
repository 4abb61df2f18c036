/**
 * What the site's owner chose.
 *
 * A page has one tag, so the tag's rooms keep their state in module variables: what a class or a closure would pass
 * around is bytes on every page view of the world.
 */
import { maxUrlLength, type SiteKey } from './wire.ts';

/** The tag's `data-…`, by their own names; an object with the same names says the same. */
export interface Options {
  site?: SiteKey;
  /** Where events go; by default `e` beside the script, whatever the owner called it. */
  to?: string | URL;
  /** There with or without a value: what stands after `#` is the site's route. */
  hash?: string | true;
  /** Where the cookie is kept, instead of the widest domain that the browser allows. */
  domain?: string;
  /**
   * `required`: nothing is kept or sent before the site calls `footlight('consent', true)`; `google`: before Google's
   * consent mode grants `analytics_storage`; `tcf`: before the IAB's framework has the visitor's leave to store. In
   * the full build.
   */
  consent?: 'required' | 'google' | 'tcf';
  /**
   * `domain`: of an e-mail address, what stands after `@` is told with the form; `fields`: how long each field was
   * worked on, and how often; or both. In the full build.
   */
  forms?: string;
  /** Names of fields whose values may be told, with commas between; the same as `data-capture` on the field. In the full build. */
  capture?: string;
  /** The owner's other domains, with commas between: a link there takes the visitor's id along. In the full build. */
  link?: string;
  /** There with or without a value: the console says what is sent. In the full build. */
  debug?: string | true;
}

/** Filled in once, before anything else is done. */
export const options: Options = {};

/** The page now shown, without what stands after `#` unless that is the site's route. */
export function address(): string {
  return location.href.replace(options.hash == null ? /#.*/ : '', '').slice(0, maxUrlLength);
}
