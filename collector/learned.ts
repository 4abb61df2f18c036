/**
 * What addresses were taught, in memory for the look-up of the next event. The store keeps it; this is read again for
 * the addresses that a commit taught something, and whole after a decision of the owner's.
 */
import type { EnrichedDraft } from './draft.ts';
import { identityOf } from './identify/account.ts';
import { expiryMs, learn } from './identify/learn.ts';
import type { Context } from './reveal/verdict.ts';
import type { AddressTeachings, Store } from './store/store.ts';

export interface LearnedDirectory {
  /** Whose an address is, by what was known of it at a moment; null where nobody or many taught it. */
  of(addressKey: number, at: number): Context['learned'];
  /** Reads again what these drafts, just stored, may have taught. */
  learnFrom(drafts: readonly EnrichedDraft[]): Promise<void>;
  /** Reads everything again. */
  refresh(): Promise<void>;
}

/** @param now for how far back it is worth knowing */
export async function openLearnedDirectory(
  store: Pick<Store, 'teachings'>,
  now: () => number,
): Promise<LearnedDirectory> {
  let known = new Map<number, AddressTeachings>();
  const since = () => now() - expiryMs;

  async function refresh(): Promise<void> {
    const all = await store.teachings(since(), null);
    known = new Map(all.map((taught) => [taught.addressKey, taught]));
  }

  await refresh();
  return {
    refresh,
    async learnFrom(drafts) {
      const keys = drafts
        .filter(({ draft }) => identityOf(draft.siteId, draft.detail)?.account)
        .map(({ facts }) => facts.network.addressKey);
      if (keys.length === 0) return;
      const found = await store.teachings(since(), [...new Set(keys)]);
      for (const key of keys) known.delete(key);
      for (const taught of found) known.set(taught.addressKey, taught);
    },
    of(addressKey, at) {
      const taught = known.get(addressKey);
      if (taught === undefined) return null;
      const { accountId, people, confidence, lastAt } = learn(
        taught.teachings.map(({ account, ...teaching }) => ({ ...teaching, accountId: account.id })),
        at,
        taught.forgottenAt,
      );
      const account = taught.teachings.find((teaching) => teaching.account.id === accountId)?.account;
      if (account === undefined) return null;
      return { company: { name: account.name, domain: account.domain }, people, confidence, lastAt };
    },
  };
}
