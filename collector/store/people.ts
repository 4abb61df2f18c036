/** The people of an account: those whom we have seen, and those whom the owner knows. Types only. */

/** What somebody is in buying, as the field calls it. `buyer`: purchasing, who agrees on the terms. */
export const buyingRoles = [
  'decision-maker',
  'champion',
  'influencer',
  'user',
  'gatekeeper',
  'buyer',
] as const;
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

/** What was said of somebody's role here, which stands over what a file says. */
export interface RoleSaid {
  /** Null: they have none, whatever a file says. */
  role: BuyingRole | null;
  by: string;
  at: number;
}

/** Somebody at an account. Seen, or known, or both. */
export interface AccountPerson extends ContactSays {
  /** Who told us who they are on the site, or whom a touchpoint was with; null: known from a file alone. */
  personId: number | null;
  /** Null: no file tells of them. */
  contactId: number | null;
  /** E-mail or the site's own id, else the name: never empty. */
  label: string;
  /** The one that counts: as it was said here, else as a file says. */
  role: BuyingRole | null;
  /** As a file says, whatever was said here. */
  fileRole: BuyingRole | null;
  /** Null: nobody said anything here. */
  roleSaid: RoleSaid | null;
  /** Null: never on the site. */
  firstAt: number | null;
  lastAt: number | null;
  visits: number;
  pages: number;
  /** Calls, meetings and the like that imports told of. */
  touchpoints: number;
}

/** Somebody whose role is said: by the number of the person, else of the contact. */
export type RoleOf = { personId: number } | { contactId: number };

/** `none`: they have none, whatever a file says. Null: nothing is said here any more, and the file's counts again. */
export type RoleChange = BuyingRole | 'none' | null;

export interface RoleWrites {
  /**
   * Says what somebody is in buying, and logs who said it.
   * @returns whom it was said of, in words; null if there is nobody of that number
   */
  sayRole(of: RoleOf, role: RoleChange, by: string, now: number): Promise<{ label: string } | null>;
}
