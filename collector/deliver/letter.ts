/** A message in words, the same for every channel and for the preview: what each makes of it is only its form. */
import type {
  DigestAccount,
  DigestMessage,
  EnteredMessage,
  Message,
  MessageAccount,
} from '../store/outbox.ts';
import type { EntryCause } from '../store/segments.ts';
import { oneLine } from './one-line.ts';

export interface LetterLine {
  text: string;
  /** Where it leads; null: nowhere. */
  href: string | null;
  /** What is said of it. */
  note: string;
}

export interface Letter {
  subject: string;
  intro: string;
  sections: { title: string; lines: LetterLine[]; more: string }[];
  /** The one thing to open. */
  action: { text: string; href: string };
}

/** @param base where people reach us, without a trailing slash */
export function letterOf(message: Message, base: string): Letter {
  switch (message.kind) {
    case 'entered':
      return enteredLetter(message, base);
    case 'digest':
      return digestLetter(message, base);
    case 'test':
      return {
        subject: 'A test message from Footlight',
        intro: `${message.askedBy} asked for this message, to see that it arrives. It did.`,
        sections: [],
        action: { text: 'Open Footlight', href: `${base}/settings/alerts` },
      };
  }
}

function enteredLetter({ segment, accounts, total }: EnteredMessage, base: string): Letter {
  const [first] = accounts;
  const who = total === 1 && first !== undefined ? nameOf(first) : `${total} companies`;
  return {
    subject: `${who} came into “${oneLine(segment.name)}”`,
    intro:
      total === 1
        ? `A company came into the segment “${oneLine(segment.name)}”.`
        : `${total} companies came into the segment “${oneLine(segment.name)}”.`,
    sections: [
      {
        title: '',
        lines: accounts.map((account) => lineOf(account, base, causeWords(account.cause))),
        more: total > accounts.length ? `and ${total - accounts.length} more` : '',
      },
    ],
    action: { text: 'See the segment', href: `${base}/accounts?segment=${segment.id}` },
  };
}

function digestLetter(message: DigestMessage, base: string): Letter {
  const { from, to, timeZone, visited, isMore, newTotal, newAccounts, segments, mostActive } = message;
  const span = `${moment(from, timeZone)} to ${moment(to, timeZone)}`;
  const count = `${visited}${isMore ? ' or more' : ''} ${visited === 1 ? 'company' : 'companies'}`;
  const section = (title: string, accounts: readonly DigestAccount[], total = accounts.length) => ({
    title,
    lines: accounts.map((account) => lineOf(account, base, account.did)),
    more: total > accounts.length ? `and ${total - accounts.length} more` : '',
  });
  return {
    subject: visited === 0 ? 'No companies visited' : `${count} visited`,
    intro: visited === 0 ? `Nobody that can be named came from ${span}.` : `${count} came from ${span}.`,
    sections: [
      section('New companies', newAccounts, newTotal),
      ...segments.map(({ name, accounts, total }) =>
        section(`In the segment “${oneLine(name)}”`, accounts, total),
      ),
      section('Most active', mostActive),
    ].filter(({ lines }) => lines.length > 0),
    action: { text: 'See all companies', href: `${base}/accounts` },
  };
}

const nameOf = ({ name, domain }: MessageAccount) => oneLine(name || domain || 'a company');

function lineOf(account: MessageAccount, base: string, note: string): LetterLine {
  const domain = account.domain !== null && account.domain !== account.name ? ` (${account.domain})` : '';
  return { text: oneLine(`${nameOf(account)}${domain}`), href: `${base}/accounts/${account.id}`, note };
}

/** Why an account is in: each condition as it is written, with what there is. */
export function causeWords(cause: readonly EntryCause[] | null): string {
  if (cause === null || cause.length === 0) return '';
  return cause
    .map(({ condition, found, people }) => {
      const value = found === null ? '' : `: ${oneLine(String(found))}`;
      return `${oneLine(condition)}${value}${people === null ? '' : ` by ${people} people`}`;
    })
    .join('; ');
}

function moment(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}
