/** What an API key looks like, and what is kept of it: never the key itself. */
import { createHash, randomBytes } from 'node:crypto';
import { type ApiKey, keyUser, type NewApiKey } from '../store/api-key.ts';
import { type Capability, capabilitiesOf, isCapability, roleMay } from './capability.ts';
import { isRole, type Role } from './role.ts';

/** So that whoever finds one in a file knows what it is, and secret scanners can. */
const mark = 'fl_';
const secretBytes = 32;
const shownLetters = 6;
const maxNameLength = 60;

const keyShape = /^fl_[\w-]{43}$/;

/** A new key with what is to be kept of it. It is shown once: afterwards nobody can tell it. */
export function makeApiKey(asked: { name: string; role: Role; scopes: readonly Capability[] }): {
  secret: string;
  kept: NewApiKey;
} {
  const secret = `${mark}${randomBytes(secretBytes).toString('base64url')}`;
  return {
    secret,
    kept: {
      name: asked.name,
      role: asked.role,
      scopes: [...asked.scopes],
      hash: hashOfKey(secret),
      prefix: secret.slice(0, mark.length + shownLetters),
    },
  };
}

/** Of 256 random bits a fast hash is enough: there is nothing to try through. */
export function hashOfKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** True for what can be a key at all. */
export function looksLikeKey(text: string): boolean {
  return keyShape.test(text);
}

/**
 * A name under which a key can be told from others.
 * @throws Error that says what is wrong with it
 */
export function readKeyName(typed: string): string {
  const name = typed.trim();
  if (name === '') throw new Error('Name what the key is for, e.g. warehouse');
  if (name.length > maxNameLength) throw new Error(`At most ${maxNameLength} characters`);
  if (/\p{Cc}/u.test(name)) throw new Error('A name is one line');
  return name;
}

/**
 * Scopes as they were asked for; none asked for is all that the role may.
 * @throws Error that names the scope which is unknown, or more than the role may
 */
export function readScopes(asked: readonly string[], role: Role): Capability[] {
  const allowed = capabilitiesOf(role);
  if (asked.length === 0) return allowed;
  return [...new Set(asked)].map((scope) => {
    if (!isCapability(scope)) throw new Error(`"${scope}" is no scope; there are: ${allowed.join(', ')}`);
    if (!roleMay(role, scope)) throw new Error(`a key with the role ${role} may not have ${scope}`);
    return scope;
  });
}

/** What a key may do now: its scopes, and never more than its role. */
export function keyMay(key: Pick<ApiKey, 'role' | 'scopes'>, capability: Capability): boolean {
  return isRole(key.role) && key.scopes.includes(capability) && roleMay(key.role, capability);
}

/** How a key is named where people are. */
export function actorOf(key: Pick<ApiKey, 'name'>): string {
  return keyUser(key.name);
}
