/** What a key wants to be told, what it was told, and what has happened since the last digest. */
import { z } from '@hono/zod-openapi';
import { digestFrequencies } from '../../store/alerts.ts';
import type { DigestAccount } from '../../store/outbox.ts';
import { accountHome } from '../account-home.ts';
import {
  causeTold,
  entryExample,
  entryShape,
  newRule,
  noticeExample,
  noticeShape,
  noticeTold,
  readRule,
  ruleExample,
  ruleShape,
  ruleTold,
  timeZone,
} from '../alerts.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { savedSegment } from '../segment.ts';
import { byId, count, iso, isoOrNull, pageOf, paging, time } from '../shapes.ts';

const maxJsonBytes = 16 * 1_024;

/** The rule that this key has for a segment. */
async function ownRule({ store, caller }: Asked<unknown, unknown, unknown>, segmentId: number) {
  const found = (await store.alertRules(caller.by)).find((rule) => rule.segmentId === segmentId);
  if (found === undefined)
    throw new Problem(
      'not-found',
      `this key is not told of segment ${segmentId}; GET /api/v1/alerts lists what it is told of`,
    );
  return found;
}

const company = z
  .object({ id: z.int(), name: z.string(), domain: z.string().nullable(), did: z.string() })
  .openapi('DigestAccount');
const companiesTold = (accounts: readonly DigestAccount[]) =>
  accounts.map(({ id, name, domain, did }) => ({ id, name, domain, did }));

