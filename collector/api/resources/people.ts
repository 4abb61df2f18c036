/** The people of a company, seen or known from a file, and their part in buying. */
import { z } from '@hono/zod-openapi';
import { type AccountPerson, buyingRoles, type RoleOf } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { accountHome } from '../account-home.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  byId,
  count,
  countedPageOf,
  exampleTimes,
  iso,
  isoOrNull,
  nextOffset,
  paging,
  time,
} from '../shapes.ts';
import { getPerson } from './person.ts';

const role = z.enum(buyingRoles);

const shape = z
  .object({
    personId: z.int().nullable().openapi({ description: 'Null: known from a file alone.' }),
    contactId: z.int().nullable().openapi({ description: 'Null: no file tells of them.' }),
    label: z.string().openapi({ description: 'E-mail or the site’s own id, else the name.' }),
    name: z.string().nullable(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    department: z.string().nullable(),
    phone: z.string().nullable(),
    linkedin: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    role: role
      .nullable()
      .openapi({ description: 'The one that counts: as it was said, else as a file says.' }),
    fileRole: role.nullable().openapi({ description: 'As a file says.' }),
    roleSaid: z
      .object({ role: role.nullable(), by: z.string(), at: time('When it was said.') })
      .nullable()
      .openapi({ description: 'What somebody said, which stands over a file. Null: nobody said anything.' }),
    firstVisitAt: z.iso.datetime().nullable(),
    lastVisitAt: z.iso.datetime().nullable().openapi({ description: 'Null: never on the site.' }),
    visits: count('Visits to the site.'),
    pages: count('Pages that they saw.'),
    touchpoints: count('Calls, meetings and the like that imports told of.'),
  })
  .openapi('Person');

const example: z.input<typeof shape> = {
  personId: 12,
  contactId: null,
  label: 'kim@brightwater.example',
  name: null,
  email: 'kim@brightwater.example',
  title: null,
  department: null,
  phone: null,
  linkedin: null,
  attributes: {},
  role: 'champion',
  fileRole: null,
  roleSaid: { role: 'champion', by: 'kim@example.com', at: exampleTimes.last },
  firstVisitAt: exampleTimes.first,
  lastVisitAt: exampleTimes.last,
  visits: 4,
  pages: 17,
  touchpoints: 0,
};

const told = (one: AccountPerson): z.input<typeof shape> => ({
  personId: one.personId,
  contactId: one.contactId,
  label: one.label,
  name: one.name,
  email: one.email,
  title: one.title,
  department: one.department,
  phone: one.phone,
  linkedin: one.linkedin,
  attributes: { ...one.attributes },
  role: one.role,
  fileRole: one.fileRole,
  roleSaid: one.roleSaid && { ...one.roleSaid, at: iso(one.roleSaid.at) },
  firstVisitAt: isoOrNull(one.firstAt),
  lastVisitAt: isoOrNull(one.lastAt),
  visits: one.visits,
  pages: one.pages,
  touchpoints: one.touchpoints,
});

const number = (description: string) => z.int().positive().openapi({ description });

const saying = z.strictObject({
  person: number('Whom it is said of, by `personId`.').optional(),
  contact: number('Or by `contactId`, of somebody without a `personId`.').optional(),
  role: z
    .enum([...buyingRoles, 'none'])
    .nullable()
    .openapi({ description: '`none`: no role, whatever a file says. Null: what a file says counts again.' }),
});

/** @throws Problem if it is nobody of this account */
async function someoneOf(store: Store, accountId: number, of: RoleOf): Promise<AccountPerson> {
  const people = await store.people(accountId);
  const found = people.find((one) =>
    'personId' in of ? one.personId === of.personId : one.contactId === of.contactId,
  );
  if (found !== undefined) return found;
  throw new Problem(
    'not-found',
    `there is nobody of that number at account ${accountId}; GET /api/v1/accounts/${accountId}/people lists them`,
  );
}

export const people: Resource = {
  name: 'People',
  says: 'The people of a company, seen or known from a file, and their part in buying.',
  operations: [
    operation({
      id: 'list-people',
      method: 'get',
      path: '/accounts/{id}/people',
      needs: 'accounts:read',
      summary: 'List a company’s people',
      description:
        'Those who told who they are or were met, the latest first, then those whom a file knows; at most a thousand. Browsers that nobody said are theirs are among the visitors.',
      params: byId('account'),
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of people.',
        schema: countedPageOf(shape),
        example: { data: [example], next: null, total: 1 },
      },
      async handle(asked) {
        const { query, cursors, store } = asked;
        const id = await accountHome(asked, asked.path.id);
        const list = `people ${id}`;
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
        const all = await store.people(id);
        const shown = all.slice(offset, offset + query.limit);
        const next = nextOffset(offset, shown.length, all.length);
        return {
          data: shown.map(told),
          next: next === null ? null : cursors.make(list, [next]),
          total: all.length,
        };
      },
    }),
    getPerson,
    operation({
      id: 'say-role',
      method: 'post',
      path: '/accounts/{id}/roles',
      needs: 'accounts:mark',
      summary: 'Say what somebody is in buying',
      description: 'It stands over what a file says, and goes where the person goes.',
      params: byId('account'),
      body: {
        type: 'application/json',
        maxBytes: 10_000,
        schema: saying,
        example: { person: 12, role: 'champion' },
      },
      answer: { status: 200, description: 'The person, as they are now.', schema: shape, example },
      problems: ['not-found', 'refused'],
      async handle(asked) {
        const { body, store, caller, now } = asked;
        const id = await accountHome(asked, asked.path.id);
        const { person, contact } = body;
        if ((person === undefined) === (contact === undefined))
          throw new Problem('refused', 'say of whom, by person or by contact, and not by both');
        const of = person === undefined ? { contactId: contact ?? 0 } : { personId: person };
        await someoneOf(store, id, of);
        await store.sayRole(of, body.role, caller.by, now());
        return told(await someoneOf(store, id, of));
      },
    }),
  ],
};
