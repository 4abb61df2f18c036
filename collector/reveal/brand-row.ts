/** The shape of a line in the tables of well-known names. */
import type { Kind } from './verdict.ts';

/**
 * `[spellings, name, domain, kind]`. Spellings are lower case, parted by commas, and match where a name begins; `=`
 * before one: the whole name must be it, for words that begin other names too. Without a domain it is never an account.
 * Kind: business unless said.
 */
export type BrandRow = readonly [spellings: string, name: string, domain: string | null, kind?: Kind];
