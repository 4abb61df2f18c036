/** Companies: the list, one of them, and who of it came when. */
import { z } from '@hono/zod-openapi';
import type { AccountDetail } from '../../store/store.ts';
import { dayMs, dayNumber, isoDay } from '../../time.ts';
import { accountHome } from '../account-home.ts';
import { rowExample } from '../account-row.ts';
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
  orNull,
  pageOf,
  paging,
  share,
  siteIn,
  siteOf,
  time,
} from '../shapes.ts';
import { accountLists } from './account-lists.ts';

const maxSearchLength = 100;

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
    ...accountLists,
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
