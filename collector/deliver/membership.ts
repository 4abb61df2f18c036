/** Pure: what somebody is to be told of an evaluation of a segment. */
import type { AlertRule, Membership, NewNotice, WatchedSegment } from '../store/alerts.ts';
import type { EnteredMessage, MessageAccount, NewOutboxMessage } from '../store/outbox.ts';
import type { EntryCause } from '../store/segments.ts';
import { dayMs } from '../time.ts';
import { afterQuiet } from './quiet.ts';

/** Companies named in one message. */
export const maxNamed = 20;

/** What an evaluation found. */
export interface Found {
  watched: WatchedSegment;
  at: number;
  /** Whether this is everything, or the last part of it. */
  isLast: boolean;
  entered: { accountId: number; cause: EntryCause[] | null }[];
  left: number[];
  /** When those who entered left the last time, if they ever did. */
  lastLeft: ReadonlyMap<number, number>;
  /** Entered only because an account that was in was merged into it: nothing new. */
  continued: ReadonlySet<number>;
  names: ReadonlyMap<number, MessageAccount>;
}

/** True where nobody can be new: it was never evaluated, or its text has changed since. */
export const isFirstLook = ({ watch, expression }: WatchedSegment) =>
  watch === null || watch.expression !== expression;

/** Facts and messages of one evaluation: the same input, the same messages under the same keys. */
export function membershipOf(found: Found): Membership {
  const { watched, at, isLast, entered, left } = found;
  const { id: segmentId, expression, rules, watch } = watched;
  const version = watch?.version ?? null;
  const base: Membership = {
    segmentId,
    expression,
    version,
    at,
    isLast,
    entered,
    left,
    // Until then, who is in already may still be on the way.
    activated: isLast ? rules.filter(({ activeSince }) => activeSince === null).map(({ id }) => id) : [],
    notices: [],
    messages: [],
  };
  if (isFirstLook(watched)) return { ...base, entered: entered.map((one) => ({ ...one, cause: null })) };
  const told = rules
    .filter(({ activeSince }) => activeSince !== null)
    .map((rule) => ({ rule, accounts: entered.filter(({ accountId }) => isNews(accountId, rule, found)) }))
    .filter(({ accounts }) => accounts.length > 0);
  const key = `entered.${segmentId}.${at}.${version ?? 0}`;
  return {
    ...base,
    notices: told.flatMap(({ rule, accounts }) =>
      accounts.map(
        ({ accountId, cause }): NewNotice => ({
          key: `${key}.${accountId}.${rule.user}`,
          user: rule.user,
          segmentId,
          segmentName: watched.name,
          accountId,
          cause,
          isUnread: rule.channels.includes('browser'),
        }),
      ),
    ),
    messages: [...mails(told, key, found), ...slackMessages(told, key, found)],
  };
}

function isNews(accountId: number, { coolingDays }: AlertRule, { at, lastLeft, continued }: Found): boolean {
  const leftAt = lastLeft.get(accountId);
  return !continued.has(accountId) && (leftAt === undefined || at - leftAt >= coolingDays * dayMs);
}

type Told = { rule: AlertRule; accounts: Found['entered'] }[];

function mails(told: Told, key: string, found: Found): NewOutboxMessage[] {
  return told
    .filter(({ rule }) => rule.channels.includes('mail'))
    .map(({ rule, accounts }) => ({
      key: `${key}.mail.${rule.user}`,
      channel: 'mail',
      recipient: rule.user,
      message: enteredMessage(accounts, found, rule.id),
      dueAt: afterQuiet(found.at, rule.quiet, rule.timeZone),
    }));
}

/** Many read the one place, so it is told once, whoever asked for it; and when the first of them may be told. */
function slackMessages(told: Told, key: string, found: Found): NewOutboxMessage[] {
  const asking = told.filter(({ rule }) => rule.channels.includes('slack'));
  if (asking.length === 0) return [];
  const ids = new Set(asking.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId)));
  return [
    {
      key: `${key}.slack`,
      channel: 'slack',
      recipient: '',
      message: enteredMessage(
        found.entered.filter(({ accountId }) => ids.has(accountId)),
        found,
        null,
      ),
      dueAt: Math.min(...asking.map(({ rule }) => afterQuiet(found.at, rule.quiet, rule.timeZone))),
    },
  ];
}

function enteredMessage(
  accounts: Found['entered'],
  { watched, names }: Found,
  ruleId: number | null,
): EnteredMessage {
  return {
    kind: 'entered',
    segment: { id: watched.id, name: watched.name },
    accounts: accounts.slice(0, maxNamed).map(({ accountId, cause }) => ({
      ...(names.get(accountId) ?? { id: accountId, name: `company ${accountId}`, domain: null }),
      cause,
    })),
    total: accounts.length,
    ruleId,
  };
}
