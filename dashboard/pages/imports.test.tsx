import { beforeEach, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

let dashboard: TestDashboard;
let owner: string;
let sales: string;
let acme: number;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('millrace.example', [], 0);
  await dashboard.store.append([
    draft({ visitor: 'visitor-9', email: 'kim@acme-works.com', at: sampleNow - 5 * day }),
  ]);
  owner = await dashboard.signIn('owner');
  sales = await dashboard.signIn('sales');
  acme = (await dashboard.store.findAccounts('acme', 1))[0]?.id ?? 0;
});

const get = async (path: string, cookie = owner) =>
  (await dashboard.app.request(`${origin}${path}`, { headers: { cookie } })).text();
const post = (path: string, fields: Record<string, string> = {}, cookie = owner) =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie }));
const placeOf = (response: Response) => response.headers.get('location') ?? '';

async function upload(content: string, kind: string, cookie = owner, path = `/imports/new?kind=${kind}`) {
  const body = new FormData();
  body.set('file', new File([content], 'crm.csv', { type: 'text/csv' }));
  const request = new Request(`${origin}${path}`, { method: 'POST', body, headers: { cookie, origin } });
  request.headers.set('content-length', String((await request.clone().arrayBuffer()).byteLength));
  return dashboard.app.request(request);
}

const calls = [
  'Date,Type,Subject,Contact email,Remark',
  '2026-11-02 10:00,Call,Renewal talk,kim@acme-works.com,<b>warm</b>',
  '03/04/2026,Call,Which day,kim@acme-works.com,',
  '2026-11-03 10:00,Call,With nobody,kim@gmail.com,',
].join('\n');

describe('a file of touchpoints', () => {
  test('is shown as it would be stored, with each mistake, before anything is', async () => {
    const file = placeOf(await upload(calls, 'touchpoints'));
    const shown = await get(file);
    expect(shown).toContain('1 touchpoint can be taken in, 2 cannot');
    expect(shown).toMatch(/Line 3, Date<\/strong>: (&quot;|")03\/04\/2026(&quot;|") can be read in two ways/);
    expect(shown).toContain('nobody’s business address; fill in the company');
    expect(shown).toContain('Remark: &lt;b&gt;warm&lt;/b&gt;');
    expect(shown).not.toContain('<b>warm');
    expect(shown).toMatch(/1 wrong value/);
    expect((await dashboard.store.imports({ offset: 0, limit: 9 })).total).toBe(0);
    expect(await get(`/accounts/${acme}`)).not.toContain('Renewal talk');
  });

  test('is read as somebody says, taken in, told in its company’s story and taken back', async () => {
    const file = placeOf(await upload(calls, 'touchpoints'));
    const columns = {
      'column-0': 'at',
      'column-1': 'kind',
      'column-2': 'title',
      'column-3': 'email',
      'column-4': 'note',
    };
    const chosen = await post(file, {
      ...columns,
      'time-zone': 'Europe/Berlin',
      order: 'dmy',
      source: 'Pipedrive',
    });
    expect([chosen.status, placeOf(chosen)]).toEqual([303, file]);
    expect(await get(file)).toContain('2 touchpoints can be taken in, 1 cannot');
    const result = placeOf(await post(`${file}/import`));
    const said = await get(result);
    expect(said).toContain('2 touchpoints taken in');
    expect(said).toContain('names no company, by an e-mail, a domain or a name');
    expect(said).toContain(`href="/accounts/${acme}"`);
    const story = await get(`/accounts/${acme}`);
    expect(story).toMatch(/Call<\/span> <strong>Renewal talk<\/strong>/);
    expect(story).toContain('from Pipedrive');
    expect(story).toContain('9:00');
    expect(story).toContain('2 touchpoints · ');
    expect(story).not.toContain('Unknown');
    expect(await get('/imports')).toContain('crm.csv');
    expect(placeOf(await post(`${result}/undo`))).toBe(result);
    expect(await get(result)).toContain('Undone by owner@millrace.example');
    expect(await get(`/accounts/${acme}`)).not.toContain('Renewal talk');
    const again = await post(`${result}/undo`);
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('undone already')]);
    expect(await dashboard.store.verify()).toEqual([]);
  });

  test('that is the very same as one before says so, and stores nothing new', async () => {
    const first = placeOf(await upload(calls, 'touchpoints'));
    await post(`${first}/import`);
    const second = placeOf(await upload(calls, 'touchpoints'));
    expect(await get(second)).toContain('This very file was taken in on');
    const result = placeOf(await post(`${second}/import`));
    expect(await get(result)).toContain('0 touchpoints taken in; 1 row said what was known already');
  });

  test('is taken in once, and not by somebody else', async () => {
    const file = placeOf(await upload(calls, 'touchpoints'));
    const marketer = await dashboard.signIn('marketer');
    expect((await post(`${file}/import`, {}, marketer)).status).toBe(400);
    expect((await dashboard.app.request(`${origin}${file}`, { headers: { cookie: marketer } })).status).toBe(
      400,
    );
    expect((await post(`${file}/import`)).status).toBe(303);
    expect((await post(`${file}/import`)).status).toBe(400);
    expect((await dashboard.store.imports({ offset: 0, limit: 9 })).total).toBe(1);
  });

  test.each([
    [{ 'column-0': 'at', 'column-1': 'at' }, 'Two columns are to be &quot;at&quot;'],
    [{ 'time-zone': 'Middle/Earth' }, '“Middle/Earth” is no time zone'],
  ])('with choices that make no sense (%j) says so, and keeps those before', async (choices, says) => {
    const file = placeOf(await upload(calls, 'touchpoints'));
    const refused = await post(file, choices);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(says)]);
    expect(await get(file)).toContain('1 touchpoint can be taken in');
  });

  test('without a date has to be told which column it is', async () => {
    const file = placeOf(await upload('Wann,company\n2026-11-02,Acme\n', 'touchpoints'));
    const shown = await get(file);
    expect(shown).toContain('No column says when it was; choose the one with the date.');
    expect(shown).not.toContain(`${file}/import`);
    expect((await post(`${file}/import`)).status).toBe(400);
    await post(file, { 'column-0': 'at', 'column-1': 'account' });
    expect(await get(file)).toContain('1 touchpoint can be taken in');
  });
});

