/** The script that answers Segment's calls, for a site that changes over. */
import { describe, expect, test } from 'vitest';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

/**
 * A stub with the conventions of Segment's: an array that keeps calls, the page as it was as their last argument, the
 * script put in by itself.
 */
const snippet = (calls = '') => `<script>
  const analytics = (window.analytics = []);
  analytics.invoked = true;
  analytics._writeKey = 'site-key';
  const context = () => ({ __t: 'bpc', c: undefined, p: location.pathname, u: location.href, s: location.search, t: document.title, r: document.referrer });
  for (const name of ['track', 'identify', 'group', 'alias', 'page', 'reset', 'ready', 'on', 'once', 'off', 'user', 'addSourceMiddleware', 'setAnonymousId', 'debug'])
    analytics[name] = (...given) => {
      if (/^(track|screen|alias|group|page|identify)$/.test(name)) given.push(context());
      analytics.push([name, ...given]);
      return analytics;
    };
  analytics.page();
  ${calls}
</script><script defer src="/segment.js"></script>`;

async function show(calls?: string, path = '/shop'): Promise<void> {
  here.site.page(path, html('Shop', '', snippet(calls)));
  await here.page.goto(here.site.url + path);
}

const told = () => here.site.events.map(({ id, ago, url, ...event }) => event as Record<string, unknown>);

describe('analytics.…', () => {
  test('calls that the snippet kept are told in order, on the page they were said on, and the page once', async () => {
    await show(`analytics.identify('user-7', { email: 'kim@northwind.example' });
      analytics.track('Plan chosen', { plan: 'pro' }); analytics.group('northwind', { seats: 4 });
      history.replaceState(null, '', '/shop?moved=1')`);
    await here.site.arrived(4);
    expect(told()).toEqual([
      { type: 'page', title: 'Shop' },
      { type: 'identify', user: 'user-7', traits: { email: 'kim@northwind.example' } },
      { type: 'track', name: 'Plan chosen', props: { plan: 'pro' } },
      { type: 'group', group: 'northwind', traits: { seats: 4 } },
    ]);
    expect(here.site.events[2]?.url).toBe(`${here.site.url}/shop`);
    expect(JSON.stringify(here.site.batches)).not.toContain('bpc');
    expect(here.site.batches[0]?.site).toBe('site-key');
    expect(here.problems).toEqual([]);
  });

  test('calls after it is there are told, resolve, and call back', async () => {
    await show();
    await here.site.arrived(1);
    await here.page.evaluate("analytics.track('Later', {}, () => { window.isCalledBack = true })");
    await here.page.waitForFunction('window.isCalledBack');
    await here.page.evaluate("analytics.identify({ plan: 'pro' }); analytics.push(['track', 'Pushed'])");
    await here.site.arrived(4);
    expect(told().slice(1)).toEqual([
      { type: 'track', name: 'Later', props: {} },
      { type: 'identify', traits: { plan: 'pro' } },
      { type: 'track', name: 'Pushed' },
    ]);
  });

  test('page() in a single-page application adds nothing to what is counted anyway', async () => {
    await show();
    await here.site.arrived(1);
    await here.page.evaluate("history.pushState(null, '', '/next'); analytics.page('Next')");
    expect(
      (await here.finish()).filter(({ type }) => type === 'page').map(({ url }) => new URL(url).pathname),
    ).toEqual(['/shop', '/next']);
  });

  test('on, once, off, ready, user, debug and what has no meaning here are there and throw nothing', async () => {
    await show('analytics.ready(() => { window.isReady = true }); analytics.addSourceMiddleware(() => {})');
    await here.page.waitForFunction('window.isReady');
    const heard = await here.page.evaluate(`{
      const heard = [];
      analytics.on('track', (name) => heard.push(name));
      analytics.once('identify', (id) => heard.push(id));
      analytics.track('one'); analytics.identify('a'); analytics.identify('b');
      analytics.debug(); analytics.load('x'); analytics.trackLink(null, 'x'); analytics.track(); analytics.track(null, null);
      heard.push(analytics.user().id());
      heard }`);
    expect((heard as unknown[]).filter((name) => name)).toEqual(['one', 'a', 'b']);
    expect(here.problems).toEqual([]);
  });
});

describe('the visitor', () => {
  const anonymous = '8b2f5c1e-6c1d-4c39-9a53-2b1f6f3f0a11';
  const cookies = async () => (await here.context.cookies()).filter(({ name }) => name === '_fl');

  test('keeps the id that Segment gave them, from its cookie or its store, and it stays', async () => {
    await here.context.addCookies([{ name: 'ajs_anonymous_id', value: anonymous, url: here.site.url }]);
    await show();
    await here.site.arrived(1);
    await here.context.clearCookies({ name: 'ajs_anonymous_id' });
    await show();
    await here.site.arrived(2);
    expect(new Set(here.site.batches.map(({ visitor }) => visitor))).toEqual(new Set([anonymous]));
    expect(await cookies()).toHaveLength(1);
    await here.context.clearCookies();
    await here.page.evaluate(`localStorage.setItem('ajs_anonymous_id', JSON.stringify('${anonymous}'))`);
    await show();
    await here.site.arrived(3);
    expect(here.site.batches.at(-1)?.visitor).toBe(anonymous);
  });

  test('is somebody else after reset(), and whom setAnonymousId() names', async () => {
    await show();
    await here.site.arrived(1);
    const first = here.site.batches[0]?.visitor;
    await here.page.evaluate("analytics.track('before'); analytics.reset(); analytics.track('after')");
    await here.site.arrived(3);
    const by = (name: string) =>
      here.site.batches.find(({ events }) =>
        events.some((event) => event.type === 'track' && event.name === name),
      )?.visitor;
    expect(by('before')).toBe(first);
    expect(by('after')).not.toBe(first);
    // The old id of Segment's own is not gone back to.
    await here.context.addCookies([{ name: 'ajs_anonymous_id', value: anonymous, url: here.site.url }]);
    await show();
    await here.site.arrived(4);
    expect(here.site.batches.at(-1)?.visitor).toBe(by('after'));
    await here.page.evaluate(`analytics.setAnonymousId('${anonymous}'); analytics.track('named')`);
    await here.site.arrived(5);
    expect(by('named')).toBe(anonymous);
    expect(await cookies()).toHaveLength(1);
  });
});
