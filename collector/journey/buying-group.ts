/** Who has which part in a company's buying, and which parts nobody has. Pure. */
import { type AccountPerson, type BuyingRole, buyingRoles } from '../store/people.ts';

export const roleWords: Readonly<Record<BuyingRole, string>> = {
  'decision-maker': 'Decision-maker',
  champion: 'Champion',
  influencer: 'Influencer',
  user: 'User',
  gatekeeper: 'Gatekeeper',
  buyer: 'Buyer',
};

/** What somebody of each role does. */
export const roleDoes: Readonly<Record<BuyingRole, string>> = {
  'decision-maker': 'says yes or no',
  champion: 'wants it, and speaks for it inside',
  influencer: 'is asked for an opinion',
  user: 'will work with it',
  gatekeeper: 'lets others through, or not',
  buyer: 'agrees on price and terms: purchasing',
};

/**
 * Without these nobody buys: somebody says yes, somebody inside wants it, somebody works with it, somebody agrees on the
 * terms. Influencers and gatekeepers are good to know, but a purchase does without them.
 */
export const neededRoles: readonly BuyingRole[] = ['decision-maker', 'champion', 'user', 'buyer'];

export interface RoleHeld {
  role: BuyingRole;
  isNeeded: boolean;
  /** Those who came or were met first. */
  by: AccountPerson[];
}

/** Every role that is needed or that somebody has, in their order. */
export function buyingGroup(people: readonly AccountPerson[]): RoleHeld[] {
  return buyingRoles
    .map((role) => ({
      role,
      isNeeded: neededRoles.includes(role),
      by: people
        .filter((person) => person.role === role)
        .sort((a, b) => Number(b.personId !== null) - Number(a.personId !== null)),
    }))
    .filter(({ isNeeded, by }) => isNeeded || by.length > 0);
}

/** Needed roles that nobody has. */
export function missingRoles(people: readonly AccountPerson[]): BuyingRole[] {
  return neededRoles.filter((role) => people.every((person) => person.role !== role));
}

/** Somebody known from a file whom nobody has seen or met yet. */
export const isProspect = ({ personId }: AccountPerson) => personId === null;
