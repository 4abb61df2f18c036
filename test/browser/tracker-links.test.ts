/** What the tag tells of links that lead out of the site's pages. */
import { describe, expect, test } from 'vitest';
import type { LinkEvent, WireEvent } from '../../tracker/wire.ts';
import { html } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite({ args: ['--host-resolver-rules=MAP *.example 127.0.0.1'] });

const linksOf = (events: readonly WireEvent[]) =>
  events
    .filter((event): event is LinkEvent => event.type === 'link')
    .map(({ kind, target }) => `${kind} ${target}`);

/** Opens a page with this in its body; links are followed nowhere unless the test says so. */
async function show(body: string, stay = true): Promise<void> {
  const script = '<script>document.addEventListener("click", (event) => event.preventDefault())</script>';
  here.site.page('/links', html('Links', body + (stay ? script : '')));
  await here.open('/links');
}

describe('a link', () => {
  test.each([
    ['https://partner.example/offer?ref=lumen#top', 'outbound https://partner.example/offer'],
    ['//partner.example', 'outbound https://partner.example/'.replace('https', 'http')],
    ['/files/prices.pdf?version=2', 'download HERE/files/prices.pdf'],
    ['https://files.example/tool.ZIP', 'download https://files.example/tool.ZIP'],
    ['/report" download="report', 'download HERE/report'],
    ['mailto:sales@lumen.example?subject=Hello', 'mail sales@lumen.example'],
    ['tel:+4940123', 'phone +4940123'],
  ])('to %s is told as %s', async (href, told) => {
    await show(`<a href="${href}">Go</a>`);
    await here.page.locator('a').click();
    expect(linksOf(await here.finish())).toEqual([told.replace('HERE', here.site.url)]);
  });

  test.each(['/next', '#part', '?page=2', '', 'javascript:void 0', 'http://[', 'blob:null/x', 'weird:thing'])(
    'to “%s” is not told, and harms nobody',
    async (href) => {
      await show(`<a href="${href}">Go</a><a>No address</a><a name="only">Named</a>`);
      for (const text of ['Go', 'No address', 'Named'])
        await here.page.getByText(text, { exact: true }).click();
      expect(linksOf(await here.finish())).toEqual([]);
      expect(here.problems).toEqual([]);
    },
  );

  test('says on which page it was', async () => {
    await show('<a href="mailto:a@b.example">Go</a>');
    await here.page.locator('a').click();
    expect((await here.finish()).at(-1)).toMatchObject({ type: 'link', url: `${here.site.url}/links` });
  });

  test('is told for what is inside of it, for areas, in drawings and in open shadow roots', async () => {
    await show(`<a href="https://one.example"><b>Bold</b></a>
      <svg width="90" height="20"><a href="https://two.example"><text y="15">Drawn</text></a></svg>
      <x-link></x-link><script>document.querySelector('x-link').attachShadow({ mode: 'open' }).innerHTML =
        '<a href="https://three.example"><i>Shadow</i></a>'</script>
      <map name="m"><area shape="default" href="https://four.example"></map>`);
    for (const text of ['Bold', 'Drawn', 'Shadow']) await here.page.getByText(text).click();
    await here.page.locator('area').dispatchEvent('click');
    expect(linksOf(await here.finish())).toEqual(
      ['one', 'two', 'three', 'four'].map((name) => `outbound https://${name}.example/`),
    );
    expect(here.problems).toEqual([]);
  });

  test('is told by the middle button and with a key held, and not by the right one', async () => {
    await show('<a href="https://partner.example">Go</a>');
    await here.page.locator('a').click({ button: 'middle' });
    await here.page.locator('a').click({ modifiers: ['Shift'] });
    await here.page.locator('a').click({ button: 'right' });
    expect(linksOf(await here.finish())).toHaveLength(2);
  });

  test('is told once though the site stops the event', async () => {
    await show('<a href="https://partner.example" onclick="event.stopImmediatePropagation()">Go</a>', true);
    await here.page.evaluate("document.addEventListener('click', (event) => event.preventDefault(), true)");
    await here.page.locator('a').click();
    expect(linksOf(await here.finish())).toEqual(['outbound https://partner.example/']);
  });

  test('out is followed at once though the collector takes its time, and is told all the same', async () => {
    let release = () => {};
    const after = new Promise<void>((resolve) => {
      release = resolve;
    });
    const away = `http://partner.example:${here.site.port}/away`;
    await show(`<a href="${away}">Go</a>`, false);
    here.site.answerNext({ after }, { after }, { after }, { after });
    await here.page.locator('a').click();
    await here.page.waitForURL(away);
    release();
    const events = await here.site.until((stored) => stored.some(({ type }) => type === 'link'));
    expect(linksOf(events)).toEqual([`outbound ${away}`]);
  });
});
