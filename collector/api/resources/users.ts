/**
 * Who may sign in. A key may let somebody new in and take anybody's way in; what would let whoever holds the key in
 * as an owner, or as somebody else, is left to people.
 */
import { z } from '@hono/zod-openapi';
import type { ListedPerson } from '../../access/people.ts';
import { roles } from '../../access/role.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { countedPageOf, iso, nextOffset, paging, time } from '../shapes.ts';

const maxJsonBytes = 8 * 1_024;
/** Roles that a key may give. */
const given = ['marketer', 'sales'] as const;

const shape = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roles),
    createdAt: time('When they were let in.'),
    hasPassword: z.boolean().openapi({ description: 'False: they have only ever come by a link.' }),
  })
  .openapi('User');
const example: z.input<typeof shape> = {
  id: 'u3kQz81m',
  email: 'kim@example.com',
  role: 'sales',
  createdAt: '2026-11-02T09:00:00.000Z',
  hasPassword: true,
};
const told = ({ createdAt, ...user }: ListedPerson): z.input<typeof shape> => ({
  id: user.id,
  email: user.email,
  role: user.role,
  createdAt: iso(createdAt),
  hasPassword: user.hasPassword,
});

const byUser = z.strictObject({
  id: z.string().max(100).openapi({ description: 'The `id` of the user.', example: 'u3kQz81m' }),
});

async function userOf({ users, path }: Asked<{ id: string }, unknown, unknown>): Promise<ListedPerson> {
  const found = (await users.listUsers()).find(({ id }) => id === path.id);
  if (found === undefined)
    throw new Problem(
      'not-found',
      `there is no user "${path.id.slice(0, 60)}"; GET /api/v1/users lists them`,
    );
  return found;
}

const roleIn = z
  .enum(given, { error: `is one of ${given.join(', ')}; to make an owner is left to people` })
  .openapi({ description: 'To make an owner is left to people.' });

export const users: Resource = {
  name: 'Users',
  says: 'Who may sign in. A program may let somebody new in and take anybody’s way in; to make owners is left to people.',
  operations: [
    operation({
      id: 'list-users',
      method: 'get',
      path: '/users',
      needs: 'users:write',
      summary: 'List who may sign in',
      description: 'In the order of their e-mail addresses.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of users.',
        schema: countedPageOf(shape),
        example: { data: [example], next: null, total: 1 },
      },
      async handle(asked) {
        const { query, cursors } = asked;
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read('users', query.cursor);
        const all = await asked.users.listUsers();
        const shown = all.slice(offset, offset + query.limit);
        const next = nextOffset(offset, shown.length, all.length);
        return {
          data: shown.map(told),
          next: next === null ? null : cursors.make('users', [next]),
          total: all.length,
        };
      },
    }),
    operation({
      id: 'invite-user',
      method: 'post',
      path: '/users',
      needs: 'users:write',
      summary: 'Let somebody in',
      description:
        'The answer has a link that signs them in once, within seven days; send it to them and keep it nowhere. Of somebody who was let in and has no password yet, it is a new link, so a call that broke off can be made again. A new link for anybody else is left to people: whoever has it is in as them.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({
          email: z.email({ error: 'is no e-mail address' }).max(320),
          role: roleIn,
        }),
        example: { email: 'kim@example.com', role: 'sales' },
      },
      answer: {
        status: 201,
        description: 'Who was let in, and their link.',
        schema: z.object({ user: shape, link: z.url() }).openapi('Invitation'),
        example: { user: example, link: 'https://footlight.example.com/invite?token=abc' },
      },
      async handle(asked) {
        const { store, body, caller, now, alerts } = asked;
        const email = body.email.trim().toLowerCase();
        const known = (await asked.users.listUsers()).find((user) => user.email === email);
        if (known !== undefined && (known.hasPassword || known.role === 'owner'))
          throw new Problem(
            'refused',
            `body.email: ${email} is in already; a new link for them is made by an owner, under Access → People`,
          );
        const path = await asked.users.inviteUser(email, known === undefined ? body.role : undefined);
        const detail = known === undefined ? { role: body.role } : { again: true };
        await store.record({ who: caller.by, what: 'user-invited', subject: email, detail }, now());
        const made = (await asked.users.listUsers()).find((user) => user.email === email);
        if (made === undefined) throw new Error('whoever was just let in is gone');
        return { user: told(made), link: `${alerts.base()}${path}` };
      },
    }),
    operation({
      id: 'set-user-role',
      method: 'put',
      path: '/users/{id}/role',
      needs: 'users:write',
      summary: 'Give somebody another role',
      description: 'It counts from their next click on. The last owner stays one.',
      params: byUser,
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({ role: roleIn }),
        example: { role: 'marketer' },
      },
      answer: { status: 200, description: 'The user as they are now.', schema: shape, example },
      async handle(asked) {
        const { store, body, caller, now } = asked;
        const user = await userOf(asked);
        const kept = await asked.users.setRole(user.id, body.role);
        if (kept !== null) throw new Problem('refused', kept);
        const detail = { from: user.role, to: body.role };
        if (user.role !== body.role)
          await store.record({ who: caller.by, what: 'user-role', subject: user.email, detail }, now());
        return told({ ...user, role: body.role });
      },
    }),
    operation({
      id: 'remove-user',
      method: 'delete',
      path: '/users/{id}',
      needs: 'users:write',
      summary: 'Take somebody’s way in',
      description: 'They are signed out at once, and told of nothing more. The last owner stays.',
      params: byUser,
      answer: { status: 200, description: 'The user as they were.', schema: shape, example },
      problems: ['refused'],
      async handle(asked) {
        const { store, caller, now } = asked;
        const user = await userOf(asked);
        const kept = await asked.users.removeUser(user.id);
        if (kept !== null) throw new Problem('refused', kept);
        await store.forgetAlertsOf(user.email);
        const detail = { role: user.role };
        await store.record({ who: caller.by, what: 'user-removed', subject: user.email, detail }, now());
        return told(user);
      },
    }),
  ],
};
