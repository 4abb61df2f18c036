/** The people who may sign in, as far as a program may look after them. Sign-in itself is the dashboard's. */
import type { Role } from './role.ts';

/** Somebody who may sign in. */
export interface ListedPerson {
  id: string;
  email: string;
  role: Role;
  createdAt: number;
  /** False: they have only ever come by a link. */
  hasPassword: boolean;
}

export interface People {
  /** E-mail addresses of everybody, in order of the alphabet. */
  emails(): Promise<string[]>;
  /** Everybody, by e-mail. */
  listUsers(): Promise<ListedPerson[]>;
  /**
   * Path of a link that signs this person in once; makes them if there is nobody with that e-mail.
   * @throws Error that names the e-mail, if it is not one
   */
  inviteUser(email: string, role?: Role): Promise<string>;
  /** Gives somebody another role; null when done, else why not. */
  setRole(userId: string, role: Role): Promise<string | null>;
  /** Takes somebody's way in, and ends their sessions; null when done, else why not. */
  removeUser(userId: string): Promise<string | null>;
}
