/** What the overview's page has: how many came and from where, beside the period before. */
import { z } from '@hono/zod-openapi';
import type { TrafficDay, TrafficRow, TrafficSums, VisitSum } from '../../store/traffic.ts';
import { dayMs, isoDay } from '../../time.ts';
import { periodBefore } from '../../typed/period.ts';
import { type Operation, operation } from '../operation.ts';
import {
  count,
  numberIn,
  orNull,
  periodIn,
  periodIs,
  periodShape,
  periodTold,
  siteIn,
  siteOf,
} from '../shapes.ts';

const maxRows = 100;
const usualRows = 10;

const visitSum = { visits: count('Visits.'), accountVisits: count('Of these, a company’s.') };
const sums = z
  .object({
    ...visitSum,
    accounts: count('Companies with a visit.'),
    newAccounts: count('Of these, first seen in the period.'),
    pages: count('Pages seen by everybody.'),
    visitors: count('Different browsers, to within a twentieth; your own people’s too.'),
  })
  .openapi('TrafficSums');
const day = z.object({ day: z.iso.date(), ...visitSum }).openapi('TrafficDay');
const beforeSum = orNull(z.object(visitSum), 'In the period before; null: there is none to compare with.');
const listOf = <Value extends z.ZodRawShape>(value: Value, description: string) =>
  z.array(z.object({ ...value, ...visitSum, before: beforeSum })).openapi({ description });

const shape = z
  .object({
    period: periodShape,
    before: orNull(periodShape, 'As many days before it; null: since the beginning there are none.'),
    firstDay: z.iso.date().nullable().openapi({
      description: 'The first on which anything was counted: a period before it cannot be compared with.',
    }),
    sums,
    sumsBefore: orNull(sums),
    days: z.array(day).openapi({ description: 'Days with a visit, the oldest first.' }),
    daysBefore: z.array(day),
    sources: listOf({ channel: z.string(), source: z.string() }, 'The most visits first.'),
    campaigns: listOf({ campaign: z.string(), source: z.string() }, 'The most visits first.'),
    countries: listOf(
      { country: z.string().nullable() },
      'Where the visitors’ networks are; the most visits first.',
    ),
    landings: listOf({ host: z.string(), path: z.string() }, 'Pages that visits began on.'),
  })
  .openapi('Traffic');

const sumTold = ({ visits, accountVisits }: VisitSum) => ({ visits, accountVisits });
const sumsTold = (one: TrafficSums) => ({
  visits: one.visits,
  accountVisits: one.accountVisits,
  accounts: one.accounts,
  newAccounts: one.newAccounts,
  pages: one.pages,
  visitors: one.visitors,
});
const dayTold = ({ day: number, ...sum }: TrafficDay) => ({ day: isoDay(number * dayMs), ...sumTold(sum) });
const rowTold = <Value extends object>(row: TrafficRow<Value>) => ({
  ...row,
  before: row.before && sumTold(row.before),
});

export const traffic: Operation = operation({
  id: 'get-traffic',
  method: 'get',
  path: '/traffic',
  needs: 'accounts:read',
  summary: 'Compare a period with the one before',
  description:
    'The overview’s page: sums, days, sources, campaigns, countries and landing pages, each beside the period of the same length before. New companies: `GET /accounts?list=new`.',
  query: z.strictObject({
    ...periodIn,
    site: siteIn,
    rows: numberIn(`Rows of each list, at most ${maxRows}; ${usualRows} where it is left out.`, {
      most: maxRows,
      example: usualRows,
    }).default(usualRows),
  }),
  answer: {
    status: 200,
    description: 'The numbers.',
    schema: shape,
    example: {
      period: { from: '2026-11-14T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      before: { from: '2026-11-07T00:00:00.000Z', to: '2026-11-14T00:00:00.000Z' },
      firstDay: '2026-06-02',
      sums: {
        visits: 512,
        accountVisits: 120,
        accounts: 43,
        newAccounts: 9,
        pages: 1_420,
        visitors: 390,
      },
      sumsBefore: null,
      days: [{ day: '2026-11-20', visits: 80, accountVisits: 19 }],
      daysBefore: [],
      sources: [
        {
          channel: 'Organic Search',
          source: 'google',
          visits: 210,
          accountVisits: 40,
          before: { visits: 190, accountVisits: 38 },
        },
      ],
      campaigns: [],
      countries: [{ country: 'DE', visits: 300, accountVisits: 90, before: null }],
      landings: [],
    },
  },
  async handle(asked) {
    const { query, store, now } = asked;
    const siteId = await siteOf(asked, query.site);
    const period = periodIs(query, now());
    const preset = query.from === undefined ? (query.period ?? '30d') : 'custom';
    const before = periodBefore(preset, period);
    const found = await store.traffic({ siteId, period, before, rows: query.rows });
    return {
      period: periodTold(period),
      before: before && periodTold(before),
      firstDay: found.firstDay === null ? null : isoDay(found.firstDay * dayMs),
      sums: sumsTold(found.sums),
      sumsBefore: found.sumsBefore && sumsTold(found.sumsBefore),
      days: found.days.map(dayTold),
      daysBefore: found.daysBefore.map(dayTold),
      sources: found.sources.map(rowTold),
      campaigns: found.campaigns.map(rowTold),
      countries: found.countries.map(rowTold),
      landings: found.landings.map(rowTold),
    };
  },
});
