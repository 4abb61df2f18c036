/** When the tag says that a page was seen, in a real browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PageEvent, WireEvent } from '../../tracker/wire.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import {
  html,
  type RecordingCollector,
  startRecordingCollector,
  stub,
  tag,
} from '../support/recording-collector.ts';

let browser: Browser;
let site: RecordingCollector;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  // Playwright switches the back-forward cache off.
  browser = await launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
});
afterAll(() => browser.close());

beforeEach(async () => {
  site = await startRecordingCollector();
  context = await browser.newContext();
  page = await context.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
});
afterEach(async () => {
  await context.close();
  await site.close();
});

/** Opens a page and waits until it is counted. */
async function open(at: string): Promise<void> {
  await page.goto(site.url + at);
  await site.arrived(1);
}

/** All views, once nothing can be waiting any more. */
async function viewsOf(from: Page = page): Promise<PageEvent[]> {
  await from.evaluate("dispatchEvent(new Event('pagehide')); footlight('track', 'the end')");
  const events = await site.until((stored) => stored.some(({ type }) => type === 'track'));
  return events.filter((event): event is PageEvent => event.type === 'page');
}

const pathsOf = (events: WireEvent[]) => events.map(({ url }) => url.replace(site.url, ''));

describe('a page view', () => {
  test('is told once a load, with the exact address, title and referrer', async () => {
    site.page('/pricing', html('Pricing & plans – “Lumen”'));
    site.page('/', html('Home', '<a href="/pricing?plan=pro&q=%C3%BC#top">Pricing</a>'));
    await open('/');
    await page.getByRole('link').click();
    const [first, second] = await site.arrived(2);
    expect(first).toEqual({
      id: expect.any(String),
      type: 'page',
      url: `${site.url}/`,
      title: 'Home',
      ago: expect.any(Number),
    });
    expect(second).toMatchObject({
      url: `${site.url}/pricing?plan=pro&q=%C3%BC`,
      title: 'Pricing & plans – “Lumen”',
      referrer: `${site.url}/`,
    });
    expect(await viewsOf()).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  test('counts again on a reload', async () => {
    await open('/a');
    await page.reload();
    expect(pathsOf(await viewsOf())).toEqual(['/a', '/a']);
  });

  test('is told by a tag that another script puts in late', async () => {
    site.page(
      '/late',
      html(
        'Late',
        '',
        `<script>addEventListener('load', () => {
          const script = document.createElement('script');
          script.src = '/t.js';
          script.dataset.site = 'site-key';
          document.head.append(script);
          script.remove();
        });</script>`,
      ),
    );
    await open('/late');
    expect(pathsOf(await viewsOf())).toEqual(['/late']);
    expect(site.batches[0]?.site).toBe('site-key');
  });

  test('is told once by two tags, and by a tag put in again', async () => {
    site.page('/twice', html('Twice', '', tag() + tag('data-again')));
    await open('/twice');
    await page.addScriptTag({ url: '/t.js' });
    await page.evaluate("history.pushState(null, '', '/next')");
    expect(pathsOf(await viewsOf())).toEqual(['/twice', '/next']);
    expect(problems).toEqual([]);
  });

  test('goes to the address in data-to', async () => {
    const other = await startRecordingCollector();
    site.page('/to', html('To', '', tag(`data-to="${other.url}/e"`)));
    await page.goto(`${site.url}/to`);
    expect(await other.arrived(1)).toMatchObject([{ url: `${site.url}/to` }]);
    expect(site.events).toEqual([]);
    expect(other.requests.map(({ method }) => method)).toEqual(['POST']);
    await other.close();
  });

  test('is cut where the wire has no room, and still counts', async () => {
    site.page('/long', html('T'.repeat(400)));
    await open(`/long?q=${'x'.repeat(3_000)}`);
    const [view] = site.events;
    expect(view?.url).toHaveLength(2_048);
    expect((view as PageEvent).title).toHaveLength(300);
  });

  test('costs one request of at most 220 bytes of address and body, and no preflight', async () => {
    await open('/');
    const sent = site.requests.filter(({ url }) => url.startsWith('/e'));
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
    expect(sent[0]?.headers['content-type']).toMatch(/^text\/plain/);
    expect(`${site.url}/e${sent[0]?.body}`.length).toBeLessThanOrEqual(220);
  });
});

describe('a single-page application', () => {
  test('has a view for each new path, with its own address and the page before as referrer', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/a')");
    await page.evaluate("history.pushState(null, '', '/b?tab=2')");
    await page.evaluate("history.replaceState(null, '', '/b?tab=2')");
    const views = await viewsOf();
    expect(pathsOf(views)).toEqual(['/', '/a', '/b?tab=2']);
    expect(views.map(({ referrer }) => referrer?.replace(site.url, ''))).toEqual([undefined, '/', '/a']);
  });

  test('may push twice in one go: both pages count', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/a'); history.pushState(null, '', '/b')");
    expect(pathsOf(await viewsOf())).toEqual(['/', '/a', '/b']);
  });

  test('may replace the path: that is a view', async () => {
    await open('/');
    await page.evaluate("history.replaceState(null, '', '/replaced')");
    expect(pathsOf(await viewsOf())).toEqual(['/', '/replaced']);
  });

  test('is told with the title that the framework sets a little later', async () => {
    await open('/');
    await page.evaluate(
      "history.pushState(null, '', '/slow'); setTimeout(() => { document.title = 'Set by the framework' }, 40)",
    );
    const views = await site.arrived(2);
    expect(views[1]).toMatchObject({ url: `${site.url}/slow`, title: 'Set by the framework' });
  });

  test('is told at the time of the change, not of its title', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/timed')");
    const [, view] = await site.arrived(2);
    expect(view?.ago).toBeGreaterThanOrEqual(99);
  });

  test('does not lose a page that is left before its title comes', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/left'); location.href = '/elsewhere'");
    expect(pathsOf(await site.arrived(3))).toEqual(['/', '/left', '/elsewhere']);
  });

  test('adds nothing for the same address, state or query edits of a search-as-you-type field', async () => {
    await open('/search');
    await page.evaluate(`
      history.pushState({ scroll: 1 }, '', location.href);
      history.replaceState({ scroll: 2 }, '', '/search');
      for (const text of ['f', 'fo', 'foo']) history.replaceState(null, '', '/search?q=' + text);
      history.pushState(null, '', location.href);
    `);
    expect(pathsOf(await viewsOf())).toEqual(['/search']);
  });

  test('redirects in one go: only the page that stayed is a view', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/login'); history.replaceState(null, '', '/home')");
    expect(pathsOf(await viewsOf())).toEqual(['/', '/home']);
  });

  test('sends one back to where one was: no view at all', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/admin'); history.replaceState(null, '', '/')");
    expect(pathsOf(await viewsOf())).toEqual(['/']);
  });

  test('has a router that replaces the state and then pushes: one view', async () => {
    await open('/');
    await page.evaluate(
      "history.replaceState({ scroll: 9 }, '', location.href); history.pushState({}, '', '/next')",
    );
    expect(pathsOf(await viewsOf())).toEqual(['/', '/next']);
  });

  test('counts the way back and forward', async () => {
    await open('/');
    await page.evaluate("history.pushState(null, '', '/a')");
    await site.arrived(2);
    await page.goBack();
    await site.arrived(3);
    await page.goForward();
    await site.arrived(4);
    expect(pathsOf(await viewsOf())).toEqual(['/', '/a', '/', '/a']);
  });

  test('still hears of a push that the browser rejects', async () => {
    await open('/');
    const name = await page.evaluate(
      "try { history.pushState(null, '', 'https://other.example/'); 'none' } catch (error) { error.name }",
    );
    expect(name).toBe('SecurityError');
    expect(pathsOf(await viewsOf())).toEqual(['/']);
  });

  test('has its state and history as without the tag', async () => {
    await open('/');
    const seen = await page.evaluate(
      "history.pushState({ mine: 1 }, 'ignored', '/a') === undefined && history.state.mine === 1 && history.length",
    );
    expect(seen).toBe(3);
  });
});

