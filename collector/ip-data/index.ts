/** The door of the room: what is fetched, by whose choice, when again, and what is loaded. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Lists } from '../reveal/lists.ts';
import { reasonOf } from '../reveal/reason.ts';
import type { Resolver } from '../reveal/resolver.ts';
import type { Store } from '../store/store.ts';
import {
  isDue,
  nextAt,
  type Outcome,
  readOutcome,
  readSchedule,
  type Schedule,
  writeOutcome,
  writeSchedule,
} from './schedule.ts';
import { type Credentials, type SourceName, sourceNames, sources } from './sources.ts';
import { type DataFile, readDataFiles } from './status.ts';
import { type Updated, type UpdateOptions, updateSource } from './update.ts';

export interface IpDataOptions {
  /** Folder of fetched data. */
  folder: string;
  store: Pick<Store, 'setting' | 'setSetting'>;
  resolver: Pick<Resolver, 'databases' | 'refresh'>;
  lists: Lists;
  credentials: Credentials;
  version: string;
  now: () => number;
  log: (line: string, detail?: object) => void;
  /** Other places to ask, for tests. */
  bases?: Readonly<Partial<Record<SourceName, string>>>;
  limits?: UpdateOptions['limits'];
}

/** One source as an owner sees it. */
export interface SourceState {
  source: SourceName;
  schedule: Schedule;
  last: Outcome | null;
  nextAt: number | null;
  /** Names of settings without which it cannot be asked. */
  missing: string[];
}

export interface Running {
  source: SourceName;
  bytes: number;
  /** Null where it is not known. */
  total: number | null;
}

export interface IpData {
  folder: string;
  /** What is loaded. */
  files(): Promise<DataFile[]>;
  sources(): Promise<SourceState[]>;
  /**
   * Fetches a source, or takes a file for it; resolves when the new file is in use here.
   * @throws Error that says what is wrong; it is kept as the source's last outcome too
   */
  update(
    source: SourceName,
    from?: string | null,
    onProgress?: UpdateOptions['onProgress'],
  ): Promise<Updated>;
  /** What is being fetched by this process now. */
  running(): Running | null;
  setSchedule(source: SourceName, schedule: Schedule): Promise<void>;
  /** Sources whose file is in the folder. */
  present(): Promise<SourceName[]>;
  /** Fetches whatever is due, one after the other. A failure is logged and kept, and never thrown. */
  fetchDue(): Promise<void>;
  /** Breaks off what is being fetched. */
  close(): Promise<void>;
}

export function openIpData(options: IpDataOptions): IpData {
  const { folder, store, resolver, lists, credentials, version, now, log, bases = {} } = options;
  const stop = new AbortController();
  let running: Running | null = null;
  /** One at a time: two would fight for the machine. */
  let queue: Promise<unknown> = Promise.resolve();

  function update(
    source: SourceName,
    from: string | null = null,
    onProgress?: UpdateOptions['onProgress'],
  ): Promise<Updated> {
    const updated = queue.then(() => updateNow(source, from, onProgress));
    queue = updated.catch(() => undefined);
    return updated;
  }

  async function updateNow(
    source: SourceName,
    from: string | null,
    onProgress: UpdateOptions['onProgress'],
  ): Promise<Updated> {
    running = { source, bytes: 0, total: null };
    const base = bases[source];
    try {
      const updated = await updateSource({
        source,
        folder,
        from,
        credentials,
        now: now(),
        version,
        signal: stop.signal,
        ...(base === undefined ? {} : { base }),
        ...(options.limits ? { limits: options.limits } : {}),
        onProgress(bytes, total) {
          running = { source, bytes, total };
          onProgress?.(bytes, total);
        },
      });
      await resolver.refresh();
      await lists.refresh();
      await writeOutcome(store, source, { at: now(), problem: null });
      return updated;
    } catch (error) {
      // That we stopped says nothing of the source: it is due again.
      if (stop.signal.aborted) throw error;
      await writeOutcome(store, source, { at: now(), problem: reasonOf(error) });
      throw error;
    } finally {
      running = null;
    }
  }

  return {
    folder,
    files: () => readDataFiles(folder, resolver.databases(), lists.status()),
    sources: () =>
      Promise.all(
        sourceNames.map(async (source) => {
          const schedule = await readSchedule(store, source);
          const last = await readOutcome(store, source);
          const missing = sources[source].missing(credentials);
          return { source, schedule, last, missing, nextAt: nextAt(schedule, last, now()) };
        }),
      ),
    update,
    running: () => running,
    setSchedule: (source, schedule) => writeSchedule(store, source, schedule),
    async present() {
      const found = await Promise.all(
        sourceNames.map((name) =>
          access(path.join(folder, sources[name].file)).then(
            () => name,
            () => null,
          ),
        ),
      );
      return found.filter((name) => name !== null);
    },
    async fetchDue() {
      for (const source of sourceNames) {
        if (stop.signal.aborted) return;
        try {
          if (!isDue(await readSchedule(store, source), await readOutcome(store, source), now())) continue;
          const { networks, dataOf } = await update(source);
          log(`${sources[source].title} was fetched`, { networks, dataOf });
        } catch (error) {
          if (stop.signal.aborted) return;
          log(`${sources[source].title} could not be fetched: ${reasonOf(error)}; tried again tomorrow`);
        }
      }
    },
    async close() {
      stop.abort();
      await queue;
    },
  };
}
