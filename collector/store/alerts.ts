/** Who wants to be told what; who came into which segment, and why; what somebody was told. */
import type { NewOutboxMessage } from './outbox.ts';
import type { EntryCause } from './segments.ts';

/** Ways in which somebody can be told. `browser`: as unread, in the head of every page. */
export const alertChannels = ['browser', 'mail', 'slack'] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** Hours in which nothing is sent, in minutes of the day; it may go over midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

export interface AlertRuleDraft {
  segmentId: number;
  user: string;
  channels: AlertChannel[];
  /** Who left and comes back within so many days is not told again. */
  coolingDays: number;
  quiet: QuietHours | null;
  /** IANA name. */
  timeZone: string;
}

export interface AlertRule extends AlertRuleDraft {
  id: number;
  /** Null: nobody has looked yet who is in already. */
  activeSince: number | null;
  createdAt: number;
}

/** A segment that somebody wants to be told of, as it was evaluated last. */
export interface WatchedSegment {
  id: number;
  name: string;
  expression: string;
  rules: AlertRule[];
  /** Null: never. */
  watch: { version: number; expression: string } | null;
}

/** That an account was in a segment. */
export interface SegmentEntry {
  id: number;
  segmentId: number;
  accountId: number;
  enteredAt: number;
  /** Null: it was in when the segment was first watched, or its text was changed. */
  cause: EntryCause[] | null;
  leftAt: number | null;
}

export interface NewNotice {
  /** Of its cause and its reader: nobody is told twice. */
  key: string;
  user: string;
  segmentId: number;
  segmentName: string;
  accountId: number;
  cause: EntryCause[] | null;
  isUnread: boolean;
}

/** What one evaluation of a segment found; kept whole or not at all. */
export interface Membership {
  segmentId: number;
  expression: string;
  /** That of the evaluation before it; null: there was none. */
  version: number | null;
  at: number;
  /** False: more is to be written, and the evaluation counts only with its last part. */
  isLast: boolean;
  entered: { accountId: number; cause: EntryCause[] | null }[];
  left: number[];
  /** Rules that have now seen who is in already. */
  activated: number[];
  notices: NewNotice[];
  messages: NewOutboxMessage[];
}

export interface Notice {
  id: number;
  /** As it was called then. `id` null: it was taken away. */
  segment: { id: number | null; name: string };
  account: { id: number; name: string; domain: string | null };
  cause: EntryCause[] | null;
  at: number;
  isUnread: boolean;
}

export const digestFrequencies = ['daily', 'weekly'] as const;
export type DigestFrequency = (typeof digestFrequencies)[number];

export interface DigestDraft {
  user: string;
  frequency: DigestFrequency;
  /** 0: Sunday; only of a weekly one. */
  weekday: number;
  hour: number;
  timeZone: string;
  /** `line`: after a week without a digest, one line that nothing happened. */
  whenEmpty: 'nothing' | 'line';
}

export interface Digest extends DigestDraft {
  changedAt: number;
  /** The hour up to which it is settled. */
  lastSlot: number;
  coveredTo: number | null;
  sentAt: number | null;
}

/** What is read by key and stays small: on the thread that writes. */
export interface AlertsStore {
  alertRules(user: string): Promise<AlertRule[]>;
  /** Makes a rule, or changes the one that this user has for the segment. */
  saveAlertRule(draft: AlertRuleDraft, now: number): Promise<AlertRule>;
  /** @returns false if there was none of this user's */
  removeAlertRule(id: number, user: string): Promise<boolean>;
  /** Whoever has the link in a message may stop what it told. @returns false if there is nothing to stop */
  stopAlertMail(ruleId: number): Promise<boolean>;

  /** Somebody is here no more: takes away what they wanted to be told, were told, and were to be sent. */
  forgetAlertsOf(user: string): Promise<void>;

  /** Segments with a rule whose user may see them. */
  watchedSegments(): Promise<WatchedSegment[]>;
  /** @returns false where another evaluation was kept in the meantime, or the segment is gone: nothing was written */
  recordMembership(membership: Membership): Promise<boolean>;
  /** Of these accounts, when each left the segment last; those that never did are left out. */
  lastLeft(segmentId: number, accountIds: readonly number[]): Promise<Map<number, number>>;

  unreadNotices(user: string): Promise<number>;
  /** Newest first. @param before the id at which the page before ended */
  notices(user: string, before: number | null, limit: number): Promise<Notice[]>;
  /** @param id one of this user's; null: all */
  markRead(user: string, id: number | null, now: number): Promise<void>;

  digest(user: string): Promise<Digest | null>;
  digests(): Promise<Digest[]>;
  saveDigest(draft: DigestDraft, now: number): Promise<void>;
  removeDigest(user: string): Promise<boolean>;
  /**
   * Settles the digest of one hour, with the message if there is one, in one transaction.
   * @returns false where it was settled already
   */
  settleDigest(digest: Digest, slot: number, message: NewOutboxMessage | null, now: number): Promise<boolean>;
}

/** Reads that grow with what is stored. */
export interface AlertReads {
  /** Numbers of the accounts that are in a segment by what was recorded. */
  openEntries(segmentId: number): Promise<Float64Array>;
  /** Facts of one account, newest first. */
  segmentEntries(accountId: number, limit: number): Promise<SegmentEntry[]>;
  /** Names of accounts. */
  accountNames(ids: readonly number[]): Promise<{ id: number; name: string; domain: string | null }[]>;
}
