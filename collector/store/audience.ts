/** The people of many accounts at once, for a file of them: what the store answers. Types only. */

/** Somebody at an account: seen there, or known from a file of people. */
export interface AudiencePerson {
  accountId: number;
  /** Null: known by the site's own id, or by a name, alone. */
  email: string | null;
  name: string | null;
  title: string | null;
  department: string | null;
  /** On the account's visits; null: never on the site. */
  firstAt: number | null;
  lastAt: number | null;
  visits: number;
  pages: number;
}

export interface Audience {
  /** By account in the order asked for, the latest seen first. */
  people: AudiencePerson[];
  /** Browsers that came for these accounts and never said whose they are. */
  namelessBrowsers: number;
}

export interface AudienceReads {
  /** @param accountIds a few hundred at most */
  audience(accountIds: readonly number[]): Promise<Audience>;
}
