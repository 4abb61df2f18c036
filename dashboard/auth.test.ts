import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Auth, createAuth, type SignIn } from './auth.ts';

const secret = 'a-secret-for-tests-only-9f8e7d6c5b4a3';
const password = 'correct horse battery';

let file: Database.Database;
let auth: Auth;

beforeEach(async () => {
  file = new Database(':memory:');
  auth = await start();
});

function start(baseUrl: string | null = null): Promise<Auth> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: file }) });
  return createAuth({ database: { db, type: 'sqlite' }, secret, baseUrl });
}

function cookiesOf(signIn: SignIn): string[] {
  if ('refused' in signIn) throw new Error(signIn.refused);
  return signIn.cookies;
}

/** The headers a browser would send back. */
function headersOf(signIn: SignIn): Headers {
  const cookie = cookiesOf(signIn)
    .map((line) => line.split(';')[0])
    .join('; ');
  return new Headers({ cookie });
}

function tokenOf(path: string | null): string {
  return new URL(path ?? '', 'http://x').searchParams.get('token') ?? '';
}

async function makeOwner(): Promise<Headers> {
  const token = tokenOf(await auth.setupLink());
  return headersOf(await auth.setUp(token, 'Owner@Example.com', password));
}

describe('the first start', () => {
  test('gives a link that makes the owner and signs them in', async () => {
    const headers = await makeOwner();
    expect(await auth.currentUser(headers)).toMatchObject({ email: 'owner@example.com', role: 'owner' });
  });

  test('a setup link works once', async () => {
    const token = tokenOf(await auth.setupLink());
    await auth.setUp(token, 'first@example.com', password);
    expect(await auth.isSetupToken(token)).toBe(false);
    expect(await auth.setUp(token, 'second@example.com', password)).toHaveProperty('refused');
    expect(await auth.signIn('second@example.com', password, '192.0.2.1')).toHaveProperty('refused');
  });

  test('an older setup link is worth nothing once there is an owner', async () => {
    const older = tokenOf(await auth.setupLink());
    await makeOwner();
    expect(await auth.setUp(older, 'second@example.com', password)).toHaveProperty('refused');
    expect(await auth.setupLink()).toBeNull();
  });

  test('a weak password or a bad e-mail does not use the link up', async () => {
    const token = tokenOf(await auth.setupLink());
    expect(await auth.setUp(token, 'owner@example.com', 'short')).toHaveProperty('refused');
    expect(await auth.setUp(token, 'not an e-mail', password)).toHaveProperty('refused');
    expect(await auth.isSetupToken(token)).toBe(true);
    expect(await auth.hasUsers()).toBe(false);
  });

  test('a guessed token is refused', async () => {
    await auth.setupLink();
    expect(await auth.setUp('guess', 'owner@example.com', password)).toHaveProperty('refused');
    expect(await auth.hasUsers()).toBe(false);
  });
});

describe('a one-time link', () => {
  test('signs in once and carries the role', async () => {
    const token = tokenOf(await auth.inviteUser('sam@example.com', 'sales'));
    const headers = headersOf(await auth.acceptInvite(token));
    expect(await auth.currentUser(headers)).toMatchObject({ email: 'sam@example.com', role: 'sales' });
    expect(await auth.acceptInvite(token)).toHaveProperty('refused');
  });

  test('two clicks at once let one in', async () => {
    const token = tokenOf(await auth.inviteUser('sam@example.com', 'sales'));
    const outcomes = await Promise.all([auth.acceptInvite(token), auth.acceptInvite(token)]);
    expect(outcomes.filter((outcome) => 'cookies' in outcome)).toHaveLength(1);
  });

  test('is not readable in the database', async () => {
    const invite = tokenOf(await auth.inviteUser('sam@example.com', 'sales'));
    const rows = JSON.stringify(file.prepare('select * from auth_verification').all());
    expect(rows).toContain('sam@example.com');
    expect(rows).not.toContain(invite);
  });

  test('a second invitation of the same person changes the role and keeps the user', async () => {
    await auth.inviteUser('sam@example.com', 'sales');
    const token = tokenOf(await auth.inviteUser('Sam@example.com', 'marketer'));
    const headers = headersOf(await auth.acceptInvite(token));
    expect(await auth.currentUser(headers)).toMatchObject({ role: 'marketer' });
    expect(file.prepare('select count(*) as n from auth_user').get()).toEqual({ n: 1 });
  });

  test('says which e-mail is none', async () => {
    await expect(auth.inviteUser('nonsense', 'sales')).rejects.toThrow('"nonsense" is not an e-mail address');
  });
});

