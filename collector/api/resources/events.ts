/** The events themselves, to be taken away: for a warehouse, or for good. */
import { z } from '@hono/zod-openapi';
import type { RawEvent } from '../../store/raw-event.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  agentShape,
  arrivalShape,
  arrivalTold,
  detailShape,
  eventTypes,
  iso,
  kindShape,
  numberIn,
  orNull,
  share,
  siteIn,
  siteOf,
  time,
  viaShape,
} from '../shapes.ts';

/** Events of one read of the store. */
const perRead = 500;

/** Of events from the first to the last there can be, ms UTC. */
const allTime = { from: 0, to: 8.64e15 };

const momentIn = (description: string, example: string) =>
  z.iso
    .datetime({ offset: true, error: 'is no time; write it as 2026-11-01T00:00:00Z' })
    .optional()
    .openapi({ description, example });

const line = z
  .object({
    id: z.int().openapi({ description: 'In order of arrival.' }),
    cursor: z.string().openapi({ description: 'To go on after this event.' }),
    siteId: z.int(),
    type: z.enum(eventTypes),
    at: time('When it happened.'),
    receivedAt: time('When it reached us; of an import, when it happened.'),
    via: viaShape,
    host: z.string(),
    path: z.string(),
    title: z.string(),
    detail: detailShape,
    arrival: orNull(arrivalShape, 'How the visit came; null inside of one.'),
    agent: agentShape,
    visitorId: z.int(),
    visitId: z.int().nullable(),
    accountId: z.int().nullable().openapi({ description: 'Whose visit it is by now.' }),
    person: z.string().nullable(),
    network: z.object({
      prefix: z.string(),
      country: z.string().nullable(),
      asNumber: z.int().nullable(),
      name: z.string().nullable(),
      domain: z.string().nullable(),
      kind: kindShape,
      tier: z.enum(['account', 'possible', 'none']),
      confidence: share('Of the claim.'),
    }),
  })
  .openapi('Event');

type Line = z.input<typeof line>;

const lineOf = (event: RawEvent, cursor: string): Line => ({
  id: event.id,
  cursor,
  siteId: event.siteId,
  type: event.type,
  at: iso(event.at),
  receivedAt: iso(event.receivedAt),
  via: event.via,
  host: event.host,
  path: event.path,
  title: event.title,
  detail: { ...event.detail },
  arrival: arrivalTold(event.arrival),
  agent: { ...event.agent },
  visitorId: event.visitorId,
  visitId: event.visitId,
  accountId: event.accountId,
  person: event.person,
  network: { ...event.network },
});

interface Wanted {
  siteId: number | null;
  from: number;
  to: number;
  /** Number of the event to go on after. */
  after: number;
  limit: number;
}

/** Page by page: no read lasts, and none begins before the one before was taken. */
async function* read(
  asked: Asked<unknown, unknown, unknown>,
  list: string,
  wanted: Wanted,
): AsyncGenerator<Line> {
  let { after, limit } = wanted;
  while (limit > 0 && !asked.signal.aborted) {
    const page = await asked.store.rawEvents({ ...wanted, after, limit: Math.min(perRead, limit) });
    for (const event of page.events) yield lineOf(event, asked.cursors.make(list, [event.id]));
    if (page.next === null) return;
    after = page.next;
    limit -= page.events.length;
  }
}

export const events: Resource = {
  name: 'Events',
  says: 'The events themselves, to be taken away.',
  operations: [
    operation({
      id: 'export-events',
      method: 'get',
      path: '/events',
      needs: 'events:read',
      summary: 'Take the events away',
      description:
        'A stream of lines, one event each, in the order in which they arrived: as long as there are, or up to `limit`. Each line has the cursor to go on after it, so a download that broke off goes on where it was, and tomorrow’s begins where today’s ended. Client addresses are not kept whole, and so are in none of them.',
      query: z.strictObject({
        from: momentIn('Events that happened at or after it.', '2026-11-01T00:00:00Z'),
        to: momentIn('Events that happened before it.', '2026-12-01T00:00:00Z'),
        site: siteIn,
        limit: numberIn('Lines at most; left out: all there are.', {
          most: 10_000_000,
          example: 10_000,
        }).optional(),
        cursor: z.string().max(200).optional().openapi({
          description: '`cursor` of the last line that you have; with the same from, to and site.',
        }),
      }),
      answer: {
        status: 200,
        type: 'application/x-ndjson',
        description: 'Lines of JSON, each an event of this shape.',
        schema: line,
        example: {
          id: 90_210,
          cursor: '1xlu.kO3Wq8aXb1Zt',
          siteId: 1,
          type: 'page',
          at: '2026-11-20T14:52:07.000Z',
          receivedAt: '2026-11-20T14:52:07.412Z',
          via: 'tag',
          host: 'www.example.com',
          path: '/pricing',
          title: 'Pricing',
          detail: {},
          arrival: null,
          agent: { browser: 'Firefox', os: 'Linux', device: 'desktop' },
          visitorId: 311,
          visitId: 90_195,
          accountId: 7,
          person: null,
          network: {
            prefix: '198.51.100.0/24',
            country: 'DE',
            asNumber: 64_500,
            name: 'Brightwater Energy',
            domain: 'brightwater.example',
            kind: 'business',
            tier: 'account',
            confidence: 0.82,
          },
        },
      },
      async handle(asked) {
        const { query, cursors } = asked;
        const from = query.from === undefined ? allTime.from : Date.parse(query.from);
        const to = query.to === undefined ? allTime.to : Date.parse(query.to);
        if (from > to)
          throw new Problem('bad-request', `"from" (${query.from}) lies after "to" (${query.to})`);
        const siteId = await siteOf(asked, query.site);
        const list = `events ${from} ${to} ${siteId ?? ''}`;
        const [after = 0] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
        return read(asked, list, { siteId, from, to, after, limit: query.limit ?? Number.POSITIVE_INFINITY });
      },
    }),
  ],
};
