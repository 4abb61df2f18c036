/** When the tag says that a page was seen, in a real browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../collector/events.ts';
import type { PageEvent, WireEvent } from '../../tracker/wire.ts';
import { findBrowser } from '../support/browser.ts';
import { html, startRecordingCollector, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

// Playwright switches the back-forward cache off.
const here = useTrackedSite({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });

const { isWhole } = await findBrowser();

async function viewsOf(): Promise<PageEvent[]> {
  return (await here.finish()).filter((event): event is PageEvent => event.type === 'page');
}

const pathsOf = (events: WireEvent[]) => events.map(({ url }) => url.replace(here.site.url, ''));

describe('a page view', () => {
  test('is told once a load, with the exact address, title and referrer', async () => {
    here.site.page('/pricing', html('Pricing & plans – “Lumen”'));
    here.site.page('/', html('Home', '<a href="/pricing?plan=pro&q=%C3%BC#top">Pricing</a>'));
    await here.open('/');
    await here.page.getByRole('link').click();
    const [first, second] = await here.site.arrived(2);
    expect(first).toEqual({
      id: expect.any(String),
      type: 'page',
      url: `${here.site.url}/`,
      title: 'Home',
      ago: expect.any(Number),
    });
    expect(second).toMatchObject({
      url: `${here.site.url}/pricing?plan=pro&q=%C3%BC`,
      title: 'Pricing & plans – “Lumen”',
      referrer: `${here.site.url}/`,
    });
    expect(await viewsOf()).toHaveLength(2);
    expect(here.problems).toEqual([]);
  });

  test('counts again on a reload', async () => {
    await here.open('/a');
    await here.page.reload();
    expect(pathsOf(await viewsOf())).toEqual(['/a', '/a']);
  });

  test('is told by a tag that another script puts in late', async () => {
    here.site.page(
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
    await here.open('/late');
    expect(pathsOf(await viewsOf())).toEqual(['/late']);
    expect(here.site.batches[0]?.site).toBe('site-key');
  });

  test('is told once by two tags, and by a tag put in again', async () => {
    here.site.page('/twice', html('Twice', '', tag() + tag('data-again')));
    await here.open('/twice');
    await here.page.addScriptTag({ url: '/t.js' });
    await here.page.evaluate("history.pushState(null, '', '/next')");
    expect(pathsOf(await viewsOf())).toEqual(['/twice', '/next']);
    expect(here.problems).toEqual([]);
  });

  test('goes to the address in data-to', async () => {
    const other = await startRecordingCollector();
    here.site.page('/to', html('To', '', tag(`data-to="${other.url}/e"`)));
    await here.page.goto(`${here.site.url}/to`);
    expect(await other.arrived(1)).toMatchObject([{ url: `${here.site.url}/to` }]);
    expect(here.site.events).toEqual([]);
    expect(other.requests.map(({ method }) => method)).toEqual(['POST']);
    await other.close();
  });

  test('is cut where the wire has no room, and still counts', async () => {
    here.site.page('/long', html('T'.repeat(400)));
    await here.open(`/long?q=${'x'.repeat(3_000)}`);
    const [view] = here.site.events;
    expect(view?.url).toHaveLength(2_048);
    expect((parseEvent(view) as PageEvent).title).toHaveLength(300);
  });

  test('costs one request of at most 220 bytes of address and body, and no preflight', async () => {
    await here.open('/');
    const sent = here.site.requests.filter(({ url }) => url.startsWith('/e'));
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
    expect(sent[0]?.headers['content-type']).toMatch(/^text\/plain/);
    expect(`${here.site.url}/e${sent[0]?.body}`.length).toBeLessThanOrEqual(220);
  });
});

describe('a single-page application', () => {
  test('has a view for each new path, with its own address and the page before as referrer', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/a')");
    await here.page.evaluate("history.pushState(null, '', '/b?tab=2')");
    await here.page.evaluate("history.replaceState(null, '', '/b?tab=2')");
    const views = await viewsOf();
    expect(pathsOf(views)).toEqual(['/', '/a', '/b?tab=2']);
    expect(views.map(({ referrer }) => referrer?.replace(here.site.url, ''))).toEqual([undefined, '/', '/a']);
  });

  test('may push twice in one go: both pages count', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/a'); history.pushState(null, '', '/b')");
    expect(pathsOf(await viewsOf())).toEqual(['/', '/a', '/b']);
  });

  test('may replace the path: that is a view', async () => {
    await here.open('/');
    await here.page.evaluate("history.replaceState(null, '', '/replaced')");
    expect(pathsOf(await viewsOf())).toEqual(['/', '/replaced']);
  });

  test('is told with the title that the framework sets a little later', async () => {
    await here.open('/');
    await here.page.evaluate(
      "history.pushState(null, '', '/slow'); setTimeout(() => { document.title = 'Set by the framework' }, 40)",
    );
    const views = await here.site.arrived(2);
    expect(views[1]).toMatchObject({ url: `${here.site.url}/slow`, title: 'Set by the framework' });
  });

  test('is told at the time of the change, not of its title', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/timed')");
    const [, view] = await here.site.arrived(2);
    expect(view?.ago).toBeGreaterThanOrEqual(99);
  });

  test('does not lose a page that is left before its title comes', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/left'); location.href = '/elsewhere'");
    expect(pathsOf(await here.site.arrived(3))).toEqual(['/', '/left', '/elsewhere']);
  });

  test('adds nothing for the same address, state or query edits of a search-as-you-type field', async () => {
    await here.open('/search');
    await here.page.evaluate(`
      history.pushState({ scroll: 1 }, '', location.href);
      history.replaceState({ scroll: 2 }, '', '/search');
      for (const text of ['f', 'fo', 'foo']) history.replaceState(null, '', '/search?q=' + text);
      history.pushState(null, '', location.href);
    `);
    expect(pathsOf(await viewsOf())).toEqual(['/search']);
  });

  test('redirects in one go: only the page that stayed is a view', async () => {
    await here.open('/');
    await here.page.evaluate(
      "history.pushState(null, '', '/login'); history.replaceState(null, '', '/home')",
    );
    expect(pathsOf(await viewsOf())).toEqual(['/', '/home']);
  });

  test('sends one back to where one was: no view at all', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/admin'); history.replaceState(null, '', '/')");
    expect(pathsOf(await viewsOf())).toEqual(['/']);
  });

  test('has a router that replaces the state and then pushes: one view', async () => {
    await here.open('/');
    await here.page.evaluate(
      "history.replaceState({ scroll: 9 }, '', location.href); history.pushState({}, '', '/next')",
    );
    expect(pathsOf(await viewsOf())).toEqual(['/', '/next']);
  });

  test('counts the way back and forward', async () => {
    await here.open('/');
    await here.page.evaluate("history.pushState(null, '', '/a')");
    await here.site.arrived(2);
    await here.page.goBack();
    await here.site.arrived(3);
    await here.page.goForward();
    await here.site.arrived(4);
    expect(pathsOf(await viewsOf())).toEqual(['/', '/a', '/', '/a']);
  });

  test('still hears of a push that the browser rejects', async () => {
    await here.open('/');
    const name = await here.page.evaluate(
      "try { history.pushState(null, '', 'https://other.example/'); 'none' } catch (error) { error.name }",
    );
    expect(name).toBe('SecurityError');
    expect(pathsOf(await viewsOf())).toEqual(['/']);
  });

  test('has its state and history as without the tag', async () => {
    await here.open('/');
    const seen = await here.page.evaluate(
      "history.pushState({ mine: 1 }, 'ignored', '/a') === undefined && history.state.mine === 1 && history.length",
    );
    expect(seen).toBe(3);
  });
});

describe('what stands after #', () => {
  const anchors = '<a href="#part">Part</a><h2 id="part">Part</h2><a href="#/settings?tab=1">Settings</a>';

  test('is an anchor in the page and no view', async () => {
    here.site.page('/doc', html('Doc', anchors));
    await here.open('/doc#start');
    await here.page.getByText('Part').first().click();
    await here.page.getByText('Settings').click();
    expect(pathsOf(await viewsOf())).toEqual(['/doc']);
  });

  test('is a route where the tag says so', async () => {
    here.site.page('/app', html('App', anchors, tag('data-hash')));
    await here.open('/app#/');
    await here.page.getByText('Settings').click();
    await here.site.arrived(2);
    await here.page.evaluate("history.replaceState(null, '', '#/settings?tab=2')");
    await here.page.evaluate("location.hash = '#/users'");
    expect(pathsOf(await viewsOf())).toEqual(['/app#/', '/app#/settings?tab=1', '/app#/users']);
  });
});

describe('a page that the browser keeps or prepares', () => {
  test('counts again when the browser says that it kept it', async () => {
    await here.open('/kept');
    await here.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(pathsOf(await viewsOf())).toEqual(['/kept', '/kept']);
  });

  test.skipIf(!isWhole)('counts again when it comes back from the back-forward cache', async () => {
    const shown =
      "addEventListener('pageshow', ({ persisted }) => footlight('track', 'shown', { persisted }))";
    here.site.page('/kept', html('Kept', '', `${stub}${tag()}<script>${shown}</script>`));
    await here.page.goto(`${here.site.url}/kept`);
    await here.site.arrived(2);
    await here.page.goto(`${here.site.url}/other`);
    await here.site.arrived(3);
    // Playwright's own way back waits for a load that does not come.
    await here.page.evaluate('history.back()');
    const events = await here.site.arrived(5);
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
    here.site.page(
      '/go',
      '',
      new Promise<void>((resolve) => {
        go = resolve;
      }),
    );
    here.site.page(
      '/start',
      html(
        'Start',
        '',
        `${tag()}<script>fetch('/go').then(() => { location.href = '/prepared' })</script>
        <script type="speculationrules">${JSON.stringify(rules)}</script>`,
      ),
    );
    here.site.page('/prepared', html('Prepared', '', prepared));
    here.site.page('/never', html('Never', '', prepared));
    const { executablePath, args } = await findBrowser();
    const folder = await mkdtemp(path.join(tmpdir(), 'footlight-browser-'));
    const running = spawn(executablePath, [
      ...args,
      '--headless',
      `--user-data-dir=${folder}`,
      `${here.site.url}/start`,
    ]);
    const ended = once(running, 'exit');
    try {
      await here.site.asked('/ready', 2);
      expect(pathsOf(await here.site.arrived(1))).toEqual(['/start']);
      go();
      expect(await here.site.arrived(3)).toMatchObject([
        { type: 'page', url: `${here.site.url}/start` },
        { type: 'page', url: `${here.site.url}/prepared`, referrer: `${here.site.url}/start` },
        { type: 'track', name: 'activated' },
      ]);
    } finally {
      running.kill();
      await ended;
      await rm(folder, { recursive: true, maxRetries: 5 });
    }
  });
});
