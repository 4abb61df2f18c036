/** API keys and the log of who did what, for every engine. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyRefused, type NewApiKey } from '../../../collector/store/api-key.ts';
import type { AuditQuery } from '../../../collector/store/audit.ts';
import type { Store } from '../../../collector/store/store.ts';
import { draft, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const kim = 'kim@example.com';
const everything: AuditQuery = { what: null, who: null, before: null, limit: 50 };

const newKey = (name: string): NewApiKey => ({
  name,
  hash: `hash of ${name}`,
  prefix: 'fl_abcdef',
  role: 'marketer',
  scopes: ['accounts:read', 'events:read'],
});

describe.each(engines)('$name', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    ({ store } = await open(() => monday));
  });
  afterEach(() => store.close());

  test('a key is found by its hash until it is revoked, and never by anything else', async () => {
    const made = await store.makeKey(newKey('warehouse'), kim, monday);
    expect(made).toMatchObject({ name: 'warehouse', createdBy: kim, lastUsedAt: null, revokedAt: null });
    expect(JSON.stringify(made)).not.toContain('hash of');
    expect(await store.keyInUse('hash of warehouse', monday)).toMatchObject({ id: made.id });
    expect(await store.keyInUse('fl_abcdef', monday)).toBeNull();
    expect(await store.revokeKey(made.id, 'lee@example.com', monday + 5)).toMatchObject({
      revokedAt: monday + 5,
      revokedBy: 'lee@example.com',
    });
    expect(await store.keyInUse('hash of warehouse', monday)).toBeNull();
    expect(await store.revokeKey(9_999, kim, monday)).toBeNull();
  });

  test('when it was used is written down once a minute at most', async () => {
    await store.makeKey(newKey('warehouse'), kim, monday);
    const lastUse = async () => (await store.keys())[0]?.lastUsedAt;
    await store.keyInUse('hash of warehouse', monday);
    await store.keyInUse('hash of warehouse', monday + minute - 1);
    expect(await lastUse()).toBe(monday);
    await store.keyInUse('hash of warehouse', monday + minute);
    expect(await lastUse()).toBe(monday + minute);
  });

  test('two keys in use never have one name; after one is revoked its name is free', async () => {
    const { id } = await store.makeKey(newKey('warehouse'), kim, monday);
    const again = { ...newKey('warehouse'), hash: 'another' };
    await expect(store.makeKey(again, kim, monday)).rejects.toThrow(KeyRefused);
    expect(await store.keys()).toHaveLength(1);
    await store.revokeKey(id, kim, monday);
    await store.makeKey(again, kim, monday);
    expect((await store.keys()).map(({ revokedAt }) => revokedAt === null)).toEqual([true, false]);
  });

  test('keys and decisions are logged with what they do, and a refused one is not', async () => {
    await store.addSite('lumen.example', [], monday);
    await store.append([
      draft({ visitor: 'a', company: 'Acme' }),
      draft({ visitor: 'b', company: 'Northwind', address: 77 }),
    ]);
    const { id: keyId } = await store.makeKey(newKey('warehouse'), kim, monday);
    const merged = await store.decide(
      { kind: 'merge', accountId: 1, targetId: 2, note: '' },
      'key warehouse',
      monday + 1,
    );
    await expect(
      store.decide({ kind: 'merge', accountId: 1, targetId: 2, note: '' }, kim, monday + 2),
    ).rejects.toThrow('one account already');
    await store.undo(merged.id, kim, monday + 3);
    await store.revokeKey(keyId, kim, monday + 4);
    await store.revokeKey(keyId, kim, monday + 5);
    expect(await store.audited(everything)).toMatchObject([
      { what: 'key-revoked', who: kim, subject: 'warehouse', at: monday + 4 },
      { what: 'undo', who: kim, subject: 'Acme', detail: { kind: 'merge', target: 'Northwind', visits: 1 } },
      { what: 'merge', who: 'key warehouse', subject: 'Acme', detail: { target: 'Northwind', visits: 1 } },
      { what: 'key-made', detail: { role: 'marketer', scopes: 'accounts:read events:read' } },
    ]);
    expect(JSON.stringify(await store.audited(everything))).not.toMatch(/hash of|192\.0\.2\.1\b/);
  });

  test('the log is read by deed, by person and from a place on', async () => {
    for (const who of [kim, 'lee@example.com', kim])
      await store.record({ who, what: 'export', subject: 'companies', detail: { rows: 3 } }, monday);
    await store.record({ who: kim, what: 'sign-in', subject: '' }, monday);
    const [newest] = await store.audited({ ...everything, limit: 1 });
    expect(newest).toMatchObject({ what: 'sign-in', detail: {} });
    expect(await store.audited({ ...everything, what: 'export', who: kim })).toHaveLength(2);
    expect(await store.audited({ ...everything, before: newest?.id ?? 0 })).toHaveLength(3);
    expect(await store.audited({ ...everything, who: 'nobody' })).toEqual([]);
  });

  test('refused sign-ins of one name within an hour are one entry with their number', async () => {
    const failed = { who: kim, what: 'sign-in-failed', subject: '' } as const;
    for (let number = 0; number < 500; number += 1) await store.record(failed, monday + number);
    await store.record({ ...failed, who: 'somebody unknown' }, monday + 1);
    await store.record(failed, monday + 90 * minute);
    const entries = await store.audited(everything);
    expect(entries.map(({ who, detail }) => [who, detail.times ?? 1])).toEqual([
      [kim, 1],
      ['somebody unknown', 1],
      [kim, 500],
    ]);
  });

  test('what is written into the log is bounded', async () => {
    await store.record(
      {
        who: 'x'.repeat(5_000),
        what: 'export',
        subject: 'y'.repeat(5_000),
        detail: { q: 'z'.repeat(5_000) },
      },
      monday,
    );
    expect(JSON.stringify(await store.audited(everything)).length).toBeLessThan(1_200);
  });
});
