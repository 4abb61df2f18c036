/** The log of who did what: its closed list of deeds, and what the store is asked and answers about it. */

/** What is logged, with its words. */
export const deeds = {
  'sign-in': 'Signed in',
  'sign-in-failed': 'Sign-in refused',
  export: 'Took data away',
  import: 'Imported',
  rule: 'Decided about a network or a company',
  merge: 'Merged companies',
  split: 'Split companies',
  undo: 'Took a decision back',
  'buying-role': 'Said who is what in buying',
  'key-made': 'Made an API key',
  'key-revoked': 'Revoked an API key',
  'user-invited': 'Made a sign-in link',
  'user-role': 'Changed a role',
  'user-removed': 'Removed a user',
  'share-made': 'Made a read-only link',
  'share-opened': 'Opened a read-only link',
  'share-refused': 'Wrong password at a read-only link',
  'share-revoked': 'Revoked a read-only link',
  'site-added': 'Added a site',
  settings: 'Changed settings',
} as const;

export type Deed = keyof typeof deeds;
export const deedNames = Object.keys(deeds) as Deed[];

/** A few facts beside the subject: a filter, a number of rows. Never an address, a password or a key. */
export type DeedDetail = Record<string, string | number | boolean | null>;

export interface NewAuditEntry {
  /** An e-mail address, `key NAME`, or `the command line`. */
  who: string;
  what: Deed;
  /** What it was done to, in words. */
  subject: string;
  detail?: DeedDetail;
}

export interface AuditEntry extends Required<NewAuditEntry> {
  id: number;
  at: number;
}

export interface AuditQuery {
  what: Deed | null;
  /** Exactly this one; null: anybody. */
  who: string | null;
  /** Older than the entry with this number; null: from the newest. */
  before: number | null;
  limit: number;
}

/** What anybody did at the command line, who has the server's files anyway. */
export const atCommandLine = 'the command line';
