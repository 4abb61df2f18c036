import { beforeAll, describe, expect, test } from 'vitest';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { hostile } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  cookie = await dashboard.signIn('marketer');
});

async function page(path: string): Promise<string> {
  const response = await dashboard.app.request(`${origin}${path}`, { headers: { cookie } });
  expect(response.status).toBe(200);
  return response.text();
}

/** Names in the list, in order, as the page has them. */
function names(html: string): string[] {
  return [...html.matchAll(/class="claim-name"[^>]*>([^<]*)</g)].map((match) => match[1] ?? '');
}

function rowsOf(csv: string): string[] {
  return csv.trimEnd().split('\r\n').slice(1);
}

describe('the list', () => {
  test('shows companies, the last to come first, and never a provider', async () => {
    const html = await page('/accounts?period=all');
    expect(names(html)[0]).toBe('Brightwater Energy');
    expect(html).not.toMatch(/Gull Broadband|Heath Mobile|Stratus Hosting|Veil VPN|Marlow Castings/);
  });

  test.each([
    ['possible', 'Marlow Castings', 'Gull Broadband'],
    ['providers', 'Gull Broadband', 'Stratus Hosting'],
    ['hosting', 'Veil VPN', 'Marlow Castings'],
    ['unknown', 'Unknown', 'Brightwater'],
  ])('has the %s networks under a filter of their own, without an export', async (view, there, notThere) => {
    const html = await page(`/accounts?period=all&view=${view}`);
    expect(html).toContain(there);
    expect(names(html).join()).not.toContain(notThere);
    expect(html).not.toContain('/accounts.csv');
  });

  test('is sorted by its headers, which say how', async () => {
    const html = await page('/accounts?period=all&sort=name');
    const shown = names(html).filter((name) => /^[A-Z]/.test(name));
    expect(shown.slice(0, 3)).toEqual([...shown].sort((a, b) => a.localeCompare(b)).slice(0, 3));
    expect(html).toMatch(
      /aria-sort="ascending"[^>]*><a href="\/accounts\?period=all&amp;sort=name&amp;dir=desc"/,
    );
  });

  test('is found by name or domain', async () => {
    expect(names(await page('/accounts?period=all&q=BRIGHTWATER-energy.exa'))).toEqual([
      'Brightwater Energy',
    ]);
  });

  test('has forty rows a page and says which', async () => {
    const first = await page('/accounts?period=all');
    const second = await page('/accounts?period=all&page=2');
    expect(names(first)).toHaveLength(40);
    expect(first).toMatch(/1–40 of (\d+)/);
    expect(second).toMatch(/41–\d+ of \d+/);
    expect(names(second).filter((name) => names(first).includes(name))).toEqual([]);
  });

  test('tells on the name why we think it is them', async () => {
    const html = await page('/accounts?period=all&q=brightwater');
    const id = /aria-describedby="(why-\d+)"/.exec(html)?.[1];
    expect(html).toContain(`id="${id}" role="tooltip"`);
    expect(html).toContain('data of 2026-11-01');
  });

  test.each([
    '?page=zzz',
    '?sort=;drop&dir=up',
    '?period=custom&from=2026-02-30&to=x',
    '?site=99',
    '?q=%00%ff',
    '?view=no',
  ])('shows something sensible for the mistyped address %s', async (query) => {
    expect(await page(`/accounts${query}`)).toMatch(/class="claim-name"|class="empty"/);
  });

  test('a page beyond the last says where the rows are', async () => {
    expect(await page('/accounts?period=all&page=40')).toContain('Back to the first page');
  });
});

describe('several sites', () => {
  test('can be looked at together or one by one', async () => {
    const two = await openDashboard({ traffic: true });
    const other = await two.store.addSite('other.example', [], 0);
    const headers = { cookie: await two.signIn('owner') };
    const ask = async (path: string) => (await two.app.request(`${origin}${path}`, { headers })).text();
    expect(await ask('/accounts')).toContain('All sites');
    expect(names(await ask('/accounts?site=1')).length).toBeGreaterThan(0);
    const empty = await ask(`/accounts?site=${other.id}`);
    expect(empty).toContain(`<option value="${other.id}" selected="">other.example</option>`);
    expect(names(empty)).toEqual([]);
    expect(empty).toContain(`href="/sites/${other.id}/tag"`);
  });

  test('one alone needs no switch', async () => {
    expect(await page('/accounts')).not.toContain('All sites');
  });
});

