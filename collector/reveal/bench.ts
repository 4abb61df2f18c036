/** Scores a resolver on labelled addresses. Pure: verdicts come from the caller. */
import { createHash } from 'node:crypto';
import type { LookupAnswer } from './lookup.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import type { Company } from './verdict.ts';

/** One labelled address, as `footlight reveal bench` reads it from JSON. Fields not named here are allowed and ignored. */
export interface Label {
  ip: string;
  /** Kinds of network that are right. */
  kinds: string[];
  /** The organisation behind it, under any of its names; null: nobody's account. */
  account: { name: string; aliases: string[]; domain: string | null } | null;
  /** `special`: reserved, invalid or mapped. `unknowable`: nobody can tell what the network is. */
  tier?: string | undefined;
  /** Which database it is meant for; `asn`, `any` or nothing: the ordinary ones. */
  db?: string | undefined;
  asn?: number | undefined;
  as_name?: string | undefined;
  why?: string | undefined;
}

export interface Share {
  part: number;
  of: number;
}

export interface BenchResult {
  rows: number;
  /** Accounts claimed that are the right ones; rows of unknowable nature do not count. */
  precision: Share;
  /** Organisations found at tier `account`. */
  recall: Share;
  /** Organisations found at tier `account` or `possible`. */
  recallWithPossible: Share;
  /** Accounts claimed where the label says that nobody's is there. */
  falseAccounts: Share;
  /** Accounts claimed on networks whose nature nobody can tell. */
  claimedOnUnknowable: Share;
  kindAccuracy: Share;
  /** Names shown that are free of legal forms, handles and addresses. */
  cleanNames: Share;
  /** Right names that are spelt exactly as the label's. */
  canonicalNames: Share;
  /** Reserved, invalid and mapped addresses answered rightly. */
  special: Share;
  /** Natural persons made an account or a possible one. */
  persons: Share;
  wrong: { ip: string; label: Label; answer: LookupAnswer; problem: string }[];
}

/** Scores all labels. */
export function scoreLabels(labels: readonly Label[], answerOf: (label: Label) => LookupAnswer): BenchResult {
  const rows = labels.map((label) => ({ label, answer: answerOf(label), is: natureOf(label) }));
  const known = rows.filter(({ is }) => is !== 'unknowable');
  const ordinary = known.filter(({ is }) => is !== 'special');
  const organisations = known.filter(({ label }) => label.account !== null);
  const nobodys = ordinary.filter(({ label }) => label.account === null);
  const claimed = known.filter(({ answer }) => answer.tier === 'account');
  const named = rows.filter(({ answer }) => answer.account !== null);
  const right = organisations.filter(({ label, answer }) => isRight(answer.account, label.account));
  const persons = rows.filter(({ label }) => isPerson(label));
  const unknowable = rows.filter(({ is }) => is === 'unknowable');
  const special = rows.filter(({ is }) => is === 'special');
  const share = <Row>(all: readonly Row[], holds: (row: Row) => boolean): Share => ({
    part: all.filter(holds).length,
    of: all.length,
  });
  return {
    rows: rows.length,
    precision: share(claimed, (row) => right.includes(row)),
    recall: share(organisations, (row) => right.includes(row) && row.answer.tier === 'account'),
    recallWithPossible: share(organisations, (row) => right.includes(row)),
    falseAccounts: share(nobodys, ({ answer }) => answer.tier === 'account'),
    claimedOnUnknowable: share(unknowable, ({ answer }) => answer.tier === 'account'),
    kindAccuracy: share(ordinary, ({ label, answer }) => isRightKind(answer, label)),
    cleanNames: share(named, ({ answer }) => isCleanName(answer.account?.name ?? '')),
    canonicalNames: share(right, ({ label, answer }) => answer.account?.name === label.account?.name),
    special: share(special, ({ label, answer }) =>
      label.account === null ? answer.account === null : isRight(answer.account, label.account),
    ),
    persons: share(persons, ({ answer }) => answer.account !== null),
    wrong: rows.flatMap(({ label, answer, is }) =>
      problemsOf(label, answer, is).map((problem) => ({ ip: label.ip, label, answer, problem })),
    ),
  };
}

type Nature = 'ordinary' | 'special' | 'unknowable';

function natureOf({ tier }: Label): Nature {
  return tier === 'special' || tier === 'unknowable' ? tier : 'ordinary';
}

function problemsOf(label: Label, answer: LookupAnswer, is: Nature): string[] {
  const { account, tier } = answer;
  const shown = account === null ? 'nobody' : `${account.name} (${tier})`;
  if (is === 'unknowable') return tier === 'account' ? [`claims ${shown}; nobody can tell`] : [];
  const problems: string[] = [];
  if (label.account === null && tier === 'account') problems.push(`claims ${shown}; it is nobody’s`);
  if (label.account !== null && (tier !== 'account' || !isRight(account, label.account))) {
    problems.push(`says ${shown}; it is ${label.account.name}`);
  }
  if (is === 'ordinary' && !isRightKind(answer, label)) {
    problems.push(`calls it ${answer.kind}; it is ${label.kinds.join(' or ')}`);
  }
  if (account !== null && !isCleanName(account.name)) problems.push(`“${account.name}” is no clean name`);
  return problems;
}

/** The domain is the same, or the name has one of the label's in it. */
function isRight(company: Company | null, account: Label['account']): boolean {
  if (company === null || account === null) return false;
  if (account.domain !== null && company.domain === account.domain) return true;
  const said = squeezed(company.name);
  return [account.name, ...account.aliases].some((name) => said.includes(squeezed(name)));
}

function squeezed(name: string): string {
  return wordsOf(name).join('');
}

/** Labels that do not tell proxies from VPNs, or private addresses from unknown ones, say the more general. */
function isRightKind({ kind }: LookupAnswer, { kinds }: Label): boolean {
  if (kinds.includes(kind)) return true;
  if (kind === 'proxy') return kinds.includes('vpn');
  return (kind === 'private' || kind === 'invalid') && kinds.includes('unknown');
}

function isPerson({ why = '', as_name: asName = '' }: Label): boolean {
  return /natural person/i.test(`${why} ${asName}`);
}

/** Longest name that fits a line of a list. */
const maxNameLength = 70;

/** What one would put into a letter: no legal form, no handle, no address, no shouting. */
export function isCleanName(name: string): boolean {
  const words = wordsOf(name);
  const isHandle = /_|^AS[-_ ]?\d|[-_ ]ASN?\d*$|\b[A-Z]+-\d+$/.test(name);
  const isShouting = /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name) && name.length > 8;
  return (
    name === name.trim() &&
    name !== '' &&
    name.length <= maxNameLength &&
    !/["«»<>|\\]|\s{2}|,\s*$/.test(name) &&
    withoutLegalForm(words).length === words.length &&
    !isHandle &&
    !isShouting
  );
}

/** Halves of a list by organisation, so that what one learns on the first can be checked on the second. */
export type Half = 'A' | 'B';

/** Which half a label is in: the same for all addresses of one organisation, or of one network that is nobody's. */
export function halfOf({ account, asn, as_name: asName, ip }: Label): Half {
  const who = account?.name ?? (asn === undefined ? undefined : `AS${asn}`) ?? asName ?? ip;
  const first =
    createHash('sha256')
      .update(squeezed(who) || ip)
      .digest()[0] ?? 0;
  return first % 2 === 0 ? 'A' : 'B';
}
