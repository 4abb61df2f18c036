/** What stands in a read-only link, what is kept of it, and its password: neither is kept as it is. */
import {
  createHash,
  createHmac,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';

const secretBytes = 32;
const tokenShape = /^[\w-]{43}$/;

/** In days, for how long a link may be made. */
export const shareDays = [1, 7, 30, 90] as const;
export const usualShareDays = 7;

const minPasswordLength = 8;
const maxPasswordLength = 200;
/** 32 MB and a tenth of a second a try. */
const cost: ScryptOptions = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1_048_576 };
const saltBytes = 16;
const keyBytes = 32;

/** What a new link has in it, with its hash to be kept. It is shown once: afterwards nobody can tell it. */
export function makeShareToken(): { token: string; hash: string } {
  const token = randomBytes(secretBytes).toString('base64url');
  return { token, hash: hashOfShare(token) };
}

/** Of 256 random bits a fast hash is enough: there is nothing to try through. */
export function hashOfShare(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** True for what can stand in a link at all. */
export const looksLikeShare = (token: string) => tokenShape.test(token);

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** Why a password will not do; null if it will. Empty: none is wanted. */
export function sharePasswordProblem(password: string): string | null {
  if (password === '') return null;
  if (password.length < minPasswordLength)
    return `Use at least ${minPasswordLength} characters, or none for no password`;
  if (password.length > maxPasswordLength) return `Use at most ${maxPasswordLength} characters`;
  return null;
}

/** A password as it is kept: its salt, and what scrypt makes of both. */
export async function hashSharePassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
}

/** @param kept as `hashSharePassword` gave it */
export async function isSharePassword(password: string, kept: string): Promise<boolean> {
  const [salt = '', right = ''] = kept.split('.');
  // Whoever asks with a book of a million letters is answered as fast as anybody.
  if (password.length > maxPasswordLength) return false;
  const given = await derive(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(right, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/**
 * What a browser keeps that gave the password, until a moment. It is made of what is kept of the password, so that
 * another password, or another link, makes it worthless.
 */
export function unlockMark(share: { id: number; password: string | null }, until: number): string {
  const mark = createHmac('sha256', share.password ?? '')
    .update(`${share.id}.${until}`)
    .digest('base64url');
  return `${until}.${mark}`;
}

/** Whether a browser gave this link's password not long ago. */
export function isUnlocked(
  share: { id: number; password: string | null },
  mark: string | undefined,
  now: number,
): boolean {
  if (share.password === null) return true;
  const [, until = ''] = /^(\d{1,16})\./.exec(mark ?? '') ?? [];
  return until !== '' && Number(until) > now && isSame(mark ?? '', unlockMark(share, Number(until)));
}
