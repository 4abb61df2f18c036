/** Whether visits come from their visitors’ own addresses, and that it is right where they seem not to. */
import { z } from '@hono/zod-openapi';
import type { Doctor } from '../../doctor/index.ts';
import { diagnosisWords, subjectWords } from '../../doctor/words.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { count, iso, share, time } from '../shapes.ts';

const maxJsonBytes = 4 * 1_024;

const shape = z
  .object({
    finding: z
      .object({
        subject: z.string().openapi({ description: 'For saying that it is right.' }),
        says: z.string().openapi({ description: 'What seems wrong, in words.' }),
        share: share('Part of the visits looked at.'),
        visits: count('Visits of the last day that it is about.'),
        prefixes: z.array(z.string()).openapi({ description: 'Where they seem to come from; a few.' }),
      })
      .nullable()
      .openapi({ description: 'Null: all is well, or nobody can tell yet.' }),
    dismissed: z
      .array(z.object({ subject: z.string(), is: z.string(), at: time('When it was called right.') }))
      .openapi({ description: 'What was called right as it is.' }),
    trustedProxies: z.array(z.string()).openapi({ description: 'As FOOTLIGHT_TRUSTED_PROXIES names them.' }),
  })
  .openapi('VisitorAddresses');

const example: z.input<typeof shape> = {
  finding: {
    subject: 'private',
    says: 'All visits seem to come from a private address',
    share: 1,
    visits: 412,
    prefixes: ['10.0.0.0/24'],
  },
  dismissed: [],
  trustedProxies: [],
};

async function told(doctor: Doctor): Promise<z.input<typeof shape>> {
  const found = await doctor.look();
  return {
    finding: found && {
      subject: found.subject,
      says: diagnosisWords(found),
      share: found.share,
      visits: found.visits,
      prefixes: found.prefixes,
    },
    dismissed: (await doctor.dismissed()).map(({ subject, is, at }) => ({ subject, is, at: iso(at) })),
    trustedProxies: [...doctor.trusted],
  };
}

const bySubject = z.strictObject({
  subject: z
    .string()
    .min(1)
    .max(300)
    .openapi({ description: '`subject` of what was found, or called right.' }),
});

export const visitorAddresses: Resource = {
  name: 'Visitors’ addresses',
  says: 'Whether visits come from their visitors’ own addresses; behind a proxy that nobody named, they do not.',
  operations: [
    operation({
      id: 'get-visitor-addresses',
      method: 'get',
      path: '/visitor-addresses',
      needs: 'health:read',
      summary: 'See whether addresses can be right',
      description: 'Looks at the last day’s visits, as the strip above the dashboard’s pages does.',
      answer: { status: 200, description: 'What was found.', schema: shape, example },
      handle: ({ doctor }) => told(doctor),
    }),
    operation({
      id: 'dismiss-finding',
      method: 'post',
      path: '/visitor-addresses/dismiss',
      needs: 'settings:write',
      summary: 'Say that it is right as it is',
      description: 'From then on such visits make companies again, and no strip says anything.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: bySubject,
        example: { subject: 'private' },
      },
      answer: {
        status: 200,
        description: 'As it is now.',
        schema: shape,
        example: { ...example, finding: null },
      },
      async handle({ doctor, body, store, caller, now }) {
        const found = await doctor.look();
        if (found === null || found.subject !== body.subject)
          throw new Problem(
            'refused',
            `"${body.subject}" is not what was found; GET /api/v1/visitor-addresses says what is`,
          );
        const is = subjectWords(found);
        await doctor.dismiss({ subject: found.subject, is, at: now() });
        await store.record(
          { who: caller.by, what: 'settings', subject: `right as it is: visits from ${is}` },
          now(),
        );
        return told(doctor);
      },
    }),
    operation({
      id: 'watch-again',
      method: 'post',
      path: '/visitor-addresses/watch',
      needs: 'settings:write',
      summary: 'Watch what was called right again',
      description: 'Takes back that it is right as it is.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: bySubject,
        example: { subject: 'private' },
      },
      answer: { status: 200, description: 'As it is now.', schema: shape, example },
      async handle({ doctor, body, store, caller, now }) {
        await doctor.watchAgain(body.subject);
        const subject = 'visitors’ addresses watched again';
        await store.record({ who: caller.by, what: 'settings', subject }, now());
        return told(doctor);
      },
    }),
  ],
};
