import { beforeAll, expect, test } from 'vitest';
import { makeDocument } from '../../collector/api/document.ts';
import { problems, typeOf } from '../../collector/api/problem.ts';
import { openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { curlOf, readApiDocument } from '../api-document.ts';

const documentation = readApiDocument(makeDocument('0.1.0'));
let dashboard: TestDashboard;

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: false });
});

const get = async (path: string, cookie = '') => {
  const response = await dashboard.app.request(`${origin}${path}`, { headers: { cookie } });
  return { status: response.status, page: await response.text() };
};

test('every operation is on a page, with a call to copy and an answer, for people who are not signed in too', async () => {
  const { page: first } = await get('/docs');
  for (const { slug, operations } of documentation.resources) {
    const { status, page } = await get(`/docs/${slug}`);
    expect(status).toBe(200);
    expect(page.length).toBeLessThan(100_000);
    for (const { id, path, answer } of operations) {
      expect(first).toContain(`href="/docs/${slug}#${id}"`);
      expect(page).toContain(`id="${id}"`);
      expect(page).toContain(path);
      expect(answer.example.length).toBeGreaterThan(2);
    }
  }
});

test('every problem that can be answered is explained where its type points to', async () => {
  const { page } = await get('/docs');
  for (const kind of Object.keys(problems) as (keyof typeof problems)[]) {
    const [path, anchor] = typeOf(kind).split('#');
    expect(path).toBe('/docs');
    expect(page).toContain(`id="${anchor}"`);
    expect(page).toContain(problems[kind].title);
  }
});

test('nothing on it is inline or from elsewhere, and it shows no data', async () => {
  const { page } = await get('/docs/accounts');
  expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]* src="\/assets\/)|\son\w+=|src="http/);
  expect(page).toContain('href="/sign-in"');
  expect(page).not.toContain('Your menu');
  expect((await get('/docs/accounts', await dashboard.signIn('sales'))).page).toContain('Your menu');
});

test('a part that there is not is not found', async () => {
  expect((await get('/docs/nonsense')).status).toBe(404);
});

test('a call has its method, its body and what it needs', () => {
  const all = documentation.resources.flatMap(({ operations }) => operations);
  const call = (id: string) => {
    const operation = all.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`no ${id}`);
    return curlOf(operation, 'https://who.example');
  };
  expect(call('list-networks')).toBe(
    "curl 'https://who.example/api/v1/networks?group=providers' \\\n  -H 'Authorization: Bearer fl_…'",
  );
  expect(call('make-decision')).toContain('-X POST');
  expect(call('make-decision')).toContain(
    `-d '{"kind":"merge","account":9,"target":7,"note":"the same, in German"}'`,
  );
  expect(call('import-profiles')).toContain('--data-binary @companies.csv');
});
