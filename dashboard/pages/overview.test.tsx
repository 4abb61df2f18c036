import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../collector/store/store.ts';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let full: TestDashboard;
let cookie: string;

beforeAll(async () => {
  full = await openDashboard({ traffic: true });
  cookie = await full.signIn('sales');
});

async function page(path: string, of = { dashboard: full, cookie }): Promise<string> {
  const response = await of.dashboard.app.request(`${origin}${path}`, { headers: { cookie: of.cookie } });
  expect(response.status).toBe(200);
  return response.text();
}

async function fresh(fill: (store: Store) => Promise<unknown>, role: 'owner' | 'sales' = 'owner') {
  const dashboard = await openDashboard({ traffic: false });
  await fill(dashboard.store);
  return { dashboard, cookie: await dashboard.signIn(role) };
}

/** Text as it is read, without elements. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the overview', () => {
  test('is first in the navigation, and home is still the companies', async () => {
    const html = await page('/overview');
    expect(html).toMatch(/<nav aria-label="Main" class="nav"><a href="\/overview" aria-current="page">/);
    const home = await full.app.request(`${origin}/`, { headers: { cookie } });
    expect(home.headers.get('location')).toBe('/accounts');
  });

  test('says the numbers that the list of companies says', async () => {
    for (const query of ['?period=7d', '', '?period=90d', '?period=all', '?period=12m']) {
      const list = textOf(await page(`/accounts${query}`));
      const overview = textOf(await page(`/overview${query}`));
      const share = /Visits with a name (\d+ % [\d,]+ of [\d,]+)/.exec(list)?.[1];
      expect(share).toBeDefined();
      expect(overview).toContain(`Visits with a name ${share}`);
      const companies = /Companies ([\d,]+) /.exec(list)?.[1];
      expect(overview).toContain(`Companies ${companies} known`);
    }
  });

  test('compares with the period before in words and with a sign', async () => {
    const text = textOf(await page('/overview'));
    expect(text).toMatch(/in the last 30 days [+−]\d+ %, (more|fewer) than in the 30 days before/);
    expect(text).toMatch(/[+−]\d+ points?, (more|less) than in the 30 days before/);
    expect(text).toContain('all visits, the 30 days before');
  });

  test('compares with the year before, with the same weekdays, or with nothing, as its address says', async () => {
    const text = textOf(await page('/overview?period=7d&weekdays=1'));
    expect(text).toContain('all visits, the same weekdays a week before');
    const year = textOf(await page('/overview?period=7d&compare=year'));
    expect(year).toMatch(/the same days a year before/);
    const none = await page('/overview?period=7d&compare=none');
    expect(textOf(none)).not.toMatch(/than in|cannot be compared|nothing before it/);
    // One key goes to and fro, and the period is kept.
    expect(none).toMatch(/<a href="\/overview\?period=7d"[^>]*data-key="x"/);
    expect(await page('/overview?period=7d')).toMatch(
      /<a href="\/overview\?period=7d&amp;compare=none"[^>]*data-key="x"/,
    );
  });

  test('has a key for each period, and arrows to the days before and after', async () => {
    const html = await page('/overview?period=month');
    const keyed = [...html.matchAll(/data-key="(\w+)"/g)].map((match) => match[1]);
    expect(keyed.sort()).toEqual([...'acdeflmpqrtwxy', 'arrowleft'].sort());
    expect(textOf(html)).toContain('this month');
    // The first of November to the twentieth, and the twenty days before.
    expect(html).toContain('href="/overview?period=custom&amp;from=2026-10-12&amp;to=2026-10-31"');
    const before = await page('/overview?period=custom&from=2026-10-12&to=2026-10-31');
    expect(before).toMatch(/from=2026-11-01&amp;to=2026-11-20"[^>]*data-key="arrowright"/);
    for (const [period, days] of [
      ['last-month', '31 days before'],
      ['yesterday', '1 day before'],
      ['year', '324 days before'],
    ])
      expect(await page(`/overview?period=${period}`), period).toContain(`the ${days}`);
    // On the list, e, f and x are about its rows.
    const list = await page('/accounts?period=28d');
    expect(list).not.toMatch(/data-key="[efx]"/);
    expect(list).toContain('data-key="m"');
  });

  test('does not compare with days before counting began, and says so', async () => {
    const text = textOf(
      await page(
        '/overview',
        await fresh(async (store) => {
          await store.addSite('lumen.example', [], 0);
          await store.append([draft({ at: sampleNow - 10 * day })]);
        }),
      ),
    );
    expect(text).toContain('Counting began on 10 Nov 2026');
    expect(text).not.toMatch(/[+−]\d|Change|than in/);
  });

  test('keeps site and period in its address, and takes both to the list', async () => {
    const html = await page('/overview?period=custom&from=2026-11-01&to=2026-11-12&site=1');
    expect(textOf(html)).toContain('the 12 days before');
    expect(html).toContain('href="/accounts?site=1&amp;period=custom&amp;from=2026-11-01&amp;to=2026-11-12"');
    expect(html).toContain('href="/overview?site=1&amp;period=7d"');
    expect(html).not.toContain('action="/accounts"');
  });

  test('has each list, where rows are of the period alone', async () => {
    const text = textOf(await page('/overview?period=90d'));
    for (const title of ['Sources', 'Landing pages', 'Countries', 'Campaigns']) expect(text).toContain(title);
    expect(text).toMatch(/google Paid Search|google Organic Search/);
    expect(text).toContain('line-controller-dach google');
    expect(text).toMatch(/\/pricing www\.millrace\.example/);
  });

  test('leads from a source, a channel, a page, a country and a campaign to its companies', async () => {
    const at = sampleNow - 3 * day;
    const few = await fresh(async (store) => {
      const site = await store.addSite('lumen.example', [], sampleNow - 100 * day);
      const visit = (visitor: string, company: string | null, source: string, path: string, before = 0) =>
        draft({
          site: site.id,
          visitor,
          company,
          at: at - before * day,
          path,
          arrival: { source, channel: 'Email', campaign: 'spring "sale"' },
          country: company === null ? 'FR' : 'DE',
        });
      await store.append([
        visit('a', 'Acme', 'newsletter', '/pricing'),
        visit('b', 'Borealis', 'newsletter', '/other', 40),
        visit('b', 'Borealis', 'partner.example', '/other'),
        visit('c', null, 'nobody.example', '/nobody'),
      ]);
    });
    const html = await page('/overview', few);
    const hrefOf = (text: string) => {
      const link = new RegExp(`<a href="([^"]*)">${text}</a>`).exec(html)?.[1];
      expect(link, text).toMatch(/^\/accounts\?where=/);
      return (link ?? '').replaceAll('&amp;', '&');
    };
    const listed = async (text: string) =>
      [...(await page(hrefOf(text), few)).matchAll(/class="claim-name"[^>]*>([^<]*)</g)].map((one) => one[1]);
    // Borealis came by the newsletter before the period, and in it otherwise.
    expect(await listed('newsletter')).toEqual(['Acme']);
    expect(await listed('partner.example')).toEqual(['Borealis']);
    expect((await listed('Email')).sort()).toEqual(['Acme', 'Borealis']);
    expect(await listed('/pricing')).toEqual(['Acme']);
    expect((await listed('Germany')).sort()).toEqual(['Acme', 'Borealis']);
    expect((await listed('spring &quot;sale&quot;')).sort()).toEqual(['Acme', 'Borealis']);
    // Nobody with a name came from there.
    expect(html).toContain('nobody.example');
    expect(html).not.toMatch(/<a [^>]*>(nobody\.example|\/nobody|France)</);
    const custom = await page('/overview?period=custom&from=2026-10-01&to=2026-11-20', few);
    expect(custom).toContain(encodeURIComponent('between 2026-10-01 and 2026-11-20').replaceAll('%20', '+'));
  });

  test('an address that makes no sense shows the last thirty days', async () => {
    const asked = textOf(await page('/overview?period=nonsense&from=x&site=99'));
    expect(asked).toBe(textOf(await page('/overview')));
  });
});

describe('an overview without much', () => {
  test('without a site says what to do to an owner, and whom to ask to anybody else', async () => {
    expect(await page('/overview', await fresh(async () => undefined))).toContain('href="/sites/new"');
    const html = await page('/overview', await fresh(async () => undefined, 'sales'));
    expect(html).not.toContain('/sites/new"');
    expect(html).toContain('An owner of this Footlight can do that');
  });

  test('without a visit leads to the tag', async () => {
    const html = await page('/overview', await fresh((store) => store.addSite('lumen.example', [], 0)));
    expect(html).toContain('href="/sites/1/tag"');
    expect(html).not.toContain('visits-chart');
  });

  test('of one event is whole, and words from outside are only words', async () => {
    const long = `/${'conveyor-controls-'.repeat(40)}`;
    const html = await page(
      '/overview?period=7d',
      await fresh(async (store) => {
        await store.addSite('lumen.example', [], 0);
        const arrival = { source: '<script>alert(1)</script>', campaign: '"><img src=x onerror=alert(2)>' };
        await store.append([draft({ at: sampleNow, path: long, arrival, company: 'Acme' })]);
      }),
    );
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).toContain(long);
    expect(textOf(html)).toContain('Visits with a name 100 % 1 of 1');
    expect(textOf(html)).toContain('Visitors 1 different browsers');
  });

  test('of days without a visit leads to all of them', async () => {
    const html = await page('/overview?period=custom&from=2020-01-01&to=2020-01-02');
    expect(html).toContain('No visits from 1 Jan 2020 to 2 Jan 2020');
    expect(html).toContain('href="/overview?period=all"');
  });
});
