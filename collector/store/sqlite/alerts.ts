/** Alerts, digests and the outbox as the store has them: on the writer's connection, each call by a key or a bound. */
import type { Database } from 'better-sqlite3';
import type { AlertsStore } from '../alerts.ts';
import type { OutboxStore } from '../outbox.ts';
import { alertRuleStatements } from './alert-rules.ts';
import { digestStatements } from './digests.ts';
import { outboxStatements } from './outbox.ts';
import { entryStatements } from './segment-entries.ts';

/** @param locking runs a write, and says so where another process writes just now */
export function alertsOf(
  file: Database,
  locking: <Value>(write: () => Value) => Value,
): AlertsStore & OutboxStore {
  const outbox = outboxStatements(file);
  const rules = alertRuleStatements(file);
  const entries = entryStatements(file, outbox);
  const digests = digestStatements(file, outbox);
  return {
    alertRules: async (user) => rules.alertRules(user),
    saveAlertRule: async (draft, now) => locking(() => rules.saveAlertRule(draft, now)),
    removeAlertRule: async (id, user) => locking(() => rules.removeAlertRule(id, user)),
    stopAlertMail: async (ruleId) => locking(() => rules.stopAlertMail(ruleId)),
    forgetAlertsOf: async (user) => locking(() => rules.forgetAlertsOf(user)),
    watchedSegments: async () => rules.watchedSegments(),
    recordMembership: async (found) => locking(() => entries.recordMembership(found)),
    lastLeft: async (segmentId, accountIds) => entries.lastLeft(segmentId, accountIds),
    unreadNotices: async (user) => entries.unreadNotices(user),
    notices: async (user, before, limit) => entries.notices(user, before, limit),
    markRead: async (user, id, now) => locking(() => entries.markRead(user, id, now)),
    digest: async (user) => digests.digest(user),
    digests: async () => digests.digests(),
    saveDigest: async (draft, now) => locking(() => digests.saveDigest(draft, now)),
    removeDigest: async (user) => locking(() => digests.removeDigest(user)),
    settleDigest: async (digest, slot, message, now) =>
      locking(() => digests.settleDigest(digest, slot, message, now)),
    queueMessages: async (messages, now) => locking(() => outbox.queueMessages(messages, now)),
    dueMessages: async (channel, now, limit) => outbox.dueMessages(channel, now, limit),
    nextDueAt: async (channel) => outbox.nextDueAt(channel),
    settleMessage: async (id, settled, now) => locking(() => outbox.settleMessage(id, settled, now)),
    deadLetters: async (limit, before) => outbox.deadLetters(limit, before),
    outboxWaiting: async () => outbox.outboxWaiting(),
    reviveMessage: async (id, now) => locking(() => outbox.reviveMessage(id, now)),
    outboxCounts: async (channel) => outbox.outboxCounts(channel),
    forgetMessages: async (before) => locking(() => outbox.forgetMessages(before)),
  };
}
