/** What one company did: its visits, its people, the networks that they came from. */
import { z } from '@hono/zod-openapi';
import { accountHome } from '../account-home.ts';
import { operation, type Resource } from '../operation.ts';
import {
  agentShape,
  arrivalShape,
  arrivalTold,
  byId,
  count,
  detailShape,
  eventTypes,
  exampleTimes,
  idIn,
  iso,
  orNull,
  pageOf,
  paging,
  siteIn,
  siteOf,
  time,
  viaShape,
} from '../shapes.ts';

const visit = z
  .object({
    id: z.int(),
    visitorId: z.int(),
    siteId: z.int(),
    startedAt: time('Its first event.'),
    endedAt: time('Its last event.'),
    arrival: orNull(arrivalShape),
    agent: agentShape,
    country: z.string().nullable(),
    attribution: z
      .enum(['network', 'person', 'group', 'learned', 'decision'])
      .openapi({ description: 'Why the visit is this account’s.' }),
    touchpoints: z.array(
      z
        .object({
          id: z.int(),
          type: z.enum(eventTypes),
          at: time('When it happened.'),
          host: z.string(),
          path: z.string(),
          title: z.string(),
          detail: detailShape,
        })
        .openapi('Touchpoint'),
    ),
  })
  .openapi('Visit');

const lane = z
  .object({
    visitorId: z.int(),
    via: viaShape,
    person: z.string().nullable().openapi({ description: 'E-mail or the site’s own id, if they told it.' }),
    firstVisitAt: time('Of this browser.'),
    lastVisitAt: time('Of this browser.'),
    visits: count('Of this browser.'),
  })
  .openapi('Visitor');

const network = z
  .object({
    prefix: z.string().openapi({ description: 'As far as addresses are kept.', example: '198.51.100.0/24' }),
    about: z.object({
      address: z.string().openapi({ description: '`about` of a correction of this one address.' }),
      range: z.string().openapi({ description: '`about` of a correction of the whole range.' }),
      system: z
        .string()
        .nullable()
        .openapi({ description: '`about` of a correction of the autonomous system.' }),
    }),
    name: z.string().nullable().openapi({ description: 'Who runs it, or whose it is said to be.' }),
    visits: count('Visits of the account from there.'),
  })
  .openapi('AccountNetwork');

export const journeys: Resource = {
  name: 'Journeys',
  says: 'What one company did: its visits, its people, the networks that they came from.',
  operations: [
    operation({
      id: 'list-visits',
      method: 'get',
      path: '/accounts/{id}/visits',
      needs: 'accounts:read',
      summary: 'Read a company’s journey',
      description: 'Its visits, the newest first, each with all that happened in it, in order.',
      params: byId('account'),
      query: z.strictObject({
        site: siteIn,
        visitor: idIn('Only this visitor, by its number.').optional(),
        ...paging,
      }),
      answer: {
        status: 200,
        description: 'One page of visits.',
        schema: pageOf(visit),
        example: {
          data: [
            {
              id: 90_195,
              visitorId: 311,
              siteId: 1,
              startedAt: '2026-11-20T14:40:00.000Z',
              endedAt: exampleTimes.last,
              arrival: null,
              agent: { browser: 'Firefox', os: 'Linux', device: 'desktop' },
              country: 'DE',
              attribution: 'network',
              touchpoints: [
                {
                  id: 90_195,
                  type: 'page',
                  at: '2026-11-20T14:40:00.000Z',
                  host: 'www.example.com',
                  path: '/pricing',
                  title: 'Pricing',
                  detail: {},
                },
              ],
            },
          ],
          next: null,
        },
      },
      async handle(asked) {
        const { query, cursors, store } = asked;
        const accountId = await accountHome(asked, asked.path.id);
        const list = `visits ${accountId} ${query.site ?? ''} ${query.visitor ?? ''}`;
        const [startedAt = 0, sessionId = 0] =
          query.cursor === undefined ? [] : cursors.read(list, query.cursor);
        const { sessions, next } = await store.journey({
          accountId,
          siteId: await siteOf(asked, query.site),
          visitorId: query.visitor ?? null,
          before: query.cursor === undefined ? null : { startedAt, sessionId },
          limit: query.limit,
        });
        return {
          data: sessions.map((one) => ({
            id: one.id,
            visitorId: one.visitorId,
            siteId: one.siteId,
            startedAt: iso(one.startedAt),
            endedAt: iso(one.endedAt),
            arrival: arrivalTold(one.arrival),
            agent: { ...one.agent },
            country: one.country,
            attribution: one.attribution,
            touchpoints: one.touchpoints.map((point) => ({
              ...point,
              at: iso(point.at),
              detail: { ...point.detail },
            })),
          })),
          next: next === null ? null : cursors.make(list, [next.startedAt, next.sessionId]),
        };
      },
    }),
    operation({
      id: 'list-visitors',
      method: 'get',
      path: '/accounts/{id}/visitors',
      needs: 'accounts:read',
      summary: 'List a company’s people and browsers',
      description:
        'Each browser, with the person where they told who they are; the latest first, at most a few hundred.',
      params: byId('account'),
      query: z.strictObject({ site: siteIn }),
      answer: {
        status: 200,
        description: 'The visitors.',
        schema: pageOf(lane),
        example: {
          data: [
            {
              visitorId: 311,
              via: 'tag',
              person: 'kim@brightwater.example',
              firstVisitAt: exampleTimes.first,
              lastVisitAt: exampleTimes.last,
              visits: 4,
            },
          ],
          next: null,
        },
      },
      async handle(asked) {
        const id = await accountHome(asked, asked.path.id);
        const lanes = await asked.store.lanes(id, await siteOf(asked, asked.query.site));
        const data = lanes.map(({ visitorId, via, person, firstAt, lastAt, visits }) => ({
          visitorId,
          via,
          person,
          firstVisitAt: iso(firstAt),
          lastVisitAt: iso(lastAt),
          visits,
        }));
        return { data, next: null };
      },
    }),
    operation({
      id: 'list-account-networks',
      method: 'get',
      path: '/accounts/{id}/networks',
      needs: 'accounts:read',
      summary: 'List the networks that led to a company',
      description: 'At most fifty, the most visits first; with what a correction can be about.',
      params: byId('account'),
      answer: {
        status: 200,
        description: 'The networks.',
        schema: pageOf(network),
        example: {
          data: [
            {
              prefix: '198.51.100.0/24',
              about: { address: 'address:1002003', range: 'range:198.51.100.0/24', system: 'as:64500' },
              name: 'Wide Area Telecom',
              visits: 14,
            },
          ],
          next: null,
        },
      },
      async handle(asked) {
        const networks = await asked.store.accountNetworks(await accountHome(asked, asked.path.id));
        const data = networks.map(({ prefix, addressKey, asNumber, name, visits }) => ({
          prefix,
          about: {
            address: `address:${addressKey}`,
            range: `range:${prefix}`,
            system: asNumber === null ? null : `as:${asNumber}`,
          },
          name,
          visits,
        }));
        return { data, next: null };
      },
    }),
  ],
};
