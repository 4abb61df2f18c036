/** Well-known names as registries write them, with the organisation's usual name and domain. Data. */
import type { Kind } from './verdict.ts';

/**
 * `[spellings, name, domain, kind]`. Spellings are lower case, parted by commas; `=` before one: the whole name must be
 * it, for words that begin other names too. Without a domain it is never an account. Kind: business unless said.
 */
export const brandRows: readonly (readonly [
  words: string,
  name: string,
  domain: string | null,
  kind?: Kind,
])[] = [
  ['bmw,bayerische motoren werke', 'BMW', 'bmw.de'],
  ['comcast', 'Comcast', null, 'isp'],
];
