/** A company's people, whom its owner knows there besides, and their part in buying. */
import { beforeAll, expect, test } from 'vitest';
import type { ContactRow } from '../../collector/store/people.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { contact, day, draft, minute, touchpoint } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;
let owner: string;
const ids = new Map<string, number>();

const longName = 'Wilhelmina-Alexandrina van den Oetelaar-Grzegorzewska '.repeat(3).trim();

async function imported(...rows: Partial<ContactRow>[]): Promise<void> {
  const file = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
  const id = await dashboard.store.beginImport(file, 'owner@millrace.example', sampleNow);
  await dashboard.store.importContacts(rows.map(contact), sampleNow, id);
}

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: false });
  const { store } = dashboard;
  await store.addSite('millrace.example', [], sampleNow - 900 * day);
  const harbour = { name: 'Harbour Tools', domain: 'harbour-tools.com' };
  await store.append([
    draft({ visitor: 'lee', at: sampleNow - 3 * day, email: 'lee@harbour-tools.com' }),
    draft({ visitor: 'lee', at: sampleNow - 3 * day + minute, path: '/pricing', title: 'Pricing' }),
    draft({ visitor: 'lee', at: sampleNow - 500 * day, path: '/blog' }),
    ...Array.from({ length: 40 }, (_, number) =>
      draft({
        visitor: `b${number}`,
        company: 'Many',
        at: sampleNow - (number + 1) * day,
        key: `b${number}`,
      }),
    ),
    draft({ visitor: 'one', company: 'Single', at: sampleNow - day, path: '/docs' }),
    draft({
      visitor: 'u',
      company: 'Single',
      at: sampleNow - 40 * day,
      via: 'server',
      type: 'track',
      detail: { track: { name: 'Ticket opened', props: { source: 'Zendesk' } }, server: true },
    }),
    touchpoint({ at: sampleNow - 20 * day, email: 'pat@harbour-tools.com' }),
  ]);
  await imported(
    { email: 'lee@harbour-tools.com', name: 'Lee Mo', title: 'CTO', role: 'user', company: harbour },
    {
      email: 'a&b?cc=x@harbour-tools.com',
      name: '<b>Rob</b>',
      role: 'buyer',
      company: harbour,
      attributes: { Region: 'North' },
    },
    { email: 'long@harbour-tools.com', name: longName, company: harbour },
  );
  for (const name of ['Harbour Tools', 'Many', 'Single'])
    ids.set(name, (await store.findAccounts(name === 'Harbour Tools' ? 'harbour' : name, 1))[0]?.id ?? 0);
  cookie = await dashboard.signIn('sales');
  owner = await dashboard.signIn('owner');
});

const page = async (company: string, tab = '', as = cookie) => {
  const answer = await dashboard.app.request(`${origin}/accounts/${ids.get(company)}${tab}`, {
    headers: { cookie: as },
  });
  return { status: answer.status, html: await answer.text() };
};
const say = (company: string, fields: Record<string, string>) =>
  dashboard.app.request(`${origin}/accounts/${ids.get(company)}/roles`, form(fields, { cookie }));
const rows = (html: string) => html.split('<li class="roster-row').slice(1);
const whomOf = (html: string, name: string) =>
  /name="whom" value="([pc]\d+)"/.exec(rows(html).find((row) => row.includes(name)) ?? '')?.[1] ?? '';

test.each([
  ['', 'Activity'],
  ['/people', 'People'],
  ['/prospects', 'Prospects'],
  ['/notes', 'Notes'],
])('the address …%s is the tab %s, with who they are and what to do next above it', async (tab, label) => {
  const { status, html } = await page('Harbour Tools', tab);
  expect(status).toBe(200);
  expect(html.match(/aria-current="page">([^<]+)/g)).toContain(`aria-current="page">${label}`);
  for (const title of ['next-title', 'score-title', 'who-title']) expect(html).toContain(`id="${title}"`);
  expect(html.length).toBeLessThan(100_000);
});

test('tells everybody who came or was met, what they did, and the gap in between', async () => {
  const { html } = await page('Harbour Tools', '/people');
  const found = rows(html);
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('Lee Mo');
  expect(found[0]).toContain('CTO');
  expect(found[0]).toContain('href="mailto:lee@harbour-tools.com"');
  expect(found[0]).toContain('Viewed <strong>Pricing</strong>');
  expect(found[0]).toContain('away for 497 days in between');
  expect(found[1]).toContain('pat@harbour-tools.com');
  expect(found[1]).toContain('1 touchpoint');
  // Whom a file alone knows is no row here, though the group of those who buy has them.
  expect(found.join('')).not.toContain('Rob');
  expect(html).toContain('&lt;b&gt;Rob&lt;/b&gt;<span class="muted"> · not here yet</span>');
});

