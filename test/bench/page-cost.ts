/**
 * What the tag costs the page it is on: time on the main thread of a browser four times as slow as this machine, and
 * memory. Read from Chromium's own trace, beside a script that does nothing.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { html, type RecordingCollector, startRecordingCollector } from '../support/recording-collector.ts';

export interface PageCost {
  /** Main-thread time of running the script, ms; median and worst of `loads`. */
  installMs: { tag: number; tagWorst: number; nothing: number };
  /** The same where the visitor is known already. */
  returnMs: number;
  /** What follows the first request, on timers, ms. */
  afterwardsMs: number;
  /** Longest single run of our code, ms. */
  longestMs: number;
  /** What one `input` event in a form takes more with the tag than without, ms. */
  inputMs: number;
  /** Layouts and style recalculations that our code made the browser do out of turn. */
  forcedLayouts: number;
  /** Kilobytes of the page's heap after 1,000 views of a single-page application, and after 10,000. */
  heapKb: [number, number];
}

interface TraceEvent {
  name: string;
  dur?: number;
  args?: { data?: { url?: string }; beginData?: { stackTrace?: { url?: string }[] } };
}

const slowness = 4;
const loads = 15;
const inputs = 2_000;
/** Route changes before it is waited until all are stored: more than may wait would be left out. */
const atOnce = 100;
const nothing = '<script defer src="/nothing.js"></script>';

export async function benchPageCost(): Promise<PageCost> {
  const browser = await launchBrowser({
    // Otherwise the browser refuses more than 200 route changes in ten seconds.
    args: ['--disable-ipc-flooding-protection'],
  });
  const site = await startRecordingCollector();
  site.page('/nothing.js', 'void 0', undefined, { 'content-type': 'text/javascript' });
  const fields = '<form><input name="a"></form><p>Text</p>'.repeat(50);
  site.page('/nothing', html('Nothing', fields, nothing));
  site.page('/tag', html('Tag', fields));
  try {
    const firsts: number[] = [];
    const returns: number[] = [];
    const bare: number[] = [];
    const afters: number[] = [];
    let longest = 0;
    for (let load = 0; load < loads; load += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const cdp = await slowDown(page);
      bare.push(
        sumMs(await traced(cdp, () => loaded(page, site, '/nothing')), 'EvaluateScript', 'nothing.js'),
      );
      const first = await traced(cdp, () => counted(page, site, '/tag'));
      firsts.push(sumMs(first, 'EvaluateScript', 't.js'));
      afters.push(sumMs(first, 'FunctionCall', 't.js'));
      returns.push(sumMs(await traced(cdp, () => counted(page, site, '/tag')), 'EvaluateScript', 't.js'));
      longest = Math.max(longest, ...first.filter(isOurs).map(({ dur = 0 }) => dur / 1_000));
      await context.close();
    }
    const input = await inputCost(browser, site);
    return {
      installMs: { tag: median(firsts), tagWorst: Math.max(...firsts), nothing: median(bare) },
      returnMs: median(returns),
      afterwardsMs: median(afters),
      longestMs: longest,
      inputMs: input.ms,
      forcedLayouts: input.forced,
      heapKb: await heapAfterViews(browser, site),
    };
  } finally {
    await browser.close();
    await site.close();
  }
}

/** What an `input` event takes with the tag, less what it takes without, ms; and what scrolling and typing force. */
async function inputCost(
  browser: Browser,
  site: RecordingCollector,
): Promise<{ ms: number; forced: number }> {
  const page = await browser.newPage();
  const cdp = await slowDown(page);
  const perEvent = (): Promise<number> =>
    page.evaluate(`{
      const field = document.querySelector('input');
      const input = () => field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      for (let warm = 0; warm < ${inputs}; warm++) input();
      const from = performance.now();
      for (let n = 0; n < ${inputs}; n++) input();
      (performance.now() - from) / ${inputs} }`);
  await loaded(page, site, '/nothing');
  const without = await perEvent();
  await counted(page, site, '/tag');
  const withTag = await perEvent();
  const act = async () => {
    await counted(page, site, '/tag');
    await page.locator('input').first().press('x');
    await page.mouse.wheel(0, 500);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))');
  };
  const events = await traced(cdp, act, true);
  await page.close();
  return { ms: withTag - without, forced: events.filter(isForced).length };
}

/** Views one after another, each told, as somebody who never reloads would make them. */
async function heapAfterViews(browser: Browser, site: RecordingCollector): Promise<[number, number]> {
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  await counted(page, site, '/tag');
  const sizes: number[] = [];
  for (let view = 0; view < 10_000; view += atOnce) {
    const views = site.events.length + atOnce;
    await page.evaluate(`for (let n = 0; n < ${atOnce}; n++) history.pushState(null, '', '/tag/' + (${view} + n));
      dispatchEvent(new Event('pagehide'))`);
    await site.until((events) => events.length >= views);
    if (view + atOnce === 1_000 || view + atOnce === 10_000) {
      await cdp.send('HeapProfiler.collectGarbage');
      sizes.push((await cdp.send('Runtime.getHeapUsage')).usedSize / 1_024);
    }
  }
  await page.close();
  return [sizes[0] ?? 0, sizes[1] ?? 0];
}

async function slowDown(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  return cdp;
}

/** What the browser did meanwhile. Stacks say who made it do so, and make everything slower. */
async function traced(
  cdp: CDPSession,
  action: () => Promise<unknown>,
  isWithStacks = false,
): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => events.push(...(value as TraceEvent[]));
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    traceConfig: {
      includedCategories: [
        'devtools.timeline',
        ...(isWithStacks ? ['disabled-by-default-devtools.timeline.stack'] : []),
      ],
    },
    transferMode: 'ReportEvents',
  });
  await action();
  const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  return events;
}

async function loaded(page: Page, site: RecordingCollector, path: string): Promise<void> {
  await page.goto(site.url + path);
}

/** Loads a page and waits until its view and what follows it are done. */
async function counted(page: Page, site: RecordingCollector, path: string): Promise<void> {
  const views = site.events.length + 1;
  await loaded(page, site, path);
  await site.arrived(views);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}

const isOf = ({ args }: TraceEvent, script: string) => args?.data?.url?.endsWith(`/${script}`) ?? false;
const isOurs = (event: TraceEvent) =>
  /^(EvaluateScript|FunctionCall)$/.test(event.name) && isOf(event, 't.js');
const isForced = ({ name, args }: TraceEvent) =>
  /^(Layout|UpdateLayoutTree|RecalcStyle)$/.test(name) &&
  (args?.beginData?.stackTrace?.some(({ url }) => url?.endsWith('/t.js')) ?? false);

function sumMs(events: readonly TraceEvent[], name: string, script: string): number {
  const ours = events.filter((event) => event.name === name && isOf(event, script));
  return ours.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1_000;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
