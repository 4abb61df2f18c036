/** What the store is asked and answers about API keys. */

/** A key as it is kept. What stands in `role` and `scopes` was right when it was made; `access/` says if it still is. */
export interface ApiKey {
  id: number;
  name: string;
  /** Its first letters, to recognise it by. */
  prefix: string;
  role: string;
  scopes: string[];
  createdBy: string;
  createdAt: number;
  /** To the minute. */
  lastUsedAt: number | null;
  revokedAt: number | null;
  revokedBy: string | null;
}

export interface NewApiKey extends Pick<ApiKey, 'name' | 'prefix' | 'role' | 'scopes'> {
  /** SHA-256 of the whole key, hex. */
  hash: string;
}

/** A key that cannot be made, in words with what to do. */
export class KeyRefused extends Error {}

/** How a key is named where people are: an e-mail address has no blank in it, so that it can be mistaken for none. */
export const keyUser = (name: string) => `key ${name}`;
