/** Every way in which a message can leave. A further one is a file beside this, a line here, and its name in the store. */
import type { Destination } from '../../store/outbox.ts';
import type { Channel } from './channel.ts';
import { createMail, type MailOptions } from './mail.ts';
import { createSlack, type SlackOptions } from './slack.ts';

export type Channels = { readonly [Name in Destination]: Channel };

export function createChannels(options: { mail: MailOptions; slack: SlackOptions }): Channels {
  return { mail: createMail(options.mail), slack: createSlack(options.slack) };
}
