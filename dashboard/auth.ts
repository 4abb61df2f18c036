/**
 * Sign-in: who is asking, and the one-time links that let somebody in. There is no default password; the first
 * owner is made through a link that only the one who started the server can read.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  type AuthDatabase,
  addressHeader,
  maxPasswordLength,
  minPasswordLength,
  startLibrary,
} from './auth-library.ts';
import { isRole, type Role, type User } from './roles.ts';

/** What came of trying to sign in: cookies to set, or a sentence for the person at the form. */
export type SignIn = { cookies: string[] } | { refused: string; retryAfterS?: number };

export interface Auth {
  /** Path of a link that makes the first owner; null once there is a user. Each call makes a new link. */
  setupLink(): Promise<string | null>;
  /** False until the first owner is made. */
  hasUsers(): Promise<boolean>;
  /** Whether a token of `setupLink` would still be taken. Uses nothing up. */
  isSetupToken(token: string): Promise<boolean>;
  /** Makes the first owner and signs them in; a token works once. */
  setUp(token: string, email: string, password: string): Promise<SignIn>;
  /**
   * Path of a link that signs this user in once. Makes the user if there is none with that e-mail. Somebody known
   * keeps their role where none is given.
   * @throws Error that names the e-mail, if it is not one, or is that of the last owner who would be none any more
   */
  inviteUser(email: string, role?: Role): Promise<string>;
  /** Signs in by a token of `inviteUser`; a token works once. Says whom it signed in. */
  acceptInvite(token: string): Promise<{ cookies: string[]; email: string } | { refused: string }>;
  /** Whether there is somebody with this e-mail. */
  hasUser(email: string): Promise<boolean>;
  /** Everybody who may sign in, by e-mail. */
  listUsers(): Promise<ListedUser[]>;
  /** Gives somebody another role; null when done, else why not. */
  setRole(userId: string, role: Role): Promise<string | null>;
  /** Takes somebody's way in, and ends their sessions; null when done, else why not. */
  removeUser(userId: string): Promise<string | null>;
  /** @param address the client's, for the limit on attempts */
  signIn(email: string, password: string, address: string): Promise<SignIn>;
  /** Ends the session; gives the cookies that remove it from the browser. */
  signOut(headers: Headers): Promise<string[]>;
  currentUser(headers: Headers): Promise<User | null>;
  /** E-mail addresses of everybody who may sign in, in order of the alphabet. */
  emails(): Promise<string[]>;
  /** Whether a new password needs the one before: not in the first minutes after a sign-in. */
  needsPassword(headers: Headers): Promise<boolean>;
  /** Sets the password of whoever is signed in and ends their other sessions; null when done, else why not. */
  setPassword(headers: Headers, password: string, before: string): Promise<string | null>;
}

/** Somebody who may sign in. */
export interface ListedUser extends User {
  createdAt: number;
  /** False: they have only ever come by a link. */
  hasPassword: boolean;
}

/** As many as fit on one page; a team that is larger has something else to sign in with. */
const maxUsers = 1_000;
const lastOwner = 'There must be an owner: make somebody else one first.';

/** What somebody new may do, if nobody said. */
const newRole: Role = 'sales';

const setupHours = 24;
/** A sign-in this young proves who is there; one-time links are how a forgotten password is replaced. */
const freshMs = 15 * 60_000;

const emailShape = z.email();
const signedInAs = z.object({ user: z.object({ email: z.string() }) });
const signInProblem = 'That e-mail and password do not belong together. Check both and try again.';
const linkProblem =
  'This link has been used already, or it is too old. Ask for a new one: footlight user add EMAIL --role ROLE';

/** Why a password will not do; null if it will. */
export function passwordProblem(password: string): string | null {
  if (password.length < minPasswordLength) return `Use at least ${minPasswordLength} characters.`;
  if (password.length > maxPasswordLength) return `Use at most ${maxPasswordLength} characters.`;
  return null;
}

