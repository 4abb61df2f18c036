/** Checks a correction as it was chosen and typed on an account's page, or sent by a program. */
import type { AccountNetwork, NewDecision } from '../store/store.ts';
import { companyDomain, maxTextLength, type TypedRule } from './rule.ts';

/** Something that a correction can be about, in plain words. */
export interface Scope {
  /** `address:…`, `range:…`, `as:…`, or `account`. */
  value: string;
  label: string;
  /** A whole provider, or everything that names the account: for those who answer for the list. */
  isWide: boolean;
}

export interface TypedCorrection {
  scope: string;
  says: TypedRule['says'];
  name: string;
  domain: string;
  note: string;
}

export type CorrectionProblems = Partial<Record<keyof TypedCorrection, string>>;

const visitsIn = (visits: number) => `${visits.toLocaleString('en')} visit${visits === 1 ? '' : 's'}`;

/** Addresses and ranges offered at most. */
const maxScopes = 6;

/** What a correction of an account can be about, the likeliest first. */
export function scopesOf(networks: readonly AccountNetwork[], accountName: string): Scope[] {
  const ranges = summed(networks, ({ prefix }) => prefix);
  const systems = summed(
    networks.filter(({ asNumber }) => asNumber !== null),
    ({ asNumber }) => String(asNumber),
  );
  return [
    ...ranges.slice(0, maxScopes).map(
      ({ key, visits }): Scope => ({
        value: `range:${key}`,
        label: `All from ${key}, where ${visitsIn(visits)} came from`,
        isWide: false,
      }),
    ),
    ...networks.slice(0, maxScopes).map(
      ({ addressKey, prefix, visits }): Scope => ({
        value: `address:${addressKey}`,
        label: `Only those from the one address in ${prefix} that ${visitsIn(visits)} came from`,
        isWide: false,
      }),
    ),
    ...systems.map(
      ({ key, visits, name }): Scope => ({
        value: `as:${key}`,
        label: `All from AS ${key}${name ? ` (${name})` : ''}: ${visitsIn(visits)} here, and all its other ranges`,
        isWide: true,
      }),
    ),
    {
      value: 'account',
      label: `All that are named ${accountName}, those known by an e-mail too`,
      isWide: true,
    },
  ];
}

function summed(networks: readonly AccountNetwork[], keyOf: (network: AccountNetwork) => string) {
  const found = new Map<string, { key: string; visits: number; name: string | null }>();
  for (const network of networks) {
    const key = keyOf(network);
    const known = found.get(key);
    found.set(key, { key, name: network.name, visits: network.visits + (known?.visits ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.visits - a.visits);
}

export function readCorrection(
  typed: TypedCorrection,
  account: { id: number; name: string },
  networks: readonly AccountNetwork[],
  mayBeWide: boolean,
): { decision: NewDecision } | { problems: CorrectionProblems } {
  const problems: CorrectionProblems = {};
  const scope = scopesOf(networks, account.name).find(({ value }) => value === typed.scope);
  if (scope === undefined) problems.scope = 'Choose what this is about';
  else if (scope.isWide && !mayBeWide)
    problems.scope = 'Ask an owner or a marketer to correct so much at once';
  const name = typed.name.trim();
  let domain: string | null = null;
  if (typed.says === 'company') {
    if (!mayBeWide) problems.says = 'Ask an owner or a marketer to name the company';
    if (!/[\p{L}\p{N}]/u.test(name)) problems.name = 'Name the company';
    if (name.length > maxTextLength) problems.name = `At most ${maxTextLength} characters`;
    try {
      domain = typed.domain.trim() === '' ? null : companyDomain(typed.domain);
    } catch (error) {
      problems.domain = error instanceof Error ? error.message : String(error);
    }
    if (typed.scope === 'account')
      problems.says = 'Merge the account with the right one instead: that moves everything that names it';
  } else if (typed.says === 'own' && !mayBeWide) problems.says = 'Ask an owner or a marketer to say so';
  const note = typed.note.trim();
  if (note.length > maxTextLength) problems.note = `At most ${maxTextLength} characters`;
  if (scope === undefined || Object.keys(problems).length > 0) return { problems };
  if (scope.value === 'account')
    return { decision: { kind: typed.says === 'own' ? 'own' : 'never', accountId: account.id, note } };
  const [kind = '', key = ''] = scope.value.split(/:(.*)/s);
  const isAddress = kind === 'address';
  const network = networks.find(({ addressKey }) => isAddress && String(addressKey) === key);
  return {
    decision: {
      kind: 'network',
      match: isAddress ? `one address in ${network?.prefix}` : kind === 'as' ? `AS${key}` : key,
      addressKey: isAddress ? Number(key) : null,
      says: typed.says === 'company' ? { name, domain } : typed.says,
      accountId: account.id,
      note,
    },
  };
}
