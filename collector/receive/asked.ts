/** What is read of a request beside its body, however it came: through the app, or straight from the socket. */

import { cookieOf, headersOf, type Status, statusOf } from './answer.ts';
import { clientIp, isOwnProxy, type TrustedProxies } from './client-ip.ts';
import type { Answer, Collect, Sender } from './collect.ts';
import { boundedAgent } from './user-agent.ts';
import { visitorHere } from './visitor-cookie.ts';

/** A request's headers, by names in lower case, and the socket's other end. */
export interface Asked {
  headers: Pick<Headers, 'get'>;
  peer: string;
}

export function senderOf({ headers, peer }: Asked, trusted: TrustedProxies): Sender {
  return {
    address: clientIp(headers, peer, trusted),
    userAgent: boundedAgent(headers.get('user-agent') ?? ''),
  };
}

/** Hosts that the browser may have asked: ours, and the one that a proxy of ours stands on. */
export function askedHosts({ headers, peer }: Asked, trusted: TrustedProxies): string[] {
  const forwarded = headers.get('x-forwarded-host')?.split(',')[0]?.trim();
  return [
    headers.get('host') ?? '',
    ...(forwarded !== undefined && isOwnProxy(peer, trusted) ? [forwarded] : []),
  ];
}

/** The one way in of `POST /e`, with its answer. */
export type TakeEvents = (
  text: string | null,
  asked: Asked,
) => Promise<{
  status: Status;
  headers: Record<string, string>;
}>;

export function takingEvents(collect: Pick<Collect, 'body'>, trusted: TrustedProxies): TakeEvents {
  return async (text, asked) => {
    const answer: Answer = await collect.body(text, senderOf(asked, trusted));
    const origin = asked.headers.get('origin') ?? undefined;
    const here = visitorHere(asked.headers, origin, () => askedHosts(asked, trusted));
    return { status: statusOf(answer), headers: { ...headersOf(answer), ...cookieOf(answer, here) } };
  };
}
