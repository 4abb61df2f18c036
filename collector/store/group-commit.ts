/**
 * Many small batches, one transaction: whoever comes while one is being written shares the next. Each is answered
 * after the commit that holds it, so the price of the disk's flush is paid once for all of them.
 */
interface Waiting<Item, Outcome> {
  items: readonly Item[];
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

/** Items in one transaction; more wait for the next one, so that no one waits for a giant's sake. */
const maxPerCommit = 2_000;

export class GroupCommit<Item, Outcome> {
  readonly #write: (items: readonly Item[]) => Outcome[];
  #waiting: Waiting<Item, Outcome>[] = [];
  #pending = 0;
  #isScheduled = false;
  #idle: (() => void)[] = [];

  /** @param write stores all or nothing, and gives one outcome an item */
  constructor(write: (items: readonly Item[]) => Outcome[]) {
    this.#write = write;
  }

  /** Items not yet committed. */
  get pending(): number {
    return this.#pending;
  }

  add(items: readonly Item[]): Promise<Outcome[]> {
    if (items.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
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
    setImmediate(() => {
      this.#isScheduled = false;
      this.#commit();
      if (this.#waiting.length > 0) this.#schedule();
      else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  #commit(): void {
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
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) this.#commitAlone(one);
    }
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
