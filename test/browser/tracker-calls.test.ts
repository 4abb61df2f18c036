/** What a site says to the tag by `footlight(…)`. */
import { describe, expect, test } from 'vitest';
import { html, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

describe('footlight(…)', () => {
  test('tracks what the owner names, with props, and tells who somebody is', async () => {
    await here.open('/');
    const answer = await here.page.evaluate(
      "footlight('track', 'Demo booked', { seats: 40, tags: ['a', null] })",
    );
    expect(answer).toBeUndefined();
    await here.page.evaluate("footlight('identify', 42, { email: 'jane@northwind.example' })");
    const [, track, identify] = await here.finish();
    expect(track).toMatchObject({
      type: 'track',
      name: 'Demo booked',
      props: { seats: 40, tags: ['a', null] },
      url: `${here.site.url}/`,
    });
    expect(identify).toMatchObject({
      type: 'identify',
      user: '42',
      traits: { email: 'jane@northwind.example' },
    });
  });

  test('replays in order what the site said before the tag was there', async () => {
    const early =
      "footlight('track', 'first'); footlight('identify', 'user-7'); footlight('track', 'second')";
    here.site.page('/early', html('Early', '', `${stub}<script>${early}</script>${tag()}`));
    await here.page.goto(`${here.site.url}/early`);
    await here.page.evaluate("footlight('track', 'third')");
    expect((await here.finish()).map((event) => ('name' in event ? event.name : event.type))).toEqual([
      'page',
      'first',
      'identify',
      'second',
      'third',
    ]);
  });

  test('keeps what was said, whatever the site does to its object afterwards', async () => {
    await here.open('/');
    await here.page.evaluate(
      "{ const cart = { items: 1 }; footlight('track', 'one'); footlight('track', 'cart', cart); cart.items = 2 }",
    );
    expect(await here.finish()).toContainEqual(
      expect.objectContaining({ name: 'cart', props: { items: 1 } }),
    );
  });

  test.each([
    'footlight()',
    'footlight(null, null, null)',
    "footlight('no such thing', 'x')",
    "footlight('track', Symbol('x'))",
    "{ const ring = {}; ring.ring = ring; footlight('track', 'ring', ring) }",
    "footlight('track', 'big', { n: 10n })",
    "footlight('track', 'trap', { get trap() { throw new Error('trap') } })",
  ])('never throws into the page: %s', async (call) => {
    await here.open('/');
    await here.page.evaluate(call);
    expect((await here.finish()).map(({ type }) => type)).toEqual(['page']);
    expect(here.problems).toEqual([]);
  });

  test('is there though an element of the page has the same name', async () => {
    here.site.page('/named', html('Named', '<form id="footlight"><input name="q"></form>'));
    await here.open('/named');
    await here.page.evaluate("footlight('track', 'heard')");
    expect(await here.finish()).toContainEqual(expect.objectContaining({ name: 'heard' }));
    expect(here.problems).toEqual([]);
  });
});
