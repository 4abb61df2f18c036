/** What the tag tells of a form, and that it never tells what was typed. */
import { describe, expect, test } from 'vitest';
import type { FormEvent } from '../../tracker/wire.ts';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

const contact = `<form name="contact" id="contact-form" action="/thanks?token=in-the-query" method="post">
  <input name="email" type="email"><input name="secret" type="password"><textarea name="message"></textarea>
  <input name="hidden" type="hidden" value="typed-by-the-site"><button>Send</button></form>`;

async function formsOf(): Promise<FormEvent[]> {
  return (await here.finish()).filter((event): event is FormEvent => event.type === 'form');
}

/** Opens a page with this in its body. */
async function show(body: string): Promise<void> {
  here.site.page('/form', html('Form', body));
  await here.open('/form');
}

describe('a submitted form', () => {
  test('is told by name, id and path of its action, and arrives though the page goes away', async () => {
    await show(contact);
    await here.page.getByRole('button').click();
    const events = await here.site.until((stored) => stored.some(({ type }) => type === 'form'));
    const { ago = 0, ...form } = events.find(({ type }) => type === 'form') ?? {};
    expect(ago).toBeGreaterThanOrEqual(0);
    expect(form).toEqual({
      id: expect.any(String),
      type: 'form',
      step: 'submit',
      url: `${here.site.url}/form`,
      name: 'contact',
      form: 'contact-form',
      action: '/thanks',
    });
    await here.site.until((stored) => stored.some(({ url }) => url.endsWith('/thanks?token=in-the-query')));
    expect(await formsOf()).toHaveLength(1);
  });

  test('keeps every value on the page', async () => {
    await show(contact.replace('method="post"', 'onsubmit="event.preventDefault()"'));
    const typed = ['jane.doe@typed.example', 'typed-password', 'typed message'];
    await here.page.locator('[name=email]').fill('jane.doe@typed.example');
    await here.page.locator('[name=secret]').fill('typed-password');
    await here.page.locator('textarea').fill('typed message');
    await here.page.getByRole('button').click();
    expect(await formsOf()).toHaveLength(1);
    for (const { url, body, headers } of here.site.requests)
      for (const value of [...typed, 'typed-by-the-site', 'in-the-query'])
        expect(url + body + JSON.stringify(headers)).not.toContain(value);
    expect(await here.page.evaluate('document.cookie')).not.toContain('typed');
  });

  test('counts where the site prevents it and sends it by itself, and by the Enter key', async () => {
    await show(`<form id="ajax" onsubmit="event.preventDefault(); event.stopImmediatePropagation()">
      <input name="q"></form>`);
    await here.page.locator('input').press('Enter');
    expect(await formsOf()).toMatchObject([{ form: 'ajax', action: '/form' }]);
  });

  test('is booked on the page it was sent from when a route change follows', async () => {
    await show(
      `<form id="ajax" onsubmit="event.preventDefault(); setTimeout(() => history.pushState(null, '', '/done'), 30)">
        <button>Send</button></form>`,
    );
    await here.page.getByRole('button').click();
    const events = await here.site.arrived(3);
    expect(events.map(({ type, url }) => [type, url.replace(here.site.url, '')])).toEqual([
      ['page', '/form'],
      ['form', '/form'],
      ['page', '/done'],
    ]);
  });

  test('is not fooled by controls that take the names of the form’s own properties', async () => {
    const names = ['id', 'name', 'action', 'getAttribute', 'attributes', 'method', 'target'];
    await show(`<form id="real-id" name="real-name" action="/real-action" onsubmit="event.preventDefault()">
      ${names.map((name) => `<input name="${name}" value="control">`).join('')}<button>Send</button></form>`);
    // Playwright's own look at the button is fooled.
    await here.page.locator('button').dispatchEvent('click');
    expect(await formsOf()).toMatchObject([{ form: 'real-id', name: 'real-name', action: '/real-action' }]);
    expect(here.problems).toEqual([]);
  });

  test('leaves out what it has no name for', async () => {
    await show('<form onsubmit="event.preventDefault()"><button>Send</button></form>');
    await here.page.getByRole('button').click();
    const [form] = await formsOf();
    const fields = Object.keys(form ?? {}).filter((field) => field !== 'ago');
    expect(fields.sort()).toEqual(['action', 'id', 'step', 'type', 'url']);
  });

  test('is one submit on a double click, and another when it is sent again later', async () => {
    await show('<form id="f" onsubmit="event.preventDefault()"><button>Send</button></form>');
    await here.page.getByRole('button').dblclick();
    await here.site.arrived(2);
    // By the event's own clock, as the browser counts a double click.
    await here.page.evaluate('new Promise((resolve) => setTimeout(resolve, 600))');
    await here.page.getByRole('button').click();
    expect(await formsOf()).toHaveLength(2);
  });

  test('is told for each of two forms sent right after another', async () => {
    await show(`<form id="one" onsubmit="event.preventDefault()"></form>
      <form id="two" onsubmit="event.preventDefault()"></form>`);
    await here.page.evaluate('for (const form of document.forms) form.requestSubmit()');
    expect((await formsOf()).map(({ form }) => form)).toEqual(['one', 'two']);
  });

  test('is not told when the browser finds it invalid', async () => {
    await show('<form><input name="email" required><button>Send</button></form>');
    await here.page.getByRole('button').click();
    expect(await formsOf()).toEqual([]);
  });

  test('with an action that is no address harms nobody', async () => {
    await show('<form action="http://[" onsubmit="event.preventDefault()"><button>Send</button></form>');
    await here.page.getByRole('button').click();
    await formsOf();
    expect(here.problems).toEqual([]);
  });
});
