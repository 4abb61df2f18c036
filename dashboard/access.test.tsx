/** Every page, with who is let in: a page without its line here fails, and so does one that answers otherwise. */
import { beforeAll, expect, test } from 'vitest';
import type { Role } from '../collector/access/role.ts';
import { form, openDashboard, origin, type TestDashboard } from '../test/support/dashboard.ts';
import { mayOpen } from './access.ts';

const everybody: readonly Role[] = ['owner', 'marketer', 'sales'];
const list: readonly Role[] = ['owner', 'marketer'];
const owner: readonly Role[] = ['owner'];
const open = 'open';

const letsIn: Record<string, readonly Role[] | typeof open> = {
  'GET /stop': open,
  'POST /stop': open,
  'GET /assets/:name': open,
  'GET /shared/:token': open,
  'POST /shared/:token': open,
  'GET /sign-in': open,
  'POST /sign-in': open,
  'GET /welcome': open,
  'POST /welcome': open,
  'GET /invite': open,
  'POST /invite': open,
  'GET /docs': open,
  'GET /docs/:resource': open,
  'GET /': everybody,
  'GET /overview': everybody,
  'GET /live': everybody,
  'GET /live/events': everybody,
  'GET /accounts': everybody,
  'GET /accounts.csv': everybody,
  'GET /accounts/import': list,
  'POST /accounts/import': list,
  'GET /imports': list,
  'GET /imports/new': list,
  'POST /imports/new': list,
  'GET /imports/file/:token': list,
  'POST /imports/file/:token': list,
  'POST /imports/file/:token/import': list,
  'GET /imports/:id': list,
  'GET /imports/:id/state': list,
  'POST /imports/:id/undo': list,
  'GET /accounts/:id': everybody,
  'GET /accounts/:id/people': everybody,
  'GET /accounts/:id/prospects': everybody,
  'GET /accounts/:id/notes': everybody,
  'POST /accounts/:id/roles': everybody,
  'GET /accounts/:id/correct': everybody,
  'POST /accounts/:id/correct': everybody,
  'POST /accounts/:id/relate': list,
  'POST /decisions/:id/undo': everybody,
  'GET /segments': everybody,
  'GET /segments/new': everybody,
  'GET /segments/names': everybody,
  'GET /segments/rail': everybody,
  'GET /segments/people': everybody,
  'GET /segments/people.csv': everybody,
  'POST /segments/new': everybody,
  'POST /segments/check': everybody,
  'GET /segments/:id/edit': everybody,
  'POST /segments/:id/edit': everybody,
  'POST /segments/:id/remove': everybody,
  'GET /accounts/by': everybody,
  'GET /accounts/:id/share': list,
  'POST /accounts/:id/share': list,
  'POST /shares/:id/revoke': list,
  'GET /people/:id': everybody,
  'GET /accounts/:id/preview': everybody,
  'POST /accounts/marks': everybody,
  'POST /accounts/columns': everybody,
  'POST /marks/:id/undo': everybody,
  'POST /keys': everybody,
  'POST /accounts/:id/notes': everybody,
  'POST /notes/:id': everybody,
  'POST /notes/:id/remove': everybody,
  'GET /settings/score': everybody,
  'POST /settings/score': owner,
  'POST /settings/score/check': owner,
  'POST /settings/score/:id/restore': owner,
  'GET /alerts': everybody,
  'POST /alerts/read': everybody,
  'GET /settings/alerts': everybody,
  'POST /settings/alerts/rules': everybody,
  'POST /settings/alerts/rules/:id': everybody,
  'POST /settings/alerts/rules/:id/remove': everybody,
  'GET /settings/alerts/digest': everybody,
  'POST /settings/alerts/digest': everybody,
  'POST /settings/alerts/test': everybody,
  'POST /settings/alerts/slack': owner,
  'POST /settings/alerts/slack/remove': owner,
  'POST /settings/alerts/letters/:id/retry': owner,
  'GET /learned': everybody,
  'POST /learned/forget': owner,
  'GET /health': everybody,
  'GET /password': everybody,
  'POST /password': everybody,
  'POST /theme': everybody,
  'GET /sites/new': owner,
  'POST /sites/new': owner,
  'GET /sites/:id/tag': owner,
  'GET /sites/:id/status': owner,
  'GET /sites/:id/settings': owner,
  'POST /sites/:id/settings': owner,
  'GET /settings/sites': owner,
  'GET /settings/rules': owner,
  'POST /settings/rules': owner,
  'POST /settings/rules/:id/remove': owner,
  'POST /settings/data/fetch': owner,
  'POST /settings/data/schedule': owner,
  'GET /settings/data/state': owner,
  'GET /settings/users': owner,
  'POST /settings/users': owner,
  'POST /settings/users/:id/role': owner,
  'POST /settings/users/:id/remove': owner,
  'GET /settings/audit': owner,
  'GET /settings/audit.csv': owner,
  'GET /settings/keys': owner,
  'POST /settings/keys': owner,
  'POST /settings/keys/:id/revoke': owner,
  'GET /doctor': owner,
  'POST /doctor/dismiss': owner,
  'POST /doctor/watch': owner,
  // Last: it ends the session that the others are asked with.
  'POST /sign-out': everybody,
};

let dashboard: TestDashboard;
const cookies = new Map<Role | 'nobody', string>();

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  for (const role of everybody) cookies.set(role, await dashboard.signIn(role));
});

const ask = (route: string, as: Role | 'nobody') => {
  const [method = '', path = ''] = route.split(' ');
  const cookie = cookies.get(as);
  const headers = cookie === undefined ? {} : { cookie };
  const address = `${origin}${path.replace(':id', '1').replace(':resource', 'accounts')}`;
  return dashboard.app.request(address, method === 'GET' ? { headers } : form({}, headers));
};

test('every page has its line, and every line its page', () => {
  const routes = dashboard.app.routes.filter(({ method }) => method !== 'ALL');
  expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual(
    Object.keys(letsIn).sort(),
  );
});

test.each(Object.entries(letsIn))('%s lets in %s', async (route, roles) => {
  for (const role of everybody) {
    const { status, headers } = await ask(route, role);
    const isIn = roles === open || roles.includes(role);
    expect.soft([role, status === 403], `${status}`).toEqual([role, !isIn]);
    if (isIn && roles !== open && route !== 'POST /sign-out')
      expect.soft(headers.get('location') ?? '').not.toMatch(/^\/sign-in/);
  }
  const nobody = await ask(route, 'nobody');
  if (roles === open) expect(nobody.headers.get('location') ?? '').not.toContain('next=');
  else if (route.startsWith('GET')) {
    expect([nobody.status, nobody.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/sign-in/),
    ]);
  } else expect(nobody.status).toBe(401);
});

test('a page that the table of routes does not have is open to nobody, owners neither', async () => {
  const kim = { id: '1', email: 'kim@example.com', role: 'owner' as const };
  for (const route of ['GET /new-page', 'GET constructor', 'PUT /accounts', '__proto__'])
    expect(mayOpen(kim, route)).toBe(false);
});
