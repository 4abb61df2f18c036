/** What waits to be delivered, and what it says. A message keeps facts; each channel puts them into its own words. */
import type { EntryCause } from './segments.ts';

/** Where messages go. A further one is a name here and a file in `deliver/channels/`. */
export const destinations = ['mail', 'slack'] as const;
export type Destination = (typeof destinations)[number];

/** A company in a message. */
export interface MessageAccount {
  id: number;
  name: string;
  domain: string | null;
}

/** Accounts that came into a segment. */
export interface EnteredMessage {
  kind: 'entered';
  segment: { id: number; name: string };
  /** The first ones. */
  accounts: (MessageAccount & { cause: EntryCause[] | null })[];
  /** All of them. */
  total: number;
  /** By which its reader can stop it; null: it goes to a place that many read. */
  ruleId: number | null;
}

/** A company in a digest, with one line of what they did. */
export interface DigestAccount extends MessageAccount {
  did: string;
}

export interface DigestMessage {
  kind: 'digest';
  from: number;
  to: number;
  timeZone: string;
  /** How many companies came; where `isMore`, there are more than were read. */
  visited: number;
  isMore: boolean;
  /** How many came for the first time; `newAccounts` are the first of them. */
  newTotal: number;
  newAccounts: DigestAccount[];
  segments: { id: number; name: string; total: number; accounts: DigestAccount[] }[];
  mostActive: DigestAccount[];
}

export type Message = EnteredMessage | DigestMessage | { kind: 'test'; askedBy: string };

export interface NewOutboxMessage {
  /** What is told, to whom, by which way: a second one with the same key is the same message. */
  key: string;
  channel: Destination;
  recipient: string;
  message: Message;
  dueAt: number;
}

export interface OutboxMessage extends NewOutboxMessage {
  id: number;
  madeAt: number;
  tries: number;
}

/** What came of one try. */
export type Settled =
  | { outcome: 'delivered' }
  | { outcome: 'later'; problem: string; dueAt: number }
  | { outcome: 'dead'; problem: string };

/** One that could not be delivered, for whoever mends it. */
export interface DeadLetter {
  id: number;
  channel: Destination;
  recipient: string;
  message: Message;
  madeAt: number;
  settledAt: number;
  tries: number;
  problem: string;
}

/** What waits for one channel. */
export interface OutboxWaiting {
  channel: Destination;
  waiting: number;
  /** When the oldest of them was made. */
  oldestAt: number;
}

export interface OutboxCounts {
  waiting: number;
  /** When the oldest that waits was made; null: none does. */
  oldestAt: number | null;
  /** When the next one is due; null: none waits. */
  nextDueAt: number | null;
  /** Waiting ones whose last try failed. */
  failing: number;
  /** Why, of the one that was tried last. */
  lastProblem: string | null;
  dead: number;
  delivered: number;
}

/** On the thread that writes: a message is read to be delivered, by an index, and settled at once. */
export interface OutboxStore {
  /** Puts messages in; those whose key is known are left out. */
  queueMessages(messages: readonly NewOutboxMessage[], now: number): Promise<number>;
  /** Those of a channel that are due, the longest due first. */
  dueMessages(channel: Destination, now: number, limit: number): Promise<OutboxMessage[]>;
  /** When the next of a channel is due; null: none waits. */
  nextDueAt(channel: Destination): Promise<number | null>;
  settleMessage(id: number, settled: Settled, now: number): Promise<void>;
  /** Newest first. @param before the number at which the page before ended */
  deadLetters(limit: number, before?: number): Promise<DeadLetter[]>;
  /** Puts a dead letter back, with all its tries before it. @returns false if there is none */
  reviveMessage(id: number, now: number): Promise<boolean>;
  /** Of channels for which something waits; costs by what waits alone. */
  outboxWaiting(): Promise<OutboxWaiting[]>;
  outboxCounts(channel: Destination): Promise<OutboxCounts>;
  /** Takes away what was delivered or died before a moment, and notices that were read before it. */
  forgetMessages(before: number): Promise<void>;
}
