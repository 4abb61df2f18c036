import { beforeAll, expect, test } from 'vitest';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { contact, type DraftWish, day, draft, hour, touchpoint } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;

const daysAgo = (days: number) => sampleNow - days * day;
const told = (
  user: string | null,
  email: string | null,
  traits = {},
): Pick<DraftWish, 'type' | 'detail'> => ({
  type: 'identify',
  detail: { identify: { user, email, traits } },
});

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: false });
  const { store } = dashboard;
  await store.addSite('millrace.example', [], daysAgo(100));
  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  await append(
    { visitor: 'phone', at: daysAgo(40), arrival: { channel: 'Organic Social', source: 'linkedin.com' } },
    { visitor: 'phone', at: daysAgo(39), path: '/pricing', title: 'Prices' },
    { visitor: 'desk', at: daysAgo(30), ...told('42', 'kim@harbour-tools.com', { plan: 'pro', seats: 3 }) },
    { visitor: 'phone', at: daysAgo(20), path: '/login', ...told(null, 'kim@harbour-tools.com') },
    { visitor: 'nobody', at: daysAgo(10), company: 'Acme' },
    { visitor: 'stranger', at: daysAgo(9) },
    {
      visitor: 'hostile',
      at: daysAgo(8),
      ...told('<script>alert(1)</script>', null, { '<b>bold</b>': '"><img src=x>' }),
    },
    { visitor: 'long', at: daysAgo(7), ...told('w'.repeat(300), null) },
  );
  const touchpoints = await store.beginImport(
    { kind: 'touchpoints', fileName: 'calls.csv', siteId: 1, mapping: {} },
    'owner@example.com',
    daysAgo(5),
  );
  await store.append([
    touchpoint({ importId: touchpoints, at: daysAgo(35), email: 'kim@harbour-tools.com' }),
  ]);
  const people = await store.beginImport(
    { kind: 'contacts', fileName: 'people.csv', siteId: null, mapping: {} },
    'owner@example.com',
    daysAgo(5),
  );
  await store.importContacts(
    [
      contact({
        email: 'kim@harbour-tools.com',
        name: 'Kim',
        title: 'Head of buying',
        role: 'decision-maker',
        attributes: { Region: 'North' },
      }),
      contact({ email: 'lee@harbour-tools.com', name: 'Lee' }),
    ],
    daysAgo(5),
    people,
  );
  cookie = await dashboard.signIn('owner');
});

const ask = (path: string, as = cookie) =>
  dashboard.app.request(`${origin}${path}`, { headers: { cookie: as } });
