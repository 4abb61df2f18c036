/** The tag for a site that bundles its scripts: `import { start, footlight } from 'footlight/tracker'`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { html, tag } from '../support/recording-collector.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

const here = useTrackedSite();

async function show(script: string, head = ''): Promise<void> {
  const module = `<script type="module">import { start, footlight } from '/module.js';
    Object.assign(window, { start, tell: footlight }); ${script}</script>`;
  here.site.page('/module', html('Module', '', head + module));
  await here.page.goto(`${here.site.url}/module`);
}

test('counts once it is started, and tells what was said before and after', async () => {
  await show(`void footlight('track', 'before'); start({ site: 'site-key', to: '/e', hash: true })`);
  await here.site.arrived(2);
  expect(await here.page.evaluate("tell('track', 'after')")).toBe(true);
  expect(here.site.events.map((event) => (event.type === 'track' ? event.name : event.type))).toEqual([
    'page',
    'before',
    'after',
  ]);
  expect(here.site.batches[0]).toMatchObject({ v: 1, site: 'site-key' });
  expect(here.problems).toEqual([]);
});

test('counts once beside a script tag, and however often it is started', async () => {
  await show("start({ site: 'site-key', to: '/e' }); start({ site: 'site-key', to: '/e' })", tag());
  await here.site.arrived(1);
  expect((await here.finish()).map(({ type }) => type)).toEqual(['page']);
});

test('that is never started says nothing, and throws nothing', async () => {
  await show("footlight('track', 'unheard'); footlight('ready', () => {})");
  await here.page.evaluate("fetch('/settled')");
  await here.site.asked('/settled', 1);
  expect(here.site.events).toEqual([]);
  expect(here.problems).toEqual([]);
});

test('can be imported where there is no browser, as a server that renders pages does', async () => {
  const { exports } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
  const { types, default: file } = exports['./tracker'];
  expect(readFileSync(path.join(packageRoot, types), 'utf8')).toContain('export declare const footlight');
  const module = await import(path.join(packageRoot, file));
  expect(Object.keys(module).sort()).toEqual(['footlight', 'start']);
});
