/** What people mark on companies, and the lists that are made of it: what the store is asked, and what it answers. */

export const builtInLists = ['all', 'new', 'mine', 'followed', 'unseen', 'hidden'] as const;
/**
 * `new`: first seen in the period. `mine`, `followed`, `hidden`: by whoever looks. `unseen`: owned by nobody, and active
 * since anybody last opened it. What somebody has hidden is in their `hidden` alone.
 */
export type BuiltInList = (typeof builtInLists)[number];

/** A list as one user sees it. */
export interface ListAsked {
  /** An e-mail address. */
  user: string;
  list: BuiltInList;
}

/** How many companies of a period each list has. */
export type ListCounts = Record<BuiltInList, number>;

/** What is marked on one account, as one user sees it. */
export interface AccountMarks {
  isFollowed: boolean;
  isHidden: boolean;
  owner: AccountOwner | null;
  /** In order of the alphabet. */
  tags: string[];
  /** When anybody last opened its page; null: nobody ever did. */
  lookedAt: number | null;
  industry: string | null;
  size: string | null;
}

export interface AccountOwner {
  /** Chosen here: an e-mail address of a user. Of a file: whatever it said. */
  name: string;
  isChosen: boolean;
}

/** Tags of one account at most, and letters of one tag. */
export const maxTags = 20;
export const maxTagLength = 40;
export const maxNoteLength = 4_000;

export type MarkChange =
  | { kind: 'follow' | 'unfollow' | 'hide' | 'unhide' }
  /** @param owner e-mail address of a user; null: nobody */
  | { kind: 'assign'; owner: string | null }
  | { kind: 'tag' | 'untag'; tag: string };

/** A change that was made to one account or to many. */
export interface MarksChanged {
  id: number;
  change: MarkChange;
  /** How many it changed; the others were so already. */
  accounts: number;
  /** How many were left as they were, since they have as many tags as they may. */
  refused: number;
  madeBy: string;
  madeAt: number;
  undoneAt: number | null;
}

export interface AccountNote {
  id: number;
  accountId: number;
  text: string;
  writtenBy: string;
  writtenAt: number;
  editedBy: string | null;
  editedAt: number | null;
}

/** What a user chose about their own pages. */
export type UserSetting = 'columns' | 'keys';

export interface MarkReads {
  listCounts(siteId: number | null, period: { from: number; to: number }, user: string): Promise<ListCounts>;
  /** Of these accounts, by their numbers; one that nobody marked is there too. */
  marks(accountIds: readonly number[], user: string): Promise<Map<number, AccountMarks>>;
  /** Every tag that some account has, the most used first. */
  tags(): Promise<{ tag: string; accounts: number }[]>;
  /** Newest first; also those of accounts that were merged into this one. */
  notes(accountId: number): Promise<AccountNote[]>;
  note(id: number): Promise<AccountNote | null>;
  markChange(id: number): Promise<MarksChanged | null>;
  userSetting(user: string, name: UserSetting): Promise<string | null>;
}

export interface MarkWrites {
  /** Marks accounts, all in one transaction. What is so already stays, and is not counted. */
  mark(accountIds: readonly number[], change: MarkChange, by: string, now: number): Promise<MarksChanged>;
  /** Takes a change back, but for what somebody has changed again since. Undone twice is undone once. */
  undoMark(id: number, now: number): Promise<MarksChanged | null>;
  /** Somebody has opened an account's page. Written at most once an hour, unless there was a visit since. */
  looked(accountId: number, user: string, now: number): Promise<void>;
  /** @param text at most `maxNoteLength` letters */
  addNote(accountId: number, text: string, by: string, now: number): Promise<AccountNote>;
  /** @returns null if there is none of that number */
  editNote(id: number, text: string, by: string, now: number): Promise<AccountNote | null>;
  /** @returns false if there was none */
  removeNote(id: number): Promise<boolean>;
  setUserSetting(user: string, name: UserSetting, value: string): Promise<void>;
}
