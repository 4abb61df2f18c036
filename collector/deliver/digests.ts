/** Sends digests at their hours: each once, also where the server was not there at the hour. */
import type { Digest } from '../store/alerts.ts';
import type { Message } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import { dayMs } from '../time.ts';
import { composeDigest, spanOf } from './digest.ts';
import { dueSlot } from './digest-time.ts';

export interface DigestOptions {
  store: Store;
  now: () => number;
  log: (line: string, detail?: object) => void;
}

/** A week without one, and an hour for the change of the clocks. */
const silentMs = 7 * dayMs - 3_600_000;

/** @returns how many were put into the outbox */
export async function sendDueDigests({ store, now, log }: DigestOptions): Promise<number> {
  let sent = 0;
  for (const digest of await store.digests()) {
    const slot = dueSlot(digest, now());
    if (slot === null) continue;
    try {
      if (await sendOne(store, digest, slot, now())) sent += 1;
    } catch (error) {
      // It stays due, and is tried again at the next look.
      log('a digest could not be made', { error });
    }
  }
  return sent;
}

async function sendOne(store: Store, digest: Digest, slot: number, now: number): Promise<boolean> {
  const found = await composeDigest(store, digest, spanOf(digest, slot));
  const isWanted = found.visited > 0 || isLineDue(digest, slot);
  const since = digest.sentAt ?? digest.changedAt;
  const message: Message = found.visited > 0 ? found : { ...found, from: Math.min(found.from, since) };
  const queued = isWanted
    ? {
        key: `digest.${digest.user}.${slot}`,
        channel: 'mail' as const,
        recipient: digest.user,
        message,
        dueAt: now,
      }
    : null;
  return (await store.settleDigest(digest, slot, queued, now)) && isWanted;
}

function isLineDue({ whenEmpty, sentAt, changedAt }: Digest, slot: number): boolean {
  return whenEmpty === 'line' && slot - (sentAt ?? changedAt) >= silentMs;
}
