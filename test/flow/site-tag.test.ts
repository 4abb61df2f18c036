/** The tag that a site gets when it says which site it is: the build it needs, with its owner's choices in the file. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { settingsCode } from '../../collector/receive/site-tag.ts';
import { type TagSettings, usualTag } from '../../collector/tag-settings.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => choose({}));

const built = (name: string) => readFileSync(path.join(packageRoot, 'dist/tracker', name), 'utf8');
const get = (query = `?site=${server.site.key}`, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/t.js${query}`, { headers });

async function choose(chosen: Partial<TagSettings>): Promise<void> {
  await server.rooms.store.setTag(server.site.id, { ...usualTag, ...chosen });
  // As the dashboard's store does, see the composition root.
  await server.rooms.sites.refresh();
}

/** The tag's attributes once the line that the collector put in front has run. */
function told(code: string, own: Record<string, string> = {}): Record<string, string> {
  const dataset = { ...own };
  runInNewContext(code, { document: { currentScript: { dataset } } });
  return dataset;
}

describe('the tag of a site', () => {
  test.each<[string, Partial<TagSettings>, string]>([
    ['nothing', {}, 't.js'],
    ['page views only', { measures: 'pages', hash: true }, 't.least.js'],
    ['consent and domains of e-mail addresses', { consent: 'required', emailDomain: true }, 't.full.js'],
  ])('whose owner chose %s is the build for that, with the choice in front', async (_, chosen, build) => {
    await choose(chosen);
    const text = await (await get()).text();
    const [line = '', ...rest] = text.split(built(build));
    expect(rest).toEqual(['']);
    expect(line).toBe(settingsCode({ key: server.site.key, tag: { ...usualTag, ...chosen } }));
    // One request is all it takes.
    expect(line).not.toMatch(/fetch|import|XMLHttpRequest|src/);
  });

  test('has what its owner chose, as attributes', async () => {
    await choose({ hash: true, emailDomain: true, fieldTiming: true, capture: ['size', 'plan'] });
    const [line = ''] = (await (await get()).text()).split(built('t.full.js'));
    const site = server.site.key;
    expect(told(line)).toEqual({ site, hash: '', forms: 'domain fields', capture: 'size,plan' });
  });

  test('is served anew as soon as its owner chooses otherwise, and not before', async () => {
    const before = await get();
    const etag = before.headers.get('etag') ?? '';
    expect(before.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(before.headers.get('vary')).toBe('accept-encoding');
    expect((await get(undefined, { 'if-none-match': etag })).status).toBe(304);
    await choose({ hash: true });
    const after = await get(undefined, { 'if-none-match': etag });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(etag);
    await choose({});
    expect((await get(undefined, { 'if-none-match': etag })).status).toBe(304);
  });

  test('comes in the encoding that the browser can take', async () => {
    for (const encoding of ['br', 'gzip']) {
      const response = await get(undefined, { 'accept-encoding': encoding });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(await response.text()).toContain(server.site.key);
    }
  });

  test('is the usual one where the key is nobody’s, for a minute, and never an error', async () => {
    for (const query of ['?site=nobody', '?site=%00', `?site=${'x'.repeat(5_000)}`]) {
      const response = await get(query);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=60');
      expect(await response.text()).toBe(built('t.js'));
    }
    expect(await (await get('?site=')).text()).toBe(built('t.js'));
  });

  describe('while the store cannot be read', () => {
    afterEach(() => vi.restoreAllMocks());

    test('is still there, and still an answer for whoever is not known', async () => {
      vi.spyOn(server.rooms.sites, 'byKey').mockRejectedValue(new Error('the disk is gone'));
      expect(await (await get()).text()).toBe(built('t.js'));
    });
  });

  test('asked for without a site is the build as it is', async () => {
    await choose({ consent: 'required' });
    expect(await (await get('')).text()).toBe(built('t.js'));
    expect(await (await fetch(`${server.url}/t.full.js?site=${server.site.key}`)).text()).toBe(
      built('t.full.js'),
    );
  });
});

const adapter = path.join(packageRoot, 'dist/tracker/segment.js');

test.skipIf(!existsSync(adapter))(
  'the adapter for Segment’s calls is served as it was built, like the tag',
  async () => {
    const response = await fetch(`${server.url}/segment.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(await response.text()).toBe(readFileSync(adapter, 'utf8'));
    const hash = /"(.+)"/.exec(response.headers.get('etag') ?? '')?.[1];
    const hashed = await fetch(`${server.url}/segment.${hash}.js`);
    expect(hashed.headers.get('cache-control')).toContain('immutable');
  },
);

describe('the line with the settings', () => {
  const tag = { ...usualTag, hash: true, domain: 'lumen.example' };

  test('leaves what the page’s author wrote on the tag', () => {
    const own = { site: 'other', domain: 'www.lumen.example', to: '/e' };
    expect(told(settingsCode({ key: 'abc', tag }), own)).toEqual({ ...own, hash: '' });
  });

  test('does nothing where the browser does not say which tag it is', () => {
    const code = settingsCode({ key: 'abc', tag });
    expect(() => runInNewContext(code, { document: { currentScript: null } })).not.toThrow();
  });

  test('carries whatever a name may hold, and ends neither a script element nor a line', () => {
    const capture = ['</script><script>alert(1)//', '<!--', 'a\u2028b\u2029c', '"quoted\\"', '__proto__'];
    const code = settingsCode({ key: 'abc', tag: { ...usualTag, capture } });
    expect(code).not.toMatch(/[<\u2028\u2029\n]/);
    expect(told(code).capture).toBe(capture.join(','));
  });
});
