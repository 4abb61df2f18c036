/** What a touchpoint is, by the word that a file has for it. */
import type { TouchpointKind } from '../../draft.ts';

/** What a salesperson reads; also the name that it is counted under. */
export const touchpointNames: Record<TouchpointKind, string> = {
  call: 'Call',
  meeting: 'Meeting',
  webinar: 'Webinar',
  ticket: 'Support ticket',
  payment: 'Payment',
  mail: 'E-mail',
  chat: 'Chat',
  fair: 'Trade fair',
  other: 'Touchpoint',
};

/** In this order: a `sales call about an invoice` is a call. */
const words: [TouchpointKind, RegExp][] = [
  ['call', /\bcalls?\b|\bphone|anruf|telefonat/],
  ['webinar', /webinar/],
  ['fair', /\b(trade )?(fair|show)\b|\bexpo\b|conference|\bmesse\b|\bbooth\b/],
  ['meeting', /meeting|\bdemo\b|\bvisit\b|\blunch\b|termin|besprechung/],
  ['ticket', /ticket|support|incident|\bcase\b/],
  ['payment', /payment|\bpaid\b|\bcharge\b|invoice|zahlung|rechnung/],
  ['mail', /\be ?mails?\b|\bmails?\b/],
  ['chat', /\bchats?\b|message|whatsapp|\bsms\b/],
];

const maxNameLength = 100;

/** @returns the kind, and its own name where the file says nothing more than that */
export function touchpointKindOf(said: string): { kind: TouchpointKind; name: string } {
  const word = said
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  if (word === '') return { kind: 'other', name: touchpointNames.other };
  const kind = words.find(([, pattern]) => pattern.test(word))?.[0] ?? 'other';
  const isPlain = plain.get(word) === kind;
  const name = said.replace(/\s+/g, ' ').trim().slice(0, maxNameLength);
  return { kind, name: isPlain ? touchpointNames[kind] : name.charAt(0).toUpperCase() + name.slice(1) };
}

/** Words that say the kind and nothing else. */
const plain = new Map<string, TouchpointKind>([
  ['call', 'call'],
  ['calls', 'call'],
  ['phone call', 'call'],
  ['phone', 'call'],
  ['meeting', 'meeting'],
  ['meetings', 'meeting'],
  ['webinar', 'webinar'],
  ['ticket', 'ticket'],
  ['support', 'ticket'],
  ['support ticket', 'ticket'],
  ['case', 'ticket'],
  ['payment', 'payment'],
  ['mail', 'mail'],
  ['email', 'mail'],
  ['e mail', 'mail'],
  ['chat', 'chat'],
  ['fair', 'fair'],
  ['trade fair', 'fair'],
  ['trade show', 'fair'],
]);
