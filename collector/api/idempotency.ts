/**
 * Calls that are made again because their answer was lost: whoever sends an `Idempotency-Key` with a POST gets the first
 * answer again, and nothing is done twice. Kept in memory, so a restart forgets them.
 */
import { createHash } from 'node:crypto';
import { Problem } from './problem.ts';

/** Lower case, as all headers come. */
export const idempotencyHeader = 'idempotency-key';
const keptMs = 24 * 3_600_000;
const maxKept = 1_000;
/** What answers with more only reads, and can be asked again. */
const maxKeptLength = 16 * 1_024;
const keyShape = /^[\x21-\x7e]{1,200}$/;

interface Answered {
  status: number;
  type: string;
  text: string;
}

interface Known {
  at: number;
  /** Of what was asked for. */
  print: string;
  answered: Promise<Answered>;
}

export interface Repeats {
  /**
   * Runs a call, or answers it as the one before under the same name was. Of two at once the second waits for the first.
   * @param given the header as it was sent
   * @param asked what is asked for; another under the same name is a slip
   * @throws Problem for a name that is none, or one that stands for another call
   */
  once(
    keyId: number,
    given: string,
    asked: readonly unknown[],
    run: () => Promise<Response>,
  ): Promise<Response>;
}

/** @param now a clock, ms */
export function openRepeats(now: () => number): Repeats {
  const known = new Map<string, Known>();

  function forgetOld(): void {
    for (const [name, { at }] of known) {
      // In the order in which they came.
      if (known.size <= maxKept && now() - at < keptMs) return;
      known.delete(name);
    }
  }

  return {
    async once(keyId, given, asked, run) {
      if (!keyShape.test(given))
        throw new Problem(
          'bad-request',
          'the Idempotency-Key is no name of 1 to 200 letters without blanks; a UUID does',
        );
      const name = `${keyId} ${given}`;
      const print = createHash('sha256').update(JSON.stringify(asked)).digest('base64');
      forgetOld();
      const before = known.get(name);
      if (before !== undefined && before.print !== print)
        throw new Problem(
          'bad-request',
          `the Idempotency-Key "${given.slice(0, 60)}" was sent with another call before; give each its own`,
        );
      const answered = before?.answered ?? run().then(readAnswer);
      if (before === undefined) {
        known.set(name, { at: now(), print, answered });
        const forget = () => void known.delete(name);
        // What failed changed nothing, and may be tried again.
        answered.then(({ text }) => (text.length > maxKeptLength ? forget() : undefined), forget);
      }
      const { status, type, text } = await answered;
      return new Response(text, { status, headers: { 'content-type': type } });
    },
  };
}

async function readAnswer(response: Response): Promise<Answered> {
  const type = response.headers.get('content-type') ?? 'application/json';
  return { status: response.status, type, text: await response.text() };
}