describe('signing in', () => {
  test('takes the right password and refuses a wrong one', async () => {
    await makeOwner();
    const right = await auth.signIn('owner@example.com', password, '192.0.2.10');
    expect(await auth.currentUser(headersOf(right))).toMatchObject({ role: 'owner' });
    expect(await auth.signIn('owner@example.com', 'wrong password', '192.0.2.10')).toEqual({
      refused: expect.stringContaining('do not belong together'),
    });
  });

  test('says the same of a wrong password and an unknown e-mail', async () => {
    await makeOwner();
    const wrong = await auth.signIn('owner@example.com', 'wrong password', '192.0.2.11');
    expect(await auth.signIn('nobody@example.com', 'wrong password', '192.0.2.11')).toEqual(wrong);
  });

  test('slows down whoever guesses, and nobody else', async () => {
    await makeOwner();
    for (let attempt = 0; attempt < 6; attempt++) {
      await auth.signIn('owner@example.com', `guess number ${attempt}`, '192.0.2.12');
    }
    expect(await auth.signIn('owner@example.com', password, '192.0.2.12')).toMatchObject({
      refused: expect.stringContaining('Too many attempts'),
      retryAfterS: expect.any(Number),
    });
    expect(await auth.signIn('owner@example.com', password, '192.0.2.13')).toHaveProperty('cookies');
  });

  test('the session cookie cannot be read by scripts or sent by other sites, and is Secure behind https', async () => {
    await makeOwner();
    const [plain] = cookiesOf(await auth.signIn('owner@example.com', password, '192.0.2.14'));
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    auth = await start('https://footlight.example.com');
    const [secure] = cookiesOf(await auth.signIn('owner@example.com', password, '192.0.2.15'));
    expect(secure).toMatch(/^__Secure-footlight.*Secure/);
  });

  test('signing out ends the session on the server too', async () => {
    const headers = await makeOwner();
    await auth.signOut(headers);
    expect(await auth.currentUser(headers)).toBeNull();
  });

  test('a forged or foreign cookie is nobody', async () => {
    await makeOwner();
    const forged = new Headers({ cookie: 'footlight.session_token=abc.def' });
    expect(await auth.currentUser(forged)).toBeNull();
    expect(await auth.currentUser(new Headers())).toBeNull();
  });

  test('keeps no address of whoever signed in', async () => {
    await makeOwner();
    await auth.signIn('owner@example.com', password, '192.0.2.16');
    expect(JSON.stringify(file.prepare('select * from auth_session').all())).not.toContain('192.0.2.16');
  });
});

describe('a password', () => {
  test('can be set by someone who came in by a link, and ends their other sessions', async () => {
    const first = headersOf(
      await auth.acceptInvite(tokenOf(await auth.inviteUser('sam@example.com', 'sales'))),
    );
    const second = headersOf(
      await auth.acceptInvite(tokenOf(await auth.inviteUser('sam@example.com', 'sales'))),
    );
    expect(await auth.setPassword(second, password, '')).toBeNull();
    expect(await auth.currentUser(second)).not.toBeNull();
    expect(await auth.currentUser(first)).toBeNull();
    expect(await auth.signIn('sam@example.com', password, '192.0.2.20')).toHaveProperty('cookies');
  });

  test('needs the one before when the sign-in is old', async () => {
    const headers = await makeOwner();
    file.prepare("update auth_session set createdAt = '2020-01-01T00:00:00.000Z'").run();
    expect(await auth.setPassword(headers, 'another good password', 'wrong')).toContain('not right');
    expect(await auth.setPassword(headers, 'another good password', password)).toBeNull();
  });

  test('is kept as a salted hash only', async () => {
    await makeOwner();
    expect(JSON.stringify(file.prepare('select * from auth_account').all())).not.toContain(password);
  });
});

test('everybody who may sign in is known by e-mail, in order', async () => {
  await makeOwner();
  const [owner = ''] = await auth.emails();
  await auth.inviteUser('zoe@example.com', 'sales');
  await auth.inviteUser('Ann@example.com', 'marketer');
  expect(await auth.emails()).toEqual(['ann@example.com', owner, 'zoe@example.com'].sort());
});
