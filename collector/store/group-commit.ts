/**
 * Many small batches, one transaction: whoever comes while one is being written shares the next. Each is answered
 * after the commit that holds it, so the price of the disk's flush is paid once for all of them. What may wait is
 * bounded in items, bytes and time; past it a batch is given back at once.
 */
import { StoreBusy } from './store.ts';

interface Waiting<Item, Outcome> {
  items: readonly Item[];
  bytes: number;
  /** When it came, by `performance.now()`. */
  since: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

/** Items and bytes in one transaction; more wait for the next one, so that no one waits for a giant's sake. */
const maxPerCommit = 2_000;
const maxBytesPerCommit = 8_000_000;

/** What may wait for its commit. */
export interface QueueLimits {
  items: number;
  bytes: number;
  /** Age of the oldest one, from which on nobody else is let in: the disk does not keep up. */
  ms: number;
}
const usualLimits: QueueLimits = { items: 20_000, bytes: 64_000_000, ms: 10_000 };

/**
 * Where the last commit was for several, others are on their way: the next one waits for them, half as long as the
 * last one took and no longer than this. Who comes alone does not wait at all.
 */
const maxLingerMs = 4;

/** One commit that succeeded. */
export interface Committed<Outcome> {
  items: number;
  outcomes: readonly Outcome[];
  batches: number;
  ms: number;
}

export interface GroupCommitOptions<Item, Outcome> {
  /** Whether an error says that somebody else writes just now, and nothing of the items. */
  isLocked?(error: unknown): boolean;
  /** How long a batch waits for a locked file before it is given back. */
  patienceMs?: number;
  /** Bytes of an item in memory, roughly. */
  bytesOf?(item: Item): number;
  limits?: QueueLimits;
  onCommit?(committed: Committed<Outcome>): void;
}

/** Pause before another try where the file was locked; the loop is free meanwhile. */
const retryMs = 100;

/** How long a batch waits for a locked file before it is given back. */
const patienceMs = 15_000;

export class GroupCommit<Item, Outcome> {
  readonly #write: (items: readonly Item[]) => Outcome[];
  readonly #isLocked: (error: unknown) => boolean;
  readonly #patienceMs: number;
  readonly #bytesOf: (item: Item) => number;
  readonly #limits: QueueLimits;
  readonly #onCommit: (committed: Committed<Outcome>) => void;
  #waiting: Waiting<Item, Outcome>[] = [];
  #pending = 0;
  #pendingBytes = 0;
  #lingerMs = 0;
  #isScheduled = false;
  #idle: (() => void)[] = [];

  /** @param write stores all or nothing, and gives one outcome an item */
  constructor(write: (items: readonly Item[]) => Outcome[], options: GroupCommitOptions<Item, Outcome> = {}) {
    this.#write = write;
    this.#isLocked = options.isLocked ?? (() => false);
    this.#patienceMs = options.patienceMs ?? patienceMs;
    this.#bytesOf = options.bytesOf ?? (() => 0);
    this.#limits = options.limits ?? usualLimits;
    this.#onCommit = options.onCommit ?? (() => undefined);
  }

  /** Items not yet committed. */
  get pending(): number {
    return this.#pending;
  }

  /** Bytes of them, roughly. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /**
   * Resolves with one outcome an item after the commit that holds them.
   * @throws StoreBusy at once, with nothing stored, where more is waiting than may
   */
  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    let bytes = 0;
    for (const item of items) bytes += this.#bytesOf(item);
    const full = this.#isFull(items.length, bytes);
    if (full !== null) return Promise.reject(new StoreBusy(full));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, bytes, since: performance.now(), resolve, reject });
      this.#pending += items.length;
      this.#pendingBytes += bytes;
      this.#schedule();
    });
  }

  /** Why no more can be taken in, in words; null where it can. What comes first is taken in whatever its size. */
  #isFull(items: number, bytes: number): string | null {
    const oldest = this.#waiting[0];
    if (oldest === undefined) return null;
    const limits = this.#limits;
    if (this.#pending + items > limits.items) return `${this.#pending} events wait to be stored already`;
    if (this.#pendingBytes + bytes > limits.bytes)
      return `${this.#pendingBytes} bytes of events wait to be stored already`;
    const waitedMs = performance.now() - oldest.since;
    return waitedMs > limits.ms
      ? `events have been waiting to be stored for ${Math.round(waitedMs)} ms`
      : null;
  }

  /** Resolves when nothing waits any more. */
  drain(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // After the requests that are already in the socket's buffer: they make up the group.
    if (this.#lingerMs < 1) setImmediate(() => this.#run());
    else setTimeout(() => this.#run(), this.#lingerMs);
  }

  #run(): void {
    this.#isScheduled = false;
    if (this.#commit() === 'locked') {
      this.#isScheduled = true;
      setTimeout(() => this.#run(), retryMs);
    } else if (this.#waiting.length > 0) this.#schedule();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  #commit(): 'done' | 'locked' {
    let size = 0;
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      const isMore = size + waiting.items.length > maxPerCommit || bytes + waiting.bytes > maxBytesPerCommit;
      if (count > 0 && isMore) break;
      size += waiting.items.length;
      bytes += waiting.bytes;
      count += 1;
    }
    const group = this.#waiting.splice(0, count);
    this.#pending -= size;
    this.#pendingBytes -= bytes;
    const began = performance.now();
    try {
      const outcomes = this.#write(group.flatMap(({ items }) => items));
      const ms = performance.now() - began;
      this.#lingerMs = count > 1 ? Math.min(maxLingerMs, ms / 2) : 0;
      this.#onCommit({ items: size, outcomes, batches: count, ms });
      let start = 0;
      for (const { items, resolve } of group) {
        resolve(outcomes.slice(start, start + items.length));
        start += items.length;
      }
    } catch (error) {
      if (this.#isLocked(error)) return this.#putBack(group, error);
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) this.#commitAlone(one);
    }
    return 'done';
  }

  /** Those who have waited too long are told; the others go first the next time. */
  #putBack(group: readonly Waiting<Item, Outcome>[], error: unknown): 'done' | 'locked' {
    const oldest = performance.now() - this.#patienceMs;
    const patient = group.filter(({ since }) => since > oldest);
    this.#waiting.unshift(...patient);
    for (const { items, bytes } of patient) {
      this.#pending += items.length;
      this.#pendingBytes += bytes;
    }
    for (const { since, reject } of group) if (since <= oldest) reject(error);
    return this.#waiting.length > 0 ? 'locked' : 'done';
  }

  /** One bad batch must not take the others down with it. */
  #commitAlone({ items, resolve, reject }: Waiting<Item, Outcome>): void {
    try {
      resolve(this.#write(items));
    } catch (error) {
      reject(error);
    }
  }
}
