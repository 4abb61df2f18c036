/** Who is here now. */
import { z } from '@hono/zod-openapi';
import { type Operation, operation } from '../operation.ts';
import { count, iso, orNull, siteIn, siteOf, time } from '../shapes.ts';

const company = z
  .object({
    account: z.object({ id: z.int(), name: z.string() }),
    page: orNull(
      z.object({ host: z.string(), path: z.string(), title: z.string() }),
      'The page that one of its people saw last; null: they did something else.',
    ),
    since: time('When the first of the visits that are going on began.'),
    lastAt: time('What they did last.'),
    people: count('People and browsers.'),
  })
  .openapi('LiveCompany');

export const live: Operation = operation({
  id: 'get-live',
  method: 'get',
  path: '/live',
  needs: 'accounts:read',
  summary: 'See who is here now',
  description:
    'The last half hour, as of this moment. Ask once a minute; what each visit did is in `GET /events`.',
  query: z.strictObject({ site: siteIn }),
  answer: {
    status: 200,
    description: 'The last half hour.',
    schema: z
      .object({
        at: time('The moment that it is of.'),
        companies: z
          .array(company)
          .openapi({ description: 'The latest first, the first fifty; `companyCount` is all.' }),
        companyCount: count('Companies that are here.'),
        people: count('People and browsers of companies.'),
        unnamedVisits: count('Visits of whom no company is known.'),
        minutes: z
          .array(z.int())
          .openapi({ description: 'Pages in each of the last thirty minutes, the oldest first.' }),
        isCut: z.boolean().openapi({ description: 'More happened than is looked at.' }),
      })
      .openapi('Live'),
    example: {
      at: '2026-11-20T14:55:00.000Z',
      companies: [
        {
          account: { id: 7, name: 'Brightwater Energy' },
          page: { host: 'www.example.com', path: '/pricing', title: 'Pricing' },
          since: '2026-11-20T14:40:00.000Z',
          lastAt: '2026-11-20T14:52:07.000Z',
          people: 2,
        },
      ],
      companyCount: 1,
      people: 2,
      unnamedVisits: 11,
      minutes: [0, 2, 1],
      isCut: false,
    },
  },
  async handle(asked) {
    const { at, companies, ...counts } = await asked.live(await siteOf(asked, asked.query.site));
    return {
      at: iso(at),
      companies: companies.map((one) => ({
        ...one,
        account: { ...one.account },
        page: one.page && { ...one.page },
        since: iso(one.since),
        lastAt: iso(one.lastAt),
      })),
      ...counts,
    };
  },
});