export const alerts: Resource = {
  name: 'Alerts',
  says: 'Which segments a key is told of, what it was told, and what has happened since. A program asks for its notices; nothing is sent to it.',
  operations: [
    operation({
      id: 'list-alert-rules',
      method: 'get',
      path: '/alerts',
      needs: 'accounts:read',
      summary: 'List what this key is told of',
      description: 'One rule a segment, in the order of the segments’ names.',
      answer: {
        status: 200,
        description: 'The rules.',
        schema: pageOf(ruleShape),
        example: { data: [ruleExample], next: null },
      },
      async handle({ store, caller }) {
        return { data: (await store.alertRules(caller.by)).map(ruleTold), next: null };
      },
    }),
    operation({
      id: 'set-alert-rule',
      method: 'put',
      path: '/segments/{id}/alert',
      needs: 'segments:write',
      summary: 'Be told who comes into a segment',
      description:
        'Who is in it already is not news; who enters from now on is a notice, with the reason. The same again changes nothing. It ends when the key is revoked.',
      params: byId('segment'),
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: newRule,
        example: { channels: ['browser'], coolingDays: 7 },
      },
      answer: { status: 200, description: 'The rule.', schema: ruleShape, example: ruleExample },
      async handle(asked) {
        const { store, caller, body, now } = asked;
        const { id } = await savedSegment(asked, asked.path.id);
        const draft = { segmentId: id, user: caller.by, ...readRule(body) };
        return ruleTold(await store.saveAlertRule(draft, now()));
      },
    }),
    operation({
      id: 'remove-alert-rule',
      method: 'delete',
      path: '/segments/{id}/alert',
      needs: 'segments:write',
      summary: 'Be told of a segment no more',
      description: 'What was told stays.',
      params: byId('segment'),
      answer: { status: 200, description: 'The rule as it was.', schema: ruleShape, example: ruleExample },
      async handle(asked) {
        const rule = await ownRule(asked, asked.path.id);
        await asked.store.removeAlertRule(rule.id, rule.user);
        return ruleTold(rule);
      },
    }),
    operation({
      id: 'list-notices',
      method: 'get',
      path: '/notices',
      needs: 'accounts:read',
      summary: 'Read what this key was told',
      description: 'The newest first. What was read is forgotten after ninety days.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of notices.',
        schema: z.object({ ...pageOf(noticeShape).shape, unread: count('Notices that are not read yet.') }),
        example: { data: [noticeExample], next: null, unread: 1 },
      },
      async handle({ store, query, caller, cursors }) {
        const [before = null] = query.cursor === undefined ? [] : cursors.read('notices', query.cursor);
        const found = await store.notices(caller.by, before, query.limit + 1);
        const shown = found.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          data: shown.map(noticeTold),
          next: last !== undefined && found.length > shown.length ? cursors.make('notices', [last.id]) : null,
          unread: await store.unreadNotices(caller.by),
        };
      },
    }),
    operation({
      id: 'read-notices',
      method: 'post',
      path: '/notices/read',
      needs: 'accounts:read',
      summary: 'Mark notices as read',
      description: 'One of this key’s, or all of them. What is read already stays so.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({
          id: z.int().min(1).nullable().openapi({ description: 'The number of the notice; null: all.' }),
        }),
        example: { id: null },
      },
      answer: {
        status: 200,
        description: 'How many are left.',
        schema: z.object({ unread: count('Notices that are not read yet.') }),
        example: { unread: 0 },
      },
      async handle({ store, body, caller, now }) {
        await store.markRead(caller.by, body.id, now());
        return { unread: await store.unreadNotices(caller.by) };
      },
    }),
    operation({
      id: 'list-account-entries',
      method: 'get',
      path: '/accounts/{id}/entries',
      needs: 'accounts:read',
      summary: 'See which segments a company came into',
      description:
        'Of the segments that somebody is told of and that this key sees: when, why, and when it left; the newest first.',
      params: byId('account'),
      query: z.strictObject({ limit: paging.limit }),
      answer: {
        status: 200,
        description: 'The latest.',
        schema: pageOf(entryShape),
        example: { data: [entryExample], next: null },
      },
      async handle(asked) {
        const { store, query, caller } = asked;
        const id = await accountHome(asked, asked.path.id);
        const [entries, visible] = await Promise.all([
          store.segmentEntries(id, query.limit),
          store.savedSegments(caller.by),
        ]);
        const seen = new Set(visible.map((segment) => segment.id));
        // Of somebody else's own segment, not even the number is anybody's business.
        const data = entries
          .filter(({ segmentId }) => seen.has(segmentId))
          .map(({ id: entry, segmentId, enteredAt, cause, leftAt }) => ({
            id: entry,
            segment: segmentId,
            enteredAt: iso(enteredAt),
            cause: causeTold(cause),
            leftAt: isoOrNull(leftAt),
          }));
        return { data, next: null };
      },
    }),
    operation({
      id: 'get-digest',
      method: 'get',
      path: '/digest',
      needs: 'accounts:read',
      summary: 'Read the digest as it would be now',
      description:
        'Who visited in the last day or week, who is new, and who came into segments that this key is told of. Looking at it sends nothing, and what is in it stays news.',
      query: z.strictObject({
        frequency: z
          .enum(digestFrequencies)
          .default('daily')
          .openapi({ description: 'Of a day or of a week.' }),
        timeZone: timeZone.default('UTC'),
      }),
      answer: {
        status: 200,
        description: 'The digest.',
        schema: z
          .object({
            from: time('First moment that counts.'),
            to: time('First moment that no longer counts.'),
            visited: count('Companies that came.'),
            isMore: z.boolean().openapi({ description: 'There are more than were looked at.' }),
            newTotal: count('Companies that came for the first time.'),
            newAccounts: z.array(company),
            segments: z.array(
              z.object({
                id: z.int(),
                name: z.string(),
                total: count('Companies that came into it.'),
                accounts: z.array(company),
              }),
            ),
            mostActive: z.array(company),
          })
          .openapi('Digest'),
        example: {
          from: '2026-11-19T15:00:00.000Z',
          to: '2026-11-20T15:00:00.000Z',
          visited: 12,
          isMore: false,
          newTotal: 1,
          newAccounts: [
            {
              id: 7,
              name: 'Brightwater Energy',
              domain: 'brightwater.example',
              did: '2 visits, 7 pages: Pricing, Docs and 3 more',
            },
          ],
          segments: [],
          mostActive: [],
        },
      },
      async handle({ alerts: telling, query, caller }) {
        const wish = { ...query, user: caller.by, weekday: 1, hour: 8, whenEmpty: 'nothing' as const };
        const found = await telling.preview(caller.by, wish);
        return {
          from: iso(found.from),
          to: iso(found.to),
          visited: found.visited,
          isMore: found.isMore,
          newTotal: found.newTotal,
          newAccounts: companiesTold(found.newAccounts),
          segments: found.segments.map(({ id, name, total, accounts }) => ({
            id,
            name,
            total,
            accounts: companiesTold(accounts),
          })),
          mostActive: companiesTold(found.mostActive),
        };
      },
    }),
  ],
};
