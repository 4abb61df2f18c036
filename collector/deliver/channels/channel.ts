/** What a way of delivering must be able to do. */
import type { OutboxMessage } from '../../store/outbox.ts';

/** `refused`: it will never be taken, so it is not tried again. `failed`: perhaps later. */
export type Outcome =
  | { outcome: 'delivered' }
  | { outcome: 'refused'; problem: string }
  | { outcome: 'failed'; problem: string; retryAfterMs?: number };

export interface Channel {
  /** The least time between two messages. */
  gapMs: number;
  /**
   * Delivers one message, and ends within its own time limit. It never rejects but when it was told to stop.
   * @param stop the server is stopping: what is under way may be dropped, and is delivered again later
   */
  deliver(message: OutboxMessage, stop: AbortSignal): Promise<Outcome>;
}
