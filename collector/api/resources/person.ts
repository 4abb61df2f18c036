/** One person: who they are, what they did, whom they worked for, and how that is known. */
import { z } from '@hono/zod-openapi';
import type { PersonDetail } from '../../store/person.ts';
import { type Operation, operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, count, exampleTimes, iso, isoOrNull, time } from '../shapes.ts';

const kinds = ['network', 'person', 'group', 'learned', 'decision'] as const;

const shape = z
  .object({
    id: z.int(),
    label: z.string(),
    email: z.string().nullable(),
    ids: z.array(z.string()).openapi({ description: 'Further ids that the site told for them.' }),
    name: z.string().nullable(),
    title: z.string().nullable(),
    traits: z.array(z.object({ name: z.string(), value: z.string(), at: time('When it was told.') })),
    firstVisitAt: z.iso.datetime().nullable(),
    lastVisitAt: z.iso.datetime().nullable().openapi({ description: 'Null: never on the site.' }),
    visits: count('Visits to the site.'),
    pages: count('Pages that they saw.'),
    forms: count('Forms that they sent.'),
    touchpoints: count('Calls, meetings and the like that imports told of.'),
    isCut: z.boolean().openapi({ description: 'There are older visits than these figures are made of.' }),
    periods: z.array(
      z
        .object({
          accountId: z.int().nullable().openapi({ description: 'Null: nobody’s.' }),
          account: z.string().nullable(),
          from: time('Their first visit for it.'),
          to: time('Their last.'),
          visits: count('Of these, visits.'),
          reasons: z.array(z.enum(kinds)).openapi({ description: 'The one of most visits first.' }),
        })
        .openapi({ description: 'Whom they worked for, the latest first.' }),
    ),
    browsers: z.array(
      z.object({
        visitorId: z.int(),
        browser: z.string(),
        os: z.string(),
        firstAt: time('First seen.'),
        lastAt: time('Last seen.'),
        visits: count('Visits.'),
      }),
    ),
    tellings: z.array(
      z.object({
        visitorId: z.int(),
        by: z.enum(['identify', 'group', 'form', 'file', 'along']),
        at: time('When it was told first.'),
        times: count('How often.'),
        email: z.string().nullable(),
        user: z.string().nullable().openapi({ description: 'The site’s own id.' }),
        visitsBefore: z
          .int()
          .nullable()
          .openapi({ description: 'Visits from before it that are theirs since; null: it joined none.' }),
      }),
    ),
  })
  .openapi('PersonDetail');

const example: z.input<typeof shape> = {
  id: 12,
  label: 'kim@brightwater.example',
  email: 'kim@brightwater.example',
  ids: ['42'],
  name: null,
  title: null,
  traits: [{ name: 'plan', value: 'team', at: exampleTimes.last }],
  firstVisitAt: exampleTimes.first,
  lastVisitAt: exampleTimes.last,
  visits: 4,
  pages: 17,
  forms: 1,
  touchpoints: 0,
  isCut: false,
  periods: [
    {
      accountId: 7,
      account: 'Brightwater',
      from: exampleTimes.first,
      to: exampleTimes.last,
      visits: 4,
      reasons: ['person'],
    },
  ],
  browsers: [
    {
      visitorId: 31,
      browser: 'Firefox',
      os: 'Linux',
      firstAt: exampleTimes.first,
      lastAt: exampleTimes.last,
      visits: 4,
    },
  ],
  tellings: [
    {
      visitorId: 31,
      by: 'identify',
      at: exampleTimes.first,
      times: 2,
      email: 'kim@brightwater.example',
      user: '42',
      visitsBefore: 3,
    },
  ],
};

const told = (one: PersonDetail): z.input<typeof shape> => ({
  id: one.ref.id,
  label: one.label,
  email: one.email,
  ids: one.ids,
  name: one.contact?.name ?? null,
  title: one.contact?.title ?? null,
  traits: one.traits.map(({ name, value, at }) => ({ name, value, at: iso(at) })),
  firstVisitAt: isoOrNull(one.firstAt),
  lastVisitAt: isoOrNull(one.lastAt),
  visits: one.visits,
  pages: one.pages,
  forms: one.forms,
  touchpoints: one.touchpoints,
  isCut: one.isCut,
  periods: one.periods.map(({ account, from, to, visits, reasons }) => ({
    accountId: account?.id ?? null,
    account: account?.name ?? null,
    from: iso(from),
    to: iso(to),
    visits,
    reasons: reasons.map(({ kind }) => kind),
  })),
  browsers: one.browsers.map(({ visitorId, agent, firstAt, lastAt, visits }) => ({
    visitorId,
    browser: agent.browser,
    os: agent.os,
    firstAt: iso(firstAt),
    lastAt: iso(lastAt),
    visits,
  })),
  tellings: one.tellings.map(({ visitorId, by, at, times, email, user, visitsBefore }) => ({
    visitorId,
    by,
    at: iso(at),
    times,
    email,
    user,
    visitsBefore,
  })),
});

export const getPerson: Operation = operation({
  id: 'get-person',
  method: 'get',
  path: '/people/{id}',
  needs: 'accounts:read',
  summary: 'See one person',
  description:
    'Somebody who told who they are, by the `personId` that lists have: what they did, whom they worked for and why that is thought, which browsers are theirs and what joined them. An id that turned out to be another’s leads to that one.',
  params: byId('person'),
  answer: { status: 200, description: 'The person.', schema: shape, example },
  problems: ['not-found'],
  async handle({ path, store }) {
    const home = await store.personHome({ kind: 'person', id: path.id });
    const found = home === null ? null : await store.person(home);
    if (found !== null) return told(found);
    throw new Problem(
      'not-found',
      `there is no person ${path.id}; GET /api/v1/accounts/{id}/people lists those of a company`,
    );
  },
});
