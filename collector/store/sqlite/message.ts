/**
 * Tells an event that comes again from a new one. Within a visitor, its key does so for ever: the table of events has an
 * index for it. Within a site it does so for a while, where whoever sends it may mean another visitor the second time:
 * an index over all of history whose keys are random would cost every event more than all the others together.
 */
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { maxAgoMs } from '../../../tracker/wire.ts';
import type { Draft } from '../../draft.ts';

/** Keys are known for one stretch at least, and two at most. No browser sends an event again after so long. */
export const stretchMs = maxAgoMs;

/** Old keys that go with a transaction, beside two for each that it brings: never many at once. */
const droppedAtLeast = 100;

export interface RecentMessages {
  /** True if the site was told this event lately; else it is from now on. */
  isRepeated(draft: Draft, digest: Buffer): boolean;
  /** Lets go of some of what is too old; at the end of a transaction. */
  tidy(): void;
}

export function openRecentMessages(db: Database): RecentMessages {
  const find = db.prepare<[number, number, bigint], unknown>(
    'select 1 from recent_message where stretch = ? and site_id = ? and message = ?',
  );
  const insert = db.prepare<[number, number, bigint]>(
    'insert into recent_message (stretch, site_id, message) values (?, ?, ?) on conflict do nothing',
  );
  const drop = db.prepare<[number, number]>(`
    delete from recent_message where (stretch, site_id, message) in
      (select stretch, site_id, message from recent_message where stretch < ? order by stretch, site_id, message limit ?)`);
  let latest = 0;
  let isTidy = false;
  let brought = 0;

  return {
    isRepeated({ siteId, receivedAt }, digest) {
      const stretch = Math.floor(receivedAt / stretchMs);
      const message = siteMessageOf(digest);
      if (find.get(stretch - 1, siteId, message) !== undefined) return true;
      if (insert.run(stretch, siteId, message).changes === 0) return true;
      brought += 1;
      if (stretch > latest) {
        latest = stretch;
        isTidy = false;
      }
      return false;
    },
    tidy() {
      if (brought === 0) return;
      const most = 2 * brought + droppedAtLeast;
      brought = 0;
      if (!isTidy) isTidy = drop.run(latest - 1, most).changes < most;
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

/** 62 bits, compared with a site's of some days: of ten million of them, the chance that any two are alike is 1e-5. */
function siteMessageOf(digest: Buffer): bigint {
  return digest.readBigUInt64BE(0) >> 2n;
}
