/** Slack, by an incoming webhook. */
import { letterOf } from '../letter.ts';
import { oneLine } from '../one-line.ts';
import { NotOutside, type OutsideOptions, postOutside } from '../outside.ts';
import type { Channel, Outcome } from './channel.ts';
import { slackMessage } from './slack-blocks.ts';

export interface SlackOptions {
  /** The webhook's address, which whoever knows it can post to; null: none is set. */
  webhook: () => Promise<string | null>;
  /** Where people reach us, without a trailing slash. */
  base: () => string;
  /** Hosts beside Slack's that the owner vouches for. */
  trustedHosts: readonly string[];
  timeoutMs?: number;
  resolve?: NonNullable<OutsideOptions['resolve']>;
}

const slackHost = 'hooks.slack.com';
/** Slack takes about one message a second from a webhook. */
const gapMs = 1_000;
const usualTimeoutMs = 15_000;

/** Why an address can be no webhook; null if it may be one. */
export function webhookProblem(text: string, trustedHosts: readonly string[]): string | null {
  if (!URL.canParse(text)) return 'This is no address. It begins with https://hooks.slack.com/.';
  const url = new URL(text);
  if (trustedHosts.includes(url.host.toLowerCase()) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== 'https:' || url.host !== slackHost || url.username !== '' || url.password !== '')
    return `Only addresses that begin with https://${slackHost}/ are taken, or hosts that FOOTLIGHT_SLACK_HOSTS names.`;
  return null;
}

export function createSlack(options: SlackOptions): Channel {
  const { webhook, base, trustedHosts, timeoutMs = usualTimeoutMs, resolve } = options;
  return {
    gapMs,
    async deliver({ message, key }, stop): Promise<Outcome> {
      const address = await webhook();
      if (address === null) return { outcome: 'failed', problem: 'no Slack webhook is set' };
      // It was checked when it was set; but what the environment names may have changed since.
      const problem = webhookProblem(address, trustedHosts);
      if (problem !== null) return { outcome: 'refused', problem };
      const { text, blocks } = slackMessage(letterOf(message, base()));
      const body = JSON.stringify({ text, blocks });
      try {
        const answer = await postOutside(new URL(address), body, {
          trustedHosts,
          timeoutMs,
          stop,
          // Slack itself looks at no key; what stands in for it may.
          headers: { 'x-footlight-key': key },
          ...(resolve ? { resolve } : {}),
        });
        return outcomeOf(answer.status, answer.retryAfterMs, answer.text);
      } catch (error) {
        if (stop.aborted) throw error;
        const says = oneLine(error instanceof Error ? error.message : String(error));
        return { outcome: error instanceof NotOutside ? 'refused' : 'failed', problem: says };
      }
    },
  };
}

function outcomeOf(status: number, retryAfterMs: number | null, text: string): Outcome {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const said = oneLine(text);
  const problem = `Slack answered ${status}${said === '' ? '' : `: ${said}`}`;
  if (status >= 300 && status < 400)
    return { outcome: 'refused', problem: `${problem} (redirects are not followed)` };
  if (status === 429 || status >= 500 || status === 408)
    return { outcome: 'failed', problem, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  return { outcome: 'refused', problem };
}
