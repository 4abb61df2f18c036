import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry, Deed } from '../../collector/store/audit.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

const kim = 'owner@millrace.example';

let dashboard: TestDashboard;
let cookie: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: true });
  cookie = await dashboard.signIn('owner');
});

const entries = (what: Deed | null = null): Promise<AuditEntry[]> =>
  dashboard.store.audited({ what, who: null, before: null, limit: 100 });
const get = (path: string, as = cookie) =>
  dashboard.app.request(`${origin}${path}`, { headers: { cookie: as } });
const send = (path: string, fields: Record<string, string>, as = cookie) =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie: as }));

describe('the log', () => {
  test('has who signed in and how, and who did not; never what was typed by somebody unknown', async () => {
    const link = new URL(await dashboard.auth.inviteUser('lee@example.com', 'sales'), origin);
    await send('/invite', { token: link.searchParams.get('token') ?? '' }, '');
    await send('/invite', { token: 'made-up' }, '');
    const typed = { email: 'LEE@example.com', password: 'wrong-password' };
    await send('/sign-in', typed, '');
    await send('/sign-in', { email: 'my-secret-passphrase', password: 'x' }, '');
    expect((await entries()).map(({ who, what, subject }) => [who, what, subject])).toEqual([
      ['somebody unknown', 'sign-in-failed', 'with a password'],
      ['lee@example.com', 'sign-in-failed', 'with a password'],
      ['lee@example.com', 'sign-in', 'with a link'],
    ]);
    for (let attempt = 0; attempt < 20; attempt += 1) await send('/sign-in', typed, '');
    // Six a minute are tried; the rest is turned away before anything is looked at or written.
    expect((await entries('sign-in-failed'))[1]?.detail).toEqual({ times: 5 });
    expect(JSON.stringify(await entries())).not.toMatch(/secret|wrong-password|192\.0\.2\.200/);
  });

  test('has an export with its filter and its rows, also one that stopped in the middle', async () => {
    const text = await (await get('/accounts.csv?period=all&q=e')).text();
    const rows = text.trimEnd().split('\r\n').length - 1;
    const [whole] = await entries('export');
    expect(whole).toMatchObject({
      who: kim,
      subject: 'companies',
      detail: { rows, whole: true, period: 'all', q: 'e', format: 'csv' },
    });
    await dashboard.store.append(
      Array.from({ length: 500 }, (_, number) =>
        draft({ visitor: `visitor-${number}`, company: `Company ${number}`, at: sampleNow - day }, number),
      ),
    );
    const reader = (await get('/accounts.csv?period=all')).body?.getReader();
    // The first piece; whoever stops before it has taken nothing.
    await reader?.read();
    await reader?.cancel();
    await expect.poll(async () => (await entries('export')).length).toBe(2);
    expect((await entries('export'))[0]?.detail).toMatchObject({ whole: false });
  });

  test('has what owners set and decide, each once', async () => {
    await send('/sites/new', { domain: 'shop.example' });
    await send('/sites/1/settings', { measures: 'usual', consent: 'none' });
    await send('/settings/rules', { match: 'AS64500', says: 'never' });
    await send('/accounts/2/relate', { kind: 'merge', account: '1' });
    await send('/decisions/2/undo', { back: '/accounts/2' });
    expect((await entries()).map(({ who, what, subject }) => [who, what, subject])).toMatchObject([
      [kim, 'undo', expect.any(String)],
      [kim, 'merge', expect.any(String)],
      [kim, 'rule', 'AS64500'],
      [kim, 'settings', 'tag of millrace.example'],
      [kim, 'site-added', 'shop.example'],
    ]);
  });

  test('has nothing of what was refused', async () => {
    await send('/sites/new', { domain: 'nonsense' });
    await send('/settings/rules', { match: 'nonsense', says: 'never' });
    await send('/sites/new', { domain: 'shop.example' }, await dashboard.signIn('marketer'));
    expect(await entries()).toEqual([]);
  });
});

describe('its page', () => {
  test('shows it newest first, by deed and by person, page by page', async () => {
    for (let number = 0; number < 120; number += 1)
      await dashboard.store.record(
        {
          who: `user-${number % 2}@example.com`,
          what: number % 3 ? 'import' : 'export',
          subject: `no. ${number}.`,
        },
        sampleNow + number,
      );
    const seen: string[] = [];
    for (let path: string | undefined = '/settings/audit'; path !== undefined; ) {
      const page: string = await (await get(path)).text();
      seen.push(...[...page.matchAll(/no\. \d+\./g)].map(([text]) => text));
      path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `no. ${119 - index}.`));
    const some = await (await get('/settings/audit?what=export&who=user-1%40example.com')).text();
    expect([...some.matchAll(/no\. \d+\./g)]).toHaveLength(20);
    expect(await (await get('/settings/audit?what=nonsense&before=x')).text()).toContain('no. 119.');
  });

  test('escapes what is in it, as a page and as a file, and the file is logged too', async () => {
    await dashboard.store.record({ who: 'key =1+1', what: 'export', subject: '<img src=x>' }, sampleNow);
    expect(await (await get('/settings/audit')).text()).not.toContain('<img');
    await dashboard.store.record({ who: '=cmd|x', what: 'rule', subject: '@x' }, sampleNow);
    const file = await get('/settings/audit.csv?what=rule');
    expect(file.headers.get('content-disposition')).toContain('footlight-audit-2026-11-20.csv');
    expect(await file.text()).toContain(",'=cmd|x,rule,'@x,");
    expect((await entries('export'))[0]).toMatchObject({
      subject: 'audit log',
      detail: { rows: 1, what: 'rule' },
    });
  });

  test('is for owners alone', async () => {
    const marketer = await dashboard.signIn('marketer');
    expect((await get('/settings/audit', marketer)).status).toBe(403);
    expect((await get('/settings/audit.csv', marketer)).status).toBe(403);
  });
});
