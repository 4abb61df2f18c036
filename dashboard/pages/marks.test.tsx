import { beforeAll, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';

let dashboard: TestDashboard;
const cookies = { owner: '', marketer: '', sales: '' };

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  for (const role of ['owner', 'marketer', 'sales'] as const) cookies[role] = await dashboard.signIn(role);
});

type Who = keyof typeof cookies;

async function page(path: string, who: Who = 'sales'): Promise<string> {
  const response = await dashboard.app.request(`${origin}${path}`, { headers: { cookie: cookies[who] } });
  expect(response.status).toBe(200);
  return response.text();
}

/** Sends a form, several values of one name too; gives where it leads, or what it says. */
async function send(path: string, fields: [string, string][], who: Who = 'sales') {
  const plain = form({}, { cookie: cookies[who] });
  const body = new URLSearchParams(fields).toString();
  const headers = { ...(plain.headers as Record<string, string>), 'content-length': String(body.length) };
  const response = await dashboard.app.request(`${origin}${path}`, { ...plain, headers, body });
  return {
    status: response.status,
    to: response.headers.get('location') ?? '',
    text: await response.text(),
  };
}

const mark = async (ids: number[], fields: Record<string, string>, who: Who = 'sales') =>
  send(
    '/accounts/marks',
    [...ids.map((id): [string, string] => ['id', String(id)]), ...Object.entries(fields)],
    who,
  );

const names = (html: string) =>
  [...html.matchAll(/class="claim-name"[^>]*>([^<]*)</g)].map((match) => match[1]);
const idsOf = (html: string) =>
  [...html.matchAll(/name="id" value="(\d+)"/g)].map((match) => Number(match[1]));
const counts = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<span>([^<]+)<\/span><span class="rail-count">([\d,]+)</g)].map(([, list, count]) => [
      list,
      Number(count?.replace(',', '')),
    ]),
  );

describe('the lists beside the companies', () => {
  test('say how many each has, and show them', async () => {
    const html = await page('/accounts?period=90d');
    const said = counts(html);
    expect(Object.keys(said)).toEqual([
      'All',
      'New',
      'Mine',
      'Followed',
      'Nobody has looked at these',
      'Hidden',
    ]);
    expect(said.All).toBe(Number(/1–40 of (\d+)/.exec(html)?.[1]));
    const fresh = await page('/accounts?period=90d&list=new&rows=200');
    expect(names(fresh)).toHaveLength(said.New ?? -1);
    expect(fresh).not.toContain('Returning');
  });

  test('keep the rest of the address', async () => {
    const html = await page('/accounts?period=90d&q=a&sort=name');
    expect(html).toContain('href="/accounts?period=90d&amp;q=a&amp;list=mine&amp;sort=name"');
    expect(html).toContain('href="/accounts?period=90d&amp;q=a&amp;list=unseen"');
  });

  test('say why one is empty, and that it is no harm', async () => {
    expect(await page('/accounts?list=mine', 'marketer')).toContain('None of these is yours');
    expect(await page('/accounts?list=no-such-list')).toContain('aria-current="page"><span>All</span>');
  });
});

