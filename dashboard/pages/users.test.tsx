import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../collector/access/role.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  cookie = await dashboard.signIn('owner');
});

const get = async (as = cookie, path = '/settings/users') =>
  dashboard.app.request(`${origin}${path}`, { headers: { cookie: as } });
const send = (path: string, fields: Record<string, string>, as = cookie) =>
  dashboard.app.request(`${origin}/settings/users${path}`, form(fields, { cookie: as }));
const tokenIn = (page: string) => /\/invite\?token=([\w-]+)/.exec(page)?.[1] ?? '';
const idOf = async (email: string) =>
  (await dashboard.auth.listUsers()).find((user) => user.email === email)?.id;
const rolesNow = async () =>
  Object.fromEntries((await dashboard.auth.listUsers()).map(({ email, role }) => [email, role]));
const deeds = async () =>
  (await dashboard.store.audited({ what: null, who: null, before: null, limit: 50 })).map(
    ({ what, subject, detail }) => [what, subject, detail],
  );

describe('somebody who is let in', () => {
  test('gets a link, shown this once, that signs them in once with their role', async () => {
    const made = await send('', { email: ' Lee@Example.com ', role: 'marketer' });
    expect(made.status).toBe(200);
    const page = await made.text();
    expect(page).toContain('lasts 7 days');
    const token = tokenIn(page);
    expect(token).not.toBe('');
    expect(await (await get()).text()).not.toContain(token);
    expect(await dashboard.auth.acceptInvite(token)).toMatchObject({ email: 'lee@example.com' });
    expect(await dashboard.auth.acceptInvite(token)).toHaveProperty('refused');
    expect(await rolesNow()).toMatchObject({ 'lee@example.com': 'marketer' });
    expect(await deeds()).toEqual([['user-invited', 'lee@example.com', { role: 'marketer' }]]);
    expect(JSON.stringify(await deeds())).not.toContain(token);
  });

  test('and was in already gets another link, and keeps their role', async () => {
    const made = await send('', { email: 'owner@millrace.example', role: 'sales' });
    expect(tokenIn(await made.text())).not.toBe('');
    expect(await rolesNow()).toEqual({ 'owner@millrace.example': 'owner' });
  });

  test.each([
    [{ email: 'nonsense', role: 'sales' }, '&quot;nonsense&quot; is not an e-mail address'],
    [{ email: 'lee@example.com', role: 'king' }, 'Choose a role'],
    [{ email: '', role: 'sales' }, 'is not an e-mail address'],
  ])('by %j is not', async (fields, says) => {
    const refused = await send('', fields);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(says);
    expect(Object.keys(await rolesNow())).toHaveLength(1);
    expect(await deeds()).toEqual([]);
  });
});

describe('another role', () => {
  test('counts from the next click on', async () => {
    const sales = await dashboard.signIn('sales');
    expect((await get(sales, '/imports')).status).toBe(403);
    await send(`/${await idOf('sales@millrace.example')}/role`, { role: 'marketer' });
    expect((await get(sales, '/imports')).status).toBe(200);
    expect(await deeds()).toEqual([
      ['user-role', 'sales@millrace.example', { from: 'sales', to: 'marketer' }],
    ]);
  });

  test('that there is not, or for nobody, is refused', async () => {
    await dashboard.signIn('sales');
    const id = await idOf('sales@millrace.example');
    expect((await send(`/${id}/role`, { role: 'king' })).status).toBe(400);
    expect((await send('/nobody/role', { role: 'owner' })).status).toBe(404);
    expect((await rolesNow())['sales@millrace.example']).toBe('sales');
  });

  test('is never one’s own', async () => {
    expect((await send(`/${await idOf('owner@millrace.example')}/role`, { role: 'sales' })).status).toBe(404);
    expect(await rolesNow()).toEqual({ 'owner@millrace.example': 'owner' });
  });
});

describe('somebody who is removed', () => {
  test('is signed out at once, and comes back by no link and no password', async () => {
    const sales = await dashboard.signIn('sales');
    const link = new URL(await dashboard.auth.inviteUser('sales@millrace.example'), origin);
    expect((await send(`/${await idOf('sales@millrace.example')}/remove`, {})).status).toBe(303);
    expect((await get(sales, '/accounts')).headers.get('location')).toMatch(/^\/sign-in/);
    expect(await dashboard.auth.acceptInvite(link.searchParams.get('token') ?? '')).toHaveProperty('refused');
    expect(await rolesNow()).toEqual({ 'owner@millrace.example': 'owner' });
    expect((await deeds())[0]).toEqual(['user-removed', 'sales@millrace.example', { role: 'sales' }]);
  });

  test('is never oneself', async () => {
    expect((await send(`/${await idOf('owner@millrace.example')}/remove`, {})).status).toBe(404);
    expect((await get()).status).toBe(200);
  });
});

describe('the last owner', () => {
  test('stays one, whoever asks and how', async () => {
    const { auth } = dashboard;
    const id = (await idOf('owner@millrace.example')) ?? '';
    expect(await auth.setRole(id, 'sales')).toContain('There must be an owner');
    expect(await auth.removeUser(id)).toContain('There must be an owner');
    await expect(auth.inviteUser('owner@millrace.example', 'sales')).rejects.toThrow('is the last owner');
    expect(await rolesNow()).toEqual({ 'owner@millrace.example': 'owner' });
  });

  test('is left of two owners who unmake each other at the same moment', async () => {
    await dashboard.auth.inviteUser('lee@example.com', 'owner');
    const ids = (await dashboard.auth.listUsers()).map((user) => user.id);
    const outcomes = await Promise.all([
      ...ids.map((id) => dashboard.auth.setRole(id, 'sales')),
      ...ids.map((id) => dashboard.auth.removeUser(id)),
    ]);
    expect(outcomes.filter((refused) => refused !== null).length).toBeGreaterThan(0);
    expect(Object.values(await rolesNow())).toContain('owner' satisfies Role);
  });
});

test('a marketer sees and changes none of it', async () => {
  const marketer = await dashboard.signIn('marketer');
  expect((await get(marketer)).status).toBe(403);
  expect((await send('', { email: 'lee@example.com', role: 'owner' }, marketer)).status).toBe(403);
  const id = await idOf('marketer@millrace.example');
  expect((await send(`/${id}/role`, { role: 'owner' }, marketer)).status).toBe(403);
  expect((await rolesNow())['marketer@millrace.example']).toBe('marketer');
});
