/** Read-only links: who may make one, what it shows and what it never shows, and how it ends. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Deed } from '../../collector/store/audit.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { type DraftWish, day, draft, touchpoint } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';
import { openShareTries } from '../share-tries.ts';

let dashboard: TestDashboard;
let accountId: number;
let cookie: string;

const daysAgo = (days: number) => sampleNow - days * day;

/** A dashboard where nobody has shared anything yet; tests that count or change the company begin with one. */
async function fresh(): Promise<void> {
  dashboard = await openDashboard({ traffic: false });
  const { store } = dashboard;
  await store.addSite('millrace.example', [], daysAgo(100));
  const wishes: DraftWish[] = [
    { visitor: 'a', at: daysAgo(9), path: '/pricing', title: 'Prices for kim@harbour-tools.com' },
    {
      visitor: 'a',
      at: daysAgo(8),
      path: '/users/kim%40harbour-tools.com',
      type: 'identify',
      detail: { identify: { user: 'kim-the-buyer', email: 'kim@harbour-tools.com', traits: {} } },
    },
    {
      visitor: 'a',
      at: daysAgo(7),
      type: 'track',
      detail: { track: { name: 'Quote asked', props: { for: 'Kim Surname', seats: 4 } } },
    },
    {
      visitor: 'a',
      at: daysAgo(6),
      type: 'link',
      detail: { link: { kind: 'mail', target: 'mailto:sales.person@millrace.example' } },
    },
  ];
  await store.append(wishes.map((wish, index) => draft(wish, index)));
  const call = touchpoint({ at: daysAgo(5), email: 'lee@harbour-tools.com' });
  call.draft.detail.track = {
    name: 'Call',
    props: { title: 'Renewal talk', note: 'never pays on time', stage: 'lost' },
  };
  if (call.draft.detail.offline) call.draft.detail.offline.person = 'Lee Surname';
  await store.append([call]);
  accountId = (await store.accountBy({ domain: 'harbour-tools.com' })) ?? 0;
  await store.addNote(accountId, 'between us: a difficult customer', 'owner@millrace.example', daysAgo(1));
  cookie = await dashboard.signIn('owner');
}

beforeAll(fresh);

const get = (path: string, headers: Record<string, string> = {}) =>
  dashboard.app.request(`${origin}${path}`, { headers });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  dashboard.app.request(`${origin}${path}`, form(fields, headers));

async function linkOf(fields: Record<string, string> = {}): Promise<string> {
  const answer = await post(`/accounts/${accountId}/share`, { days: '7', ...fields }, { cookie });
  expect(answer.status).toBe(200);
  return /http:\/\/footlight\.test(\/shared\/[\w-]{43})/.exec(await answer.text())?.[1] ?? '';
}

const deeds = async (what: Deed) =>
  (await dashboard.store.audited({ what, who: null, before: null, limit: 9 })).map(
    ({ who, subject, detail }) => ({
      who,
      subject,
      detail,
    }),
  );

