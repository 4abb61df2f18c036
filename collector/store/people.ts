/** The people of an account: those whom we have seen, and those whom the owner knows. Types only. */

/** What somebody is in buying. */
export const buyingRoles = ['decision-maker', 'champion', 'influencer', 'user', 'gatekeeper'] as const;
export type BuyingRole = (typeof buyingRoles)[number];

/** What a file says of somebody; null where it says nothing. */
export interface ContactSays {
  email: string | null;
  name: string | null;
  title: string | null;
  department: string | null;
  /** As told: numbers are written in too many ways to read them. */
  phone: string | null;
  role: BuyingRole | null;
  linkedin: string | null;
  /** Every other column of the file. */
  attributes: Record<string, string>;
}

/** One row of a file of contacts, checked. */
export interface ContactRow extends ContactSays {
  /** Where they work: by their business e-mail, else as the file says; null: not known. */
  company: { name: string; domain: string | null } | null;
}

/** Somebody at an account. Seen, or known, or both. */
export interface AccountPerson extends ContactSays {
  /** Who told us who they are on the site, or whom a touchpoint was with; null: known from a file alone. */
  personId: number | null;
  /** Null: no file tells of them. */
  contactId: number | null;
  /** E-mail or the site's own id, else the name: never empty. */
  label: string;
  /** Null: never on the site. */
  firstAt: number | null;
  lastAt: number | null;
  visits: number;
  pages: number;
  /** Calls, meetings and the like that imports told of. */
  touchpoints: number;
}
