/**
 * Sketches of each day's different browsers on a site. Of events and not of visits: an event stays, so that a sketch,
 * out of which nobody can be taken, is the same kept up to date and made anew.
 */
import type { Database } from 'better-sqlite3';
import { addToSketch, sketchBytes } from '../../identify/distinct.ts';
import { dayNumber } from '../../time.ts';

interface Kept {
  siteId: number;
  day: number;
  sketch: Uint8Array;
  isChanged: boolean;
}

/** Visitors of whom is remembered that they are in their day's sketch; most events are of one that is. */
const maxSeen = 50_000;

/** @param table `visitor_day`, or the table beside it that `verify` fills */
export function visitorDayStatements(db: Database, table = 'visitor_day') {
  const find = db
    .prepare<[number, number], Uint8Array>(`select sketch from ${table} where site_id = ? and day = ?`)
    .pluck();
  const write = db.prepare(`
    insert into ${table} (site_id, day, sketch) values (@siteId, @day, @sketch)
    on conflict (site_id, day) do update set sketch = excluded.sketch`);
  // Only within a transaction: between two, another process may have written.
  const kept = new Map<string, Kept>();
  // For ever: whoever wrote meanwhile can have taken nobody out.
  const seen = new Set<string>();

  function keptOf(siteId: number, day: number): Kept {
    const key = `${siteId}/${day}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const sketch = find.get(siteId, day) ?? new Uint8Array(sketchBytes);
    const made = { siteId, day, sketch, isChanged: false };
    kept.set(key, made);
    return made;
  }

  return {
    /** Somebody's browser did something that makes a visit. */
    seen(siteId: number, at: number, visitorId: number): void {
      const day = dayNumber(at);
      // A visitor is one site's.
      const key = `${day}/${visitorId}`;
      if (seen.has(key)) return;
      if (seen.size >= maxSeen) seen.clear();
      seen.add(key);
      const of = keptOf(siteId, day);
      if (addToSketch(of.sketch, visitorId)) of.isChanged = true;
    },
    /** Writes what has changed. */
    save(): void {
      for (const { siteId, day, sketch, isChanged } of kept.values())
        if (isChanged) write.run({ siteId, day, sketch });
      kept.clear();
    },
    /** After a rollback: none of it happened. */
    forget(): void {
      kept.clear();
      seen.clear();
    },
  };
}
