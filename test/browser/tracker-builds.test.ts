/** The other builds of the tag: the least, and the full one with what only it can do. */
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../collector/events.ts';
import type { FormEvent, WireEvent } from '../../tracker/wire.ts';
import { html, type Said, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';
import { readWireDocument } from '../wire/document.ts';

const here = useTrackedSite();
const cookies = async () => (await here.context.cookies()).filter(({ name }) => name === '_fl');
const full = (attributes = '') => tag(attributes, 't.full.js');

async function show(body: string, head: string): Promise<void> {
  here.site.page('/built', html('Built', body, head));
  await here.page.goto(`${here.site.url}/built`);
}

const submitOf = (events: readonly Said[]) =>
  events.find((event): event is FormEvent => event.type === 'form' && event.step === 'submit');

describe('the least build', () => {
  test('tells pages and nothing else, and answers calls with silence', async () => {
    await show(
      '<form onsubmit="event.preventDefault()"><input name="a"><button>Send</button></form>',
      stub + tag('', 't.least.js'),
    );
    await here.site.arrived(1);
    await here.page.locator('input').fill('x');
    await here.page.getByRole('button').click();
    await here.page.evaluate("history.pushState(null, '', '/route'); footlight('identify', 'user-7')");
    await here.page.evaluate("dispatchEvent(new Event('pagehide')); footlight('track', 'unheard')");
    expect((await here.site.arrived(2)).map(({ type }) => type)).toEqual(['page', 'page']);
    await here.page.evaluate("fetch('/settled')");
    await here.site.asked('/settled', 1);
    expect(here.site.events).toHaveLength(2);
    expect(here.site.leaves).toEqual([]);
    expect(await cookies()).toHaveLength(1);
    expect(here.problems).toEqual([]);
  });

  test('sends again after a failure, once', async () => {
    here.site.answerNext({ status: 500 });
    await show('', stub + tag('', 't.least.js'));
    expect((await here.site.arrived(1)).map(({ type }) => type)).toEqual(['page']);
    expect(here.site.requests.filter(({ url }) => url === '/e')).toHaveLength(2);
  });
});

describe('consent, where the tag says that it is required', () => {
  const required = stub + full('data-consent="required"');

  test('nothing is sent or kept without it, and everything from the start with it', async () => {
    await show('', required);
    await here.page.evaluate("void footlight('track', 'before')");
    await here.turn('hidden');
    await here.turn('visible');
    await here.page.evaluate("fetch('/settled')");
    await here.site.asked('/settled', 1);
    expect(here.site.requests.filter(({ url }) => url === '/e')).toEqual([]);
    expect(await cookies()).toEqual([]);
    expect(await here.page.evaluate('localStorage.length')).toBe(0);

    await here.page.evaluate("footlight('consent', true)");
    const events = await here.site.arrived(2);
    expect(events.map(({ type }) => type)).toEqual(['page', 'track']);
    const [cookie] = await cookies();
    expect(here.site.batches[0]?.visitor).toBe(cookie?.value);
  });

  test('given by the stub before the tag is there is consent', async () => {
    await show('', `${stub}<script>footlight('consent', true)</script>${full('data-consent="required"')}`);
    await here.site.arrived(1);
    expect(await cookies()).toHaveLength(1);
  });

  test('taken back ends it: the cookie goes, and nothing more is sent', async () => {
    await show('', required);
    await here.page.evaluate("footlight('consent', true)");
    await here.site.arrived(1);
    await here.page.evaluate("footlight('consent', false); void footlight('track', 'after')");
    await here.turn('hidden');
    await here.page.evaluate("fetch('/settled')");
    await here.site.asked('/settled', 1);
    expect(here.site.events.map(({ type }) => type)).toEqual(['page']);
    expect(await cookies()).toEqual([]);
  });

  test('is not asked for where the tag does not say so', async () => {
    await show('', stub + full());
    expect(await here.site.arrived(1)).toMatchObject([{ type: 'page' }]);
  });
});

describe('values of a form', () => {
  const form = `<form id="f" onsubmit="event.preventDefault()">
    <input name="email" type="email"><input name="company" data-capture><input name="plain">
    <input name="secret" type="password" data-capture><input name="cc" autocomplete="cc-number" data-capture>
    <input name="hidden" type="hidden" value="typed-hidden" data-capture><input name="card_no" data-capture>
    <input name="code" autocomplete="one-time-code" data-capture>
    <button type="button" onclick="secret.type = 'text'">Show</button><button id="send">Send</button></form>
    <script>const secret = document.querySelector('[name=secret]')</script>`;

  async function fillIn(): Promise<void> {
    await here.site.arrived(1);
    await here.page.locator('[name=email]').fill('typed-jane@Northwind.example');
    for (const name of ['company', 'plain', 'secret', 'cc', 'card_no', 'code'])
      await here.page.locator(`[name=${name}]`).fill(`typed-${name}`);
    await here.page.getByRole('button', { name: 'Show' }).click();
    await here.page.locator('#send').click();
  }

  test('are told where the owner marked the field, and never those of secret ones', async () => {
    await show(form, stub + full());
    await fillIn();
    const submit = submitOf(await here.finish());
    expect(submit?.values).toEqual({ company: 'typed-company' });
    expect(submit).not.toHaveProperty('domain');
    expect(parseEvent(submit)).toEqual(submit);
    for (const { url, body } of here.site.requests)
      expect((url + body).replaceAll('typed-company', '')).not.toContain('typed');
  });

  test('give the domain of an e-mail address and nothing else of it, where the tag asks for that', async () => {
    await show(form, stub + full('data-forms="domain"'));
    await fillIn();
    const submit = submitOf(await here.finish());
    expect(submit?.domain).toBe('northwind.example');
    expect(JSON.stringify(submit)).not.toContain('jane');
    expect(parseEvent(submit)).toEqual(submit);
  });

  test('stay where they are in the default build, whatever is asked', async () => {
    await show(form, stub + tag('data-forms="domain"'));
    await fillIn();
    const submit = submitOf(await here.finish());
    expect(submit).toMatchObject({ form: 'f' });
    for (const { url, body } of here.site.requests) expect(url + body).not.toMatch(/typed|northwind/i);
  });
});

describe('footlight(…) of the full build', () => {
  test('tells a group as wire.md shows it', async () => {
    await show('', stub + full());
    await here.site.arrived(1);
    await here.page.evaluate("footlight('group', 'northwind', { plan: 'enterprise' })");
    const { id, ago, url, ...group } = (await here.site.arrived(2))[1] as WireEvent;
    expect(readWireDocument().get('group')?.example).toMatchObject(group);
    expect(group).toMatchObject({ type: 'group', group: 'northwind', traits: { plan: 'enterprise' } });
    expect(url).toBe(`${here.site.url}/built`);
    expect(id).not.toBe('');
    expect(ago ?? 0).toBeGreaterThanOrEqual(0);
  });

  test('calls back when an event is stored, and not before', async () => {
    let release = () => {};
    const after = new Promise<void>((resolve) => {
      release = resolve;
    });
    here.site.answerNext({}, { status: 500 }, { after });
    await show('', stub + full());
    await here.site.arrived(1);
    await here.page.evaluate(
      "void footlight('track', 'asked', {}, () => { window.isStored = true; throw new Error('theirs') })",
    );
    await here.site.asked('/e', 3);
    expect(await here.page.evaluate('window.isStored')).toBeUndefined();
    release();
    await here.page.waitForFunction('window.isStored');
    expect(here.site.events.at(-1)).toMatchObject({ name: 'asked' });
  });

  test('answers with a promise: true once it is stored, false if it never will be, or nothing is told', async () => {
    here.site.answerNext({}, {}, { status: 400 });
    await show('', stub + full());
    await here.site.arrived(1);
    expect(await here.page.evaluate("footlight('track', 'stored')")).toBe(true);
    expect(await here.page.evaluate("footlight('identify', 'refused')")).toBe(false);
    expect(await here.page.evaluate("footlight('no such thing')")).toBe(false);
    expect(
      await here.page.evaluate("{ const ring = {}; ring.ring = ring; footlight('track', 'x', ring) }"),
    ).toBe(false);
    const late = here.page.evaluate("footlight('optout'); footlight('track', 'late')");
    await here.page.evaluate("footlight('consent', false)");
    expect(await late).toBe(false);
    expect(here.problems.filter((problem) => !problem.includes('400'))).toEqual([]);
  });

  test('does not call back for an event that is refused', async () => {
    here.site.answerNext({}, { status: 400 });
    await show('', stub + full());
    await here.site.arrived(1);
    await here.page.evaluate("footlight('track', 'refused', {}, () => { window.isStored = true })");
    await here.site.asked('/e', 2);
    await here.page.evaluate("footlight('track', 'next', {}, () => { window.isNext = true })");
    await here.page.waitForFunction('window.isNext');
    expect(await here.page.evaluate('window.isStored')).toBeUndefined();
  });

  test('counts the page now shown once more', async () => {
    await show('', stub + full());
    await here.page.evaluate("footlight('page')");
    expect((await here.finish()).map(({ type }) => type)).toEqual(['page', 'page']);
  });

  test('opts a browser out until it is taken back', async () => {
    await show('', stub + full());
    await here.site.arrived(1);
    await here.page.evaluate("footlight('optout')");
    expect(await cookies()).toEqual([]);
    await here.page.reload();
    await here.page.evaluate("void footlight('track', 'out'); void footlight('consent', true)");
    await here.turn('hidden');
    await here.turn('visible');
    await here.page.evaluate("fetch('/settled')");
    await here.site.asked('/settled', 1);
    expect(here.site.events).toHaveLength(1);
    expect(await cookies()).toEqual([]);

    await here.page.evaluate("footlight('optout', false)");
    await here.page.reload();
    await here.site.until((events) => events.filter(({ type }) => type === 'page').length > 1);
    expect(await cookies()).toHaveLength(1);
    expect(JSON.stringify(here.site.requests)).not.toContain('"out"');
    expect(here.site.events.map(({ type }) => type)).not.toContain('track');
  });

  test('calls back when it is ready', async () => {
    await show('', `${stub}<script>footlight('ready', () => { window.isReady = true })</script>${full()}`);
    await here.page.waitForFunction('window.isReady');
  });
});

test('with data-debug the console says what was sent and what became of it', async () => {
  const lines: string[] = [];
  here.page.on('console', (message) => lines.push(message.text()));
  await show('', stub + full('data-debug'));
  await expect.poll(() => lines.join('\n')).toMatch(/footlight 204 nothing dropped/);
});

test('without data-debug the console stays silent', async () => {
  const lines: string[] = [];
  here.page.on('console', (message) => lines.push(message.text()));
  await show('', stub + full());
  await here.site.arrived(1);
  await here.finish();
  expect(lines).toEqual([]);
});