test('a link is shown once, and opens for somebody who cannot sign in, with nothing that leads on', async () => {
  const link = await linkOf();
  expect(link).toMatch(/^\/shared\//);
  expect(await (await get(`/accounts/${accountId}/share`, { cookie })).text()).not.toContain(link);
  const answer = await get(link);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  for (const shown of [
    'Harbour Tools',
    'harbour-tools.com',
    '/pricing',
    'Quote asked',
    'Renewal talk',
    'Person 1',
  ])
    expect(html).toContain(shown);
  expect(html).not.toMatch(/<nav|<form|<button|href="\/(accounts|people|settings|sign|docs|imports)/);
  expect(html).not.toMatch(/between us|never pays on time/);
});

test('without the tick there is no name, no e-mail address and no id of anybody', async () => {
  const html = await (await get(await linkOf())).text();
  expect(html).not.toMatch(/@|%40|kim|lee|Surname|sales\.person|lost/i);
});

test('with the tick people are who they are, and notes still are not shown', async () => {
  const html = await (await get(await linkOf({ people: 'yes' }))).text();
  expect(html).toContain('kim@harbour-tools.com');
  expect(html).toContain('Lee Surname');
  expect(html).not.toMatch(/between us|never pays on time/);
});

test('no referrer, no cache and no search engine learns of it, whatever it answers', async () => {
  const link = await linkOf();
  const locked = await linkOf({ password: 'correct horse' });
  const answers = await Promise.all([
    get(link),
    get(locked),
    get(`/shared/${'x'.repeat(43)}`),
    get('/shared/short'),
    post(locked, { password: 'wrong horse' }),
  ]);
  for (const { headers } of answers) {
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  // The other pages keep theirs: their forms need it.
  expect((await get('/sign-in')).headers.get('referrer-policy')).toBe('same-origin');
});

describe('what opens nothing looks the same', () => {
  const bodyOf = async (path: string) => {
    const answer = await get(path);
    return [answer.status, await answer.text()];
  };
  const unknown = () => bodyOf(`/shared/${'A'.repeat(43)}`);

  test('revoked, also with a password that was given', async () => {
    const link = await linkOf({ password: 'correct horse' });
    const opened = await post(link, { password: 'correct horse' });
    const kept = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await get(link, { cookie: kept })).status).toBe(200);
    const [share] = await dashboard.store.shares(accountId, 1);
    const revoked = await post(`/shares/${share?.id}/revoke`, {}, { cookie });
    expect(revoked.headers.get('location')).toBe(`/accounts/${accountId}/share`);
    const after = await get(link, { cookie: kept });
    expect([after.status, await after.text()]).toEqual(await unknown());
    expect(await bodyOf(link)).toEqual(await unknown());
  });

  test('expired', async () => {
    const { hash } = {
      hash: (await import('../../collector/access/share-link.ts')).hashOfShare('e'.repeat(43)),
    };
    const share = { accountId, hash, password: null, showsPeople: false, expiresAt: sampleNow };
    await dashboard.store.makeShare(share, 'owner@millrace.example', daysAgo(7));
    expect(await bodyOf(`/shared/${'e'.repeat(43)}`)).toEqual(await unknown());
    expect(await (await get(`/accounts/${accountId}/share`, { cookie })).text()).toContain('expired');
  });

  test('made by somebody who is let in no more', async () => {
    const { hashOfShare } = await import('../../collector/access/share-link.ts');
    const share = {
      accountId,
      hash: hashOfShare('m'.repeat(43)),
      password: null,
      showsPeople: true,
      expiresAt: sampleNow + day,
    };
    await dashboard.store.makeShare(share, 'gone@millrace.example', sampleNow);
    expect(await bodyOf(`/shared/${'m'.repeat(43)}`)).toEqual(await unknown());
  });

  test('cut short, or asked for as another path', async () => {
    const link = await linkOf();
    expect(await bodyOf(link.slice(0, -1))).toEqual(await unknown());
    const { status, headers } = await get(`/${link}`);
    expect([status, headers.get('location')]).not.toEqual([200, null]);
  });
});

describe('with a password', () => {
  test('nothing is shown before it was given, and then the browser keeps that for this link alone', async () => {
    const [link, other] = [
      await linkOf({ password: 'correct horse' }),
      await linkOf({ password: 'correct horse' }),
    ];
    const asked = await (await get(link)).text();
    expect(asked).toContain('A password is needed');
    expect(asked).not.toMatch(/harbour/i);
    const wrong = await post(link, { password: 'wrong horse' });
    expect(wrong.status).toBe(403);
    expect(wrong.headers.get('set-cookie')).toBeNull();
    expect(await wrong.text()).not.toMatch(/harbour|wrong horse/i);
    // As a browser sends it under our referrer policy on plain http.
    const right = await post(link, { password: 'correct horse' }, { origin: 'null', 'sec-fetch-site': '' });
    expect([right.status, right.headers.get('location')]).toEqual([303, link]);
    const set = right.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    expect(set).toMatch(/Path=\/shared\//);
    expect(set).not.toContain('correct');
    const kept = set.split(';')[0] ?? '';
    expect(await (await get(link, { cookie: kept })).text()).toContain('Harbour Tools');
    const [newest] = await dashboard.store.shares(accountId, 1);
    const renamed = kept.replace(/share_\d+/, `share_${newest?.id}`);
    expect(renamed).not.toBe(kept);
    expect(await (await get(other, { cookie: renamed })).text()).toContain('A password is needed');
  });

  test('after five wrong ones there is a wait, also for the right one, and it is said for how long', async () => {
    await fresh();
    const link = await linkOf({ password: 'correct horse' });
    for (let number = 0; number < 5; number++)
      expect((await post(link, { password: `wrong horse ${number}` })).status).toBe(403);
    const held = await post(link, { password: 'correct horse' });
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '60']);
    expect(held.headers.get('set-cookie')).toBeNull();
    expect(await deeds('share-refused')).toEqual([
      { who: 'shared link 1', subject: 'Harbour Tools', detail: expect.objectContaining({ times: 5 }) },
    ]);
  });

  test('one that is too short is refused, and nothing is made', async () => {
    await fresh();
    const answer = await post(`/accounts/${accountId}/share`, { days: '7', password: 'short' }, { cookie });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('Use at least 8 characters');
    expect(html).not.toContain('value="short"');
    expect(await dashboard.store.shares(accountId, 9)).toEqual([]);
  });

  test('a body that is longer than a password is not read', async () => {
    const link = await linkOf({ password: 'correct horse' });
    expect((await post(link, { password: 'x'.repeat(5_000) })).status).toBe(404);
  });
});