describe('companies that are chosen', () => {
  test('are hidden, said so with their number, and are back when that is undone', async () => {
    const before = counts(await page('/accounts?period=all'));
    const ids = idsOf(await page('/accounts?period=all')).slice(0, 12);
    const { status, to } = await mark(ids, { do: 'hide', period: 'all' });
    expect(status).toBe(303);
    expect(to).toMatch(/^\/accounts\?period=all&did=\d+$/);
    const html = await page(to);
    expect(html).toContain('Hid 12 companies.');
    expect(counts(html)).toMatchObject({ All: (before.All ?? 0) - 12, Hidden: 12 });
    expect(idsOf(html).filter((id) => ids.includes(id))).toEqual([]);
    expect(counts(await page('/accounts?period=all', 'owner')).Hidden).toBe(0);

    const undo = /action="(\/marks\/\d+\/undo)"/.exec(html)?.[1] ?? '';
    const undone = await send(undo, [['back', '/accounts?period=all']]);
    expect(await page(undone.to)).toContain('Undone: hid 12 companies.');
    expect(counts(await page('/accounts?period=all'))).toEqual(before);
  });

  test('can be all of the page, without a script', async () => {
    const html = await page('/accounts?period=all&q=on');
    const listed = /name="listed" value="([\d,]+)"/.exec(html)?.[1] ?? '';
    expect(listed.split(',').map(Number)).toEqual(idsOf(html));
    const { to } = await send('/accounts/marks', [
      ['every', '1'],
      ['listed', listed],
      ['do', 'follow'],
      ['q', 'on'],
    ]);
    expect(await page(to)).toContain(`Followed ${idsOf(html).length} companies.`);
    await send(`/marks/${/did=(\d+)/.exec(to)?.[1]}/undo`, [['back', '/']]);
  });

  test('are given an owner, who must be somebody here', async () => {
    const { to } = await mark([7, 8], { do: 'assign', owner: 'marketer@millrace.example' });
    expect(await page(to)).toContain('Made marketer@millrace.example the owner of 2 companies.');
    expect(counts(await page('/accounts?period=all', 'marketer')).Mine).toBe(2);
    expect(names(await page('/accounts?period=all&list=mine', 'marketer'))).toHaveLength(2);
    const wrong = await mark([7], { do: 'assign', owner: 'nobody@elsewhere.example' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('Nobody here has the e-mail &quot;nobody@elsewhere.example&quot;');
    await mark([7, 8], { do: 'assign', owner: '' });
    expect(counts(await page('/accounts?period=all', 'marketer')).Mine).toBe(0);
  });

  test('are tagged; every tag is offered; what was typed stays text', async () => {
    const evil = '"><img src=x>';
    await mark([5], { do: 'tag', tag: `  ${evil}  ` });
    const html = await page('/accounts?period=all&columns=tags,status&rows=200');
    expect(html).not.toContain('<img');
    expect(html).toContain('<option value="&quot;&gt;&lt;img src=x&gt;">');
    expect(html).toContain('<span class="chip">&quot;&gt;&lt;img src=x&gt;</span>');
    await mark([5], { do: 'untag', tag: evil });
    expect(await page('/accounts?period=all&columns=tags,status&rows=200')).not.toContain('img src');
    const long = await mark([5], { do: 'tag', tag: 'x'.repeat(41) });
    expect(long.status).toBe(400);
    expect(long.text).toContain('at most 40 letters');
  });

  test('leave as a file of their own, in the list’s order', async () => {
    const ids = idsOf(await page('/accounts?period=all&sort=name')).slice(1, 4);
    const csv = await page(`/accounts.csv?period=all&sort=name&id=${ids[2]}&id=${ids[0]}&do=export&tag=`);
    const rows = csv.trimEnd().split('\r\n').slice(1);
    const shown = names(await page('/accounts?period=all&sort=name')).slice(1, 4);
    expect(rows.map((row) => row.split(',')[0])).toEqual([shown[0], shown[2]]);
  });

  test('have score, owner, tags and the segment at the end of their file', async () => {
    const [, id = 0] = idsOf(await page('/accounts?period=all&sort=name'));
    await mark([id], { do: 'tag', tag: 'persona=CFO' });
    await mark([id], { do: 'tag', tag: 'North, east' });
    await mark([id], { do: 'follow' });
    await mark([id], { do: 'assign', owner: 'sales@millrace.example' });
    const [kept] = await dashboard.store.scoresOf([id]);
    expect(kept).toBeDefined();
    const where = encodeURIComponent('visits >= 1');
    const csv = await page(`/accounts.csv?period=all&sort=name&where=${where}&id=${id}`);
    const [head = '', row = ''] = csv.trimEnd().split('\r\n');
    expect(head.split(',').slice(13)).toEqual([
      'status',
      'score',
      'score_band',
      'owner',
      'tags',
      'industry',
      'employees',
      'engaged_seconds',
      'pages_change',
      'segment',
    ]);
    expect(row).toMatch(
      new RegExp(
        `,(new|returning),${kept?.score},${kept?.band},sales@millrace\\.example,"North, east; persona=CFO",[^,]*,[^,]*,\\d+,-?\\d+,visits >= 1$`,
      ),
    );
  });

  test('are none when nothing was ticked, or Enter was pressed in an empty field', async () => {
    expect(await mark([], { do: 'hide' })).toMatchObject({ status: 303, to: '/accounts' });
    expect(await mark([4], { do: 'tag', tag: ' ' })).toMatchObject({ status: 303, to: '/accounts' });
    expect(await mark([4], { do: 'sell' })).toMatchObject({ status: 400 });
    expect(await mark([4_000_000], { do: 'hide' })).toMatchObject({ status: 303 });
  });
});

describe('undoing', () => {
  test('of what somebody follows is theirs alone; of an owner, also of those who answer for the list', async () => {
    const followed = /did=(\d+)/.exec((await mark([9], { do: 'follow' }, 'marketer')).to)?.[1];
    expect(await send(`/marks/${followed}/undo`, [], 'sales')).toMatchObject({ status: 403 });
    expect(await send(`/marks/${followed}/undo`, [], 'owner')).toMatchObject({ status: 403 });
    const given = /did=(\d+)/.exec((await mark([9], { do: 'take' }, 'sales')).to)?.[1];
    expect(await send(`/marks/${given}/undo`, [['back', '/accounts']], 'marketer')).toMatchObject({
      status: 303,
    });
    expect(await send('/marks/99999/undo', [], 'owner')).toMatchObject({ status: 404 });
  });

  test('what somebody else did is not told to whoever opens the address', async () => {
    const { to } = await mark([10], { do: 'hide' }, 'marketer');
    expect(await page(to, 'marketer')).toContain('Hid 1 company.');
    expect(await page(to, 'sales')).not.toContain('Hid 1 company.');
  });

  test('leads to no other site', async () => {
    const { to } = await mark([11], { do: 'follow', back: 'https://evil.example/' });
    expect(to).toMatch(/^\/\?did=\d+$/);
  });
});

describe('whoever nobody has looked at', () => {
  test('is looked at when its page is opened, and not by a preview, a fetch ahead or an export', async () => {
    const unseen = async () => counts(await page('/accounts?period=all'))['Nobody has looked at these'];
    const before = await unseen();
    await page('/accounts/20/preview');
    await page('/accounts.csv?period=all');
    await dashboard.app.request(`${origin}/accounts/20`, {
      headers: { cookie: cookies.sales, 'sec-purpose': 'prefetch;prerender' },
    });
    expect(await unseen()).toBe(before);
    await page('/accounts/20');
    expect(await unseen()).toBe((before ?? 0) - 1);
    expect(counts(await page('/accounts?period=all', 'owner'))['Nobody has looked at these']).toBe(
      (before ?? 0) - 1,
    );
  });
});

describe('columns', () => {
  const heads = (html: string) =>
    [...html.matchAll(/<th scope="col"[^>]*>(?:<a [^>]*>)?([A-Z][a-z ]+)/g)].map((match) => match[1]);

  test('are as usual until somebody chooses', async () => {
    expect(heads(await page('/accounts', 'owner'))).toEqual([
      'Company',
      'Score',
      'Last visit',
      'Visits',
      'People',
      'Pages',
      'Change',
      'Source',
      'Status',
      'Activity',
    ]);
  });

  test('are chosen in a menu, stand in the address, and are kept for that user alone', async () => {
    const { to } = await send(
      '/accounts/columns',
      [
        ['column', 'tags'],
        ['column', 'owner'],
        ['column', 'change'],
        ['period', '90d'],
      ],
      'owner',
    );
    expect(to).toBe('/accounts?period=90d&columns=owner%2Ctags%2Cchange');
    const shown = ['Company', 'Owner', 'Tags', 'Change'];
    expect(heads(await page(to, 'owner'))).toEqual(shown);
    expect(heads(await page('/accounts', 'owner'))).toEqual(shown);
    expect(heads(await page('/accounts', 'marketer'))).toContain('Activity');
    expect(heads(await page(to, 'marketer'))).toEqual(shown);
    await send('/accounts/columns', [['usual', '1']], 'owner');
    expect(heads(await page('/accounts', 'owner'))).toContain('Activity');
  });

  test('a mistyped one is left out', async () => {
    expect(heads(await page('/accounts?columns=tags,<b>,pages'))).toEqual(['Company', 'Tags', 'Pages']);
    expect(heads(await page('/accounts?columns=nothing'))).toContain('Activity');
  });
});

describe('the change of engagement', () => {
  test('is sorted by, signed, and said in words', async () => {
    const html = await page('/accounts?period=90d&sort=change&columns=change');
    const shown = [...html.matchAll(/ before">([+−±])([\d,]+)<\/span>/g)].map(
      ([, sign, value]) => (sign === '−' ? -1 : 1) * Number(value?.replace(',', '')),
    );
    expect(shown.length).toBe(40);
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
    expect(html).toContain(`title="${shown[0]} pages more than in the 90 days before"`);
    expect(html).toContain('<span class="hidden">: pages more or fewer than in the 90 days before</span>');
  });

  test('of all time is that of its last thirty days, and says so', async () => {
    expect(await page('/accounts?period=all&columns=change')).toMatch(
      /pages? more in the last 30 days than in the 30 days before/,
    );
  });
});

test('a page of the list is less than 100 KB', async () => {
  expect((await page('/accounts?period=90d', 'owner')).length).toBeLessThan(100_000);
});

test('two hundred rows stand on one page where that is asked', async () => {
  const html = await page('/accounts?period=all&rows=200', 'owner');
  expect(names(html).length).toBeGreaterThan(40);
  expect(html).not.toContain('rel="next"');
  expect(names(await page('/accounts?period=all&rows=7', 'owner'))).toHaveLength(40);
});

describe('a preview', () => {
  test('is a piece of a page: the last visit, its pages and people, as text', async () => {
    const html = await page('/accounts/3/preview');
    expect(html).toMatch(/^<div class="preview">/);
    expect(html).toContain('Last visit');
    expect(html).toMatch(/<li>[^<]+<\/li>/);
    const list = await page(`/accounts?period=all&q=${encodeURIComponent('<script>alert(1)</script>')}`);
    const hostileId = idsOf(list)[0];
    expect(await page(`/accounts/${hostileId}/preview`)).not.toMatch(/<img|<script/);
  });

  test('of nobody is not found', async () => {
    const ask = (path: string) =>
      dashboard.app.request(`${origin}${path}`, { headers: { cookie: cookies.sales } });
    expect((await ask('/accounts/999999/preview')).status).toBe(404);
    expect((await ask('/accounts/x/preview')).status).toBe(404);
  });
});

describe('a company’s page', () => {
  test('takes an owner, tags and notes', async () => {
    const taken = await mark([30], { do: 'take', back: '/accounts/30' });
    expect(taken.to).toMatch(/^\/accounts\/30\?did=\d+$/);
    expect(await page(taken.to)).toContain('Made sales@millrace.example the owner of 1 company.');
    await mark([30], { do: 'tag', tag: 'Trade fair', back: '/accounts/30' });
    expect(await page('/accounts/30')).toContain('aria-label="Remove the tag Trade fair"');
  });

  test('shows notes as they were typed, and runs nothing in them', async () => {
    const text = 'Wants <script>alert(1)</script>\r\ntwo lines';
    expect(await send('/accounts/31/notes', [['text', text]])).toMatchObject({
      status: 303,
      to: '/accounts/31/notes',
    });
    const html = await page('/accounts/31/notes');
    expect(html).toContain('<p class="note-text">Wants &lt;script&gt;alert(1)&lt;/script&gt;\ntwo lines</p>');
    expect(html).not.toContain('<script>alert');
  });

  test('a note is changed and removed by who wrote it, or an owner, and nobody else', async () => {
    await send('/accounts/32/notes', [['text', 'First']]);
    const [note] = await dashboard.store.notes(32);
    const path = `/notes/${note?.id}`;
    expect(await send(path, [['text', 'Mine now']], 'marketer')).toMatchObject({ status: 403 });
    expect(await send(`${path}/remove`, [], 'marketer')).toMatchObject({ status: 403 });
    expect(await page('/accounts/32/notes', 'marketer')).not.toContain('note-change');
    await send(path, [['text', 'Second']]);
    await send(path, [['text', 'Third']], 'owner');
    expect(await page('/accounts/32/notes')).toMatch(/Third[\s\S]*changed by owner@millrace\.example/);
    expect(await send(path, [['text', 'x'.repeat(4_001)]])).toMatchObject({ status: 400 });
    await send(`${path}/remove`, [], 'owner');
    expect(await dashboard.store.notes(32)).toEqual([]);
    expect(await send(path, [['text', 'Late']])).toMatchObject({ status: 404 });
  });

  test('an empty note is none', async () => {
    await send('/accounts/33/notes', [['text', '  \n ']]);
    expect(await dashboard.store.notes(33)).toEqual([]);
    expect(await send('/accounts/999999/notes', [['text', 'x']])).toMatchObject({ status: 404 });
  });
});

test('the keys are switched off for whoever does not want them', async () => {
  expect(await page('/accounts', 'marketer')).toContain('data-keys="on"');
  const { to } = await send(
    '/keys',
    [
      ['keys', 'off'],
      ['back', '/accounts?list=new'],
    ],
    'marketer',
  );
  expect(to).toBe('/accounts?list=new');
  expect(await page('/accounts', 'marketer')).toContain('data-keys="off"');
  expect(await page('/accounts', 'owner')).toContain('data-keys="on"');
  await send(
    '/keys',
    [
      ['keys', 'on'],
      ['back', '/accounts'],
    ],
    'marketer',
  );
  expect(await page('/accounts', 'marketer')).toContain('data-keys="on"');
});

test('nothing is marked from another site, or by nobody', async () => {
  const strange = await dashboard.app.request(
    `${origin}/accounts/marks`,
    form({ id: '1', do: 'hide' }, { cookie: cookies.sales, origin: 'https://evil.example' }),
  );
  expect(strange.status).toBe(403);
  const nobody = await dashboard.app.request(`${origin}/accounts/marks`, form({ id: '1', do: 'hide' }));
  expect(nobody.status).toBe(401);
  expect(counts(await page('/accounts?period=all')).Hidden).toBe(0);
});
