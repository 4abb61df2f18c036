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

/** Merging, naming, whole providers, profiles: whoever answers for the list. Sales may say what is no company. */
export function mayManageAccounts(user: User): boolean {
  return user.role !== 'sales';
}

/** Who manages accounts may take back anybody's decision, everybody else their own. */
export function mayUndo(user: User, madeBy: string): boolean {
  return mayManageAccounts(user) || user.email === madeBy;
}

/** Who wrote a note, and the owners of the installation. */
export function mayChangeNote(user: User, note: { writtenBy: string }): boolean {
  return user.email === note.writtenBy || maySetUp(user);
}

/** True for a role that we know, so that a stored word can be trusted as one. */
export function isRole(word: unknown): word is Role {
  return roles.some((role) => role === word);
}
