import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { type DraftWish, draft, minute } from '../../test/support/drafts.ts';
import { hostile, sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('lumen.example', [], 0);
  cookie = await dashboard.signIn('sales');
});
afterEach(() => dashboard.live.close());

const ask = (path: string, headers: Record<string, string> = { cookie }) =>
  dashboard.app.request(`${origin}${path}`, { headers });
const visit = (...wishes: DraftWish[]) =>
  dashboard.store.append(wishes.map((wish, index) => draft({ at: sampleNow, ...wish }, index)));
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Messages of a stream as they come. */
async function* messages(response: Response): AsyncGenerator<{ event: string; data: string }> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const of = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}: `))
          .map((line) => line.slice(name.length + 2))
          .join('\n');
      if (of('event') !== '') yield { event: of('event'), data: of('data') };
    }
  }
}

async function told(stream: AsyncGenerator<{ event: string; data: string }>) {
  const { value } = await stream.next();
  expect(value?.event).toBe('moment');
  return JSON.parse(value?.data ?? '') as { state: string; seen?: string; stream?: string };
}

describe('the live page', () => {
  test('shows who is here, on which page and since when, and counts the others', async () => {
    await visit(
      { company: 'Acme', at: sampleNow - 4 * minute, path: '/docs', title: 'Docs' },
      { company: 'Acme', at: sampleNow - 2 * minute, path: '/pricing', title: 'Pricing' },
      { visitor: 'visitor-2', at: sampleNow - minute },
      { visitor: 'visitor-3', company: 'Long Gone', at: sampleNow - 45 * minute },
    );
    const html = await (await ask('/live')).text();
    const text = textOf(html);
    expect(text).toMatch(/Here now A Acme Pricing 1 person since 15:00/);
    expect(text).toContain('1 visit without a company’s name');
    expect(text).toContain('3 pages in the last 30 minutes, 0 pages in this one');
    expect(text).toMatch(/15:02:30 Acme viewed Pricing 15:00:30 Acme viewed Docs/);
    expect(text).not.toContain('Long Gone');
    // Without a script: what it shows, and what to do.
    expect(text).toContain('As it was when this page was opened');
    expect(html).toMatch(/<noscript><p[^>]*>Reload the page/);
  });

  test('says so where nobody is here, and leads to a site where there is none', async () => {
    expect(textOf(await (await ask('/live')).text())).toContain('No company in the last 30 minutes');
    const bare = await openDashboard({ traffic: false });
    const response = await bare.app.request(`${origin}/live`, {
      headers: { cookie: await bare.signIn('owner') },
    });
    expect(await response.text()).toContain('href="/sites/new"');
    bare.live.close();
  });

  test('words from outside are only words, on the page and in the stream', async () => {
    await visit({ company: hostile.name, title: hostile.title, at: sampleNow - minute });
    const html = await (await ask('/live')).text();
    expect(html).not.toMatch(/<script>alert|<img/);
    const stream = messages(await ask('/live/events'));
    const { state, stream: lines } = await told(stream);
    expect(state + lines).not.toMatch(/<script|<img/);
    expect(lines).toContain('&lt;img');
    await stream.return(undefined);
  });
});

describe('the stream', () => {
  test('tells all that is there, then what is new, to everybody who watches', async () => {
    await visit({ company: 'Acme', path: '/first' });
    const streams = [messages(await ask('/live/events')), messages(await ask('/live/events'))];
    for (const stream of streams) expect((await told(stream)).stream).toContain('/first');
    await visit({ visitor: 'visitor-2', company: 'Brand New', path: '/second' });
    for (const stream of streams) {
      const { state, seen, stream: all } = await told(stream);
      expect(seen).toContain('Brand New');
      expect(seen).not.toContain('/first');
      expect(all).toBeUndefined();
      expect(textOf(state)).toMatch(/Here now .*Brand New/);
    }
    await Promise.all(streams.map((stream) => stream.return(undefined)));
  });

  test('of one site tells nothing of another', async () => {
    await dashboard.store.addSite('other.example', [], 0);
    const stream = messages(await ask('/live/events?site=2'));
    await told(stream);
    await visit({ company: 'Acme', path: '/of-the-first' });
    await visit({ site: 2, visitor: 'visitor-2', company: 'Brand New', path: '/of-the-second' });
    let seen = '';
    while (!seen.includes('/of-the-second')) {
      const next = await told(stream);
      seen += next.seen;
      expect(next.state).not.toContain('Acme');
    }
    expect(seen).not.toContain('/of-the-first');
    await stream.return(undefined);
  });

  test('is behind the guard', async () => {
    const response = await ask('/live/events', {});
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(/^\/sign-in/);
  });

  test('is kept by no cache and held back by no proxy', async () => {
    const response = await ask('/live/events');
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    await response.body?.cancel();
  });

  test('ends when who watches has signed out', async () => {
    const stream = messages(await ask('/live/events'));
    await told(stream);
    await dashboard.auth.signOut(new Headers({ cookie }));
    expect((await stream.next()).value).toEqual({ event: 'end', data: 'You are signed out.' });
    expect((await stream.next()).done).toBe(true);
  });

  test('has room for some, and says so to others; who leaves makes room', async () => {
    const open = await Promise.all(Array.from({ length: 50 }, () => ask('/live/events')));
    const refused = await ask('/live/events');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('60');
    await open[0]?.body?.cancel();
    const next = await ask('/live/events');
    expect(next.status).toBe(200);
    for (const { body } of [...open.slice(1), next]) await body?.cancel();
  });
});
