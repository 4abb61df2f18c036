/** What a key is told, as it asks for it and as it is told. */
import { z } from '@hono/zod-openapi';
import { isTimeZone } from '../deliver/quiet.ts';
import type { AlertRule, AlertRuleDraft, Notice } from '../store/alerts.ts';
import type { EntryCause } from '../store/segments.ts';
import { clockOf, maxCoolingDays, maxZoneLength, minuteOf, usualCoolingDays } from '../typed/alert-rule.ts';
import { Problem } from './problem.ts';
import { accountName, iso, isoOrNull, time } from './shapes.ts';

/** No mail goes to a key: it has no address. */
const channels = z
  .array(z.enum(['browser', 'slack']))
  .max(2)
  .openapi({ description: '`browser`: as an unread notice; `slack`: to the place that all share.' });
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time of day; write it as 22:00' })
  .openapi({ example: '22:00' });

export const timeZone = z
  .string()
  .max(maxZoneLength)
  .refine(isTimeZone, { error: 'is no time zone; write it like Europe/Berlin' })
  .openapi({ description: 'An IANA name.', example: 'Europe/Berlin' });

export const newRule = z
  .strictObject({
    channels,
    coolingDays: z
      .int()
      .min(0)
      .max(maxCoolingDays)
      .default(usualCoolingDays)
      .openapi({ description: 'Who left and comes back within so many days is not told again.' }),
    quiet: z
      .strictObject({ from: clock, to: clock })
      .nullable()
      .default(null)
      .openapi({ description: 'Hours in which nothing is sent to Slack; null: none.' }),
    timeZone: timeZone.default('UTC'),
  })
  .openapi('NewAlertRule');

export function readRule(sent: z.output<typeof newRule>): Omit<AlertRuleDraft, 'segmentId' | 'user'> {
  const { quiet, ...rest } = sent;
  if (quiet === null) return { ...rest, quiet };
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  if (from === null || to === null) throw new Problem('refused', 'body.quiet: is no time of day');
  return { ...rest, quiet: { from, to } };
}

export const ruleShape = z
  .object({
    segment: z.int().openapi({ description: 'The number of the segment.' }),
    channels,
    coolingDays: z.int(),
    quiet: z.object({ from: z.string(), to: z.string() }).nullable(),
    timeZone: z.string(),
    activeSince: z.iso.datetime().nullable().openapi({
      description: 'Null: nobody has looked yet who is in already.',
    }),
    createdAt: time('When it was made.'),
  })
  .openapi('AlertRule');

export const ruleExample: z.input<typeof ruleShape> = {
  segment: 4,
  channels: ['browser'],
  coolingDays: 7,
  quiet: { from: '22:00', to: '07:00' },
  timeZone: 'Europe/Berlin',
  activeSince: '2026-11-02T09:00:15.000Z',
  createdAt: '2026-11-02T09:00:00.000Z',
};

export const ruleTold = (one: AlertRule): z.input<typeof ruleShape> => ({
  segment: one.segmentId,
  channels: one.channels.filter((channel) => channel !== 'mail'),
  coolingDays: one.coolingDays,
  quiet: one.quiet && { from: clockOf(one.quiet.from), to: clockOf(one.quiet.to) },
  timeZone: one.timeZone,
  activeSince: isoOrNull(one.activeSince),
  createdAt: iso(one.createdAt),
});

export const causeShape = z
  .array(
    z.object({
      condition: z.string(),
      found: z.union([z.number(), z.string(), z.null()]),
      people: z.int().nullable(),
    }),
  )
  .nullable()
  .openapi({ description: 'Conditions that were met, with what there was.' });
const causeExample = [{ condition: 'visits >= 3 within 7 days', found: 3, people: null }];

export const causeTold = (cause: EntryCause[] | null) =>
  cause?.map(({ condition, found, people }) => ({ condition, found, people })) ?? null;

export const noticeShape = z
  .object({
    id: z.int(),
    segment: z
      .object({ id: z.int().nullable(), name: z.string() })
      .openapi({ description: 'As it was called then; `id` null: it was removed.' }),
    account: accountName,
    cause: causeShape,
    at: time('When the company came into the segment.'),
    isUnread: z.boolean(),
  })
  .openapi('Notice');

export const noticeExample: z.input<typeof noticeShape> = {
  id: 90,
  segment: { id: 4, name: 'Ready for a call' },
  account: { id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' },
  cause: causeExample,
  at: '2026-11-20T14:52:15.000Z',
  isUnread: true,
};

export const noticeTold = (one: Notice): z.input<typeof noticeShape> => ({
  id: one.id,
  segment: { ...one.segment },
  account: { ...one.account },
  cause: causeTold(one.cause),
  at: iso(one.at),
  isUnread: one.isUnread,
});

export const entryShape = z
  .object({
    id: z.int(),
    segment: z.int().openapi({ description: 'The number of the segment.' }),
    enteredAt: time('When it came into it.'),
    cause: causeShape,
    leftAt: z.iso.datetime().nullable().openapi({ description: 'Null: it is still in.' }),
  })
  .openapi('SegmentEntry');

export const entryExample: z.input<typeof entryShape> = {
  id: 311,
  segment: 4,
  enteredAt: '2026-11-20T14:52:15.000Z',
  cause: causeExample,
  leftAt: null,
};
