/** API keys themselves. To make one is left to people: a key that makes keys would outlive being revoked. */
import { z } from '@hono/zod-openapi';
import { keyMay } from '../../access/api-key.ts';
import { capabilityNames } from '../../access/capability.ts';
import type { ApiKey } from '../../store/api-key.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, iso, isoOrNull, pageOf, time } from '../shapes.ts';

const shape = z
  .object({
    id: z.int(),
    name: z.string(),
    prefix: z.string().openapi({ description: 'Its first letters, to recognise it by.' }),
    role: z.string(),
    scopes: z.array(z.enum(capabilityNames)).openapi({ description: 'What it may do now.' }),
    createdBy: z.string(),
    createdAt: time('When it was made.'),
    lastUsedAt: z.iso.datetime().nullable().openapi({ description: 'To the minute; null: never.' }),
    revokedAt: z.iso.datetime().nullable(),
    revokedBy: z.string().nullable(),
  })
  .openapi('ApiKey');

const example: z.input<typeof shape> = {
  id: 3,
  name: 'warehouse',
  prefix: 'fl_9aXb1Z',
  role: 'marketer',
  scopes: ['events:read'],
  createdBy: 'kim@example.com',
  createdAt: '2026-11-02T09:00:00.000Z',
  lastUsedAt: '2026-11-20T14:52:00.000Z',
  revokedAt: null,
  revokedBy: null,
};

const told = (key: ApiKey): z.input<typeof shape> => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  role: key.role,
  scopes: capabilityNames.filter((scope) => keyMay(key, scope)),
  createdBy: key.createdBy,
  createdAt: iso(key.createdAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
  revokedAt: isoOrNull(key.revokedAt),
  revokedBy: key.revokedBy,
});

export const keys: Resource = {
  name: 'API keys',
  says: 'Which programs may call. People make keys, in the dashboard or at the command line.',
  operations: [
    operation({
      id: 'list-keys',
      method: 'get',
      path: '/keys',
      needs: 'keys:read',
      summary: 'List the API keys',
      description: 'Those in use first, without the keys themselves: of these nobody has more than a hash.',
      answer: {
        status: 200,
        description: 'The keys.',
        schema: pageOf(shape),
        example: { data: [example], next: null },
      },
      async handle({ store }) {
        return { data: (await store.keys()).map(told), next: null };
      },
    }),
    operation({
      id: 'revoke-key',
      method: 'post',
      path: '/keys/{id}/revoke',
      needs: 'keys:write',
      summary: 'Revoke an API key',
      description:
        'At once and for good; also the one that calls. Of one that was revoked before, nothing changes.',
      params: byId('key'),
      answer: {
        status: 200,
        description: 'The key as it is now.',
        schema: shape,
        example: { ...example, revokedAt: '2026-11-20T15:04:30.000Z', revokedBy: 'key admin' },
      },
      async handle({ store, path, caller, now }) {
        const revoked = await store.revokeKey(path.id, caller.by, now());
        if (revoked === null)
          throw new Problem('not-found', `there is no key ${path.id}; GET /api/v1/keys lists them`);
        return told(revoked);
      },
    }),
  ],
};
