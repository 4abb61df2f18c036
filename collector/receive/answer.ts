/** What a sender is told: status and headers, from what became of the events. */
import { droppedHeader } from '../../tracker/wire.ts';
import type { Answer } from './collect.ts';
import { dropReasons } from './reasons.ts';
import { longerCookie, type VisitorHere } from './visitor-cookie.ts';

/** Seconds after which a sender who met a full queue may come again. */
const retryAfter = '5';

export type Status = 204 | 400 | 403 | 404 | 413 | 503;

/** Anyone may send; nothing can be read but what became of it. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': `${droppedHeader}, retry-after`,
};

/**
 * 2xx means stored, now or earlier; else the reason of the first refusal. Where events could not be taken for now, the
 * sender must come again with the whole batch: what is stored by then is known by its ids.
 */
export function statusOf({ stored, refused }: Answer): Status {
  if (refused.has('busy')) return dropReasons.busy.status;
  if (stored > 0 || refused.has('duplicate')) return 204;
  const [first] = refused.keys();
  const status = first === undefined ? 400 : dropReasons[first].status;
  return status === 200 ? 204 : status;
}

export function headersOf(answer: Answer): Record<string, string> {
  const { refused } = answer;
  if (refused.size === 0) return open;
  return {
    ...open,
    [droppedHeader]: [...refused].map(([reason, count]) => `${reason}=${count}`).join(', '),
    ...(refused.has('busy') ? { 'retry-after': retryAfter } : {}),
  };
}

/** Keeps the visitor known whose events these were; nobody who sent events in another's name. */
export function cookieOf(answer: Answer, here: VisitorHere | null): Record<string, string> {
  if (here === null || answer.from?.visitor !== here.visitor || statusOf(answer) !== 204) return {};
  const cookie = longerCookie(here, answer.from.site);
  return cookie === null ? {} : { 'set-cookie': cookie };
}
