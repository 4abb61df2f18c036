/** Who may do what. A role is a property of the user, kept by the sign-in library. */

export const roles = ['owner', 'marketer', 'sales'] as const;
export type Role = (typeof roles)[number];

/** Somebody who is signed in. */
export interface User {
  id: string;
  email: string;
  role: Role;
}

/** Sites, rules and everything else that changes what is collected belong to the owner. */
export function maySetUp(user: User): boolean {
  return user.role === 'owner';
}

/** True for a role that we know, so that a stored word can be trusted as one. */
export function isRole(word: unknown): word is Role {
  return roles.some((role) => role === word);
}
