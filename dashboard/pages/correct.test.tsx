import { beforeEach, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { type DraftWish, day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let owner: string;
let sales: string;
let vocus: number;
let acme: number;

const office = { prefix: '203.0.113.0/24', asNumber: 64500 };
const at = sampleNow - 5 * day;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('millrace.example', [], 0);
  const visits: DraftWish[] = [
    ...Array.from({ length: 14 }, (_, number) => ({
      company: 'Vocus',
      visitor: `visitor-${number % 3}`,
      address: 10 + (number % 3),
      at: at - number * day,
      ...office,
    })),
    { company: 'Acme', visitor: 'visitor-9', address: 20, prefix: '198.51.100.0/24', at },
  ];
  await dashboard.store.append(visits.map((wish, number) => draft(wish, number)));
  owner = await dashboard.signIn('owner');
  sales = await dashboard.signIn('sales');
  [vocus, acme] = [await idOf('Vocus'), await idOf('Acme')];
});

async function idOf(search: string): Promise<number> {
  const found = await dashboard.store.findAccounts(search, 1);
  return found[0]?.id ?? 0;
}

const get = (path: string, cookie = owner) =>
  dashboard.app.request(`${origin}${path}`, { headers: { cookie } });
const post = (path: string, fields: Record<string, string>, cookie = owner) =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie }));
const visitsOf = async (id: number) => (await dashboard.store.account(id, null, sampleNow))?.visits;

/** Follows a form to the page that it leads to. */
async function pageAfter(response: Response, cookie = owner): Promise<string> {
  expect(response.status).toBe(303);
  return (await get(response.headers.get('location') ?? '', cookie)).text();
}

describe('not this company', () => {
  const never = { scope: 'range:203.0.113.0/24', says: 'never', note: 'a carrier' };

  test('says how many visits moved, is logged, and can be undone', async () => {
    const html = await pageAfter(await post(`/accounts/${vocus}/correct`, never));
    expect(html).toContain(
      '203.0.113.0/24 is not a company. Moved 14 visits of 3 visitors from Vocus to no company.',
    );
    expect(await visitsOf(vocus)).toBe(0);
    const log = await (await get(`/accounts/${vocus}/correct`)).text();
    expect(log).toContain('owner@millrace.example');
    expect(log).toContain('“a carrier”');
    const action = /action="(\/decisions\/\d+\/undo)"/.exec(log)?.[1] ?? '';
    const undone = await pageAfter(await post(action, { back: `/accounts/${vocus}` }));
    expect(undone).toContain('Undone: 203.0.113.0/24 is not a company');
    expect(await visitsOf(vocus)).toBe(14);
    expect(await dashboard.store.verify()).toEqual([]);
  });

  test('may be said by a salesperson, of a range and of nothing larger; they may undo their own word only', async () => {
    expect((await post(`/accounts/${vocus}/correct`, { ...never, scope: 'as:64500' }, sales)).status).toBe(
      400,
    );
    expect((await post(`/accounts/${vocus}/correct`, { ...never, scope: 'account' }, sales)).status).toBe(
      400,
    );
    expect(await visitsOf(vocus)).toBe(14);
    await pageAfter(await post(`/accounts/${vocus}/correct`, never, sales), sales);
    expect(await visitsOf(vocus)).toBe(0);
    await post('/decisions/1/undo', { back: '/' }, sales);
    expect(await visitsOf(vocus)).toBe(14);
    await post(`/accounts/${vocus}/correct`, never, owner);
    expect((await post('/decisions/2/undo', { back: '/' }, sales)).status).toBe(403);
    expect(await visitsOf(vocus)).toBe(0);
  });

  test.each([
    [{ scope: 'range:0.0.0.0/8' }, 'Choose what this is about'],
    [{ scope: 'address:1' }, 'Choose what this is about'],
    [{ says: 'company', name: '' }, 'Name the company'],
    [{ says: 'company', name: 'x'.repeat(201) }, 'At most 200 characters'],
    [{ says: 'company', name: 'Harbour', domain: 'no domain' }, 'is not a domain'],
    [{ note: 'x'.repeat(201) }, 'At most 200 characters'],
    [{ scope: 'account', says: 'company', name: 'Harbour' }, 'Merge the account'],
  ])('%j is refused with what is wrong', async (change, says) => {
    const response = await post(`/accounts/${vocus}/correct`, { ...never, ...change });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(says);
    expect(await dashboard.store.decisions(null, 9)).toEqual([]);
  });
});

test.each([
  ['range:203.0.113.0/24', 14],
  ['address:10', 5],
  ['as:64500', 14],
])('“another company’s” about %s moves %i visits to the one that is named', async (scope, moved) => {
  const named = { scope, says: 'company', name: 'Harbour Tools', domain: 'www.harbour-tools.com', note: '' };
  const html = await pageAfter(await post(`/accounts/${vocus}/correct`, named));
  expect(html).toContain(`Moved ${moved} visits`);
  expect(await visitsOf(await idOf('harbour-tools.com'))).toBe(moved);
});

