/** How long a page was read, and how far: what the tag tells when it is left. */
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../support/browser.ts';
import { html, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite({
  // Playwright switches the back-forward cache off.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
});
const { isWhole } = await findBrowser();

const long = '<div style="height: 5000px">Long</div>';
const leftPaths = () => here.site.leaves.map(({ url }) => url.replace(here.site.url, ''));
const wait = (ms: number) => here.page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${ms}))`);
const seconds = () => here.site.leaves.reduce((sum, leave) => sum + leave.seconds, 0);

describe('a page that is left', () => {
  test('says how many seconds it was read, to the page it was and not the next', async () => {
    await here.open('/article');
    await wait(2_000);
    await here.page.goto(`${here.site.url}/next`);
    const [leave] = await here.site.left(1);
    expect(leave).toMatchObject({ type: 'leave', url: `${here.site.url}/article` });
    expect(leave?.seconds).toBeGreaterThanOrEqual(2);
    expect(leave?.seconds).toBeLessThanOrEqual(4);
  });

  test('by a route change tells of the route that was left, with its own depth', async () => {
    here.site.page('/long', html('Long', long));
    await here.open('/long');
    await here.page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await wait(1_200);
    await here.page.evaluate("scrollTo(0, 0); history.pushState(null, '', '/long/second')");
    await here.site.left(1);
    await wait(1_200);
    await here.page.evaluate("dispatchEvent(new Event('pagehide'))");
    const leaves = await here.site.left(2);
    expect(leftPaths()).toEqual(['/long', '/long/second']);
    expect(leaves[0]?.scroll).toBe(100);
    expect(leaves[1]?.scroll).toBeLessThan(30);
  });

  test('by closing the tab is told', async () => {
    await here.open('/closed');
    await wait(1_100);
    await here.page.close({ runBeforeUnload: true });
    expect((await here.site.left(1))[0]?.seconds).toBeGreaterThanOrEqual(1);
  });

  test('says how deep it was scrolled, and not that it was scrolled back', async () => {
    here.site.page('/long', html('Long', long));
    await here.open('/long');
    await here.page.evaluate('scrollTo(0, 2500 - innerHeight)');
    await wait(1_100);
    await here.page.evaluate('scrollTo(0, 0)');
    await wait(100);
    await here.turn('hidden');
    const [leave] = await here.site.left(1);
    expect(leave?.scroll).toBeGreaterThanOrEqual(49);
    expect(leave?.scroll).toBeLessThanOrEqual(51);
  });

  test('at once says nothing', async () => {
    here.site.page(
      '/',
      html('Home', '<script>addEventListener("load", () => { location.href = "/next" })</script>'),
    );
    await here.page.goto(here.site.url);
    await here.site.until((events) => events.some(({ url }) => url.endsWith('/next')));
    expect(leftPaths().filter((path) => path === '/')).toEqual([]);
  });
});

describe('what is not time', () => {
  test('is what passes while the tab is behind another', async () => {
    await here.open('/');
    await wait(1_100);
    await here.turn('hidden');
    await here.site.left(1);
    const before = seconds();
    await wait(2_500);
    await here.turn('visible');
    await wait(1_100);
    await here.turn('hidden');
    await here.site.left(2);
    expect(before).toBeLessThanOrEqual(3);
    expect(seconds() - before).toBeGreaterThanOrEqual(1);
    expect(seconds() - before).toBeLessThanOrEqual(2);
    expect(new Set(leftPaths())).toEqual(new Set(['/']));
    expect(here.site.events.map(({ type }) => type)).toEqual(['page']);
  });

  test('is what passes while the computer sleeps', async () => {
    await here.open('/');
    await wait(1_100);
    const cdp = await here.browser.newBrowserCDPSession();
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    const signal = (name: NodeJS.Signals) => {
      for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, name);
    };
    signal('SIGSTOP');
    // Nothing in the browser can say when this is over: it is what sleeps.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    signal('SIGCONT');
    await here.page.mouse.move(9, 9);
    await wait(1_100);
    await here.turn('hidden');
    await here.site.left(1);
    expect(seconds()).toBeGreaterThanOrEqual(2);
    expect(seconds()).toBeLessThanOrEqual(5);
  });

  test('is what passes without a sign of life', async () => {
    // Time that runs fifteen times as fast: a second's tick is still less than a gap.
    await here.context.addInitScript(
      `const now = performance.now.bind(performance); performance.now = () => now() * 15;
      const every = setInterval; window.setInterval = (action, ms) => every(action, ms / 15)`,
    );
    await here.open('/');
    await wait(4_000);
    await here.turn('hidden');
    await here.site.left(1);
    expect(seconds()).toBeGreaterThanOrEqual(28);
    expect(seconds()).toBeLessThanOrEqual(31);
  });

  test.skipIf(!isWhole)('is what passes in the back-forward cache', async () => {
    // Playwright does not see the page again that comes back: it ends its second stay by itself.
    const end = `addEventListener('pageshow', ({ persisted }) => persisted &&
      setTimeout(() => dispatchEvent(new Event('pagehide')), 1_100))`;
    here.site.page('/kept', html('Kept', '', `${tag()}<script>${end}</script>`));
    await here.open('/kept');
    await wait(1_100);
    await here.page.goto(`${here.site.url}/other`);
    await here.site.left(1);
    await wait(4_000);
    await here.page.evaluate('history.back()');
    const last = (await here.site.left(3)).at(-1);
    expect(last?.url).toMatch(/\/kept$/);
    expect(last?.seconds).toBeLessThanOrEqual(3);
  });
});

test('a tab opened behind another counts when it is first shown, and never before', async () => {
  await here.context.addInitScript(
    "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })",
  );
  await here.page.goto(`${here.site.url}/behind`);
  await here.page.evaluate("fetch('/settled')");
  await here.site.asked('/settled', 1);
  expect(here.site.events).toEqual([]);
  await here.turn('visible');
  expect(await here.site.arrived(1)).toMatchObject([{ type: 'page', url: `${here.site.url}/behind` }]);
  await here.turn('hidden');
  await here.turn('visible');
  expect((await here.finish()).map(({ type }) => type)).toEqual(['page']);
});
