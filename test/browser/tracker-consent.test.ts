/** Consent as platforms say it: Google's consent mode and the IAB's framework. In the full build. */
import { describe, expect, test } from 'vitest';
import { html, stub, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();
const cookies = async () => (await here.context.cookies()).filter(({ name }) => name === '_fl');
const gtag = '<script>dataLayer = []; function gtag() { dataLayer.push(arguments) }</script>';

async function show(before: string, consent: string): Promise<void> {
  here.site.page(
    '/consent',
    html('Consent', '', stub + before + tag(`data-consent="${consent}"`, 't.full.js')),
  );
  await here.page.goto(`${here.site.url}/consent`);
}

/** Nothing was sent or kept up to now. */
async function expectSilence(): Promise<void> {
  await here.page.evaluate("fetch('/settled')");
  await here.site.asked('/settled', here.site.requests.filter(({ url }) => url === '/settled').length);
  expect(here.site.requests.filter(({ url }) => url === '/e')).toEqual([]);
  expect(await cookies()).toEqual([]);
  expect(await here.page.evaluate('localStorage.length')).toBe(0);
}

const said = (command: string, storage: string, more = '') =>
  `gtag('consent', '${command}', { analytics_storage: '${storage}'${more} })`;

describe('Google’s consent mode', () => {
  test('that denies by default and grants later: nothing before, all from the start after', async () => {
    await show(`${gtag}<script>${said('default', 'denied')}</script>`, 'google');
    await expectSilence();
    await here.page.evaluate(said('update', 'granted'));
    expect(await here.site.arrived(1)).toMatchObject([{ type: 'page' }]);
    expect(await cookies()).toHaveLength(1);
  });

  test('that denies on a later visit takes the cookie of the earlier one away', async () => {
    const cookie = { name: '_fl', value: 'm3x9k2p00123456789', url: here.site.url };
    await here.context.addCookies([cookie]);
    await show(`${gtag}<script>${said('default', 'denied')}</script>`, 'google');
    await expectSilence();
  });

  test('that says nothing yet is no consent', async () => {
    await show('', 'google');
    await here.page.evaluate(
      "dataLayer.push({ event: 'gtm.js' }, ['consent', 'update', { ad_storage: 'granted' }])",
    );
    await expectSilence();
  });

  test('that grants by default is consent, but not where another default, for a region, denies', async () => {
    await show(`${gtag}<script>${said('default', 'granted')}</script>`, 'google');
    await here.site.arrived(1);
    await here.context.clearCookies();
    here.site.clear();
    const defaults = `${said('default', 'denied', ", region: ['DE']")}; ${said('default', 'granted')}`;
    await show(`${gtag}<script>${defaults}</script>`, 'google');
    await expectSilence();
  });

  test('that takes it back ends it, and its data layer works as before', async () => {
    await show(`${gtag}<script>${said('default', 'granted')}</script>`, 'google');
    await here.site.arrived(1);
    expect(await here.page.evaluate("dataLayer.push({ event: 'theirs' })")).toBe(2);
    await here.page.evaluate(`${said('update', 'denied')}; void footlight('track', 'after')`);
    await here.turn('hidden');
    await here.page.evaluate("fetch('/settled')");
    await here.site.asked('/settled', 1);
    expect(here.site.events.map(({ type }) => type)).toEqual(['page']);
    expect(await cookies()).toEqual([]);
  });
});

describe('the IAB’s framework', () => {
  const platform =
    '<script>window.__tcfapi = (command, version, hear) => { window.say = (data) => hear(data, true); window.asked = command + version }</script>';
  const data = (consents: object, more: object = {}) =>
    `say(${JSON.stringify({ gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents, legitimateInterests: {} }, ...more })})`;

  test('is waited for, also while its dialog is shown', async () => {
    await show(platform, 'tcf');
    expect(await here.page.evaluate('asked')).toBe('addEventListener2');
    await here.page.evaluate(data({ 1: true, 8: true }, { eventStatus: 'cmpuishown' }));
    await expectSilence();
    await here.page.evaluate(data({ 1: true, 8: true }));
    await here.site.arrived(1);
    expect(await cookies()).toHaveLength(1);
  });

  test.each([
    ['no leave to store', { 8: true }],
    ['no leave to measure', { 1: true }],
    ['no leave at all', {}],
  ])('with %s: nothing', async (_, consents) => {
    await show(platform, 'tcf');
    await here.page.evaluate(data(consents));
    await expectSilence();
  });

  test('where it does not apply, or measuring is a legitimate interest: counted', async () => {
    await show(platform, 'tcf');
    await here.page.evaluate(data({}, { gdprApplies: false }));
    await here.site.arrived(1);
    await show(platform, 'tcf');
    await here.page.evaluate(
      data({}, { purpose: { consents: { 1: true }, legitimateInterests: { 8: true } } }),
    );
    await here.site.arrived(2);
  });

  test('that is not there is no consent', async () => {
    await show('', 'tcf');
    await expectSilence();
    expect(here.problems).toEqual([]);
  });
});