const text = async (path: string) =>
  (await (await ask(path)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** Where a browser's address leads, by the order in which browsers came. */
const pathOf = async (visitorId: number) =>
  (await ask(`/people/v${visitorId}`)).headers.get('location') ?? `/people/v${visitorId}`;

test('answers who they are, what they did, whom they work for and where in the journey', async () => {
  const page = await text(await pathOf(1));
  for (const heading of ['Who they are', 'What they did', 'Whom they work for', 'Where in the journey'])
    expect(page).toContain(heading);
  expect(page).toContain('Head of buying');
  expect(page).toContain('Decision-maker');
  expect(page).toMatch(/Region North Your file/);
  expect(page).toMatch(/seats 3 Your site, \d+ \w+ \d+ · number/);
  expect(page).toMatch(/Organic Social · linkedin\.com/);
  expect(page).toContain('Landed on Prices');
  // A call of which a file told stands among the visits, with its source.
  expect(page).toMatch(/Imported Pipedrive/);
  expect(page).toMatch(/Harbour Tools 4 visits, 1 touchpoint/);
  expect(page).toContain('Gave a business e-mail address at harbour-tools.com');
});

test('says what joined each browser, with the visits from before', async () => {
  const page = await text(await pathOf(1));
  expect(page).toContain('identify told kim@harbour-tools.com and your id 42 Joined this browser to them.');
  expect(page).toContain(
    'identify told kim@harbour-tools.com Joined this browser to them, with 2 visits from before.',
  );
  expect(page).toContain('A file of touchpoints names kim@harbour-tools.com');
});

test('every browser of one person leads to one address, and so do the file and the account’s page', async () => {
  const [phone, desk] = [await pathOf(1), await pathOf(2)];
  expect(phone).toMatch(/^\/people\/\d+$/);
  expect(desk).toBe(phone);
  expect((await ask('/people/c1')).headers.get('location')).toBe(phone);
  const account = await (await ask('/accounts/by?domain=harbour-tools.com')).headers.get('location');
  expect(await (await ask(`${account}/people`)).text()).toContain(`href="${phone}"`);
  expect(await (await ask(`${account}/prospects`)).text()).toContain('href="/people/c2"');
});

test('what is asked of older visits goes along to where the address leads', async () => {
  const answer = await ask(`/people/v1?before=${daysAgo(30)}-9`);
  expect(answer.headers.get('location')).toBe(`${await pathOf(1)}?before=${daysAgo(30)}-9`);
  const page = await text(answer.headers.get('location') ?? '');
  expect(page).toContain('Back to the newest');
  expect(page).toContain('Landed on Prices');
  // Newer than the place that was asked for.
  expect(page).not.toContain('Told us who they are kim@harbour-tools.com /login');
});

test('a browser that nobody named says so, and at which company somebody had it', async () => {
  const page = await text('/people/v3');
  expect(page).toMatch(/Unknown visitor somebody at Acme/);
  expect(page).toContain('Nobody told who this is.');
  const stranger = await text('/people/v4');
  expect(stranger).toContain('No company known');
  expect(stranger).not.toContain('somebody at');
});

test('somebody whom a file alone tells of has a page without visits', async () => {
  const page = await text('/people/c2');
  expect(page).toContain('Not seen here');
  expect(page).toContain('An imported list of people says so');
  expect(page).not.toContain('Show older visits');
});

test('what was told as markup is text, and a long id is whole', async () => {
  const html = await (await ask(await pathOf(5))).text();
  expect(html).not.toMatch(/<script>alert|<img src=x|<b>bold/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(await text(await pathOf(6))).toContain('w'.repeat(300));
});

test.each([
  '/people/999',
  '/people/v999',
  '/people/c999',
  '/people/0',
  '/people/x',
  '/people/v',
  '/people/1e3',
  '/people/%2e',
])('%s is nobody', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test('who may not import sees from which file it is, without the way to undo it', async () => {
  const sales = await dashboard.signIn('sales');
  const html = await (await ask(await pathOf(1), sales)).text();
  expect(html).toContain('people.csv');
  expect(html).not.toContain('/imports/');
  const owner = await (await ask(await pathOf(1))).text();
  expect(owner).toMatch(/href="\/imports\/\d+">people\.csv/);
});

test('a browser that two people share says whose it was from when on, to both', async () => {
  const { store } = dashboard;
  const [ann, bob] = ['ann@harbour-tools.com', 'bob@harbour-tools.com'];
  await store.append(
    [ann, bob, ann].map((email, index) => draft({ visitor: 'kiosk', at: daysAgo(6 - index), email }, index)),
  );
  const people = await store.people((await store.accountBy({ domain: 'harbour-tools.com' })) ?? 0);
  const idOf = (email: string) => people.find((person) => person.email === email)?.personId;
  const html = await (await ask(`/people/${idOf(bob)}`)).text();
  expect(html).toContain('From here on this browser was theirs.');
  expect(html.match(/From here on this browser was ann@harbour-tools\.com’s\./g)).toHaveLength(2);
  expect(html).toContain(`href="/people/${idOf(ann)}"`);
  expect(await text(`/people/${idOf(ann)}`)).toContain(`From here on this browser was ${bob}’s.`);
});

test('a person with many visits has pages of twenty, below 100 KB, none twice and none lost', async () => {
  const many = Array.from({ length: 50 }, (_, number) =>
    draft(
      { visitor: 'regular', at: daysAgo(90) + number * 12 * hour, email: 'ali@harbour-tools.com' },
      number,
    ),
  );
  await dashboard.store.append(many);
  const people = await dashboard.store.people(
    (await dashboard.store.accountBy({ domain: 'harbour-tools.com' })) ?? 0,
  );
  const ali = people.find(({ email }) => email === 'ali@harbour-tools.com');
  const seen: string[] = [];
  let next: string | undefined = `/people/${ali?.personId}`;
  while (next) {
    const html: string = await (await ask(next)).text();
    expect(html.length).toBeLessThan(100_000);
    seen.push(
      ...[...html.matchAll(/<h3 id="visit-\d+"><time datetime="([^"]+)"/g)].map((match) => match[1] ?? ''),
    );
    next = /href="([^"#]+)#visits">Show older visits/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen).toHaveLength(50);
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
});
