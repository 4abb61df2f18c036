/** What the tag tells of a form, and that it never tells what was typed. */
import { describe, expect, test } from 'vitest';
import { detailOf } from '../../collector/events.ts';
import type { FormEvent, WireEvent } from '../../tracker/wire.ts';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

const contact = `<form name="contact" id="contact-form" action="/thanks?token=in-the-query" method="post">
  <input name="email" type="email"><input name="secret" type="password"><textarea name="message"></textarea>
  <input name="hidden" type="hidden" value="typed-by-the-site"><button>Send</button></form>`;

async function formsOf(): Promise<FormEvent[]> {
  return (await here.finish()).filter((event): event is FormEvent => event.type === 'form');
}

const submitsOf = async () => (await formsOf()).filter(({ step }) => step === 'submit');

/** What was said of forms, in order, as `start contact`. */
const stepsOf = (events: readonly WireEvent[]) =>
  events.flatMap((event) =>
    event.type === 'form' ? [`${event.step} ${event.form}${event.field ? ` at ${event.field}` : ''}`] : [],
  );

const shadow = (inside: string) =>
  `<x-form></x-form><script>document.querySelector('x-form').attachShadow({ mode: 'open' }).innerHTML = \`${inside}\`</script>`;

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
    expect(await submitsOf()).toHaveLength(1);
    for (const { url, body, headers } of here.site.requests)
      for (const value of [...typed, 'typed-by-the-site', 'in-the-query'])
        expect(url + body + JSON.stringify(headers)).not.toContain(value);
    expect(await here.page.evaluate('document.cookie')).not.toContain('typed');
  });

  test('counts where the site prevents it and sends it by itself, and by the Enter key', async () => {
    await show(`<form id="ajax" onsubmit="event.preventDefault(); event.stopImmediatePropagation()">
      <input name="q"></form>`);
    await here.page.locator('input').press('Enter');
    expect(await formsOf()).toMatchObject([{ form: 'ajax', step: 'submit' }]);
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
    expect(fields.sort()).toEqual(['id', 'step', 'type', 'url']);
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

  test('with an action that is no address harms nobody, and is told without it in the end', async () => {
    await show(
      '<form id="f" action="http://[" onsubmit="event.preventDefault()"><button>Send</button></form>',
    );
    await here.page.getByRole('button').click();
    const [form, ...others] = await formsOf();
    expect(form).toMatchObject({ form: 'f', step: 'submit' });
    expect(detailOf(form as FormEvent).form?.action).toBe('');
    expect(others).toEqual([]);
    expect(here.problems).toEqual([]);
  });
});

