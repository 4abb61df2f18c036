/** Mail by SMTP. It carries no picture and nothing that tells who opened it. */
import { createHash } from 'node:crypto';
import type { OutboxMessage } from '../../store/outbox.ts';
import { letterOf } from '../letter.ts';
import { mailBody } from '../letter-mail.ts';
import { oneLine } from '../one-line.ts';
import type { Stop } from '../stop-link.ts';
import type { Channel, Outcome } from './channel.ts';

export interface MailOptions {
  /** Null: there is no mail server. */
  server: { url: string; from: string } | null;
  /** Where people reach us, without a trailing slash. */
  base: () => string;
  stopPath: (stop: Stop) => string;
  limits?: { connectMs: number; silentMs: number; wholeMs: number };
}

const usualLimits = { connectMs: 10_000, silentMs: 20_000, wholeMs: 60_000 };

export function createMail({ server, base, stopPath, limits = usualLimits }: MailOptions): Channel {
  return {
    gapMs: 0,
    async deliver(message, stop): Promise<Outcome> {
      if (server === null)
        return { outcome: 'failed', problem: 'no mail server is set (FOOTLIGHT_SMTP_URL)' };
      // Not before the first mail: every command would wait for it to be read.
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        url: server.url,
        connectionTimeout: limits.connectMs,
        greetingTimeout: limits.connectMs,
        dnsTimeout: limits.connectMs,
        socketTimeout: limits.silentMs,
        // A message is made of words alone.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const whole = AbortSignal.timeout(limits.wholeMs);
      const over = AbortSignal.any([stop, whole]);
      try {
        await Promise.race([transport.sendMail(mailOf(message, server.from)), aborted(over)]);
        return { outcome: 'delivered' };
      } catch (error) {
        if (stop.aborted) throw error;
        return outcomeOf(error);
      } finally {
        transport.close();
      }
    },
  };

  function mailOf({ key, recipient, message, madeAt }: OutboxMessage, from: string) {
    const stop = stopOf(recipient, message);
    const link = stop === null ? null : base() + stopPath(stop);
    const body = mailBody(letterOf(message, base()), link, `${base()}/settings/alerts`);
    return {
      from,
      to: recipient,
      ...body,
      // The same whenever it is tried, so that a mailbox that has it already can tell.
      messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domainOf(from)}>`,
      date: new Date(madeAt),
      headers: {
        'X-Footlight-Key': key,
        // RFC 3834: nobody's out-of-office should answer.
        'Auto-Submitted': 'auto-generated',
        // RFC 8058: mail programs offer it as one button.
        ...(link === null
          ? {}
          : { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    };
  }
}

function stopOf(recipient: string, message: OutboxMessage['message']): Stop | null {
  if (message.kind === 'digest') return { kind: 'digest', user: recipient };
  if (message.kind === 'entered' && message.ruleId !== null) return { kind: 'rule', ruleId: message.ruleId };
  return null;
}

const domainOf = (from: string) => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'footlight.invalid';

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('it took too long'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** 5xx of the message or its reader is for good; a refused sign-in is for the owner to mend, so it waits. */
function outcomeOf(error: unknown): Outcome {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const problem = oneLine(message ?? String(error));
  const isRefused = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return { outcome: isRefused ? 'refused' : 'failed', problem };
}
