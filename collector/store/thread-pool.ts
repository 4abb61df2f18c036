/**
 * A few threads that run calls by name, so that a long one stands in nobody's way. Every call is bounded: by how many
 * wait before it, by how long it waits, and by how long it runs. Knows nothing of what the calls do.
 */
import { Worker } from 'node:worker_threads';
import { ReadGivenUp } from './store.ts';

/** What a thread is asked. */
export interface Asked {
  number: number;
  name: string;
  given: readonly unknown[];
}

/** What it answers: `error` where it threw. */
export type Answered = { number: number } & ({ value: unknown } | { error: unknown });

/** What each thread finds in its `workerData`, beside what the pool was given for it. */
export interface ThreadData {
  /** Its one cell holds the number of the call that nobody wants any more: a thread that looks can stop by itself. */
  unwanted: Int32Array;
}

export interface ThreadLimits {
  threads: number;
  /** How long a call may run, unless `more` says otherwise for its name. */
  runMs: number;
  more?: Readonly<Record<string, number>>;
  /** Calls that may wait, and for how long. */
  waiting: number;
  waitMs: number;
  /** How long a thread has to stop by itself before it is ended. */
  graceMs: number;
  /** How long closing waits for what was asked before. */
  closeMs: number;
}

interface Call extends Asked {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Takes back timer and listener of where it stands now. */
  leave(): void;
  signal: AbortSignal | undefined;
}

interface Thread {
  worker: Worker;
  unwanted: Int32Array;
  /** What it works on; it may be given up and still run. */
  call: Call | null;
  isEnding: boolean;
}

