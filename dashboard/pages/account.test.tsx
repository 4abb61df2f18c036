import { beforeAll, expect, test } from 'vitest';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  cookie = await dashboard.signIn('sales');
});

const ask = (path: string) => dashboard.app.request(`${origin}${path}`, { headers: { cookie } });

async function pathOf(name: string): Promise<string> {
  const html = await (await ask(`/accounts?period=all&q=${encodeURIComponent(name)}`)).text();
  return /href="(\/accounts\/\d+)"/.exec(html)?.[1] ?? '';
}

/** Visits on a page, by the text of their headings. */
const visits = (html: string) =>
  [...html.matchAll(/<h3 id="visit-\d+"><time datetime="([^"]+)"/g)].map((match) => match[1] ?? '');

test('a story of one day has one visit and no gap', async () => {
  const html = await (await ask(await pathOf('Nordwind'))).text();
  expect(visits(html)).toHaveLength(1);
  expect(html).not.toContain('without a visit');
  expect(html).toContain('Landed on');
});

test('more than a month of silence is shown as a gap, once', async () => {
  const html = await (await ask(await pathOf('Halcyon'))).text();
  const gaps = [...html.matchAll(/<li class="gap"><span>([^<]+)</g)].map(([, says]) => says);
  expect(gaps).toEqual(['401 days without a visit']);
  expect(html).toContain('away for 402 days');
  expect(html).toContain('<path class="lane-silence"');
});

test('visits come newest first, and the older ones by a link, none twice and none lost', async () => {
  const path = await pathOf('Brightwater');
  const { visits: all } = (await dashboard.store.account(Number(path.split('/')[2]), null, 0)) ?? {
    visits: -1,
  };
  const seen: string[] = [];
  let next: string | undefined = path;
  while (next) {
    const html: string = await (await ask(next)).text();
    seen.push(...visits(html));
    next = /href="([^"#]+)#visits">Show older visits/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen).toHaveLength(all);
  expect(seen).toEqual([...seen].sort().reverse());
});

test('choosing a lane shows its visits alone, and all again', async () => {
  const path = await pathOf('Halcyon');
  const html = await (await ask(path)).text();
  const label = '<span class="lane-label"><span class="lane-dot"></span><span class="lane-name">Visitor 2<';
  const lane = new RegExp(`href="(${path}\\?visitor=\\d+)#visits">${label}`);
  const chosen = await (await ask(lane.exec(html)?.[1] ?? '')).text();
  expect(visits(chosen)).toHaveLength(1);
  expect(chosen).toContain('Visits of Visitor 2');
  expect(chosen).toContain(`href="${path}#visits">Show all 2`);
});

test('says how we know, with confidence, network and the age of the data', async () => {
  const html = await (await ask(await pathOf('Halcyon'))).text();
  expect(html).toContain('Likely · 83 %');
  expect(html).toContain('data of 2026-11-01');
  expect(html).toContain('198.51.1.0/24');
});

test('the chart says in words what it shows', async () => {
  const html = await (await ask(await pathOf('Halcyon'))).text();
  expect(html).toMatch(/<desc id="activity-desc">\d+ pages in 90 days; busiest on [^<]+<\/desc>/);
});

test.each(['/accounts/999999', '/accounts/0', '/accounts/abc', '/accounts/1e99'])(
  '%s is no company',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test('a lane of another company shows nothing of it', async () => {
  const other = await (await ask(await pathOf('Brightwater'))).text();
  const visitor = /\?visitor=(\d+)/.exec(other)?.[1];
  const html = await (await ask(`${await pathOf('Halcyon')}?visitor=${visitor}`)).text();
  expect(visits(html)).toEqual([]);
});

test('colleagues who all told their e-mail are one reason, not ten', async () => {
  const path = await pathOf('Brightwater');
  const lanes = await dashboard.store.lanes(Number(path.split('/')[2]), null);
  expect(new Set(lanes.map(({ person }) => person).filter(Boolean)).size).toBeGreaterThan(1);
  const html = await (await ask(path)).text();
  expect(html.match(/class="attribution-source">Business e-mail</g)).toHaveLength(1);
});

test('where they got stuck leads to the visit in which it was', async () => {
  const path = await pathOf('Halcyon');
  const account = await dashboard.store.account(Number(path.split('/')[2]), null, 0);
  // Nobody got stuck there, so there is no word of it.
  expect(await (await ask(path)).text()).not.toContain('Where they got stuck');
  const at = sampleNow - 390 * day;
  const form = { step: 'abandon', name: 'Demo', id: 'demo', action: '/demo', field: 'phone' } as const;
  await dashboard.store.append([
    draft({ visitor: 'stuck', at, email: `kim@${account?.domain}` }),
    draft({ visitor: 'stuck', at: at + 9_000, type: 'form', detail: { form } }),
  ]);
  const html = await (await ask(path)).text();
  expect(html).toContain('Gave up the form “Demo”');
  const href = /href="([^"]+)">the visit of/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const [there = '', anchor] = href.split('#');
  const first = /<h3 id="(visit-\d+)"><time datetime="([^"]+)"/.exec(await (await ask(there)).text());
  expect([first?.[1], first?.[2]]).toEqual([anchor, new Date(at).toISOString()]);
});