describe('a form that is begun', () => {
  test('is told once, and given up when the page goes away, with the last field’s name and no value', async () => {
    await show(contact);
    for (const letter of 'typed') await here.page.locator('[name=email]').press(letter);
    await here.page.locator('textarea').fill('typed message');
    await here.page.goto(`${here.site.url}/elsewhere`);
    await here.site.until((events) => events.some(({ url }) => url.endsWith('/elsewhere')));
    const events = await here.site.until((stored) => stepsOf(stored).length === 2);
    const forms = events.filter(({ type }) => type === 'form');
    expect(stepsOf(events)).toEqual(['start contact-form', 'abandon contact-form at message']);
    for (const form of forms)
      expect(form).toMatchObject({ name: 'contact', action: '/thanks', url: `${here.site.url}/form` });
    for (const { body } of here.site.requests) expect(body).not.toContain('typed');
  });

  test('is given up by closing the tab', async () => {
    await show('<form id="f"><input id="only-an-id"></form>');
    await here.page.locator('input').fill('x');
    await here.page.close({ runBeforeUnload: true });
    const events = await here.site.until((stored) => stepsOf(stored).length === 2);
    expect(stepsOf(events)).toEqual(['start f', 'abandon f at only-an-id']);
  });

  test('is given up by a route change, on the page it was on, and only once', async () => {
    await show('<form id="f"><input name="a"></form>');
    await here.page.locator('input').fill('x');
    await here.page.evaluate(
      "history.pushState(null, '', '/route'); history.pushState(null, '', '/further')",
    );
    const forms = await formsOf();
    expect(stepsOf(forms)).toEqual(['start f', 'abandon f at a']);
    expect(forms.map(({ url }) => url)).toEqual([`${here.site.url}/form`, `${here.site.url}/form`]);
  });

  test('is not given up by looking into another tab', async () => {
    await show('<form id="f"><input name="a"></form>');
    await here.page.locator('input').fill('x');
    await here.turn('hidden');
    await here.turn('visible');
    await here.page.evaluate("footlight('track', 'back')");
    const events = await here.site.until((stored) => stored.some(({ type }) => type === 'track'));
    expect(stepsOf(events)).toEqual(['start f']);
  });

  test('and submitted is never given up, neither natively nor by script, nor after a second try', async () => {
    await show('<form id="f" onsubmit="event.preventDefault()"><input name="a"><button>Send</button></form>');
    await here.page.locator('input').fill('wrong');
    await here.page.getByRole('button').click();
    // By the event's own clock, as the browser counts a double click.
    await here.page.evaluate('new Promise((resolve) => setTimeout(resolve, 600))');
    await here.page.locator('input').fill('right');
    await here.page.getByRole('button').click();
    await here.page.locator('input').fill('');
    expect(stepsOf(await formsOf())).toEqual(['start f', 'submit f', 'start f', 'submit f', 'start f']);
  });

  test('and sent to another page is begun and submitted, and not given up there', async () => {
    await show(contact);
    await here.page.locator('[name=email]').fill('kim@harbour.example');
    await here.page.locator('[name=email]').press('Enter');
    await here.site.until((events) => events.some(({ url }) => url.includes('/thanks')));
    expect(stepsOf(await here.finish())).toEqual(['start contact-form', 'submit contact-form']);
  });

  test('by a choice or a tick is begun as well; one that nobody touched is not told', async () => {
    await show(`<form id="one"><select name="plan"><option>a<option>b</select></form>
      <form id="two"><input type="checkbox" name="terms"></form><form id="three"><input name="none"></form>`);
    await here.page.locator('select').selectOption('b');
    await here.page.locator('[name=terms]').check();
    expect(stepsOf(await formsOf())).toEqual([
      'start one',
      'start two',
      'abandon one at plan',
      'abandon two at terms',
    ]);
  });
});

describe('a form that a script sends', () => {
  test('by form.submit() is a submit, and goes where it should', async () => {
    await show(contact);
    await here.page.locator('[name=email]').fill('x');
    await here.page.evaluate('document.forms[0].submit()');
    await here.page.waitForURL('**/thanks**');
    await here.site.until((events) => events.some(({ url }) => url.includes('/thanks')));
    expect(stepsOf(await here.finish())).toEqual(['start contact-form', 'submit contact-form']);
  });

  test('after its own check is one submit', async () => {
    await show(`<form id="f" method="post" action="/thanks" onsubmit="event.preventDefault(); setTimeout(() =>
      HTMLFormElement.prototype.submit.call(this), 700)"><input name="submit"><button>Send</button></form>`);
    await here.page.locator('button').click();
    await here.page.waitForURL('**/thanks');
    await here.site.until((events) => events.some(({ url }) => url.endsWith('/thanks')));
    expect(stepsOf(await here.finish())).toEqual(['submit f']);
    expect(here.problems).toEqual([]);
  });
});

describe('a form in an open shadow root', () => {
  test('is begun, submitted by the Enter key, and told once each', async () => {
    await show(shadow('<form id="inner" onsubmit="event.preventDefault()"><input name="a"></form>'));
    await here.page.locator('input').fill('x');
    await here.page.locator('input').press('Enter');
    expect(stepsOf(await formsOf())).toEqual(['start inner', 'submit inner']);
  });

  test('is submitted by a button though nothing was typed', async () => {
    await show(shadow('<form id="inner" onsubmit="event.preventDefault()"><button>Send</button></form>'));
    await here.page.getByRole('button').click();
    expect(stepsOf(await formsOf())).toEqual(['submit inner']);
  });

  test('is given up with the name of its last field', async () => {
    await show(shadow('<form id="inner"><input name="a"><input name="b"></form>'));
    await here.page.locator('[name=a]').fill('x');
    await here.page.locator('[name=b]').fill('x');
    expect(stepsOf(await formsOf())).toEqual(['start inner', 'abandon inner at b']);
  });
});
