/** What a client of Segment's API is told. Pure. */
import { droppedHeader } from '../../../tracker/wire.ts';
import { type DropReason, dropReasons } from '../reasons.ts';
import type { CallAnswer } from './collect.ts';

/** Seconds after which a sender who met a full queue may come again. */
const retryAfter = '5';

export type CallStatus = 200 | 400 | 401 | 503;

/** Refusals of a whole body: the only ones that are an error to these clients. */
const isBodys: readonly DropReason[] = ['malformed', 'too_large', 'too_deep'];

/**
 * Exactly 200 with a JSON object wherever something was understood: Python takes any other status for an error, PHP
 * logs it, Ruby parses the body whatever it is. Single refusals are told in it.
 *
 * A key that is nobody's is 401: a 4xx other than 408, 410, 429 and 460 is what the official clients report and drop,
 * while they send 5xx again for as long as they live; Go's sends anything from 300 on ten times, and then drops it.
 * 503 with `Retry-After` is for calls that can be taken later: they come again with the same message ids.
 */
export function callStatus({ stored, refused, calls }: CallAnswer): CallStatus {
  if (refused.has('busy')) return 503;
  if (stored > 0) return 200;
  const [first, ...others] = refused.keys();
  if (first === undefined || others.length > 0) return 200;
  if (first === 'unknown_site') return 401;
  return calls.length === 0 && isBodys.includes(first) ? 400 : 200;
}

export function callHeaders({ refused }: CallAnswer): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': `${droppedHeader}, retry-after`,
    ...(refused.size > 0 && {
      [droppedHeader]: [...refused].map(([reason, times]) => `${reason}=${times}`).join(', '),
    }),
    ...(refused.has('busy') && { 'retry-after': retryAfter }),
  };
}

export function callBody(answer: CallAnswer): Record<string, unknown> {
  const { stored, refused, calls } = answer;
  const status = callStatus(answer);
  const dropped = Object.fromEntries(refused);
  if (status !== 200) return { success: false, error: errorWords(refused), dropped };
  if (refused.size === 0) return { success: true };
  return {
    success: true,
    stored,
    dropped,
    refused: calls.map((call) => ({ ...call, says: wordsOf(call.reason) })),
  };
}

function errorWords(refused: ReadonlyMap<DropReason, number>): string {
  const [first = 'malformed'] = refused.has('busy') ? (['busy'] as const) : refused.keys();
  return wordsOf(first);
}

/** Where these clients meet other limits, or know a thing by another name. */
const ownWords: Partial<Record<DropReason, string>> = {
  unknown_site:
    'the write key is none of this server’s: it is the site key, sent as the user name of basic authorization or as writeKey; the page Sites has it',
  too_large: 'more than 32 KB in a call, or 500 KB in a batch',
  too_many: 'more than 2,500 calls in a batch',
  too_old: 'older than it can be: eight days for a browser, the web itself for a server',
  schema:
    'a field is missing or of a wrong type: a call needs userId or anonymousId, a type, its name (track) or groupId (group) or previousId (alias), and times as ISO 8601',
};

function wordsOf(reason: DropReason): string {
  return ownWords[reason] ?? dropReasons[reason].says;
}