/** Starts sign-in on a database; makes its own tables there. */
export async function createAuth(options: {
  database: AuthDatabase;
  secret: string;
  /** Where people reach us; cookies are `Secure` if this is https. */
  baseUrl: string | null;
}): Promise<Auth> {
  const library = await startLibrary(options);
  const { internalAdapter: users, password: passwords } = await library.$context;
  const setupName = (token: string) => `setup:${token}`;
  /** One change of users after the other, so that of two owners who unmake each other one is left. */
  let changing: Promise<unknown> = Promise.resolve();
  function oneByOne<Value>(change: () => Promise<Value>): Promise<Value> {
    const changed = changing.then(change);
    changing = changed.catch(() => undefined);
    return changed;
  }

  async function everybody(): Promise<ListedUser[]> {
    const found = await users.listUsers(maxUsers, 0, { field: 'email', direction: 'asc' });
    return Promise.all(
      found.map(async (user) => {
        const { role } = z.object({ role: z.string() }).parse(user);
        return {
          id: user.id,
          email: user.email,
          // A word that is no role opens nothing, and is shown as the least there is.
          role: isRole(role) ? role : newRole,
          createdAt: user.createdAt.getTime(),
          hasPassword: (await users.findCredentialAccount(user.id)) !== null,
        };
      }),
    );
  }

  /** Why somebody cannot become less than an owner; null if they can. */
  async function whyOwnerStays(userId: string): Promise<string | null> {
    const owners = (await everybody()).filter(({ role }) => role === 'owner');
    return owners.length === 1 && owners[0]?.id === userId ? lastOwner : null;
  }

  const hasUsers = async () => (await users.countTotalUsers()) > 0;
  const session = (headers: Headers) => library.api.getSession({ headers });
  const needsPassword = async (headers: Headers) => {
    const found = await session(headers);
    return !found || Date.now() - found.session.createdAt.getTime() > freshMs;
  };

  async function writePassword(userId: string, password: string): Promise<void> {
    const hash = await passwords.hash(password);
    if (await users.findCredentialAccount(userId)) await users.updatePassword(userId, hash);
    else await users.linkAccount({ userId, accountId: userId, providerId: 'credential', password: hash });
  }

  async function signIn(email: string, password: string, address: string): Promise<SignIn> {
    // Through the library's handler and not its function, because its rate limit lives there.
    const response = await library.handler(
      new Request(`${library.options.baseURL}${library.options.basePath}/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [addressHeader]: address },
        body: JSON.stringify({ email, password }),
      }),
    );
    if (response.ok) return { cookies: response.headers.getSetCookie() };
    if (response.status === 429) {
      const retryAfterS = Number(response.headers.get('x-retry-after')) || 60;
      return { refused: `Too many attempts. Wait ${retryAfterS} seconds, then try again.`, retryAfterS };
    }
    // Anything else is no wrong password but a failure of ours, and is said where failures are.
    if (![400, 401, 403].includes(response.status))
      throw new Error(`sign-in failed with ${response.status}: ${await response.text()}`);
    return { refused: signInProblem };
  }

  function setRole(userId: string, role: Role): Promise<string | null> {
    return oneByOne(async () => {
      const refused = role === 'owner' ? null : await whyOwnerStays(userId);
      if (refused === null) await users.updateUser(userId, { role });
      return refused;
    });
  }

  return {
    hasUsers,
    signIn,
    listUsers: everybody,
    setRole,

    removeUser: (userId) =>
      oneByOne(async () => {
        const refused = await whyOwnerStays(userId);
        if (refused !== null) return refused;
        // With their sessions and their password.
        await users.deleteUser(userId);
        return null;
      }),

    needsPassword,

    async setupLink() {
      if (await hasUsers()) return null;
      const token = randomBytes(24).toString('base64url');
      const expiresAt = new Date(Date.now() + setupHours * 3_600_000);
      await users.createVerificationValue({ identifier: setupName(token), value: 'owner', expiresAt });
      return `/welcome?token=${token}`;
    },

    async isSetupToken(token) {
      if (await hasUsers()) return false;
      const found = await users.findVerificationValue(setupName(token));
      return found !== null && found.expiresAt > new Date();
    },

    async setUp(token, email, password) {
      const problem = passwordProblem(password);
      if (problem) return { refused: problem };
      const address = email.trim().toLowerCase();
      if (!emailShape.safeParse(address).success) return { refused: `"${email}" is not an e-mail address.` };
      const taken = await users.consumeVerificationValue(setupName(token));
      if (!taken || (await hasUsers())) {
        return {
          refused:
            'This link has been used already, or it is older than a day. If you have an account, sign in; if there is none yet, restart the server for a new link.',
        };
      }
      const owner = await users.createUser(
        { email: address, name: '', emailVerified: true, role: 'owner' satisfies Role },
        { method: 'admin' },
      );
      await writePassword(owner.id, password);
      const response = await library.api.signInEmail({
        body: { email: address, password },
        asResponse: true,
      });
      return { cookies: response.headers.getSetCookie() };
    },

    async inviteUser(email, role) {
      const address = email.trim().toLowerCase();
      if (!emailShape.safeParse(address).success) throw new Error(`"${email}" is not an e-mail address`);
      const known = await users.findUserByEmail(address);
      if (known === null)
        await users.createUser(
          { email: address, name: '', emailVerified: true, role: role ?? newRole },
          { method: 'admin' },
        );
      // A new link is how a forgotten password is replaced: it must not cost the owner their keys.
      else if (role !== undefined) {
        const refused = await setRole(known.user.id, role);
        if (refused !== null) throw new Error(`${address} is the last owner; make somebody else one first`);
      }
      let token = '';
      const deliver = (made: string) => {
        token = made;
      };
      await library.api.signInMagicLink({
        headers: new Headers(),
        body: { email: address, metadata: { deliver } },
      });
      return `/invite?token=${token}`;
    },

    async acceptInvite(token) {
      const response = await library.api.magicLinkVerify({
        headers: new Headers(),
        query: { token },
        asResponse: true,
      });
      // A refused token is answered by a redirect that carries an error; a taken one by the session as JSON.
      if (response.status !== 200) return { refused: linkProblem };
      const { user } = signedInAs.parse(await response.json());
      return { cookies: response.headers.getSetCookie(), email: user.email };
    },

    async hasUser(email) {
      const address = email.trim().toLowerCase();
      return address !== '' && (await users.findUserByEmail(address)) !== null;
    },

    async signOut(headers) {
      const response = await library.api.signOut({ headers, asResponse: true });
      return response.headers.getSetCookie();
    },

    async currentUser(headers) {
      const found = await session(headers);
      if (!found || !isRole(found.user.role)) return null;
      return { id: found.user.id, email: found.user.email, role: found.user.role };
    },

    async emails() {
      const all = await users.listUsers(maxUsers, 0, { field: 'email', direction: 'asc' });
      return all.map(({ email }) => email);
    },

    async setPassword(headers, password, before) {
      const problem = passwordProblem(password);
      if (problem) return problem;
      const found = await session(headers);
      if (!found) return 'You are signed out. Sign in and try again.';
      if (await needsPassword(headers)) {
        const account = await users.findCredentialAccount(found.user.id);
        const isRight =
          typeof account?.password === 'string' &&
          (await passwords.verify({ hash: account.password, password: before }));
        if (!isRight) return 'The current password is not right.';
      }
      await writePassword(found.user.id, password);
      await library.api.revokeOtherSessions({ headers });
      return null;
    },
  };
}
