/** Checks an owner's rule as it was typed. */
import ipaddr from 'ipaddr.js';
import { getDomain } from 'tldts';
import type { Company } from '../reveal/verdict.ts';
import { siteDomain } from '../site-domain.ts';

export const maxTextLength = 200;
const largestAs = 4_294_967_295;

export interface TypedRule {
  match: string;
  says: 'company' | 'never' | 'own';
  name: string;
  domain: string;
  note: string;
}

/** What a form says of a network; anything else is a company, which then wants a name. */
export function saysOf(typed: string): TypedRule['says'] {
  return typed === 'never' || typed === 'own' ? typed : 'company';
}

/** True for one address alone, of those that `readRule` gives. */
export function isAddress(match: string): boolean {
  return ipaddr.isValid(match) && !/^as/i.test(match);
}

/** Per field what is wrong with it; empty: nothing. */
export type RuleProblems = Partial<Record<keyof TypedRule, string>>;

/**
 * The range, address or AS number in its one spelling.
 * @throws Error that says what is wrong and, where it can be guessed, what was meant
 * @example readMatch('as 64500') // 'AS64500'
 */
function readMatch(typed: string): string {
  const match = typed.trim();
  const as = /^as\s*(\d+)$/i.exec(match);
  if (as) {
    const number = Number(as[1]);
    if (number < 1 || number > largestAs)
      throw new Error(`AS${as[1]} is not an AS number: 1 to ${largestAs}`);
    return `AS${number}`;
  }
  if (ipaddr.isValidCIDR(match)) {
    const [address, bits] = ipaddr.parseCIDR(match);
    // Half the addresses for one company would be a slip; a /0 would be everybody.
    if (bits < 8) throw new Error(`${match} covers too much of the internet; the smallest prefix is /8`);
    const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
    const network = `${kind.networkAddressFromCIDR(match).toString()}/${bits}`;
    if (network !== `${address.toString()}/${bits}`) {
      throw new Error(`${match} begins inside its range; did you mean ${network}?`);
    }
    return network;
  }
  // `isValid` also takes `1` and `0x7f.1`, which nobody means.
  const isAddress = match.includes(':')
    ? ipaddr.IPv6.isValid(match)
    : ipaddr.IPv4.isValidFourPartDecimal(match);
  if (isAddress) return ipaddr.process(match).toString();
  throw new Error(
    match === ''
      ? 'Say which network: a range, an address or an AS number'
      : `"${match}" is no range (203.0.113.0/24), address (203.0.113.7) or AS number (AS64500)`,
  );
}

/** The rule to store, or what is wrong with it. */
export function readRule(
  typed: TypedRule,
  taken: readonly string[],
): { rule: { match: string; company: Company | null; note: string } } | { problems: RuleProblems } {
  const problems: RuleProblems = {};
  let match = '';
  let domain: string | null = null;
  try {
    match = readMatch(typed.match);
    if (taken.includes(match)) problems.match = `There is a rule for ${match} already; remove it first`;
  } catch (error) {
    problems.match = messageOf(error);
  }
  const name = typed.name.trim();
  if (typed.says === 'company') {
    if (!/[\p{L}\p{N}]/u.test(name)) problems.name = 'Name the company';
    if (name.length > maxTextLength) problems.name = `At most ${maxTextLength} characters`;
    try {
      domain = typed.domain.trim() === '' ? null : companyDomain(typed.domain);
    } catch (error) {
      problems.domain = messageOf(error);
    }
  }
  const note = typed.note.trim();
  if (note.length > maxTextLength) problems.note = `At most ${maxTextLength} characters`;
  if (Object.keys(problems).length > 0) return { problems };
  return { rule: { match, company: typed.says === 'company' ? { name, domain } : null, note } };
}

/** A company is known by the domain that it registered: `mail.bmw.de` is `bmw.de`. */
export function companyDomain(typed: string): string {
  const host = siteDomain(typed).replace(/:\d+$/, '');
  return getDomain(host) ?? host;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
