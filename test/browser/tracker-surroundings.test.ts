/** Pages that are not like others: frames, strict policies, odd foundations. One view, no violation, nothing thrown. */
import { describe, expect, test } from 'vitest';
import { html, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();
const typesOf = () => here.site.events.map(({ type, url }) => `${type} ${new URL(url).pathname}`);

async function settle(): Promise<void> {
  await here.page.evaluate("fetch('/settled')");
  await here.site.asked('/settled', 1);
}

describe('a page inside of a page', () => {
  const frame = (attributes: string) => `<iframe src="/inner" ${attributes}></iframe>`;

  test('of the same site is not counted once more, also where it is ready first', async () => {
    let release = () => {};
    const after = new Promise<void>((resolve) => {
      release = resolve;
    });
    here.site.page('/late.js', '', after, { 'content-type': 'text/javascript' });
    here.site.page('/outer', html('Outer', frame(''), `<script defer src="/late.js"></script>${tag()}`));
    await here.page.goto(`${here.site.url}/outer`, { waitUntil: 'commit' });
    await here.page.frameLocator('iframe').locator('body').waitFor({ state: 'attached' });
    release();
    await here.site.arrived(1);
    await here.page.waitForLoadState();
    expect((await here.finish()).map(({ type }) => type)).toEqual(['page']);
    expect(typesOf()[0]).toBe('page /outer');
    expect(here.problems).toEqual([]);
  });

  test('tells its forms and what it is told to tell all the same', async () => {
    here.site.page(
      '/inner',
      html('Inner', '<form id="f" onsubmit="event.preventDefault()"><button>Go</button></form>'),
    );
    here.site.page('/outer', html('Outer', frame('')));
    await here.open('/outer');
    await here.page.frameLocator('iframe').getByRole('button').click();
    await here.site.arrived(2);
    expect(typesOf()).toEqual(['page /outer', 'form /inner']);
    expect(here.site.leaves).toEqual([]);
  });

  test.each([
    ['sandboxed', 'sandbox="allow-scripts"'],
    ['sandboxed with forms', 'sandbox="allow-scripts allow-forms"'],
  ])('(%s) has no origin: nothing breaks, and nobody is counted twice', async (_, attributes) => {
    here.site.page(
      '/inner',
      html('Inner', '<script>onload = () => footlight("track", "x")</script>', stub + tag()),
    );
    here.site.page('/outer', html('Outer', frame(attributes)));
    await here.open('/outer');
    await settle();
    expect(typesOf()).toEqual(['page /outer']);
    expect(here.problems).toEqual([]);
  });

  test('written into the page (srcdoc, data:) breaks nothing', async () => {
    const inner = html('Inner').replaceAll('"', '&quot;');
    here.site.page(
      '/outer',
      html(
        'Outer',
        `<iframe srcdoc="${inner}"></iframe><iframe src="data:text/html,${encodeURIComponent(html('Data').replaceAll('src="', `src="${here.site.url}`))}"></iframe>`,
      ),
    );
    await here.open('/outer');
    await settle();
    expect(typesOf()).toEqual(['page /outer']);
    expect(here.problems).toEqual([]);
  });
});

describe('a strict policy', () => {
  const policies = [
    "script-src 'nonce-n0nce' 'strict-dynamic'; object-src 'none'; base-uri 'none'; default-src 'self'; img-src data:",
    "script-src 'nonce-n0nce' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types 'none'",
  ];

  test.each(policies)('(%s) is kept: one view, forms and links, no violation', async (policy) => {
    const watch =
      "<script nonce='n0nce'>window.violations = []; addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective))</script>";
    const body = `<form id="f"><input name="a"><button type="button">Go</button></form><a href="mailto:kim@example.com">Mail</a>`;
    const nonced = `${watch}<script nonce="n0nce" defer src="/t.js" data-site="site-key"></script>`;
    here.site.page('/strict', html('Strict', body, nonced), undefined, { 'content-security-policy': policy });
    await here.open('/strict');
    await here.page.locator('input').fill('x');
    await here.page.getByRole('link').click();
    await here.site.arrived(3);
    expect(typesOf()).toEqual(['page /strict', 'form /strict', 'link /strict']);
    expect(await here.page.evaluate('violations')).toEqual([]);
    expect(here.problems).toEqual([]);
  });

  test('that lets a tag in which another script puts there: one view', async () => {
    const loader =
      "<script nonce='n0nce'>{ const tag = document.createElement('script'); tag.src = '/t.js'; tag.dataset.site = 'site-key'; document.head.append(tag) }</script>";
    here.site.page('/strict', html('Strict', '', loader), undefined, {
      'content-security-policy': policies[0],
    });
    await here.open('/strict');
    expect((await here.finish()).map(({ type }) => type)).toEqual(['page']);
    expect(here.problems).toEqual([]);
  });

  test('that forbids the script: the site’s calls throw nothing', async () => {
    here.site.page(
      '/none',
      html('None', '', `${stub.replace('<script', "<script nonce='n0nce'")}${tag()}`),
      undefined,
      {
        'content-security-policy': "script-src 'nonce-n0nce'",
      },
    );
    await here.page.goto(`${here.site.url}/none`);
    await here.page.evaluate("footlight('track', 'unheard'); footlight('ready', () => {})");
    await settle();
    expect(here.site.events).toEqual([]);
    expect(here.problems.filter((problem) => !problem.includes('Content Security Policy'))).toEqual([]);
  });
});

describe('what the owner chose', () => {
  test('may be said by an object on the page, and by the tag; a page that asks for consent is not counted without', async () => {
    const options = (text: string) => `${stub}<script>footlight.options = ${text}</script>${tag()}`;
    here.site.page('/object', html('Object', '', options('{ hash: true }')));
    await here.page.goto(`${here.site.url}/object#/route`);
    await here.site.arrived(1);
    expect(here.site.events[0]?.url).toBe(`${here.site.url}/object#/route`);
    here.site.page('/asked', html('Asked', '', tag('data-consent="required"')));
    await here.page.goto(`${here.site.url}/asked`);
    await settle();
    expect(typesOf()).toEqual(['page /object']);
  });

  test('a browser that a program drives says so', async () => {
    await here.open('/');
    expect(here.site.batches[0]?.driven).toBe(true);
    await here.context.addInitScript(
      "Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })",
    );
    await here.open('/by-hand');
    expect(here.site.batches.at(-1)).not.toHaveProperty('driven');
  });
});
