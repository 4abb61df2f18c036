/** Who is signed in, and what they may do beyond opening a page: `collector/access/` has the table. */
import { roleMay } from '../collector/access/capability.ts';
import type { Role } from '../collector/access/role.ts';
import { mayChangeSegment as mayChangeKept } from '../collector/typed/segment.ts';

export { isRole, type Role, roles } from '../collector/access/role.ts';

/** Somebody who is signed in. */
export interface User {
  id: string;
  email: string;
  role: Role;
}

/** Sites, rules and everything else that changes what is collected belong to the owner. */
export function maySetUp(user: User): boolean {
  return roleMay(user.role, 'settings:write');
}

/** Merging, naming, whole providers, profiles: whoever answers for the list. Sales may say what is no company. */
export function mayManageAccounts(user: User): boolean {
  return roleMay(user.role, 'accounts:write');
}

/** Links that show a journey to people who cannot sign in. */
export function mayShare(user: User): boolean {
  return roleMay(user.role, 'accounts:share');
}

/** Its writer; and of a shared one, whoever answers for the list. */
export function mayChangeSegment(user: User, segment: { owner: string; isShared: boolean }): boolean {
  return mayChangeKept({ name: user.email, answersForList: mayManageAccounts(user) }, segment);
}

/** Who manages accounts may take back anybody's decision, everybody else their own. */
export function mayUndo(user: User, madeBy: string): boolean {
  return mayManageAccounts(user) || user.email === madeBy;
}

/** Who wrote a note, and the owners of the installation. */
export function mayChangeNote(user: User, note: { writtenBy: string }): boolean {
  return user.email === note.writtenBy || maySetUp(user);
}