test('tries come back, one a minute, and a clock that is set back takes none', () => {
  let now = 1_000_000;
  const tries = openShareTries(() => now);
  expect([1, 2, 3, 4, 5].map(() => tries.take(1))).toEqual([null, null, null, null, null]);
  expect(tries.take(1)).toBe(60);
  expect(tries.take(2)).toBeNull();
  now += 60_000;
  expect(tries.take(1)).toBeNull();
  expect(tries.take(1)).toBe(60);
  now -= 500_000;
  expect(tries.take(1)).toBe(60);
  tries.giveBack(1);
  expect(tries.take(1)).toBeNull();
});

test('made, opened and revoked stand in the log with who it was, opened once an hour, and no secret in it', async () => {
  await fresh();
  const link = await linkOf({ password: 'correct horse', people: 'yes', days: '30' });
  const plain = await linkOf();
  await get(plain);
  await get(plain);
  await post('/shares/2/revoke', {}, { cookie });
  await post('/shares/2/revoke', {}, { cookie });
  expect(await deeds('share-made')).toMatchObject([
    { who: 'owner@millrace.example', subject: 'Harbour Tools', detail: { password: false, people: false } },
    { who: 'owner@millrace.example', subject: 'Harbour Tools', detail: { password: true, people: true } },
  ]);
  expect(await deeds('share-opened')).toMatchObject([{ who: 'shared link 2', subject: 'Harbour Tools' }]);
  expect(await deeds('share-revoked')).toMatchObject([{ who: 'owner@millrace.example' }]);
  const all = JSON.stringify(
    await dashboard.store.audited({ what: null, who: null, before: null, limit: 50 }),
  );
  for (const secret of [link, plain]) expect(all).not.toContain(secret.split('/')[2]);
  expect(all).not.toContain('correct horse');
  const list = await (await get(`/accounts/${accountId}/share`, { cookie })).text();
  expect(list).toMatch(/revoked \d+ \w+ \d+/);
  expect(list).toContain('the journey and people');
});

test('sales neither sees the way to share nor can make or end a link', async () => {
  await fresh();
  await linkOf();
  const sales = await dashboard.signIn('sales');
  const page = await (await get(`/accounts/${accountId}`, { cookie: sales })).text();
  expect(page).not.toContain('/share');
  expect((await post(`/accounts/${accountId}/share`, { days: '7' }, { cookie: sales })).status).toBe(403);
  expect((await post('/shares/1/revoke', {}, { cookie: sales })).status).toBe(403);
  expect(await (await get(`/accounts/${accountId}`, { cookie })).text()).toContain(
    `/accounts/${accountId}/share`,
  );
  expect(await dashboard.store.shares(accountId, 9)).toMatchObject([{ revokedAt: null }]);
});

test('a link follows the company that it was made for into another', async () => {
  await fresh();
  const link = await linkOf();
  await dashboard.store.append([draft({ visitor: 'z', at: daysAgo(2), company: 'Acme' })]);
  const acme = (await dashboard.store.accountBy({ domain: 'acme.example' })) ?? 0;
  await dashboard.store.decide(
    { kind: 'merge', accountId, targetId: acme, note: '' },
    'owner@millrace.example',
    sampleNow,
  );
  expect(await (await get(link)).text()).toContain('<h1>Acme</h1>');
  expect(await (await get(`/accounts/${acme}/share`, { cookie })).text()).toContain('/shares/1/revoke');
});

test('older visits go on page by page under the same link, and no further than the company', async () => {
  await fresh();
  await dashboard.store.append(
    Array.from({ length: 30 }, (_, number) =>
      draft({ visitor: 'a', at: daysAgo(60) + number * 6 * 3_600_000, path: `/old-${number}` }, number),
    ),
  );
  await dashboard.store.append([
    draft({ visitor: 'q', at: daysAgo(50), company: 'Acme', path: '/not-theirs' }),
  ]);
  const link = await linkOf();
  const html = await (await get(link)).text();
  const next = /href="([^"#]+)#visits">Show older visits/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next.startsWith(`${link}?before=`)).toBe(true);
  const older = await (await get(next)).text();
  expect(older).toContain('/old-0');
  expect(html + older).not.toContain('/not-theirs');
});

test('of fifty links in use a company has enough', async () => {
  await fresh();
  for (let number = 0; number < 50; number++) {
    const share = {
      accountId,
      hash: `hash-${number}`,
      password: null,
      showsPeople: false,
      expiresAt: sampleNow + day,
    };
    await dashboard.store.makeShare(share, 'owner@millrace.example', sampleNow);
  }
  const answer = await post(`/accounts/${accountId}/share`, { days: '7' }, { cookie });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('has 50 links in use')]);
});
