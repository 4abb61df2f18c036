/** Alerts and digests put together: who watches, who writes, who delivers; and what pages may ask of them. */
import { createSealer } from '../sealed.ts';
import type { DigestDraft } from '../store/alerts.ts';
import type { Destination, DigestMessage } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import { createChannels } from './channels/index.ts';
import type { MailOptions } from './channels/mail.ts';
import { type SlackOptions, webhookProblem } from './channels/slack.ts';
import { composeDigest, spanOf } from './digest.ts';
import { sendDueDigests } from './digests.ts';
import { createOutbox } from './outbox.ts';
import { checkedAddress } from './outside.ts';
import { readStop, type Stop, stopPath } from './stop-link.ts';
import { evaluateSegments } from './watch.ts';
import { createWatcher } from './watcher.ts';

export interface Alerts {
  /** Something was stored that may bring accounts into segments. */
  touched(): void;
  /** Evaluates, makes the digests that are due, and delivers; resolves when that is done. */
  run(): Promise<void>;
  /** Delivers what is due. @returns messages tried */
  deliver(): Promise<number>;
  /** Whether each way is set up. */
  isSet(destination: Destination): Promise<boolean>;
  /** Who mail comes from; null: no mail server is set. */
  mailFrom: string | null;
  /** Puts a message into the outbox, to see whether it arrives. */
  test(destination: Destination, askedBy: string): Promise<void>;
  /** Sets Slack's webhook, or takes it away. @returns why it was not taken; null: it was */
  setSlack(address: string | null): Promise<string | null>;
  /** What would be sent to somebody now. */
  preview(user: string, draft: DigestDraft | null): Promise<DigestMessage>;
  /** Null: the link is none of ours. */
  readStop(what: string, mark: string): Stop | null;
  /** Ends what a link is about. @returns false if it had ended already */
  stop(stop: Stop): Promise<boolean>;
  /** Where people reach us, as messages say it. */
  base(): string;
  close(): Promise<void>;
}

export interface AlertsOptions {
  store: Store;
  secret: string;
  now: () => number;
  log: (line: string, detail?: object) => void;
  /** Where people reach us, without a trailing slash. */
  base: () => string;
  mail: MailOptions['server'];
  slackHosts: readonly string[];
  /** For tests: how long channels wait, and how names are looked up. */
  limits?: { mail?: NonNullable<MailOptions['limits']>; slackMs?: number };
  resolve?: NonNullable<SlackOptions['resolve']>;
}

const webhookSetting = 'slack_webhook';
/** How often it is looked whether a digest is due. */
const digestLookMs = 60_000;

export function createAlerts(options: AlertsOptions): Alerts {
  const { store, now, log, base, slackHosts, limits = {}, resolve } = options;
  const links = createSealer(options.secret, 'stop link');
  const sealed = createSealer(options.secret, 'slack webhook');
  const webhook = async () => sealed.open((await store.setting(webhookSetting)) ?? '');
  const outbox = createOutbox({
    store,
    now,
    log,
    channels: createChannels({
      mail: {
        server: options.mail,
        base,
        stopPath: (stop) => stopPath(links, stop),
        ...(limits.mail ? { limits: limits.mail } : {}),
      },
      slack: {
        webhook,
        base,
        trustedHosts: slackHosts,
        ...(limits.slackMs ? { timeoutMs: limits.slackMs } : {}),
        ...(resolve ? { resolve } : {}),
      },
    }),
  });
  const watcher = createWatcher({
    now,
    log,
    async evaluate() {
      const { isNews, isWhole } = await evaluateSegments({ store, now, log });
      if (isNews) outbox.wake();
      return isWhole;
    },
  });
  /** Looked at now, so that a mistake is told to whoever makes it; and again at each delivery. */
  async function addressProblem(address: string): Promise<string | null> {
    const problem = webhookProblem(address, slackHosts);
    if (problem !== null) return problem;
    const asked = { trustedHosts: slackHosts, ...(resolve ? { resolve } : {}) };
    return checkedAddress(new URL(address), asked).then(
      () => null,
      (error: unknown) => `It cannot be used: ${error instanceof Error ? error.message : error}.`,
    );
  }
  let digesting: Promise<void> | null = null;
  function sendDigests(): Promise<void> {
    digesting ??= sendDueDigests({ store, now, log })
      .then((sent) => {
        if (sent > 0) outbox.wake();
      })
      .catch((error: unknown) => log('digests could not be looked at', { error }))
      .finally(() => {
        digesting = null;
      });
    return digesting;
  }
  const digestTimer = setInterval(() => void sendDigests(), digestLookMs);
  digestTimer.unref();

  return {
    touched: watcher.touched,
    async run() {
      await watcher.run();
      await sendDigests();
      await outbox.run();
    },
    deliver: outbox.run,
    isSet: async (destination) =>
      destination === 'mail' ? options.mail !== null : (await webhook()) !== null,
    mailFrom: options.mail?.from ?? null,
    async test(destination, askedBy) {
      const at = now();
      await store.queueMessages(
        [
          {
            key: `test.${destination}.${askedBy}.${at}`,
            channel: destination,
            recipient: destination === 'mail' ? askedBy : '',
            message: { kind: 'test', askedBy },
            dueAt: at,
          },
        ],
        at,
      );
      outbox.wake();
    },
    async setSlack(address) {
      const problem = address === null ? null : await addressProblem(address);
      if (problem === null)
        await store.setSetting(webhookSetting, address === null ? '' : sealed.seal(address));
      return problem;
    },
    async preview(user, draft) {
      const known = await store.digest(user);
      const wanted = draft ?? known;
      const frequency = wanted?.frequency ?? 'daily';
      const span = spanOf(
        { frequency, coveredTo: known?.coveredTo ?? null, changedAt: known?.changedAt ?? now() },
        now(),
      );
      return composeDigest(store, { user, timeZone: wanted?.timeZone ?? 'UTC' }, span);
    },
    readStop: (what, mark) => readStop(links, what, mark),
    stop: (stop) => (stop.kind === 'rule' ? store.stopAlertMail(stop.ruleId) : store.removeDigest(stop.user)),
    base,
    async close() {
      clearInterval(digestTimer);
      await watcher.close();
      await digesting;
      await outbox.close();
    },
  };
}
