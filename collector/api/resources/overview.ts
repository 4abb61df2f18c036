/** The numbers of a period, and the visits in it that are no company’s. */
import { z } from '@hono/zod-openapi';
import { networkGroups } from '../../store/store.ts';
import { isoDay } from '../../time.ts';
import { operation, type Resource } from '../operation.ts';
import {
  count,
  evidence,
  evidenceTold,
  exampleTimes,
  kindShape,
  nextOffset,
  paging,
  periodIn,
  periodIs,
  periodPageOf,
  periodShape,
  periodTold,
  share,
  siteIn,
  siteOf,
} from '../shapes.ts';
import { live } from './live.ts';
import { traffic } from './traffic.ts';

const examplePeriod = { from: '2026-10-22T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };

const network = z
  .object({
    name: z.string(),
    domain: z.string().nullable(),
    kind: kindShape,
    confidence: share('How sure it is that it was this company.'),
    evidence: z.array(evidence),
    country: z.string().nullable(),
    visits: count('Visits in the period.'),
    pages: count('Pages seen.'),
    lastVisitOn: z.iso.date().openapi({ description: 'The day of the latest of them, in UTC.' }),
  })
  .openapi('Network');

export const overview: Resource = {
  name: 'Overview',
  says: 'The numbers of a period, who is here now, and the visits that are no company’s.',
  operations: [
    operation({
      id: 'get-overview',
      method: 'get',
      path: '/overview',
      needs: 'accounts:read',
      summary: 'Get the numbers of a period',
      description: 'What stands above the dashboard’s list.',
      query: z.strictObject({ ...periodIn, site: siteIn }),
      answer: {
        status: 200,
        description: 'The numbers.',
        schema: z
          .object({
            period: periodShape,
            visits: count('All visits but those of your own people.'),
            pages: count('Pages seen by everybody.'),
            accounts: count('Companies with a visit.'),
            newAccounts: count('Of these, first seen in the period.'),
            accountVisits: count('Visits that are a company’s.'),
            ownVisits: count('Visits of your own people, which are in none of the others.'),
          })
          .openapi('Overview'),
        example: {
          period: examplePeriod,
          visits: 5_120,
          pages: 14_201,
          accounts: 143,
          newAccounts: 31,
          accountVisits: 1_204,
          ownVisits: 77,
        },
      },
      async handle(asked) {
        const period = periodIs(asked.query, asked.now());
        const siteId = await siteOf(asked, asked.query.site);
        return { period: periodTold(period), ...(await asked.store.overview(siteId, period)) };
      },
    }),
    traffic,
    live,
    operation({
      id: 'list-networks',
      method: 'get',
      path: '/networks',
      needs: 'accounts:read',
      summary: 'List visits that are no company’s',
      description:
        'By who runs the network: companies not sure enough (`possible`), access providers, hosts and VPNs, the unknown, and yourselves.',
      query: z.strictObject({
        group: z.enum(networkGroups).openapi({ description: 'Which of them.', example: 'providers' }),
        ...periodIn,
        site: siteIn,
        search: z.string().max(100).default('').openapi({ description: 'In the name, anywhere.' }),
        ...paging,
      }),
      answer: {
        status: 200,
        description: 'One page, the most visits first.',
        schema: periodPageOf(network),
        example: {
          data: [
            {
              name: 'Wide Area Telecom',
              domain: null,
              kind: 'isp',
              confidence: 0,
              evidence: [{ source: 'blocker', says: 'an access provider', confidence: 0, dataOf: null }],
              country: 'DE',
              visits: 812,
              pages: 1_930,
              lastVisitOn: exampleTimes.last.slice(0, 10),
            },
          ],
          next: null,
          total: 1,
          period: examplePeriod,
        },
      },
      async handle(asked) {
        const { query, store, now, cursors } = asked;
        const { cursor, limit, ...filter } = query;
        const list = `networks ${JSON.stringify(filter)}`;
        const siteId = await siteOf(asked, query.site);
        const today = periodIs(query, now());
        const [offset = 0, from = today.from, to = today.to] =
          cursor === undefined ? [] : cursors.read(list, cursor);
        const { rows, total } = await store.networks({
          siteId,
          period: { from, to },
          group: query.group,
          search: query.search.trim(),
          offset,
          limit,
        });
        const next = nextOffset(offset, rows.length, total);
        return {
          data: rows.map(({ lastDay, evidence: reasons, ...one }) => ({
            ...one,
            evidence: evidenceTold(reasons),
            lastVisitOn: isoDay(lastDay),
          })),
          next: next === null ? null : cursors.make(list, [next, from, to]),
          total,
          period: periodTold({ from, to }),
        };
      },
    }),
  ],
};