test('“our own people’s” takes visits out of the list and shows them apart', async () => {
  await post(`/accounts/${vocus}/correct`, { scope: 'range:203.0.113.0/24', says: 'own', note: '' });
  const list = await (await get('/accounts?period=all')).text();
  expect(list).not.toContain('Vocus');
  const own = await (await get('/accounts?period=all&view=own')).text();
  expect(own).toContain('Vocus');
  expect(own).toContain('1 of 1');
});

describe('two accounts that are one', () => {
  test('are merged: the old address leads to the new, with its query', async () => {
    const html = await pageAfter(
      await post(`/accounts/${vocus}/relate`, { kind: 'merge', account: String(acme) }),
    );
    expect(html).toContain('Moved 14 visits of 3 visitors from Vocus to Acme.');
    const old = await get(`/accounts/${vocus}?site=1`);
    expect([old.status, old.headers.get('location')]).toEqual([302, `/accounts/${acme}?site=1`]);
    expect(html).toContain('also vocus.example');
  });

  test('are split again', async () => {
    await post(`/accounts/${vocus}/relate`, { kind: 'merge', account: String(acme) });
    await pageAfter(await post(`/accounts/${acme}/relate`, { kind: 'split', account: String(vocus) }));
    expect(await visitsOf(vocus)).toBe(14);
    expect((await get(`/accounts/${vocus}`)).status).toBe(200);
  });

  test.each([
    [{ kind: 'merge', account: '' }, 'Choose the company that this one is'],
    [{ kind: 'merge', account: '999' }, 'There is no account 999'],
    [{ kind: 'alias', domain: 'no domain' }, 'is not a domain'],
    [{ kind: 'split', account: '2' }, 'stands alone already'],
    [{ kind: 'parent', account: 'x' }, 'Choose the company that this one is part of'],
    [{ kind: 'anything' }, 'not known here'],
  ])('%j is refused with what is wrong', async (fields, says) => {
    const response = await post(`/accounts/${vocus}/relate`, fields);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(says);
  });

  test('are not for a salesperson to merge', async () => {
    expect(
      (await post(`/accounts/${vocus}/relate`, { kind: 'merge', account: String(acme) }, sales)).status,
    ).toBe(403);
    const page = await (await get(`/accounts/${vocus}/correct`, sales)).text();
    expect(page).not.toContain('Merge with another');
    expect(await visitsOf(vocus)).toBe(14);
  });
});

test('a further domain, and a parent, show on the pages of both', async () => {
  await post(`/accounts/${acme}/relate`, { kind: 'alias', domain: 'https://www.acme-works.de/' });
  const html = await pageAfter(
    await post(`/accounts/${acme}/relate`, { kind: 'parent', account: String(vocus) }),
  );
  expect(html).toContain('also acme-works.de');
  expect(html).toMatch(/part of <a href="\/accounts\/\d+">Vocus<\/a>/);
  expect(await (await get(`/accounts/${vocus}`)).text()).toMatch(
    /has parts: <a href="\/accounts\/\d+">Acme<\/a>/,
  );
});

describe('learned networks', () => {
  beforeEach(async () => {
    const address = { address: 900, prefix: '192.0.2.0/24' };
    await dashboard.store.append([
      draft({ visitor: 'kim', email: 'kim@harbour-tools.com', at, ...address }),
      draft({ visitor: 'lee', email: 'lee@harbour-tools.com', at, ...address }),
      draft({ visitor: 'anonymous', at: at + day, ...address }),
    ]);
  });

  test('are shown as far as they are kept, and forgotten and remembered at the owner’s word', async () => {
    const html = await (await get('/learned')).text();
    expect(html).toContain('192.0.2.0/24');
    expect(html).toContain('Likely · 84 %');
    expect(html).not.toContain('192.0.2.1');
    const forgotten = await pageAfter(await post('/learned/forget', { address: '900' }));
    expect(forgotten).toContain('Moved 1 visit of 1 visitor from Harbour Tools to no company.');
    expect(forgotten).toContain('Forgotten');
    const action = /action="(\/decisions\/\d+\/undo)"/.exec(forgotten)?.[1] ?? '';
    await post(action, { back: '/learned' });
    expect(await visitsOf(await idOf('harbour-tools.com'))).toBe(3);
  });

  test('are seen by salespeople, and not theirs to forget', async () => {
    const html = await (await get('/learned', sales)).text();
    expect(html).toContain('Harbour Tools');
    expect(html).not.toContain('Forget');
    expect((await post('/learned/forget', { address: '900' }, sales)).status).toBe(403);
    expect((await post('/learned/forget', { address: '901' })).status).toBe(404);
  });
});
