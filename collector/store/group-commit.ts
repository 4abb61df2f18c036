/**
 * Many small batches, one transaction: whoever comes while one is being written shares the next. Each is answered
 * after the commit that holds it, so the price of the disk's flush is paid once for all of them.
 */
interface Waiting<Item, Outcome> {
  items: readonly Item[];
  /** When it came, by `performance.now()`. */
  since: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

/** Items in one transaction; more wait for the next one, so that no one waits for a giant's sake. */
const maxPerCommit = 2_000;

/** Pause before another try where the file was locked; the loop is free meanwhile. */
const retryMs = 100;

/** How long a batch waits for a locked file before it is given back. */
const patienceMs = 15_000;

export class GroupCommit<Item, Outcome> {
  readonly #write: (items: readonly Item[]) => Outcome[];
  readonly #isLocked: (error: unknown) => boolean;
  readonly #patienceMs: number;
  #waiting: Waiting<Item, Outcome>[] = [];
  #pending = 0;
  #isScheduled = false;
  #idle: (() => void)[] = [];

  /**
   * @param write    stores all or nothing, and gives one outcome an item
   * @param isLocked whether an error says that somebody else writes just now, and nothing of the items
   */
  constructor(
    write: (items: readonly Item[]) => Outcome[],
    isLocked: (error: unknown) => boolean = () => false,
    patience = patienceMs,
  ) {
    this.#write = write;
    this.#isLocked = isLocked;
    this.#patienceMs = patience;
  }

  /** Items not yet committed. */
  get pending(): number {
    return this.#pending;
  }

  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, since: performance.now(), resolve, reject });
      this.#pending += items.length;
      this.#schedule();
    });
  }

  /** Resolves when nothing waits any more. */
  drain(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // After the requests that are already in the socket's buffer: they make up the group.
    setImmediate(() => this.#run());
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
    let count = 0;
    for (const { items } of this.#waiting) {
      if (count > 0 && size + items.length > maxPerCommit) break;
      size += items.length;
      count += 1;
    }
    const group = this.#waiting.splice(0, count);
    this.#pending -= size;
    try {
      const outcomes = this.#write(group.flatMap(({ items }) => items));
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
    for (const { items } of patient) this.#pending += items.length;
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