test('a browser that is nobody’s is called by its number, the same on every tab, and has no role', async () => {
  const { html } = await page('Many', '/people');
  expect(rows(html)).toHaveLength(20);
  expect(rows(html)[0]).toContain('Visitor 40');
  expect(rows(html)[0]).not.toContain('role-form');
  expect((await page('Many')).html).toContain('<span class="lane-name">Visitor 40</span>');
  const second = (await page('Many', '/people?page=2')).html;
  expect(rows(second)).toHaveLength(20);
  expect(second).toContain('21–40 of 40');
  expect(rows((await page('Many', '/people?page=999')).html)).toHaveLength(20);
});

test('a role that is said stands over the file’s, with who said it, and can be taken back', async () => {
  const before = (await page('Harbour Tools', '/people')).html;
  expect(before).toContain('Missing: decision-maker, champion');
  const whom = whomOf(before, 'Lee Mo');
  const answer = await say('Harbour Tools', { whom, role: 'decision-maker', tab: 'people' });
  expect(answer.headers.get('location')).toBe(`/accounts/${ids.get('Harbour Tools')}/people?said=${whom}`);
  const { html } = await page('Harbour Tools', `/people?said=${whom}`);
  expect(html).toContain('Lee Mo: decision-maker.');
  expect(html).toContain('said by sales@millrace.example');
  expect(html).toContain('your file says user');
  expect(html).toContain('Missing: champion, user');
  const log = await dashboard.store.audited({ what: 'buying-role', who: null, before: null, limit: 5 });
  expect(log[0]).toMatchObject({ who: 'sales@millrace.example', subject: 'lee@harbour-tools.com' });
  await say('Harbour Tools', { whom, role: 'file', tab: 'people' });
  expect((await page('Harbour Tools', '/people')).html).toContain('from your file');
});

test('no role is said of somebody of another company, of nobody, or that there is none of', async () => {
  const whom = whomOf((await page('Harbour Tools', '/people')).html, 'Lee Mo');
  for (const [company, fields, status] of [
    ['Many', { whom, role: 'user' }, 404],
    ['Harbour Tools', { whom: 'p999', role: 'user' }, 404],
    ['Harbour Tools', { whom: 'x1', role: 'user' }, 404],
    ['Harbour Tools', { whom, role: 'boss' }, 400],
    ['Nobody', { whom, role: 'user' }, 404],
  ] as const)
    expect((await say(company, fields)).status, JSON.stringify(fields)).toBe(status);
  const [lee] = await dashboard.store.people(ids.get('Harbour Tools') ?? 0);
  expect(lee).toMatchObject({ role: 'user', roleSaid: null });
});

test('prospects are those whom a file knows and nobody has seen, and a letter to them is begun safely', async () => {
  const { html } = await page('Harbour Tools', '/prospects');
  expect(rows(html)).toHaveLength(2);
  expect(html).toContain('&lt;b&gt;Rob&lt;/b&gt;');
  expect(html).not.toContain('<b>Rob');
  expect(html).toContain('href="mailto:a%26b%3Fcc%3Dx@harbour-tools.com"');
  expect(html).toContain('Region');
  expect(html).toContain(longName);
  expect(rows(html).join('')).not.toContain('Lee Mo');
  const whom = whomOf(html, 'Rob');
  await say('Harbour Tools', { whom, role: 'champion', tab: 'prospects' });
  const said = (await page('Harbour Tools', `/prospects?said=${whom}`)).html;
  expect(said).toContain('&lt;b&gt;Rob&lt;/b&gt;: champion.');
  expect(said).toContain('Write to &lt;b&gt;Rob&lt;/b&gt;');
});

test('where nobody is known, it says how to import contacts, to whoever may', async () => {
  const sales = (await page('Single', '/prospects')).html;
  expect(sales).toContain('Import a file of contacts');
  expect(sales).not.toContain('href="/imports/new"');
  expect(sales).toContain('A marketer or an owner can do it.');
  expect((await page('Single', '/prospects', owner)).html).toContain('href="/imports/new"');
});

test('what a server told stands in the story beside the visits, with its source', async () => {
  const { html } = await page('Single');
  expect(html).toContain('Told by your server');
  expect(html).toContain('source: Zendesk');
  expect((await page('Harbour Tools')).html).toContain('<span class="chip">Pipedrive</span>');
});

test('says what to do next, and no more of it once it is done', async () => {
  const before = (await page('Single')).html;
  expect(before).toContain('Give it an owner');
  await dashboard.store.mark(
    [ids.get('Single') ?? 0],
    { kind: 'assign', owner: 'sales@millrace.example' },
    'sales@millrace.example',
    sampleNow,
  );
  expect((await page('Single')).html).not.toContain('Give it an owner');
});

test.each(['/people', '/prospects', '/notes'])('%s of no company is not found', async (tab) => {
  for (const company of ['999999', 'x']) {
    const path = `${origin}/accounts/${company}${tab}`;
    expect((await dashboard.app.request(path, { headers: { cookie } })).status).toBe(404);
  }
});
