/** Whether what people are told arrives: what waits, what was given up, and where it goes. For owners. */
import { z } from '@hono/zod-openapi';
import { letterOf } from '../../deliver/letter.ts';
import { type DeadLetter, type Destination, destinations } from '../../store/outbox.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, count, iso, isoOrNull, pageOf, paging, time } from '../shapes.ts';

const maxJsonBytes = 8 * 1_024;

const channelShape = z
  .object({
    channel: z.enum(destinations),
    isSet: z.boolean().openapi({ description: 'Mail: by the server’s settings. Slack: by a webhook.' }),
    from: z.string().nullable().openapi({ description: 'Who mail comes from.' }),
    waiting: count('Messages that wait.'),
    oldestAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When the oldest of them was made; null: none waits.' }),
    nextDueAt: z.iso.datetime().nullable().openapi({ description: 'When the next one is tried.' }),
    failing: count('Of those that wait, whose last try failed.'),
    lastProblem: z.string().nullable().openapi({ description: 'Why, of the one that was tried last.' }),
    delivered: count('In ninety days.'),
    givenUp: count('In ninety days.'),
  })
  .openapi('Delivery');
const channelExample: z.input<typeof channelShape> = {
  channel: 'mail',
  isSet: true,
  from: 'Footlight <footlight@example.com>',
  waiting: 1,
  oldestAt: '2026-11-20T14:52:15.000Z',
  nextDueAt: '2026-11-20T15:00:00.000Z',
  failing: 0,
  lastProblem: null,
  delivered: 812,
  givenUp: 0,
};

const letterShape = z
  .object({
    id: z.int(),
    channel: z.enum(destinations),
    recipient: z.string().openapi({ description: 'An e-mail address; of Slack, empty.' }),
    subject: z.string(),
    madeAt: time('When it was made.'),
    givenUpAt: time('When it was given up.'),
    tries: z.int(),
    problem: z.string(),
  })
  .openapi('DeadLetter');

const letterTold = ({ message, settledAt, madeAt, ...one }: DeadLetter, base: string) => ({
  ...one,
  subject: letterOf(message, base).subject,
  madeAt: iso(madeAt),
  givenUpAt: iso(settledAt),
});

const slackShape = z
  .object({ isSet: z.boolean().openapi({ description: 'The webhook itself is not told.' }) })
  .openapi('SlackState');

/** Where alerts go outside of the house is for the log of who did what; the address itself is not. */
async function setWebhook(asked: Asked<unknown, unknown, unknown>, webhook: string | null) {
  const { alerts, store, caller, now } = asked;
  const refused = await alerts.setSlack(webhook);
  if (refused !== null) throw new Problem('refused', `body.webhook: ${refused}`);
  const detail = { webhook: webhook === null ? 'removed' : 'set' };
  await store.record({ who: caller.by, what: 'settings', subject: 'alerts to Slack', detail }, now());
  return { isSet: webhook !== null };
}

