/** A small mail server (RFC 5321) that keeps what it is given, and can be told to misbehave. */
import { createServer, type Server, type Socket } from 'node:net';

/** What it does with a message once it has it whole. `hang`: says nothing more. */
export type MailReply = 'take' | 'hang' | `${4 | 5}${number} ${string}`;

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Names in lower case; folded lines are joined. */
  headers: Map<string, string>;
  /** As it came, headers included. */
  raw: string;
}

export interface SmtpServer {
  url: string;
  port: number;
  /** Everything that was given whole, taken or not. */
  mails: ReceivedMail[];
  /** For the next messages, in order; then `take`. */
  replies: MailReply[];
  /** Resolves when so many were given in all. */
  given(count: number): Promise<void>;
  close(): Promise<void>;
}

/** @param port the same again, after a close; 0: any */
export async function startSmtpServer(port = 0): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const replies: MailReply[] = [];
  const sockets = new Set<Socket>();
  const waiting: { count: number; resolve: () => void }[] = [];
  const received = (mail: ReceivedMail): MailReply => {
    mails.push(mail);
    for (const one of waiting) if (mails.length >= one.count) one.resolve();
    return replies.shift() ?? 'take';
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, received);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails,
    replies,
    given: (count) =>
      mails.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function converse(socket: Socket, received: (mail: ReceivedMail) => MailReply): void {
  let from = '';
  let to: string[] = [];
  let isData = false;
  let buffer = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 mail.test ESMTP');
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    buffer += part;
    for (;;) {
      const end = isData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
      if (end < 0) return;
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + (isData ? 5 : 2));
      if (isData) {
        isData = false;
        const reply = received({ from, to, headers: headersOf(text), raw: text });
        if (reply === 'take') say('250 kept');
        else if (reply !== 'hang') say(reply);
      } else command(text);
    }
  });

  function command(line: string): void {
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'EHLO' || word === 'HELO') say('250 mail.test');
    else if (word === 'MAIL') {
      from = /<([^>]*)>/.exec(line)?.[1] ?? '';
      to = [];
      say('250 ok');
    } else if (word === 'RCPT') {
      to.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
      say('250 ok');
    } else if (word === 'DATA') {
      isData = true;
      say('354 go on');
    } else if (word === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('502 what?');
  }
}

function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  return new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
}

/** The text of a mail, all its parts decoded. */
export function mailText({ raw }: ReceivedMail): string {
  return raw
    .replace(/=\r\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (codes) =>
      Buffer.from(codes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
}
