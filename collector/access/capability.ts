/**
 * THE TABLE of what can be done and by whom. Pages, exports and the API ask it by route; what is not in it, nobody may.
 * The names are also the scopes of an API key. Pure.
 */
import { type Role, roles } from './role.ts';

interface Grant {
  /** To come after "may": for the page of keys and the documentation. */
  says: string;
  roles: readonly Role[];
}

const list = ['owner', 'marketer'] as const;

export const capabilities = {
  'accounts:read': {
    says: 'see companies, their visits and people, networks, what was learned, and what was decided',
    roles,
  },
  'accounts:export': { says: 'take the list of companies, and of their people, away as a file', roles },
  'accounts:correct': {
    says: 'say that a network of a company is nobody’s, and take back decisions of its own',
    roles,
  },
  'accounts:write': {
    says: 'name, merge, split and group companies, and take back anybody’s decision',
    roles: list,
  },
  'accounts:mark': {
    says: 'follow, hide, tag and assign companies, write notes on them, and say who is what in buying',
    roles,
  },
  'accounts:share': {
    says: 'make links by which people who cannot sign in read one company’s journey, and end them',
    roles: list,
  },
  'segments:write': { says: 'keep segments of one’s own, share them, and be told who comes into one', roles },
  'accounts:import': {
    says: 'import touchpoints, people and profiles of companies, and undo an import',
    roles: list,
  },
  'events:read': { says: 'take the events themselves away, with every person in them', roles: list },
  'health:read': { says: 'see what was refused, how the server is, and which company data it has', roles },
  'sites:read': { says: 'see the sites and their keys', roles },
  'sites:write': { says: 'add sites, and change what their tags do', roles: ['owner'] },
  'settings:write': {
    says: 'make rules for networks, forget what was learned, fetch company data, look after proxies',
    roles: ['owner'],
  },
  'keys:read': { says: 'see which API keys there are', roles: ['owner'] },
  'keys:write': { says: 'make and revoke API keys', roles: ['owner'] },
  'users:write': { says: 'invite people, change their roles, remove them', roles: ['owner'] },
  'audit:read': { says: 'read who did what', roles: ['owner'] },
} as const satisfies Record<string, Grant>;

export type Capability = keyof typeof capabilities;

export const capabilityNames = Object.keys(capabilities) as Capability[];

/** Whether a role may do it. */
export function roleMay(role: Role, capability: Capability): boolean {
  const { roles: granted }: Grant = capabilities[capability];
  return granted.includes(role);
}

/** All that a role may do, in the table's order. */
export function capabilitiesOf(role: Role): Capability[] {
  return capabilityNames.filter((name) => roleMay(role, name));
}

/** True for a capability that we know. */
export function isCapability(word: unknown): word is Capability {
  return typeof word === 'string' && Object.hasOwn(capabilities, word);
}
