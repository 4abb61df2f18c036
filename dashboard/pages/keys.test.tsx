import { beforeEach, describe, expect, test } from 'vitest';
import { hashOfKey } from '../../collector/access/api-key.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  cookie = await dashboard.signIn('owner');
});

const open = async () =>
  (await dashboard.app.request(`${origin}/settings/keys`, { headers: { cookie } })).text();
const send = (path: string, fields: Record<string, string>, as = cookie) =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie: as }));
const make = (fields: Record<string, string>) => send('/settings/keys', fields);
const keyIn = (page: string) => /fl_[\w-]{43}/.exec(page)?.[0] ?? '';

describe('an API key', () => {
  test('is shown in the answer to who made it, and never again; its hash alone is kept', async () => {
    const response = await make({ name: 'warehouse', role: 'marketer' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const secret = keyIn(await response.text());
    expect(await dashboard.store.keyInUse(hashOfKey(secret), sampleNow)).toMatchObject({ name: 'warehouse' });
    const after = await open();
    expect(after).toContain('warehouse');
    expect(after).toContain(secret.slice(0, 9));
    expect(after).not.toContain(secret.slice(9));
    expect(JSON.stringify(await dashboard.store.keys())).not.toContain(secret.slice(9));
  });

  test('is never given more than its role may', async () => {
    const response = await make({ name: 'script', role: 'sales', scope: 'keys:write' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('a key with the role sales may not have keys:write');
    expect(await dashboard.store.keys()).toEqual([]);
  });

  test.each([
    ['without a name', { name: ' ', role: 'sales' }, 'Name what the key is for'],
    ['with a name that is too long', { name: 'x'.repeat(61), role: 'sales' }, 'At most 60 characters'],
    ['without a role', { name: 'script' }, 'Choose a role'],
    ['with a role that there is not', { name: 'script', role: 'king' }, 'Choose a role'],
    [
      'with a scope that there is not',
      { name: 'script', role: 'sales', scope: 'x' },
      '&quot;x&quot; is no scope',
    ],
  ])('%s is not made', async (_, fields, says) => {
    const response = await make(fields as Record<string, string>);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(says);
    expect(await dashboard.store.keys()).toEqual([]);
  });

  test('with a name that is taken is not made', async () => {
    await make({ name: 'warehouse', role: 'sales' });
    const response = await make({ name: 'warehouse', role: 'owner' });
    expect(response.status).toBe(400);
    expect(keyIn(await response.text())).toBe('');
    expect(await dashboard.store.keys()).toHaveLength(1);
  });

  test('that is revoked lets nobody in any more, and stays in the list', async () => {
    const secret = keyIn(await (await make({ name: 'warehouse', role: 'marketer' })).text());
    const [key] = await dashboard.store.keys();
    expect((await send(`/settings/keys/${key?.id}/revoke`, {})).status).toBe(303);
    expect(await dashboard.store.keyInUse(hashOfKey(secret), sampleNow)).toBeNull();
    const page = await open();
    expect(page).toContain('revoked 20 Nov 2026');
    expect(page).not.toContain('Revoke the key warehouse');
    expect((await send('/settings/keys/x/revoke', {})).status).toBe(404);
  });

  test('is made and revoked by owners alone', async () => {
    await make({ name: 'warehouse', role: 'marketer' });
    for (const role of ['marketer', 'sales'] as const) {
      const other = await dashboard.signIn(role);
      const get = await dashboard.app.request(`${origin}/settings/keys`, { headers: { cookie: other } });
      expect(get.status).toBe(403);
      expect(await get.text()).not.toContain('warehouse');
      expect((await send('/settings/keys', { name: 'mine', role: 'owner' }, other)).status).toBe(403);
      expect((await send('/settings/keys/1/revoke', {}, other)).status).toBe(403);
    }
    expect(await dashboard.store.keys()).toMatchObject([{ name: 'warehouse', revokedAt: null }]);
  });
});