/** What a call makes is gone when it is answered: room for more of it would be memory that each thread keeps. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

export class ThreadPool {
  readonly #script: string;
  readonly #data: object;
  readonly #limits: ThreadLimits;
  readonly #onLost: (error: Error) => void;
  readonly #threads = new Set<Thread>();
  #waiting: Call[] = [];
  #last = 0;
  #isClosed = false;
  #idle: (() => void)[] = [];

  /**
   * Threads are started when they are first needed.
   * @param script compiled; answers each `Asked` with one `Answered`, one at a time
   * @param data   for the threads' `workerData`
   * @param onLost told when a thread ended that should not have; its call was rejected
   */
  constructor(script: string, data: object, limits: ThreadLimits, onLost: (error: Error) => void) {
    this.#script = script;
    this.#data = data;
    this.#limits = limits;
    this.#onLost = onLost;
  }

  /**
   * @param given can be cloned
   * @param signal says when nobody waits for the answer any more
   * @throws ReadGivenUp
   */
  call(name: string, given: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(unwanted());
    if (this.#isClosed) return Promise.reject(new ReadGivenUp('busy', 'the readers are closing'));
    // One that finds a thread free does not wait.
    if (this.#waiting.length >= this.#limits.waiting)
      return Promise.reject(new ReadGivenUp('busy', `${this.#waiting.length} reads wait already`));
    return new Promise((resolve, reject) => {
      this.#last += 1;
      const call: Call = { number: this.#last, name, given, resolve, reject, signal, leave: () => undefined };
      this.#waiting.push(call);
      const { waitMs } = this.#limits;
      const drop = (error: Error) => {
        call.leave();
        this.#waiting = this.#waiting.filter((one) => one !== call);
        reject(error);
        this.#tellIdle();
      };
      watch(call, waitMs, drop, () => new ReadGivenUp('busy', `no reader was free for ${waitMs} ms`));
      this.#pump();
    });
  }

  /** Lets what was asked end, but not for long; then ends every thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const { graceMs, closeMs } = this.#limits;
    await within(
      closeMs,
      new Promise<void>((resolve) => {
        this.#idle.push(resolve);
        this.#tellIdle();
      }),
    );
    for (const call of this.#waiting.splice(0)) {
      call.leave();
      call.reject(new ReadGivenUp('busy', 'the readers are closing'));
    }
    const ended = [...this.#threads].map((thread) => {
      if (thread.call !== null) this.#giveUp(thread, new ReadGivenUp('busy', 'the readers are closing'));
      thread.isEnding = true;
      return thread.worker.terminate();
    });
    // A statement that does not look up ends when it ends; nobody waits for what it finds.
    await within(graceMs, Promise.all(ended));
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#free();
      const call = thread && this.#waiting.shift();
      if (!call) break;
      this.#start(thread, call);
    }
    this.#tellIdle();
  }

  #free(): Thread | null {
    let working = 0;
    for (const thread of this.#threads) {
      if (thread.isEnding) continue;
      if (thread.call === null) return thread;
      working += 1;
    }
    const { threads } = this.#limits;
    // Threads that were told to end and cannot yet are replaced, but not without end.
    return working < threads && this.#threads.size < 2 * threads ? this.#open() : null;
  }

  #open(): Thread {
    const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData = { ...this.#data, unwanted: cell } satisfies ThreadData;
    const worker = new Worker(this.#script, { workerData, resourceLimits });
    const thread: Thread = { worker, unwanted: cell, call: null, isEnding: false };
    let cause: unknown;
    worker.on('message', (answer: Answered) => this.#answered(thread, answer));
    worker.once('error', (error) => {
      cause = error;
    });
    worker.once('exit', () => {
      this.#threads.delete(thread);
      const { call } = thread;
      thread.call = null;
      call?.leave();
      if (!thread.isEnding) {
        const lost = new Error('a reader stopped in the middle of its work; another takes its place', {
          cause,
        });
        this.#onLost(lost);
        call?.reject(lost);
      }
      this.#pump();
    });
    worker.unref();
    this.#threads.add(thread);
    return thread;
  }

  #start(thread: Thread, call: Call): void {
    call.leave();
    thread.call = call;
    thread.worker.ref();
    const ms = this.#limits.more?.[call.name] ?? this.#limits.runMs;
    const giveUp = (error: Error) => this.#giveUp(thread, error);
    watch(call, ms, giveUp, () => new ReadGivenUp('too-long', `${call.name} took more than ${ms} ms`));
    const { number, name, given } = call;
    try {
      thread.worker.postMessage({ number, name, given } satisfies Asked);
    } catch (error) {
      this.#answered(thread, { number, error });
    }
  }

  #answered(thread: Thread, answer: Answered): void {
    const { call } = thread;
    if (call?.number !== answer.number) return;
    call.leave();
    thread.call = null;
    thread.worker.unref();
    if ('error' in answer) call.reject(answer.error);
    else call.resolve(answer.value);
    this.#pump();
  }

  /** Tells the caller at once, and the thread; where that does not listen, it is ended and another one takes its place. */
  #giveUp(thread: Thread, error: Error): void {
    const { call } = thread;
    if (call === null) return;
    call.leave();
    call.reject(error);
    Atomics.store(thread.unwanted, 0, call.number);
    const timer = setTimeout(() => {
      thread.isEnding = true;
      void thread.worker.terminate();
      this.#pump();
    }, this.#limits.graceMs);
    call.leave = () => clearTimeout(timer);
  }

  #tellIdle(): void {
    if (this.#waiting.length > 0) return;
    for (const { call, isEnding } of this.#threads) if (call !== null && !isEnding) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** Calls `giveUp` when the time is over or the caller has gone; until the call leaves. */
function watch(call: Call, ms: number, giveUp: (error: Error) => void, late: () => Error): void {
  const timer = setTimeout(() => giveUp(late()), ms);
  const gone = () => giveUp(unwanted());
  call.signal?.addEventListener('abort', gone, { once: true });
  call.leave = () => {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', gone);
  };
}

const unwanted = () => new ReadGivenUp('unwanted', 'whoever asked has gone');

function within(ms: number, done: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([done, over]).finally(() => clearTimeout(timer));
}
