/** Companies: the list, one of them, and who of it came when. */
import { z } from '@hono/zod-openapi';
import { type AccountDetail, type AccountRow, accountSorts } from '../../store/store.ts';
import { dayMs, dayNumber, isoDay } from '../../time.ts';
import { accountHome } from '../account-home.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  accountName,
  byId,
  count,
  evidence,
  evidenceTold,
  exampleTimes,
  iso,
  kindShape,
  nameTold,
  nextOffset,
  orNull,
  pageOf,
  paging,
  periodIn,
  periodIs,
  periodPageOf,
  periodTold,
  share,
  siteIn,
  siteOf,
  time,
} from '../shapes.ts';

const maxSearchLength = 100;

const row = z
  .object({
    id: z.int(),
    name: z.string(),
    domain: z.string().nullable(),
    kind: kindShape,
    country: z.string().nullable().openapi({ description: 'ISO 3166-1, two letters.' }),
    confidence: share('How sure the name is.'),
    evidence: z.array(evidence).openapi({ description: 'Why this name, the strongest reason first.' }),
    firstVisitAt: time('Ever, not only in the period.'),
    lastVisitAt: time('The end of the latest visit in the period.'),
    visits: count('Visits in the period.'),
    people: count('People who told who they are, and browsers of which nobody did.'),
    pages: count('Pages seen in the period.'),
    forms: count('Forms sent in the period.'),
    channel: z.string().openapi({ description: 'How the latest visit with a source came.' }),
    source: z.string(),
    isNew: z.boolean().openapi({ description: 'Came for the first time in the period.' }),
    activity: z
      .array(z.int())
      .openapi({ description: 'Pages a day, the last 30 days of the period at most.' }),
  })
  .openapi('Account');

const rowExample: z.input<typeof row> = {
  id: 7,
  name: 'Brightwater Energy',
  domain: 'brightwater.example',
  kind: 'business',
  country: 'DE',
  confidence: 0.82,
  evidence: [
    {
      source: 'company-database',
      says: 'the range is Brightwater Energy’s',
      confidence: 0.82,
      dataOf: '2026-11-01',
    },
  ],
  firstVisitAt: exampleTimes.first,
  lastVisitAt: exampleTimes.last,
  visits: 14,
  people: 5,
  pages: 61,
  forms: 1,
  channel: 'Organic Search',
  source: 'google',
  isNew: false,
  activity: [0, 4, 0, 9],
};

const rowTold = (one: AccountRow): z.input<typeof row> => ({
  id: one.id,
  name: one.name,
  domain: one.domain,
  kind: one.kind,
  country: one.country,
  confidence: one.confidence,
  evidence: evidenceTold(one.evidence),
  firstVisitAt: iso(one.firstAt),
  lastVisitAt: iso(one.lastAt),
  visits: one.visits,
  people: one.people,
  pages: one.pages,
  forms: one.forms,
  channel: one.channel,
  source: one.source,
  isNew: one.isNew,
  activity: one.activity,
});

const profile = z
  .object({
    industry: z.string().nullable(),
    size: z.string().nullable(),
    country: z.string().nullable(),
    owner: z.string().nullable().openapi({ description: 'Who looks after it.' }),
    attributes: z.record(z.string(), z.string()),
    isTold: z.boolean().openapi({ description: 'No file says it: the site told it.' }),
  })
  .openapi('Profile');

const detail = z
  .object({
    id: z.int().openapi({ description: 'The account that it is now, where it was merged.' }),
    name: z.string(),
    domain: z.string().nullable(),
    kind: kindShape,
    country: z.string().nullable(),
    confidence: share('How sure the name is.'),
    attributions: z
      .array(
        z.object({
          evidence: z.array(evidence),
          confidence: share('What these reasons give together.'),
          visits: count('Visits that they name.'),
          prefix: z
            .string()
            .nullable()
            .openapi({ description: 'The network, as far as addresses are kept.' }),
          lastVisitAt: time('The latest of them.'),
        }),
      )
      .openapi({ description: 'Each network or e-mail that led here, the strongest first.' }),
    merged: z.array(accountName).openapi({ description: 'Accounts that were merged into it.' }),
    parent: orNull(accountName),
    children: z.array(accountName),
    profile: orNull(profile),
    firstVisitAt: time('Ever.'),
    lastVisitAt: time('Ever.'),
    visits: count('Ever.'),
    people: count('Ever.'),
    pages: count('Ever.'),
    forms: count('Ever.'),
    activity: z
      .array(z.object({ day: z.iso.date(), pages: z.int() }))
      .openapi({ description: 'Pages of each of the last 90 days.' }),
  })
  .openapi('AccountDetail');

