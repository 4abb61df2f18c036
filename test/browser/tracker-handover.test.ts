/** One visitor over several domains of one owner: the id goes along on a link. In the full build. */
import { expect, test } from 'vitest';
import { html, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite({ args: ['--host-resolver-rules=MAP *.example 127.0.0.1'] });
const at = (host: string, path = '/') => `http://${host}:${here.site.port}${path}`;
const full = stub + tag('data-link="one.example,two.example"', 't.full.js');
const visitors = () => here.site.batches.map(({ visitor }) => visitor);

function page(path: string, links: string, head = full): void {
  here.site.page(path, html('Shop', links.replaceAll('PORT', `${here.site.port}`), head));
}

async function follow(name: string): Promise<void> {
  const counted = here.site.events.filter(({ type }) => type === 'page').length + 1;
  await here.page.getByRole('link', { name }).click();
  await here.site.until((events) => events.filter(({ type }) => type === 'page').length >= counted);
}

test('a link to the owner’s other domain takes the id along, and leaves no trace of it in the address', async () => {
  page('/', '<a href="http://www.two.example:PORT/in?a=1#part">Over</a>');
  page('/in', '<a href="http://one.example:PORT/">Back</a>');
  await here.page.goto(at('one.example'));
  await here.site.arrived(1);
  await follow('Over');
  expect(here.page.url()).toBe(at('www.two.example', '/in?a=1#part'));
  expect(JSON.stringify(here.site.events)).not.toContain('_fl=');
  await follow('Back');
  expect(new Set(visitors()).size).toBe(1);
  expect(here.problems).toEqual([]);
});

test('a link elsewhere takes nothing along', async () => {
  page(
    '/',
    '<a href="http://other.example:PORT/in">Away</a><a href="http://nottwo.example:PORT/in">Near</a>',
  );
  await here.page.goto(at('one.example'));
  await here.site.arrived(1);
  await follow('Away');
  expect(here.site.requests.filter(({ url }) => url.startsWith('/in')).map(({ url }) => url)).toEqual([
    '/in',
  ]);
  await here.page.goBack();
  await follow('Near');
  await here.site.until((events) => events.some(({ url }) => url.includes('nottwo')));
  expect(here.site.requests.map(({ url }) => url).filter((url) => url.includes('_fl='))).toEqual([]);
  expect(new Set(visitors()).size).toBe(3);
});

test('an address that was copied is good for nobody: not later, not in another browser, not with another id', async () => {
  page('/', '<a href="http://two.example:PORT/in">Over</a>');
  page('/in', '');
  await here.page.goto(at('one.example'));
  await here.site.arrived(1);
  await follow('Over');
  const copied = here.site.requests.map(({ url }) => url).find((url) => url.includes('_fl=')) ?? '';
  expect(copied).toMatch(/^\/in\?_fl=\w{18}\.\w+\.\w+$/);
  const owner = visitors()[0];

  const later = await here.browser.newContext();
  await later.addInitScript('{ const now = Date.now; Date.now = () => now() + 180_000 }');
  const other = await here.browser.newContext({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Another/1.0' });
  const forged = await here.browser.newContext();
  for (const [context, address] of [
    [later, copied],
    [other, copied],
    [forged, copied.replace(/_fl=\w{18}/, '_fl=m3x9k2p00123456789')],
  ] as const) {
    const counted = here.site.events.length + 1;
    const fresh = await context.newPage();
    await fresh.goto(at('two.example', address));
    await here.site.arrived(counted);
    expect(fresh.url()).toBe(at('two.example', '/in'));
    expect([owner, 'm3x9k2p00123456789']).not.toContain(visitors().at(-1));
    await context.close();
  }
});

test('without data-link nothing is taken along', async () => {
  page('/', '<a href="http://two.example:PORT/in">Over</a>', stub + tag('', 't.full.js'));
  await here.page.goto(at('one.example'));
  await here.site.arrived(1);
  await follow('Over');
  expect(here.site.requests.map(({ url }) => url).filter((url) => url.includes('_fl='))).toEqual([]);
});

test('before the visitor has agreed nothing is kept of it', async () => {
  page('/', '<a href="http://two.example:PORT/in">Over</a>');
  page('/in', '', stub + tag('data-link="one.example" data-consent="required"', 't.full.js'));
  await here.page.goto(at('one.example'));
  await here.site.arrived(1);
  await here.page.getByRole('link').click();
  await here.page.waitForURL('**/in');
  expect((await here.context.cookies(at('two.example'))).map(({ name }) => name)).toEqual([]);
  await here.page.evaluate("void footlight('consent', true)");
  await here.site.until((events) => events.some(({ url }) => url.includes('two.example')));
  expect(new Set(visitors()).size).toBe(1);
});
