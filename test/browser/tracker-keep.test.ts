/** Events that could not be sent are kept in the browser for the next visit: so many, for so long, and never unasked. */
import { describe, expect, test } from 'vitest';
import { html, type Said, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();
const day = 86_400_000;

const namesOf = (events: readonly Said[]) =>
  events.map((event) => (event.type === 'track' ? event.name : event.type));

/** What is kept, as text. */
const kept = () => here.page.evaluate<string>("localStorage.getItem('_fl') ?? ''");

async function closeOffline(): Promise<void> {
  await here.context.setOffline(true);
  // A page that is gone is not held to that any more: what it still sends must not get through.
  await here.site.down();
  await here.page.evaluate("for (const name of ['a', 'b']) footlight('track', name)");
  const closed = here.page.waitForEvent('close');
  await here.page.close({ runBeforeUnload: true });
  await closed;
  await here.context.setOffline(false);
  here.page = await here.context.newPage();
  await here.page.goto('about:blank');
  await here.site.up();
}

/** Opens a page in the same browser, some time later. */
async function comeBack(afterMs: number): Promise<void> {
  await here.page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${afterMs} }`);
  await here.page.goto(`${here.site.url}/back`);
  await here.site.until((events) => events.some(({ url }) => url.endsWith('/back')));
}

describe('what was said offline, before the tab was closed', () => {
  test('arrives tomorrow, once, from the same visitor and with its time', async () => {
    await here.open('/');
    await closeOffline();
    expect(namesOf(here.site.events)).toEqual(['page']);
    await comeBack(day);
    const events = await here.finish();
    expect(namesOf(events)).toEqual(['page', 'page', 'a', 'b']);
    for (const { ago = 0 } of events.slice(2)) {
      expect(ago).toBeGreaterThan(day);
      expect(ago).toBeLessThan(day + 60_000);
    }
    expect(new Set(here.site.batches.map(({ visitor }) => visitor)).size).toBe(1);
    expect(await kept()).toBe('');
    const sent = here.site.batches.length;
    await here.page.reload();
    await here.site.arrived(events.length + 1);
    expect(namesOf((here.site.batches.at(sent + 1)?.events ?? []) as Said[])).not.toContain('a');
  });

  test('is forgotten after a week', async () => {
    await here.open('/');
    await closeOffline();
    await comeBack(8 * day);
    expect(namesOf(await here.finish())).toEqual(['page', 'page']);
  });

  test('is not kept where Global Privacy Control asks for it', async () => {
    await here.context.addInitScript(
      "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })",
    );
    await here.open('/');
    await here.context.setOffline(true);
    await here.page.evaluate("footlight('track', 'a')");
    await here.turn('hidden');
    expect(await here.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });

  test('is not missed where storage is blocked: the page works on', async () => {
    await here.context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    );
    here.site.answerNext({ status: 500 });
    await here.page.goto(here.site.url);
    await here.turn('hidden');
    expect(namesOf(await here.site.arrived(1))).toEqual(['page']);
    expect(here.problems.filter((problem) => !problem.includes('500'))).toEqual([]);
  });
});

test('a collector that is down when the page goes away has everything from the next page', async () => {
  here.site.answerNext(...Array.from({ length: 4 }, () => ({ status: 503 })));
  await here.page.goto(here.site.url);
  await here.page.evaluate("footlight('track', 'unheard')");
  await here.site.asked('/e', 1);
  await here.page.waitForFunction("localStorage.getItem('_fl')");
  await here.page.goto(`${here.site.url}/next`);
  const events = await here.site.arrived(3);
  expect(namesOf(events).sort()).toEqual(['page', 'page', 'unheard']);
  await here.page.waitForFunction("!localStorage.getItem('_fl')");
});

test('while all is well, nothing is kept', async () => {
  await here.open('/');
  await here.page.evaluate("footlight('track', 'a')");
  await here.site.arrived(2);
  await here.turn('hidden');
  await here.open('/next');
  expect(await here.page.evaluate('localStorage.length')).toBe(0);
});

test('what is kept has its bounds: 200 events and 50 KB', async () => {
  await here.open('/');
  await here.context.setOffline(true);
  await here.page.evaluate(
    "for (let n = 0; n < 300; n++) footlight('track', 'n' + n, { text: 'x'.repeat(n) })",
  );
  await here.turn('hidden');
  const text = await kept();
  expect(text.length).toBeLessThan(50_000);
  const events = text.split('\n').map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ name: 'n0' });
  expect(events.length).toBeLessThanOrEqual(200);
  expect(events.length).toBeGreaterThan(100);
});

test('what somebody else wrote under our name harms nobody', async () => {
  await here.context.addInitScript('localStorage.setItem(\'_fl\', \'{"not":"ours"\')');
  await here.open('/');
  expect(namesOf(await here.finish())).toEqual(['page']);
  expect(here.problems).toEqual([]);
});

describe('on a page with odd foundations', () => {
  test.each([
    ['a toJSON on all arrays', "Array.prototype.toJSON = function () { return 'spoilt' }"],
    ['more on every array and object', 'Array.prototype.extra = Object.prototype.more = function () {}'],
    ['no randomUUID', 'delete Crypto.prototype.randomUUID'],
  ])('(%s) one view arrives, and what could not be sent at first', async (_, script) => {
    here.site.answerNext({ status: 500 });
    here.site.page('/odd', html('Odd', '', `<script>${script}</script>${stub}${tag()}`));
    await here.open('/odd');
    await here.page.evaluate("footlight('track', 'said', { n: 1 })");
    expect(await here.finish()).toMatchObject([
      { type: 'page', url: `${here.site.url}/odd` },
      { type: 'track', props: { n: 1 } },
    ]);
    expect(here.problems.filter((problem) => !problem.includes('500'))).toEqual([]);
  });
});

describe('a collector in trouble', () => {
  test('that says when to come again is not asked before, not even by a page that is hidden', async () => {
    here.site.answerNext({ status: 429, retryAfter: '2' });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.waitForFunction("localStorage.getItem('_fl')");
    const from = Date.now();
    await here.turn('hidden');
    await here.turn('visible');
    await here.site.arrived(1);
    expect(Date.now() - from).toBeGreaterThan(1_500);
    expect(here.site.requests.filter(({ url }) => url === '/e')).toHaveLength(2);
  });

  test('that says so by a date is asked all the same', async () => {
    here.site.answerNext({ status: 503, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' });
    await here.page.goto(here.site.url);
    expect(await here.site.arrived(1)).toHaveLength(1);
  });

  test('is asked as soon as the network is back', async () => {
    here.site.answerNext(...Array.from({ length: 3 }, () => ({ status: 500 })));
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 3);
    const from = Date.now();
    await here.page.evaluate("setTimeout(() => dispatchEvent(new Event('online')), 100)");
    await here.site.arrived(1);
    expect(Date.now() - from).toBeLessThan(1_500);
  });

  test('is asked at most twelve times in two seconds, however much happens', async () => {
    here.site.answerNext(...Array.from({ length: 50 }, () => ({ status: 500 })));
    await here.page.goto(here.site.url);
    await here.page.evaluate(`new Promise((resolve) => {
      let n = 0;
      const every = setInterval(() => {
        footlight('track', 'n' + n);
        if (n % 5 === 0) history.pushState(null, '', '/route-' + n);
        if (n++ === 40) resolve(clearInterval(every));
      }, 50);
    })`);
    expect(here.site.requests.filter(({ url }) => url === '/e').length).toBeLessThanOrEqual(12);
  });
});