function detailTold(one: AccountDetail, now: number): z.input<typeof detail> {
  const firstDay = dayNumber(now) - one.activity.length + 1;
  return {
    id: one.id,
    name: one.name,
    domain: one.domain,
    kind: one.kind,
    country: one.country,
    confidence: one.confidence,
    attributions: one.attributions.map(({ evidence: reasons, confidence, visits, prefix, lastAt }) => ({
      evidence: evidenceTold(reasons),
      confidence,
      visits,
      prefix,
      lastVisitAt: iso(lastAt),
    })),
    merged: one.merged.map((name) => ({ ...name })),
    parent: nameTold(one.parent),
    children: one.children.map((name) => ({ ...name })),
    profile: one.profile && {
      industry: one.profile.industry,
      size: one.profile.size,
      country: one.profile.country,
      owner: one.profile.owner,
      attributes: one.profile.attributes,
      isTold: one.profile.isTold === true,
    },
    firstVisitAt: iso(one.firstAt),
    lastVisitAt: iso(one.lastAt),
    visits: one.visits,
    people: one.people,
    pages: one.pages,
    forms: one.forms,
    activity: one.activity.map((pages, index) => ({ day: isoDay((firstDay + index) * dayMs), pages })),
  };
}

export const accounts: Resource = {
  name: 'Accounts',
  says: 'The companies that came.',
  operations: [
    operation({
      id: 'list-accounts',
      method: 'get',
      path: '/accounts',
      needs: 'accounts:read',
      summary: 'List the companies that came',
      description:
        'Companies with a visit in the period, with what they did in it: the dashboard’s list, with its filter.',
      query: z.strictObject({
        ...periodIn,
        site: siteIn,
        search: z
          .string()
          .max(maxSearchLength)
          .default('')
          .openapi({ description: 'In name or domain, anywhere.', example: 'energy' }),
        sort: z
          .enum(accountSorts)
          .default('last')
          .openapi({ description: 'In which order: `last` is by the latest visit.' }),
        direction: z
          .enum(['asc', 'desc'])
          .optional()
          .openapi({ description: 'Left out: names from A, all else from the most.' }),
        ...paging,
      }),
      answer: {
        status: 200,
        description: 'One page of companies.',
        schema: periodPageOf(row),
        example: {
          data: [rowExample],
          next: '1e.kO3Wq8aXb1Zt',
          total: 143,
          period: { from: '2026-10-22T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
        },
      },
      async handle(asked) {
        const { query, store, now, cursors } = asked;
        const { cursor, limit, ...filter } = query;
        const siteId = await siteOf(asked, query.site);
        const list = `accounts ${JSON.stringify(filter)}`;
        const today = periodIs(query, now());
        // The days stay those of the first page, whatever day it is by the last.
        const [offset = 0, from = today.from, to = today.to] =
          cursor === undefined ? [] : cursors.read(list, cursor);
        const { rows, total } = await store.accounts({
          siteId,
          period: { from, to },
          search: query.search.trim(),
          sort: query.sort,
          descending: query.direction === undefined ? query.sort !== 'name' : query.direction === 'desc',
          offset,
          limit,
        });
        const next = nextOffset(offset, rows.length, total);
        return {
          data: rows.map(rowTold),
          next: next === null ? null : cursors.make(list, [next, from, to]),
          total,
          period: periodTold({ from, to }),
        };
      },
    }),
    operation({
      id: 'find-accounts',
      method: 'get',
      path: '/account-names',
      needs: 'accounts:read',
      summary: 'Find companies by name',
      description:
        'Whether they had a visit or not: to merge with, or to be part of. Those with visits come first.',
      query: z.strictObject({
        search: z
          .string()
          .min(1)
          .max(maxSearchLength)
          .openapi({ description: 'In name or domain, anywhere.', example: 'bright' }),
        limit: paging.limit,
      }),
      answer: {
        status: 200,
        description: 'The first that match.',
        schema: pageOf(accountName),
        example: { data: [{ id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' }], next: null },
      },
      async handle({ store, query }) {
        const found = await store.findAccounts(query.search.trim(), query.limit);
        return { data: found.map((one) => ({ ...one })), next: null };
      },
    }),
    operation({
      id: 'get-account',
      method: 'get',
      path: '/accounts/{id}',
      needs: 'accounts:read',
      summary: 'Get one company',
      description:
        'Who it is, why we think so, and what it did. Of one that was merged, the one that it is now.',
      params: byId('account'),
      query: z.strictObject({ site: siteIn }),
      answer: {
        status: 200,
        description: 'The company.',
        schema: detail,
        example: {
          id: 7,
          name: 'Brightwater Energy',
          domain: 'brightwater.example',
          kind: 'business',
          country: 'DE',
          confidence: 0.82,
          attributions: [
            {
              evidence: rowExample.evidence,
              confidence: 0.82,
              visits: 14,
              prefix: '198.51.100.0/24',
              lastVisitAt: exampleTimes.last,
            },
          ],
          merged: [],
          parent: null,
          children: [],
          profile: {
            industry: 'Energy',
            size: '1000-5000',
            country: 'DE',
            owner: 'kim@example.com',
            attributes: { tier: 'A' },
            isTold: false,
          },
          firstVisitAt: exampleTimes.first,
          lastVisitAt: exampleTimes.last,
          visits: 44,
          people: 9,
          pages: 210,
          forms: 2,
          activity: [{ day: '2026-11-20', pages: 9 }],
        },
      },
      async handle(asked) {
        const id = await accountHome(asked, asked.path.id);
        const found = await asked.store.account(id, await siteOf(asked, asked.query.site), asked.now());
        if (found === null) throw new Problem('not-found', `there is no account ${id}`);
        return detailTold(found, asked.now());
      },
    }),
  ],
};
