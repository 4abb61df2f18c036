/** How events get to the collector: soon, together, once, and even from a page that is closing. */
import { describe, expect, test } from 'vitest';
import { maxEvents, type WireBatch } from '../../tracker/wire.ts';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

/** An answer that comes when the test says so. */
function held(): { after: Promise<void>; release(): void } {
  let release = () => {};
  const after = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { after, release };
}

/** Events of every request for `/e`, stored or not. */
async function askedFor(count: number): Promise<WireBatch['events'][]> {
  const asked = await here.site.asked('/e', count);
  return asked.map(({ body }) => (JSON.parse(body) as WireBatch).events);
}

const namesOf = (events: WireBatch['events']) =>
  events.map((event) => (event.type === 'track' ? event.name : event.type));

describe('while the collector is well', () => {
  test('the first event goes at once, the others together behind the request under way', async () => {
    const { after, release } = held();
    here.site.answerNext({ after });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate("for (const name of ['a', 'b', 'c']) footlight('track', name)");
    expect(here.site.requests.filter(({ url }) => url === '/e')).toHaveLength(1);
    release();
    await here.site.arrived(4);
    expect(here.site.batches.map(({ events }) => namesOf(events))).toEqual([['page'], ['a', 'b', 'c']]);
  });

  test('a slow one holds up neither the page nor the way to the next', async () => {
    const { after, release } = held();
    // The browser may tell a page that goes away that its request failed, though it did not; then it comes again.
    here.site.answerNext({ after }, { after }, { after });
    here.site.page('/', html('Home', '<a href="/next">Next</a>'));
    await here.page.goto(here.site.url);
    await here.page.getByRole('link').click();
    await here.page.waitForURL('**/next');
    expect(here.site.events).toEqual([]);
    release();
    expect(await here.site.arrived(2)).toHaveLength(2);
  });

  test('an answer of “never” ends it: the event is not sent again', async () => {
    here.site.answerNext({ status: 400 });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate("footlight('track', 'after')");
    await here.finish();
    const [first, second, ...others] = await askedFor(2);
    expect(namesOf(first ?? [])).toEqual(['page']);
    expect(namesOf(second ?? [])).not.toContain('page');
    expect(others.flat().map(({ id }) => id)).not.toContain(first?.[0]?.id);
  });

  test('more than fits into one request goes in several, nothing left out', async () => {
    const { after, release } = held();
    here.site.answerNext({ after });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate(
      "for (let n = 0; n < 6; n++) footlight('track', 'large ' + n, { text: 'ü'.repeat(n === 3 ? 70_000 : 15_000) })",
    );
    release();
    await here.site.arrived(7);
    expect(namesOf(here.site.events)).toEqual(['page', ...[0, 1, 2, 3, 4, 5].map((n) => `large ${n}`)]);
    for (const { events } of here.site.batches)
      expect(events.length === 1 || Buffer.byteLength(JSON.stringify(events)) < 65_536).toBe(true);
  });
});

describe('when the page goes away', () => {
  test('by a click on a link, what the click said arrives', async () => {
    here.site.page('/', html('Home', `<a href="/next" onclick="footlight('track', 'clicked')">Next</a>`));
    await here.open('/');
    await here.page.getByRole('link').click();
    expect(namesOf(await here.site.arrived(3)).sort()).toEqual(['clicked', 'page', 'page']);
  });

  test('as soon as the tag has run, its view arrives', async () => {
    here.site.page('/', `${html('Gone', "<script type='module'>location.href = '/next'</script>")}`);
    await here.page.goto(here.site.url, { waitUntil: 'commit' });
    const events = await here.site.arrived(2);
    expect(events.map(({ url }) => url.replace(here.site.url, '')).sort()).toEqual(['/', '/next']);
  });

  test('by closing the tab, what waits behind a request arrives', async () => {
    const { after, release } = held();
    here.site.answerNext({ after });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate("footlight('track', 'last words'); history.pushState(null, '', '/last-page')");
    await here.page.close({ runBeforeUnload: true });
    await here.site.until((stored) => stored.some(({ url }) => url.endsWith('/last-page')));
    release();
    expect(namesOf(await here.site.arrived(3)).sort()).toEqual(['last words', 'page', 'page']);
  });

  test('with thirty events of 1.5 KB said just before, all arrive', async () => {
    await here.open('/');
    await here.page.evaluate(
      `for (let n = 0; n < 30; n++) footlight('track', 'burst ' + n, { text: 'x'.repeat(1_400) });
      location.href = '/next'`,
    );
    const events = await here.site.arrived(32);
    expect(events.filter(({ type }) => type === 'track')).toHaveLength(30);
  });

  test('to the background, what waits is sent', async () => {
    const { after, release } = held();
    here.site.answerNext({ after });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate("footlight('track', 'before')");
    await here.turn('hidden');
    expect(namesOf(await here.site.arrived(1))).toEqual(['before']);
    release();
    await here.site.arrived(2);
  });
});

describe('while the collector is in trouble', () => {
  test.each([500, 503, 429])('with %i, the event is sent again and stored once', async (status) => {
    here.site.answerNext({ status });
    await here.page.goto(here.site.url);
    const [stored] = await here.site.arrived(1);
    const [first, second] = await askedFor(2);
    expect(first?.map(({ id }) => id)).toEqual([stored?.id]);
    expect(second?.map(({ id }) => id)).toEqual([stored?.id]);
    await here.page.evaluate("footlight('track', 'later')");
    expect(namesOf(await here.finish())).toEqual(['page', 'later']);
  });

  test('by an answer that is lost, the event has the same id the second time', async () => {
    here.site.answerNext({ isLost: true });
    await here.page.goto(here.site.url);
    const [first, second] = await askedFor(2);
    expect(second?.[0]?.id).toBe(first?.[0]?.id);
    expect(await here.finish()).toHaveLength(1);
  });

  test('by no network, what happened meanwhile arrives when it is back', async () => {
    await here.open('/');
    await here.context.setOffline(true);
    await here.page.evaluate("for (const name of ['a', 'b']) footlight('track', name)");
    await here.context.setOffline(false);
    expect(namesOf(await here.site.arrived(3)).sort()).toEqual(['a', 'b', 'page']);
  });

  test('it is asked less and less often, and told how long ago it was each time', async () => {
    here.site.answerNext({ status: 500 }, { status: 500 });
    await here.page.goto(here.site.url);
    const agos = (await askedFor(3)).map(([event]) => event?.ago ?? 0);
    expect(agos[0]).toBeLessThan(500);
    expect((agos[1] ?? 0) - (agos[0] ?? 0)).toBeGreaterThanOrEqual(500);
    expect((agos[2] ?? 0) - (agos[1] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('the browser keeps so many events and no more, the first ones', async () => {
    const { after, release } = held();
    here.site.answerNext({ after });
    await here.page.goto(here.site.url);
    await here.site.asked('/e', 1);
    await here.page.evaluate(`for (let n = 0; n < ${maxEvents + 50}; n++) footlight('track', 'n' + n)`);
    release();
    await here.site.arrived(1 + maxEvents);
    const names = namesOf(await here.finish());
    expect(names).toHaveLength(1 + maxEvents);
    expect(names.slice(0, 2)).toEqual(['page', 'n0']);
    expect(Math.max(...here.site.batches.map(({ events }) => events.length))).toBeLessThanOrEqual(maxEvents);
  });
});
