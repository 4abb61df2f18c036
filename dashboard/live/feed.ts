/**
 * The one feed behind every open live page. While somebody watches, it asks the store once a second for what is new,
 * and keeps the last half hour in memory; viewers are told of it, and ask for nothing themselves.
 */
import type { LiveEvent } from '../../collector/store/live.ts';
import type { Store } from '../../collector/store/store.ts';

/** What counts as now. */
export const liveMs = 30 * 60_000;

/** Events kept; a site with more in half an hour is told so on its page. */
export const maxLiveEvents = 5_000;

const usual = { everyMs: 1_000, beatMs: 15_000, maxViewers: 50 };

/** The last half hour, at one moment. */
export interface Moment {
  at: number;
  /** Newest first. */
  events: readonly LiveEvent[];
  /** Those that no moment before had, newest first. */
  fresh: readonly LiveEvent[];
}

export interface Viewer {
  moment(moment: Moment): void;
  /** Now and then, so that a connection is not taken for a dead one. */
  beat(): void;
  /** The server stops. */
  end(): void;
}

export interface LiveFeed {
  /** As it is now, for a page that is not told of more. */
  now(): Promise<Moment>;
  /**
   * Tells the viewer at once, or as soon as it is known, and then of all that is new.
   * @returns how to leave; null: too many watch already
   */
  watch(viewer: Viewer): (() => void) | null;
  close(): void;
}

type Source = Pick<Store, 'liveEvents' | 'whileWanted'>;

export function createLiveFeed(options: {
  store: Source;
  now: () => number;
  limits?: Partial<typeof usual>;
}): LiveFeed {
  const { store, now } = options;
  const { everyMs, beatMs, maxViewers } = { ...usual, ...options.limits };
  const viewers = new Set<Viewer>();
  // Whoever came first may be gone while others still watch: what is read is wanted until the feed is closed.
  const closing = new AbortController();
  let lastId: number | null = null;
  let current: Moment | null = null;
  let timer: NodeJS.Timeout | undefined;
  let beats: NodeJS.Timeout | undefined;

  async function read(at: number, afterId: number | null) {
    return store.whileWanted(closing.signal, () =>
      store.liveEvents({ afterId, since: at - liveMs, limit: maxLiveEvents }),
    );
  }

  async function look(): Promise<void> {
    const at = now();
    const answer = await read(at, lastId);
    if (viewers.size === 0) return;
    lastId = answer.lastId;
    const isFirst = current === null;
    const hasTurned = Math.floor(at / 60_000) !== Math.floor((current?.at ?? 0) / 60_000);
    if (answer.events.length === 0 && !hasTurned) return;
    const events = [...answer.events, ...(current?.events ?? [])]
      .filter((event) => event.at >= at - liveMs)
      .slice(0, maxLiveEvents);
    current = { at, events, fresh: isFirst ? [] : answer.events };
    for (const viewer of viewers) viewer.moment(current);
  }

  function schedule(afterMs: number): void {
    timer = setTimeout(async () => {
      // A store that is busy is asked again a second later; nobody is told anything meanwhile.
      await look().catch(() => undefined);
      if (viewers.size > 0 && !closing.signal.aborted) schedule(everyMs);
      else timer = undefined;
    }, afterMs);
    timer.unref();
  }

  function rest(): void {
    clearInterval(beats);
    beats = undefined;
    current = null;
    lastId = null;
  }

  return {
    async now() {
      if (current !== null) return { ...current, at: now(), fresh: [] };
      const at = now();
      return { at, events: (await read(at, null)).events, fresh: [] };
    },
    watch(viewer) {
      if (viewers.size >= maxViewers || closing.signal.aborted) return null;
      viewers.add(viewer);
      if (current !== null) viewer.moment({ ...current, fresh: [] });
      if (timer === undefined) schedule(0);
      beats ??= setInterval(() => {
        for (const one of viewers) one.beat();
      }, beatMs).unref();
      return () => {
        if (viewers.delete(viewer) && viewers.size === 0) rest();
      };
    },
    close() {
      closing.abort();
      for (const viewer of viewers) viewer.end();
      viewers.clear();
      clearTimeout(timer);
      rest();
    },
  };
}