describe('an empty list', () => {
  test('of a search offers to clear it', async () => {
    const html = await page('/accounts?period=90d&q=nobody-at-all');
    expect(html).toContain('Nothing matches');
    expect(html).toContain('href="/accounts?period=90d"');
  });

  test('of a period offers all time', async () => {
    const html = await page('/accounts?period=custom&from=2020-01-01&to=2020-01-31');
    expect(html).toContain('from 1 Jan 2020 to 31 Jan 2020');
    expect(html).toContain('href="/accounts?period=all"');
  });

  test('before the first site leads to adding one, for the owner', async () => {
    const fresh = await openDashboard({ traffic: false });
    const ask = async (role: 'owner' | 'sales') =>
      (
        await fresh.app.request(`${origin}/accounts`, { headers: { cookie: await fresh.signIn(role) } })
      ).text();
    expect(await ask('owner')).toContain('href="/sites/new"');
    expect(await ask('sales')).not.toContain('href="/sites/new"');
  });

  test('before the first visit leads to the tag', async () => {
    const fresh = await openDashboard({ traffic: false });
    const site = await fresh.store.addSite('new.example', [], 0);
    const headers = { cookie: await fresh.signIn('owner') };
    const html = await (await fresh.app.request(`${origin}/accounts`, { headers })).text();
    expect(html).toContain('No visits yet');
    expect(html).toContain(`href="/sites/${site.id}/tag"`);
  });
});

describe('the export', () => {
  test('holds exactly the list: the same rows in the same order, of all pages', async () => {
    const query = '?period=90d&sort=visits&dir=asc';
    const shown = [
      ...names(await page(`/accounts${query}`)),
      ...names(await page(`/accounts${query}&page=2`)),
    ];
    const rows = rowsOf(await page(`/accounts.csv${query}`));
    expect(rows).toHaveLength(shown.length);
    const plain = (name: string) => /^[\w .]+$/.test(name);
    const exported = rows.map((row) => row.split(',')[0] ?? '');
    expect(exported.filter(plain)).toEqual(shown.filter(plain));
  });

  test('says what it is', async () => {
    const response = await dashboard.app.request(`${origin}/accounts.csv`, { headers: { cookie } });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="footlight-companies-2026-11-20.csv"',
    );
    expect((await response.text()).split('\r\n')[0]).toBe(
      'name,domain,country,kind,confidence,first_visit,last_visit,visits,people,pages,forms,channel,source,status,score,score_band,owner,tags,industry,employees,engaged_seconds,pages_change,segment',
    );
  });

  test('runs nothing in a spreadsheet', async () => {
    const csv = await page('/accounts.csv?period=all');
    expect(csv).toContain(`"'${hostile.name.replaceAll('"', '""')}"`);
    for (const row of rowsOf(csv)) expect(row).not.toMatch(/(^|,)"?[=@]/);
  });
});

describe('what strangers wrote', () => {
  test('is text on the list, in its search and on the company’s page', async () => {
    const list = await page(`/accounts?period=all&q=${encodeURIComponent('<script>alert(1)</script>')}`);
    expect(names(list)).toHaveLength(1);
    const account = /href="(\/accounts\/\d+)"/.exec(list)?.[1];
    const story = await page(`${account}`);
    expect(story).toContain('&lt;svg onload=alert(3)&gt;');
    for (const html of [list, story]) {
      expect(html).not.toMatch(/<script>|<img|<svg onload/);
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    }
  });

  test('stays text where a search finds nothing', async () => {
    const html = await page(`/accounts?q=${encodeURIComponent('"><img src=x onerror=alert(9)>')}`);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x');
  });
});
