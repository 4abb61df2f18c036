/**
 * How the sign-in library is set up. Its own web endpoints are never mounted: pages call it in-process, and
 * `guard.ts` decides which requests get that far.
 */
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { magicLink } from 'better-auth/plugins/magic-link';
import { z } from 'zod';

/** A connection as the library takes it: `{ db: Kysely, type: 'sqlite' }`. */
export type AuthDatabase = NonNullable<BetterAuthOptions['database']>;

/** Carries the client's address from our own reading of socket and proxies to the library's rate limit. */
export const addressHeader = 'x-footlight-address';

/** Below it a password can be guessed from a list in an afternoon. */
export const minPasswordLength = 10;
export const maxPasswordLength = 128;

/** How long a one-time link may be used. */
export const inviteDays = 7;
const sessionDays = 30;
const signInAttempts = { max: 6, window: 60 };

const receiver = z.object({ deliver: z.function({ input: [z.string()], output: z.void() }) });

function libraryOptions(options: { database: AuthDatabase; secret: string; baseUrl: string | null }) {
  return {
    database: options.database,
    secret: options.secret,
    // Only the scheme matters here (secure cookies); without a public URL we cannot promise https.
    baseURL: options.baseUrl ?? 'http://localhost',
    basePath: '/library',
    telemetry: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength,
    },
    // Names of their own, since the store beside them has accounts and sessions of another kind.
    user: {
      modelName: 'auth_user',
      additionalFields: { role: { type: 'string', required: true, input: false } },
    },
    session: {
      modelName: 'auth_session',
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
    },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification', storeIdentifier: 'hashed' },
    rateLimit: { enabled: true, storage: 'memory', customRules: { '/sign-in/email': signInAttempts } },
    advanced: {
      cookiePrefix: 'footlight',
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // The guard refuses requests from other sites before they come here, sign-in included.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    databaseHooks: {
      // The address is for the rate limit alone; nothing needs it stored.
      session: { create: { before: async (session) => ({ data: { ...session, ipAddress: null } }) } },
    },
    plugins: [
      magicLink({
        storeToken: 'hashed',
        disableSignUp: true,
        expiresIn: inviteDays * 86_400,
        // We send no mail: the one who asked for the link hands it on, and says so by `deliver`.
        sendMagicLink: ({ token, metadata }) => receiver.parse(metadata).deliver(token),
      }),
    ],
  } satisfies BetterAuthOptions;
}

/** Makes the library's own tables where they are missing, then the library. */
export async function startLibrary(options: {
  database: AuthDatabase;
  secret: string;
  baseUrl: string | null;
}) {
  const settings = libraryOptions(options);
  const { runMigrations } = await getMigrations(settings);
  await runMigrations();
  return betterAuth(settings);
}
