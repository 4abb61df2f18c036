/** What the built tag really sends, against the examples in `wire.md`: a change of the wire is seen here. */
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../collector/events.ts';
import type { LeaveEvent, WireEvent } from '../../tracker/wire.ts';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';
import { readWireDocument } from './document.ts';

const here = useTrackedSite();
const sections = readWireDocument();

/** Two ids and two waits are never the same. */
function withoutChance(event: WireEvent): Omit<WireEvent, 'id' | 'ago'> {
  const { id, ago = 0, ...rest } = event;
  expect(id).toMatch(/^[0-9a-z]{8}\d{10}$/);
  expect(ago).toBeGreaterThanOrEqual(0);
  return rest;
}

describe('the built tag', () => {
  test('sends each type of event as wire.md shows it, in an envelope as wire.md shows it', async () => {
    here.site.page('/', html('Lumen', '<a href="/pricing?plan=pro">Pricing</a>'));
    here.site.page(
      '/pricing',
      html(
        'Pricing – Lumen',
        `<form name="contact" id="contact-form" action="/contact/send?from=pricing" onsubmit="event.preventDefault()">
          <input name="email"><button>Send</button></form><a href="/files/prices.pdf?from=pricing" onclick="event.preventDefault()">Prices</a>`,
      ),
    );
    await here.context.route('https://www.lumen.example/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: here.site.url + pathname }) });
    });
    await here.page.goto('https://www.lumen.example/');
    await here.site.arrived(1);
    await here.page.getByRole('link').click();
    await here.site.arrived(2);
    here.site.clear();
    await here.page.reload();
    await here.site.arrived(1);
    await here.page.getByRole('button').click();
    await here.page.evaluate("footlight('track', 'Quote requested', { plan: 'pro', seats: 40 })");
    await here.page.evaluate(
      "footlight('identify', 'user-7', { email: 'jane@northwind.example', role: 'buyer' })",
    );
    await here.page.getByRole('link').click();
    const events = await here.site.arrived(5);

    expect(events.map(({ type }) => type)).toEqual(['page', 'form', 'track', 'identify', 'link']);
    for (const event of events) {
      expect(withoutChance(event)).toEqual(withoutChance(sections.get(event.type)?.example as WireEvent));
      expect(parseEvent(event)).toEqual(event);
    }
    await here.page.evaluate('new Promise((resolve) => setTimeout(resolve, 1_500))');
    await here.turn('hidden');
    const [leave] = await here.site.left(1);
    const { seconds, scroll, ...rest } = withoutChance(leave as LeaveEvent) as LeaveEvent;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(scroll).toBe(100);
    expect({ seconds: 42, scroll: 80, ...rest }).toEqual(
      withoutChance(sections.get('leave')?.example as WireEvent),
    );
    expect(parseEvent(leave)).toEqual(leave);

    for (const { v, site, visitor, events: sent, ...rest } of here.site.batches) {
      expect({ v, site }).toEqual({ v: 1, site: 'site-key' });
      expect(visitor).toMatch(/^[0-9a-z]{8}\d{10}$/);
      expect(sent).not.toEqual([]);
      // Playwright drives the browser, and the tag does not hide it.
      expect(rest).toEqual({ driven: true });
    }
  });
});