describe('what stands after #', () => {
  const anchors = '<a href="#part">Part</a><h2 id="part">Part</h2><a href="#/settings?tab=1">Settings</a>';

  test('is an anchor in the page and no view', async () => {
    site.page('/doc', html('Doc', anchors));
    await open('/doc#start');
    await page.getByText('Part').first().click();
    await page.getByText('Settings').click();
    expect(pathsOf(await viewsOf())).toEqual(['/doc']);
  });

  test('is a route where the tag says so', async () => {
    site.page('/app', html('App', anchors, tag('data-hash')));
    await open('/app#/');
    await page.getByText('Settings').click();
    await site.arrived(2);
    await page.evaluate("history.replaceState(null, '', '#/settings?tab=2')");
    await page.evaluate("location.hash = '#/users'");
    expect(pathsOf(await viewsOf())).toEqual(['/app#/', '/app#/settings?tab=1', '/app#/users']);
  });
});

describe('a page that the browser keeps or prepares', () => {
  test('counts again when it comes back from the back-forward cache', async () => {
    const shown =
      "addEventListener('pageshow', ({ persisted }) => footlight('track', 'shown', { persisted }))";
    site.page('/kept', html('Kept', '', `${stub}${tag()}<script>${shown}</script>`));
    await page.goto(`${site.url}/kept`);
    await site.arrived(2);
    await page.goto(`${site.url}/other`);
    await site.arrived(3);
    // Playwright's own way back waits for a load that does not come.
    await page.evaluate('history.back()');
    const events = await site.arrived(5);
    expect(pathsOf(events.filter(({ type }) => type === 'page'))).toEqual(['/kept', '/other', '/kept']);
    expect(events.filter(({ type }) => type === 'track')).toMatchObject([
      { props: { persisted: false } },
      { props: { persisted: true } },
    ]);
    expect(events.findLast(({ type }) => type === 'page')).not.toHaveProperty('referrer');
  });

  // Without Playwright, whose debugger stops a page that is being prepared: the pages do it by themselves.
  test('counts when it is shown and not when it is prepared', async () => {
    const rules = { prerender: [{ urls: ['/prepared', '/never'], eagerness: 'immediate' }] };
    const prepared = `${stub}<script>
      document.onprerenderingchange = () => footlight('track', 'activated');
      addEventListener('load', () => fetch('/ready'));
    </script>${tag()}`;
    let go = () => {};
    site.page(
      '/go',
      '',
      new Promise<void>((resolve) => {
        go = resolve;
      }),
    );
    site.page(
      '/start',
      html(
        'Start',
        '',
        `${tag()}<script>fetch('/go').then(() => { location.href = '/prepared' })</script>
        <script type="speculationrules">${JSON.stringify(rules)}</script>`,
      ),
    );
    site.page('/prepared', html('Prepared', '', prepared));
    site.page('/never', html('Never', '', prepared));
    const { executablePath, args } = await findBrowser();
    const folder = await mkdtemp(path.join(tmpdir(), 'footlight-browser-'));
    const running = spawn(executablePath, [
      ...args,
      '--headless',
      `--user-data-dir=${folder}`,
      `${site.url}/start`,
    ]);
    const ended = once(running, 'exit');
    try {
      await site.asked('/ready', 2);
      expect(pathsOf(await site.arrived(1))).toEqual(['/start']);
      go();
      expect(await site.arrived(3)).toMatchObject([
        { type: 'page', url: `${site.url}/start` },
        { type: 'page', url: `${site.url}/prepared`, referrer: `${site.url}/start` },
        { type: 'track', name: 'activated' },
      ]);
    } finally {
      running.kill();
      await ended;
      await rm(folder, { recursive: true, maxRetries: 5 });
    }
  });
});
