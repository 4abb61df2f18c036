/**
 * Tells an event that comes again from a new one. Within a visitor, its key does so for ever: the table of events has an
 * index for it. Within a site it does so for a while, where whoever sends it may mean another visitor the second time.
 * Those keys are random, and an index over them costs an event more than all else together, so they are kept in memory,
 * and in a table in order of arrival, from which a new start reads them.
 */
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { maxAgoMs } from '../../../tracker/wire.ts';
import type { Draft } from '../../draft.ts';

/** Keys are known for one stretch at least, and two at most. No browser sends an event again after so long. */
export const stretchMs = maxAgoMs;

/** Keys in memory of one stretch at most, some ten megabytes; where more come, it is over sooner. */
const maxKeys = 200_000;

/** Old keys that go with a transaction, beside two for each that it brings: never many at once. */
const droppedAtLeast = 100;

export interface RecentMessages {
  /** True if the site was told this event lately; else it is from now on. */
  isRepeated(draft: Draft, digest: Buffer): boolean;
  /** Lets go of some of what is too old; at the end of a transaction. */
  tidy(): void;
  /** After a rollback: what the transaction brought was never told. */
  forget(): void;
  /** After a commit: it was. */
  keep(): void;
}

/** @param most keys in memory of one stretch */
export function openRecentMessages(db: Database, most = maxKeys): RecentMessages {
  const insert = db.prepare<[number, number, number]>(
    'insert into recent_message (stretch, site_id, message) values (?, ?, ?)',
  );
  const oldest = db.prepare<[], { id: number; stretch: number }>(
    'select id, stretch from recent_message where id > 0 order by id limit 1',
  );
  const drop = db.prepare<[number, number]>('delete from recent_message where id < ? and stretch < ?');
  let stretch = 0;
  let young = new Set<number>();
  let old = new Set<number>();
  let brought: number[] = [];
  let isTidy = false;

  function turn(next: number): void {
    old = next === stretch + 1 || next === stretch ? young : new Set();
    young = new Set();
    stretch = next;
    isTidy = false;
  }

  for (const [inStretch = 0, siteId = 0, message = 0] of db
    .prepare<[number], number[]>(
      'select * from (select stretch, site_id, message, id from recent_message order by id desc limit ?) order by id',
    )
    .raw()
    .all(2 * most)) {
    if (inStretch > stretch || young.size >= most) turn(Math.max(inStretch, stretch));
    young.add(keyOf(siteId, message));
  }

  return {
    isRepeated({ siteId, receivedAt }, digest) {
      const current = Math.floor(receivedAt / stretchMs);
      if (current > stretch) turn(current);
      const message = siteMessageOf(digest);
      const key = keyOf(siteId, message);
      if (young.has(key) || old.has(key)) return true;
      if (young.size >= most) turn(stretch);
      insert.run(stretch, siteId, message);
      young.add(key);
      brought.push(key);
      return false;
    },
    tidy() {
      if (brought.length === 0 || isTidy) return;
      const first = oldest.get();
      isTidy = first === undefined || first.stretch >= stretch - 1;
      if (first !== undefined) drop.run(first.id + 2 * brought.length + droppedAtLeast, stretch - 1);
    },
    forget() {
      for (const key of brought) {
        young.delete(key);
        old.delete(key);
      }
      brought = [];
    },
    keep() {
      brought = [];
    },
  };
}

/** An event's key, from which both numbers below are made. */
export function digestOf(eventKey: string): Buffer {
  return hash('sha1', eventKey, 'buffer');
}

/** 48 bits of the key, compared within one visitor only: chance of a false duplicate below 1e-9 at a million events. */
export function messageOf(digest: Buffer): number {
  return digest.readUIntBE(0, 6);
}

/** 52 bits, compared with some hundred thousand others: the chance that any two are alike is below 2e-5. */
function siteMessageOf(digest: Buffer): number {
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) >> 4);
}

/** One number for a site's message: far apart for two sites, whatever their ids. */
function keyOf(siteId: number, message: number): number {
  return (message + siteId * 2_654_435_761_137) % Number.MAX_SAFE_INTEGER;
}
