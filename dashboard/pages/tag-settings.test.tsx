import { beforeEach, describe, expect, test } from 'vitest';
import { type TagSettings, usualTag } from '../../collector/tag-settings.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('millrace.example', ['mill-race.example'], 0);
  await dashboard.store.addSite('other.example', [], 0);
  cookie = await dashboard.signIn('owner');
});

/** What the form sends where nothing was changed. */
const unchanged = { measures: 'usual', consent: 'none', domain: '', capture: '', link: '' };

const get = async (path: string) =>
  (await dashboard.app.request(`${origin}${path}`, { headers: { cookie } })).text();
const save = (fields: Record<string, string>, as = cookie, id = 1) =>
  dashboard.app.request(
    `${origin}/sites/${id}/settings`,
    form({ ...unchanged, ...fields }, { cookie: as }),
  ) as Promise<Response>;
const stored = async () => (await dashboard.store.sites()).map(({ tag }) => tag);

describe('the settings of a tag', () => {
  test('are found from the sites and from the tag', async () => {
    for (const path of ['/settings/sites', '/sites/1/tag'])
      expect(await get(path)).toContain('href="/sites/1/settings"');
    expect(await get('/sites/1/settings')).toContain('href="/sites/1/tag"');
  });

  test('are saved as they were chosen, for this site alone, and shown again', async () => {
    const chosen: Record<string, string> = {
      hash: 'on',
      consent: 'google',
      emailDomain: 'on',
      fieldTiming: 'on',
      capture: ' company-size ,country,, company-size',
      domain: 'https://.www.Millrace.example/',
      link: 'https://www.Mill-Race.example/shop, second.example',
      calls: 'on',
      debug: 'on',
    };
    const response = await save(chosen);
    expect(response.headers.get('location')).toBe('/sites/1/settings?saved');
    const tag: TagSettings = {
      measures: 'usual',
      hash: true,
      domain: 'www.millrace.example',
      consent: 'google',
      emailDomain: true,
      fieldTiming: true,
      capture: ['company-size', 'country'],
      link: ['mill-race.example', 'second.example'],
      calls: true,
      debug: true,
    };
    expect(await stored()).toEqual([tag, usualTag]);

    const html = await get('/sites/1/settings?saved');
    expect(html).toContain('Saved.');
    expect(html).toMatch(/value="google"[^>]* checked/);
    expect(html).toContain('value="company-size, country"');
    expect(html).toContain('value="mill-race.example, second.example"');
    expect(html.match(/type="checkbox"[^>]* checked/g)).toHaveLength(5);

    await save({});
    expect(await stored()).toEqual([usualTag, usualTag]);
    expect(await get('/sites/1/settings')).not.toContain('Saved.');
  });

  test.each<[string, Record<string, string>, string]>([
    ['a cookie for a public suffix', { domain: 'co.uk' }, 'is no domain that a browser keeps a cookie for'],
    ['a cookie for an address', { domain: '192.0.2.7' }, 'is no domain that a browser keeps a cookie for'],
    ['a cookie for no domain', { domain: 'no domain' }, 'is no domain that a browser keeps a cookie for'],
    ['a cookie for somebody else’s domain', { domain: 'evil.example' }, 'is not a domain of this site'],
    ['a link to no domain', { link: 'good.example, nonsense' }, '&quot;nonsense&quot; is not a domain'],
    ['a name too long to be one', { capture: 'x'.repeat(101) }, 'A name has at most 100 characters'],
    [
      'consent that a page-view tag cannot wait for',
      { measures: 'pages', consent: 'tcf' },
      'page views only',
    ],
  ])('refuse %s, and keep what was typed', async (_, fields, says) => {
    const response = await save({ ...fields, hash: 'on' });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain(says);
    expect(html).toContain('Nothing was saved yet');
    expect(html).toMatch(/id="hash"[^>]* checked/);
    expect(await stored()).toEqual([usualTag, usualTag]);
  });

  test('refuse what no form of ours sends, without an error of ours', async () => {
    const response = await save({ measures: '<script>', consent: 'toString', link: '"><script>alert(1)' });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('<script>alert');
    expect(await stored()).toEqual([usualTag, usualTag]);
  });

  test('of a site that is not there are not found', async () => {
    expect((await save({}, cookie, 7)).status).toBe(404);
    expect(await get('/sites/7/settings')).toContain('No such site');
  });

  test('are the owner’s alone', async () => {
    for (const role of ['marketer', 'sales'] as const) {
      const other = await dashboard.signIn(role);
      expect((await save({ hash: 'on' }, other)).status).toBe(403);
      const shown = await dashboard.app.request(`${origin}/sites/1/settings`, { headers: { cookie: other } });
      expect(shown.status).toBe(403);
    }
    expect((await save({ hash: 'on' }, '')).status).toBe(401);
    expect(await stored()).toEqual([usualTag, usualTag]);
  });
});

describe('the tag', () => {
  const places = ['html', 'gtm', 'wordpress', 'shopify', 'nextjs', 'proxy'];

  test.each(places)(
    'for %s has an address of its own, with the collector and the key in it',
    async (place) => {
      const html = await get(`/sites/1/tag?for=${place}`);
      const [site] = await dashboard.store.sites();
      expect(html).toContain(`href="/sites/1/tag?for=${place}" aria-current="page"`);
      for (const other of places) expect(html).toContain(`href="/sites/1/tag?for=${other}"`);
      expect(html).toContain(site?.key);
      expect(html).toContain(origin);
      // The page that waits for an event comes back to the same place.
      expect(html).toContain(`href="/sites/1/tag?for=${place}">Look again`);
    },
  );

  test.each(['nginx', 'caddy', 'apache', 'vercel', 'netlify', 'cloudflare'])(
    'behind a proxy has an address for %s',
    async (proxy) => {
      const here = `/sites/1/tag?for=proxy&amp;with=${proxy}`;
      const html = await get(here.replace('&amp;', '&'));
      expect(html).toContain(`href="${here}" aria-current="page"`);
      expect(html).toContain('FOOTLIGHT_TRUSTED_PROXIES=');
      expect(html).toContain('/lamp/t.js?site=');
    },
  );

  test('is the plain one where the address names no place that we know', async () => {
    for (const query of ['', '?for=', '?for=toString', '?for=nothing&with=constructor'])
      expect(await get(`/sites/1/tag${query}`)).toContain('href="/sites/1/tag?for=html" aria-current="page"');
    const proxy = await get('/sites/1/tag?for=proxy&with=constructor');
    expect(proxy).toContain('with=nginx" aria-current="page"');
  });

  test('comes without an image where the visitor has to agree first, and says why', async () => {
    const withImage = ['html', 'wordpress', 'proxy'];
    for (const place of withImage) expect(await get(`/sites/1/tag?for=${place}`)).toContain('p.gif?site=');
    await save({ consent: 'required' });
    for (const place of withImage)
      expect(await get(`/sites/1/tag?for=${place}`)).not.toContain('p.gif?site=');
    expect(await get('/sites/1/tag')).toContain('an image cannot ask for it');
  });

  test('comes with the stub where the site calls it', async () => {
    expect(await get('/sites/1/tag')).not.toContain('footlight.q');
    await save({ calls: 'on' });
    expect(await get('/sites/1/tag')).toContain('footlight.q');
  });
});