test('people whom nobody has seen stand beside those who came, with what they are', async () => {
  const people = [
    'email,name,job title,buying role,phone,linkedin',
    'kim@acme-works.com,Kim Lund,Head of IT,champion,,https://www.linkedin.com/in/kim',
    'lee@acme-works.com,Lee Ode,Buyer,gatekeeper,+49 40 1234,javascript:alert(1)',
    'sam@acme-works.com,<i>Sam</i>,=1+1,,,',
    'new@only-known.com,Ada,,,,',
  ].join('\n');
  const file = placeOf(await upload(people, 'contacts'));
  expect(await get(file)).toContain('3 people can be taken in, 1 cannot');
  await post(`${file}/import`);
  // Kim was called before, and the others nobody has seen or met.
  expect(await get(`/accounts/${acme}/people`)).toMatch(/>Kim Lund<[\s\S]*As your file says: champion/);
  const page = await get(`/accounts/${acme}/prospects`);
  expect(page).toContain('&lt;i&gt;Sam&lt;/i&gt;');
  expect(page).toContain('Known from your files, and not seen here yet');
  expect(await get(`/accounts/${acme}/people`)).toContain('href="https://www.linkedin.com/in/kim"');
  expect(page).not.toContain('javascript:');
  const [known] = await dashboard.store.findAccounts('only-known', 1);
  const alone = await get(`/accounts/${known?.id}`);
  expect(alone).toContain('Nobody came from Only Known so far');
  expect(alone).toContain(`href="/accounts/${known?.id}/prospects">See whom you know there`);
  expect(await get(`/accounts/${known?.id}/prospects`)).toContain('Ada');
});

describe('a file of profiles', () => {
  const content = 'name,domain,industry,Tier\nAcme Worldwide,acme-works.com,Energy,<b>A</b>\n,,x,\n';

  test('goes to the old address too, and heads the account’s page when it is taken in', async () => {
    const old = await dashboard.app.request(`${origin}/accounts/import`, { headers: { cookie: owner } });
    expect([old.status, placeOf(old)]).toEqual([302, '/imports/new?kind=profiles']);
    const file = placeOf(await upload(content, 'profiles', owner, '/accounts/import'));
    const shown = await get(file);
    expect(shown).toContain('1 company can be taken in, 1 cannot');
    expect(shown).toContain('Tier: &lt;b&gt;A&lt;/b&gt;');
    expect(shown).toContain('Line 3');
    expect(await get(`/accounts/${acme}`)).not.toContain('Acme Worldwide');
    const result = placeOf(await post(`${file}/import`));
    const html = await get(`/accounts/${acme}`);
    expect(html).toContain('<h1>Acme Worldwide</h1>');
    expect(html).toContain('&lt;b&gt;A&lt;/b&gt;');
    await post(`${result}/undo`);
    expect(await get(`/accounts/${acme}`)).toContain('<h1>Acme Works</h1>');
  });
});

describe('imports', () => {
  test('are not for salespeople', async () => {
    const file = placeOf(await upload(calls, 'touchpoints'));
    const result = placeOf(await post(`${file}/import`));
    for (const path of ['/imports', '/imports/new', file, result, `${result}/state`])
      expect((await dashboard.app.request(`${origin}${path}`, { headers: { cookie: sales } })).status).toBe(
        403,
      );
    expect((await upload(calls, 'touchpoints', sales)).status).toBe(403);
    expect((await post(`${result}/undo`, {}, sales)).status).toBe(403);
    expect((await dashboard.store.import(1))?.undoneAt).toBeNull();
  });

  test.each([
    ['', 'Choose a file that has something in it'],
    ['[{"a":1}]', 'write an object a line'],
    [`a${',a'.repeat(130)}`, 'The file has 131 columns; at most 120'],
    ['x'.repeat(10_000_000), 'cannot be read: longer than'],
  ])('of what is no table are refused with what to do', async (content, says) => {
    const refused = await upload(content, 'contacts');
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(says)]);
  });

  test('of a file that is too large are refused, and another form stays as short as it was', async () => {
    const long = form({ kind: 'alias' }, { cookie: owner, 'content-length': '70000' });
    expect((await dashboard.app.request(`${origin}/accounts/${acme}/relate`, long)).status).toBe(413);
    const huge = form({}, { cookie: owner, 'content-length': '30000000' });
    const response = await dashboard.app.request(`${origin}/imports/new`, huge);
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining('20')]);
  });

  test('that are none are not found, and no path leads out of the folder of files', async () => {
    for (const path of ['/imports/99', '/imports/x'])
      expect((await dashboard.app.request(`${origin}${path}`, { headers: { cookie: owner } })).status).toBe(
        404,
      );
    for (const token of ['..%2f..%2fsecret', 'x'.repeat(22), '....//....//....//....']) {
      const asked = await dashboard.app.request(`${origin}/imports/file/${token}`, {
        headers: { cookie: owner },
      });
      expect([400, 404]).toContain(asked.status);
    }
  });
});
