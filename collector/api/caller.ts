/** Who calls: the bearer key, and what it may. The one guard of the API; no cookie is ever looked at. */
import { actorOf, hashOfKey, keyMay, looksLikeKey } from '../access/api-key.ts';
import { type Capability, capabilities } from '../access/capability.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './operation.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

const howTo =
  'send "Authorization: Bearer fl_…"; an owner makes keys under Access → API keys, or with: footlight key create';

/**
 * Whoever has this key.
 * @throws Problem if there is no key, it is not in use, or it calls too often
 */
export async function callerOf(
  authorization: string | undefined,
  { store, now, limit }: { store: Pick<Store, 'keyInUse'>; now: () => number; limit: RateLimit },
): Promise<Caller> {
  const [, given] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (given === undefined) throw new Problem('no-key', `there is no bearer key; ${howTo}`);
  const key = looksLikeKey(given) ? await store.keyInUse(hashOfKey(given), now()) : null;
  if (key === null) throw new Problem('no-key', `this key is not known, or it was revoked; ${howTo}`);
  const retryAfterS = limit.take(key.id);
  if (retryAfterS !== null)
    throw new Problem(
      'too-many-requests',
      `the key ${key.name} calls too often; come again in ${retryAfterS} s`,
      {
        retryAfterS,
      },
    );
  return { key, by: actorOf(key), may: (capability) => keyMay(key, capability) };
}

/** @throws Problem that names the scope which is missing */
export function demand(caller: Caller, needs: Capability): void {
  if (caller.may(needs)) return;
  throw new Problem(
    'not-allowed',
    `the key ${caller.key.name} has no scope ${needs} (${capabilities[needs].says}); ask an owner for a key that has it`,
  );
}
