/** What the owner may ask of fields: values of named ones, and how long each was worked on. In the full build. */
import { expect, test } from 'vitest';
import { parseEvent } from '../../collector/events.ts';
import type { FormEvent } from '../../tracker/wire.ts';
import { html, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();
const wait = (ms: number) => here.page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${ms}))`);

async function show(body: string, attributes: string): Promise<void> {
  here.site.page('/fields', html('Fields', body, stub + tag(attributes, 't.full.js')));
  await here.open('/fields');
}

async function told(step: FormEvent['step']): Promise<FormEvent> {
  await here.page.evaluate("dispatchEvent(new Event('pagehide'))");
  const isIt = (event: unknown): event is FormEvent => (event as FormEvent).step === step;
  const event = (await here.site.until((events) => events.some(isIt))).find(isIt) as FormEvent;
  expect(parseEvent(event)).toEqual(event);
  return event;
}

test('a list in the tag names fields whose values are told, and secret ones stay secret', async () => {
  await show(
    `<form onsubmit="event.preventDefault()"><input name="company"><input name="size"><input name="other">
      <input name="password" type="password"><input name="card_number"><input name="tel" autocomplete="cc-csc">
      <input type="hidden" name="hidden" value="typed-hidden"><input name="terms" type="checkbox" value="typed-no"><button>Send</button></form>`,
    'data-capture="company, size,password,card_number,tel,hidden,terms"',
  );
  for (const name of ['company', 'size', 'other', 'password', 'card_number', 'tel'])
    await here.page.locator(`[name=${name}]`).fill(`typed-${name}`);
  await here.page.getByRole('button').click();
  expect((await told('submit')).values).toEqual({ company: 'typed-company', size: 'typed-size' });
  for (const { body } of here.site.requests)
    expect(body.replaceAll('typed-company', '').replaceAll('typed-size', '')).not.toContain('typed');
});

test('data-forms="fields" tells by name how long each field was worked on and how often it was filled in, and no value', async () => {
  await show(
    '<form onsubmit="event.preventDefault()"><input name="email"><input id="only-id"><button>Send</button></form>',
    'data-forms="fields"',
  );
  await here.page.locator('[name=email]').fill('typed-once');
  await wait(400);
  await here.page.locator('#only-id').fill('typed-else');
  await here.page.locator('[name=email]').fill('typed-again');
  await here.page.getByRole('button').click();
  const { fields } = await told('submit');
  expect(Object.keys(fields ?? {}).sort()).toEqual(['email', 'only-id']);
  expect(fields?.email?.fills).toBe(2);
  expect(fields?.['only-id']?.fills).toBe(1);
  expect(fields?.email?.ms).toBeGreaterThanOrEqual(380);
  expect(fields?.['only-id']?.ms).toBeLessThan(fields?.email?.ms ?? 0);
  for (const { body } of here.site.requests) expect(body).not.toContain('typed');
});

test('data-forms="fields" tells so of a form that is given up, too', async () => {
  await show('<form id="f"><input name="phone"></form>', 'data-forms="fields"');
  await here.page.locator('input').fill('typed');
  const abandoned = await told('abandon');
  expect(abandoned).toMatchObject({ field: 'phone', fields: { phone: {} } });
  expect(JSON.stringify(abandoned)).not.toContain('typed');
});

test('without being asked, the full build tells neither', async () => {
  await show('<form onsubmit="event.preventDefault()"><input name="email"><button>Send</button></form>', '');
  await here.page.locator('input').fill('typed');
  await here.page.getByRole('button').click();
  const submit = await told('submit');
  for (const key of ['values', 'domain', 'fields']) expect(submit).not.toHaveProperty(key);
});
