/** Who wants to be told of which segment. */
import type { Database } from 'better-sqlite3';
import type { AlertChannel, AlertRule, AlertRuleDraft, WatchedSegment } from '../alerts.ts';

interface Row {
  id: number;
  segment_id: number;
  user: string;
  channels: string;
  cooling_days: number;
  quiet_from: number | null;
  quiet_to: number | null;
  time_zone: string;
  active_since: number | null;
  created_at: number;
}

interface WatchedRow extends Row {
  name: string;
  expression: string;
  version: number | null;
  evaluated: string | null;
}

export function alertRuleStatements(db: Database) {
  const ofUser = db.prepare<[string], Row>(`
    select r.* from alert_rule r join segment s on s.id = r.segment_id where r.user = ? order by s.name, r.id`);
  const save = db.prepare<unknown[], Row>(`
    insert into alert_rule (segment_id, user, channels, cooling_days, quiet_from, quiet_to, time_zone, created_at)
    values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (segment_id, user) do update set channels = excluded.channels, cooling_days = excluded.cooling_days,
      quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, time_zone = excluded.time_zone
    returning *`);
  const remove = db.prepare('delete from alert_rule where id = ? and user = ?');
  // What nobody is told of is not kept up: who is in is found out anew with the next rule.
  const unwatch = db.prepare(
    'delete from segment_watch where segment_id not in (select segment_id from alert_rule)',
  );
  const find = db.prepare<[number], Row>('select * from alert_rule where id = ?');
  const setChannels = db.prepare('update alert_rule set channels = ? where id = ?');
  const ofNobody = [
    'delete from alert_rule where user = ?',
    'delete from digest where user = ?',
    'delete from notice where user = ?',
    'delete from outbox where recipient = ?',
  ].map((sql) => db.prepare<[string]>(sql));
  // A rule about a segment that is no longer shared rests until it is again.
  const watched = db.prepare<[], WatchedRow>(`
    select r.*, s.name, s.expression, w.version, w.expression as evaluated
    from alert_rule r join segment s on s.id = r.segment_id left join segment_watch w on w.segment_id = s.id
    where s.shared = 1 or s.owner = r.user order by s.id, r.id`);

  return {
    alertRules: (user: string): AlertRule[] => ofUser.all(user).map(ruleOf),
    saveAlertRule(draft: AlertRuleDraft, now: number): AlertRule {
      const { segmentId, user, channels, coolingDays, quiet, timeZone } = draft;
      const row = save.get(
        segmentId,
        user,
        JSON.stringify(channels),
        coolingDays,
        quiet?.from ?? null,
        quiet?.to ?? null,
        timeZone,
        now,
      );
      if (row === undefined) throw new Error('the rule that was just written is gone');
      return ruleOf(row);
    },
    removeAlertRule: db.transaction((id: number, user: string): boolean => {
      const isGone = remove.run(id, user).changes > 0;
      unwatch.run();
      return isGone;
    }).immediate,
    stopAlertMail: db.transaction((ruleId: number): boolean => {
      const row = find.get(ruleId);
      if (row === undefined) return false;
      const { channels } = ruleOf(row);
      setChannels.run(JSON.stringify(channels.filter((channel) => channel !== 'mail')), ruleId);
      return channels.includes('mail');
    }).immediate,
    forgetAlertsOf: db.transaction((user: string): void => {
      for (const forget of ofNobody) forget.run(user);
      unwatch.run();
    }).immediate,
    watchedSegments(): WatchedSegment[] {
      const segments = new Map<number, WatchedSegment>();
      for (const row of watched.all()) {
        const known = segments.get(row.segment_id);
        if (known) known.rules.push(ruleOf(row));
        else
          segments.set(row.segment_id, {
            id: row.segment_id,
            name: row.name,
            expression: row.expression,
            rules: [ruleOf(row)],
            watch: row.version === null ? null : { version: row.version, expression: row.evaluated ?? '' },
          });
      }
      return [...segments.values()];
    },
  };
}

function ruleOf(row: Row): AlertRule {
  return {
    id: row.id,
    segmentId: row.segment_id,
    user: row.user,
    channels: JSON.parse(row.channels) as AlertChannel[],
    coolingDays: row.cooling_days,
    quiet:
      row.quiet_from === null || row.quiet_to === null ? null : { from: row.quiet_from, to: row.quiet_to },
    timeZone: row.time_zone,
    activeSince: row.active_since,
    createdAt: row.created_at,
  };
}
