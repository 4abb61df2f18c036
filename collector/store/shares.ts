/** Links by which somebody who cannot sign in reads one company's journey: what the store is asked and answers. Types. */

/** A link as it is kept and shown to whoever may make one: what stands in it is kept nowhere. */
export interface Share {
  id: number;
  accountId: number;
  hasPassword: boolean;
  /** Names and e-mail addresses of people are shown too. */
  showsPeople: boolean;
  madeBy: string;
  madeAt: number;
  expiresAt: number;
  /** To the minute. */
  openedAt: number | null;
  revokedBy: string | null;
  revokedAt: number | null;
}

/** A link in use, for whoever opens it. */
export interface ShareInUse extends Share {
  hash: string;
  /** See `access/share-link.ts`; null: none is asked for. */
  password: string | null;
}

export interface NewShare
  extends Pick<ShareInUse, 'accountId' | 'hash' | 'password' | 'showsPeople' | 'expiresAt'> {}

/** A link that cannot be made, in words with what to do. */
export class ShareRefused extends Error {}

export interface ShareStore {
  /**
   * Keeps a link, and logs that it was made.
   * @throws ShareRefused if the company has too many in use
   */
  makeShare(share: NewShare, by: string, now: number): Promise<Share>;
  /** The links of an account and of those merged into it, the newest first. */
  shares(accountId: number, limit: number): Promise<Share[]>;
  /** The link with this hash; null if there is none, it has expired or was revoked. */
  shareInUse(hash: string, now: number): Promise<ShareInUse | null>;
  /** Writes down that it was opened, or that a password was refused; at most once a minute. */
  noteShare(id: number, what: 'opened' | 'refused', now: number): Promise<void>;
  /** @returns the link as it is after; null if there is none of that number */
  revokeShare(id: number, by: string, now: number): Promise<Share | null>;
}
