/** The real server with a mail server, a place for Slack's messages, and a clock that a test sets. */
import type { AlertChannel, AlertRule, AlertRuleDraft } from '../../collector/store/alerts.ts';
import { companyVerdict, day, draft, monday } from './drafts.ts';
import { startTestServer, type TestServer } from './server.ts';
import { type SmtpServer, startSmtpServer } from './smtp-server.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';

export const kim = 'kim@lumen.example';
export const base = 'https://footlight.lumen.example';

export interface AlertWorld {
  server: TestServer;
  smtp: SmtpServer;
  slack: WebhookServer;
  clock: { now: number };
  /** Somebody's rule for a segment of this text, looked at once. */
  rule(expression: string, channels: AlertChannel[], more?: Partial<AlertRuleDraft>): Promise<AlertRule>;
  /** Somebody of a company views pages, now. */
  visit(company: string, pages?: string[]): Promise<void>;
  /** Time passes, and what there is to do is done. */
  pass(ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** Short for whoever waits for silence, long for a machine that has other tests to run. */
const limits = { mail: { connectMs: 4_000, silentMs: 1_000, wholeMs: 4_000 }, slackMs: 1_000 };

export async function openAlertWorld(storePath?: string): Promise<AlertWorld> {
  const [smtp, slack] = await Promise.all([startSmtpServer(), startWebhookServer()]);
  const clock = { now: monday };
  const env = {
    FOOTLIGHT_SMTP_URL: smtp.url,
    FOOTLIGHT_MAIL_FROM: 'Footlight <footlight@lumen.example>',
    FOOTLIGHT_SLACK_HOSTS: slack.host,
    FOOTLIGHT_PUBLIC_URL: base,
    FOOTLIGHT_SECRET: 'a-secret-for-tests-only-9f8e7d6c5b4a3',
  };
  const server = await startTestServer(env, 'lumen.example', storePath, {
    now: () => clock.now,
    alerting: { limits },
  });
  const { store } = server.rooms;
  let visits = 0;
  const world: AlertWorld = {
    server,
    smtp,
    slack,
    clock,
    async rule(expression, channels, more = {}) {
      const user = more.user ?? kim;
      const kept = { name: 'Ready for a call', expression, isShared: true };
      const segment = await store.saveSegment(null, kept, user, clock.now);
      const wish = { channels, coolingDays: 7, quiet: null, timeZone: 'UTC', ...more };
      await store.saveAlertRule({ segmentId: segment.id, user, ...wish }, clock.now);
      await world.pass(0);
      const rule = (await store.alertRules(user)).find(({ segmentId }) => segmentId === segment.id);
      if (rule === undefined) throw new Error('the rule is gone');
      return rule;
    },
    async visit(company, pages = ['/pricing']) {
      visits += 1;
      await store.append(
        pages.map((path, number) =>
          draft(
            {
              site: server.site.id,
              visitor: `visitor-of-${company}`,
              verdict: companyVerdict(company),
              at: clock.now + number,
              path,
              title: path.slice(1),
            },
            visits * 1_000 + number,
          ),
        ),
      );
    },
    async pass(ms = day / 24) {
      clock.now += ms;
      await server.alerts.run();
    },
    async close() {
      await server.close();
      await Promise.all([smtp.close(), slack.close()]);
    },
  };
  return world;
}
