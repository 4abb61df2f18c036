/** How the server is, and what it refused. */
import { z } from '@hono/zod-openapi';
import { type DropReason, dropReasons } from '../../receive/reasons.ts';
import { companyFields, personFields } from '../../store/completeness.ts';
import { destinations } from '../../store/outbox.ts';
import { dayMs, isoDay } from '../../time.ts';
import { operation, type Resource } from '../operation.ts';
import { count, isoOrNull, numberIn, pageOf, siteIn, siteOf } from '../shapes.ts';

/** Days of refusals told at most; the dashboard shows seven. */
const maxDays = 90;

/** A count for each field, and one of all. */
const knownOf = <Field extends string>(fields: readonly Field[]) =>
  Object.fromEntries(['total' as const, ...fields].map((name) => [name, count(name)])) as Record<
    'total' | Field,
    ReturnType<typeof count>
  >;

const reasonNames = Object.keys(dropReasons) as DropReason[];

export const health: Resource = {
  name: 'Health',
  says: 'How the server is, and what it refused.',
  operations: [
    operation({
      id: 'get-health',
      method: 'get',
      path: '/health',
      needs: 'health:read',
      summary: 'See how the server is',
      description: 'The store, what waits to be stored and to be sent, and the company data that is loaded.',
      answer: {
        status: 200,
        description: 'As of now.',
        schema: z
          .object({
            version: z.string(),
            uptimeMs: count('Since the start, ms.'),
            pending: count('Events that wait for their commit.'),
            store: z.object({
              engine: z.string(),
              durability: z.string(),
              bytes: count('Size of its files.'),
              events: count('Events stored.'),
              schemaVersion: z.int(),
            }),
            companyData: z.array(
              z.object({
                title: z.string(),
                state: z.enum(['ready', 'refused']),
                problem: z.string().nullable(),
                dataOf: z.string().nullable(),
              }),
            ),
            messages: z
              .array(
                z.object({
                  channel: z.enum(destinations),
                  waiting: count('Messages that wait.'),
                  failing: count('Of these, whose last try failed.'),
                  oldestAt: z.iso
                    .datetime()
                    .nullable()
                    .openapi({ description: 'When the oldest that waits was made.' }),
                  delivered: count('In ninety days.'),
                  givenUp: count('In ninety days.'),
                }),
              )
              .openapi({ description: 'Mail and Slack messages; `GET /deliveries` says more to owners.' }),
            known: z
              .object({
                companies: z.object(knownOf(companyFields)),
                people: z.object(knownOf(personFields)),
              })
              .openapi({ description: 'Of how many companies and people that came each field is known.' }),
          })
          .openapi('Health'),
        example: {
          version: '0.1.0',
          uptimeMs: 7_380_000,
          pending: 0,
          store: {
            engine: 'SQLite 3.50.4',
            durability: 'journal_mode=wal, synchronous=full, secure_delete=on',
            bytes: 48_234_496,
            events: 240_112,
            schemaVersion: 4,
          },
          companyData: [{ title: 'IPtoASN', state: 'ready', problem: null, dataOf: '2026-11-01' }],
          messages: [{ channel: 'mail', waiting: 0, failing: 0, oldestAt: null, delivered: 812, givenUp: 1 }],
          known: {
            companies: { total: 412, domain: 401, country: 398, industry: 120, size: 96, owner: 57 },
            people: { total: 230, email: 212, name: 80, title: 64, role: 12 },
          },
        },
      },
      async handle({ store, health: now, data }) {
        const { version, uptimeMs, pending } = now();
        const files = await data.files();
        return {
          version,
          uptimeMs: Math.round(uptimeMs),
          pending,
          store: await store.health(),
          known: await store.completeness(),
          companyData: files.map(({ title, state, problem, dataOf }) => ({
            title,
            state: state === 'ready' ? ('ready' as const) : ('refused' as const),
            problem,
            dataOf,
          })),
          messages: await Promise.all(
            destinations.map(async (channel) => {
              const counts = await store.outboxCounts(channel);
              const { waiting, failing, oldestAt, delivered, dead } = counts;
              return { channel, waiting, failing, oldestAt: isoOrNull(oldestAt), delivered, givenUp: dead };
            }),
          ),
        };
      },
    }),
    operation({
      id: 'list-drops',
      method: 'get',
      path: '/drops',
      needs: 'health:read',
      summary: 'See what was refused',
      description: 'Events that were refused on purpose, counted by day and reason, the latest day first.',
      query: z.strictObject({
        site: siteIn,
        days: numberIn(`So many days up to today, at most ${maxDays}; 7 where it is left out.`, {
          most: maxDays,
          example: 7,
        }).default(7),
      }),
      answer: {
        status: 200,
        description: 'The counts.',
        schema: pageOf(
          z
            .object({
              day: z.iso.date(),
              siteId: z.int().nullable().openapi({ description: 'Null: the site’s key was not known.' }),
              reason: z.enum(reasonNames),
              says: z.string().openapi({ description: 'The reason in words.' }),
              count: z.int(),
            })
            .openapi('Drop'),
        ),
        example: {
          data: [{ day: '2026-11-20', siteId: 1, reason: 'bot', says: dropReasons.bot.says, count: 1_204 }],
          next: null,
        },
      },
      async handle(asked) {
        const since = isoDay(asked.now() - (asked.query.days - 1) * dayMs);
        const drops = await asked.store.drops(await siteOf(asked, asked.query.site), since);
        const data = drops.map(({ day, siteId, reason, count: times }) => ({
          day,
          siteId,
          reason,
          says: dropReasons[reason].says,
          count: times,
        }));
        return { data, next: null };
      },
    }),
  ],
};