export const deliveries: Resource = {
  name: 'Deliveries',
  says: 'Whether what people are told arrives, and where it goes.',
  operations: [
    operation({
      id: 'list-deliveries',
      method: 'get',
      path: '/deliveries',
      needs: 'settings:write',
      summary: 'See whether messages arrive',
      description: 'Of mail and of Slack: what waits, what was delivered, what was given up and why.',
      answer: {
        status: 200,
        description: 'Each way to send.',
        schema: pageOf(channelShape),
        example: { data: [channelExample], next: null },
      },
      async handle({ store, alerts }) {
        const stateOf = async (channel: Destination) => {
          const [isSet, counts] = await Promise.all([alerts.isSet(channel), store.outboxCounts(channel)]);
          return {
            channel,
            isSet,
            from: channel === 'mail' ? alerts.mailFrom : null,
            waiting: counts.waiting,
            oldestAt: isoOrNull(counts.oldestAt),
            nextDueAt: isoOrNull(counts.nextDueAt),
            failing: counts.failing,
            lastProblem: counts.lastProblem,
            delivered: counts.delivered,
            givenUp: counts.dead,
          };
        };
        return { data: await Promise.all(destinations.map(stateOf)), next: null };
      },
    }),
    operation({
      id: 'list-dead-letters',
      method: 'get',
      path: '/deliveries/dead',
      needs: 'settings:write',
      summary: 'List what could not be delivered',
      description: 'The newest first, each with the reason. Mend it, then try again.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of messages.',
        schema: pageOf(letterShape),
        example: {
          data: [
            {
              id: 41,
              channel: 'mail',
              recipient: 'kim@example.com',
              subject: 'Brightwater Energy came into “Ready for a call”',
              madeAt: '2026-11-20T14:52:15.000Z',
              givenUpAt: '2026-11-20T14:52:20.000Z',
              tries: 1,
              problem: 'the mail server refused it: 550 no such user',
            },
          ],
          next: null,
        },
      },
      async handle({ store, alerts, query, cursors }) {
        const [before] = query.cursor === undefined ? [] : cursors.read('dead letters', query.cursor);
        const found = await store.deadLetters(query.limit + 1, before);
        const shown = found.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          data: shown.map((letter) => letterTold(letter, alerts.base())),
          next:
            last !== undefined && found.length > shown.length
              ? cursors.make('dead letters', [last.id])
              : null,
        };
      },
    }),
    operation({
      id: 'retry-delivery',
      method: 'post',
      path: '/deliveries/{id}/retry',
      needs: 'settings:write',
      summary: 'Try again what could not be delivered',
      description: 'One that was given up waits again, with all its tries before it.',
      params: byId('message'),
      answer: {
        status: 202,
        description: 'It waits.',
        schema: z.object({ id: z.int() }),
        example: { id: 41 },
      },
      async handle({ store, alerts, path, now }) {
        if (!(await store.reviveMessage(path.id, now())))
          throw new Problem(
            'not-found',
            `no message ${path.id} was given up; GET /api/v1/deliveries/dead lists those that were`,
          );
        void alerts.deliver();
        return { id: path.id };
      },
    }),
    operation({
      id: 'set-slack',
      method: 'put',
      path: '/deliveries/slack',
      needs: 'settings:write',
      summary: 'Set Slack’s webhook',
      description: 'Kept as a secret, and not told again. That it was set is noted in the audit log.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({
          webhook: z
            .string()
            .min(1)
            .max(1_000)
            .openapi({ description: 'As Slack gave it, https://hooks.slack.com/….' }),
        }),
        example: { webhook: 'https://hooks.slack.com/services/T000/B000/XXXX' },
      },
      answer: { status: 200, description: 'It is set.', schema: slackShape, example: { isSet: true } },
      async handle(asked) {
        return setWebhook(asked, asked.body.webhook.trim());
      },
    }),
    operation({
      id: 'remove-slack',
      method: 'delete',
      path: '/deliveries/slack',
      needs: 'settings:write',
      summary: 'Take Slack’s webhook away',
      description:
        'What waits for it goes on waiting, until there is another or it is given up. It is noted in the audit log.',
      answer: { status: 200, description: 'It is not set.', schema: slackShape, example: { isSet: false } },
      async handle(asked) {
        return setWebhook(asked, null);
      },
    }),
    operation({
      id: 'test-slack',
      method: 'post',
      path: '/deliveries/slack/test',
      needs: 'settings:write',
      summary: 'Send a test message to Slack',
      description:
        'Whether it arrived, `GET /deliveries` tells. A test mail goes to whoever asks for it, in the dashboard.',
      answer: {
        status: 202,
        description: 'It waits.',
        schema: slackShape,
        example: { isSet: true },
      },
      problems: ['refused'],
      async handle({ alerts, caller }) {
        if (!(await alerts.isSet('slack')))
          throw new Problem('refused', 'there is no webhook to try; PUT /api/v1/deliveries/slack sets one');
        await alerts.test('slack', caller.by);
        return { isSet: true };
      },
    }),
  ],
};
