/** The people of one company: those who were seen, and those whom a file tells of. */
import { z } from '@hono/zod-openapi';
import { type AccountPerson, buyingRoles } from '../../store/people.ts';
import { accountHome } from '../account-home.ts';
import { type Operation, operation } from '../operation.ts';
import { byId, count, countedPageOf, exampleTimes, isoOrNull, nextOffset, paging } from '../shapes.ts';

const shape = z
  .object({
    personId: z.int().nullable().openapi({ description: 'Null: known from a file alone.' }),
    contactId: z.int().nullable().openapi({ description: 'Null: no file tells of them.' }),
    label: z.string().openapi({ description: 'E-mail or the site’s own id, else the name.' }),
    email: z.string().nullable(),
    name: z.string().nullable(),
    title: z.string().nullable(),
    department: z.string().nullable(),
    phone: z.string().nullable(),
    role: z.enum(buyingRoles).nullable().openapi({ description: 'What they are in buying.' }),
    linkedin: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    firstSeenAt: z.iso.datetime().nullable().openapi({ description: 'Null: never on the site.' }),
    lastSeenAt: z.iso.datetime().nullable(),
    visits: count('Ever.'),
    pages: count('Ever.'),
    touchpoints: count('Calls, meetings and the like that imports told of.'),
  })
  .openapi('AccountPerson');

const told = ({ firstAt, lastAt, ...one }: AccountPerson): z.input<typeof shape> => ({
  personId: one.personId,
  contactId: one.contactId,
  label: one.label,
  email: one.email,
  name: one.name,
  title: one.title,
  department: one.department,
  phone: one.phone,
  role: one.role,
  linkedin: one.linkedin,
  attributes: { ...one.attributes },
  firstSeenAt: isoOrNull(firstAt),
  lastSeenAt: isoOrNull(lastAt),
  visits: one.visits,
  pages: one.pages,
  touchpoints: one.touchpoints,
});

export const people: Operation = operation({
  id: 'list-people',
  method: 'get',
  path: '/accounts/{id}/people',
  needs: 'accounts:read',
  summary: 'List a company’s people',
  description:
    'Those who told who they are or whom a touchpoint was with, the latest seen first; then those whom a file alone tells of.',
  params: byId('account'),
  query: z.strictObject(paging),
  answer: {
    status: 200,
    description: 'One page of people.',
    schema: countedPageOf(shape),
    example: {
      data: [
        {
          personId: 31,
          contactId: 4,
          label: 'kim@brightwater.example',
          email: 'kim@brightwater.example',
          name: 'Kim',
          title: 'Head of Operations',
          department: null,
          phone: null,
          role: 'champion',
          linkedin: null,
          attributes: {},
          firstSeenAt: exampleTimes.first,
          lastSeenAt: exampleTimes.last,
          visits: 4,
          pages: 17,
          touchpoints: 1,
        },
      ],
      next: null,
      total: 1,
    },
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
});
