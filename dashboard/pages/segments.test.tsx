import { beforeEach, describe, expect, test, vi } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { contact, day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';
import type { Role } from '../roles.ts';

let dashboard: TestDashboard;
const cookies = new Map<Role, string>();

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  cookies.clear();
  for (const role of ['owner', 'marketer', 'sales'] as const) cookies.set(role, await dashboard.signIn(role));
  await dashboard.store.addSite('millrace.example', [], sampleNow - 100 * day);
  const at = sampleNow - 2 * day;
  const track = (name: string, count: number, visitor: string, company: string) =>
    Array.from({ length: count }, (_, number) =>
      draft(
        { visitor, company, at: at + number * 1_000, type: 'track', detail: { track: { name, props: {} } } },
        number,
      ),
    );
  await dashboard.store.append(
    [
      ...track('Project Created', 3, 'a', 'Acme'),
      ...track('Users Invited', 6, 'a', 'Acme'),
      ...track('Project Created', 9, 'b', 'Borealis'),
      ...track('Users Invited', 5, 'b', 'Borealis'),
    ].map((one, index) => ({ ...one, draft: { ...one.draft, eventKey: `event-${index}` } })),
  );
});

const get = (path: string, role: Role = 'marketer') =>
  dashboard.app.request(`${origin}${path}`, { headers: { cookie: cookies.get(role) ?? '' } });
const page = async (path: string, role: Role = 'marketer') => (await get(path, role)).text();
const post = (path: string, fields: Record<string, string>, role: Role = 'marketer') =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie: cookies.get(role) ?? '' }));
/** Names of companies that a page lists. */
const companies = (html: string) =>
  [...html.matchAll(/<a (?:class="claim-name" )?href="\/accounts\/\d+(?:\?[^"]*)?"[^>]*>([^<]*)<\/a>/g)].map(
    (match) => match[1],
  );
const seed = 'projects_created > 2 AND users_invited > 5';

describe('a segment', () => {
  test('is typed, kept, opened as a list, and taken away', async () => {
    const kept = await post('/segments/new', {
      action: 'save',
      name: 'Product-qualified',
      text: seed,
      was: '',
      shared: 'yes',
    });
    expect(kept.headers.get('location')).toBe('/segments');
    const list = await page('/segments');
    expect(list).toContain('Product-qualified');
    expect(list).toContain(seed.replaceAll('>', '&gt;'));
    expect(list).toContain('not looked at yet');
    expect(companies(await page('/accounts?segment=1'))).toEqual(['Acme']);
    expect(await page('/accounts?segment=1')).toContain('href="/accounts.csv?segment=1"');
    const csv = await (await get('/accounts.csv?segment=1')).text();
    expect(csv).toContain('Acme');
    expect(csv).not.toContain('Borealis');
    expect((await post('/segments/1/remove', {})).headers.get('location')).toBe('/segments');
    expect(await page('/segments')).toContain('No segments yet');
    expect(await page('/accounts?segment=1')).toContain('This segment cannot be read');
    expect((await get('/accounts.csv?segment=1')).status).toBe(400);
  });

  test('need not be kept', async () => {
    const html = await page(`/accounts?where=${encodeURIComponent(`${seed} within 7 days`)}`);
    expect(companies(html)).toEqual(['Acme']);
    expect(html).toContain('Change or keep it');
    expect(companies(await page('/accounts'))).toHaveLength(2);
    const typo = await page('/accounts?where=visit+%3E+2');
    expect(typo).toContain('Did you mean visits?');
    expect(companies(typo)).toEqual([]);
  });

  test('in the address alone is shown by its conditions, each of which can be taken away', async () => {
    const text = 'country = "DE" and (visits >= 1 or people > 3) and projects_created > 2';
    const html = await page(`/accounts?period=90d&where=${encodeURIComponent(text)}`);
    expect(companies(html)).toEqual(['Borealis', 'Acme']);
    const away = [...html.matchAll(/<a href="([^"]*)" aria-label="Take away: ([^"]*)">/g)].map(
      ([, href = '', what]) => [
        what?.replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
        new URL(href.replaceAll('&amp;', '&'), origin).searchParams.get('where'),
      ],
    );
    expect(away).toEqual([
      ['country = "DE"', '(visits >= 1 or people > 3) and event("projects_created") > 2'],
      ['visits >= 1 or people > 3', 'country = "DE" and event("projects_created") > 2'],
      ['event("projects_created") > 2', 'country = "DE" and (visits >= 1 or people > 3)'],
    ]);
    const one = await page(`/accounts?where=${encodeURIComponent('country = "DE"')}`);
    expect(one).toContain('<a href="/accounts" aria-label="Take away: country = &quot;DE&quot;">');
  });

  test('says of each of its companies why it is in it, in the preview and on its page', async () => {
    const text = 'projects_created > 2 and (users_invited > 5 or not country = "DE")';
    await dashboard.store.saveSegment(
      null,
      { name: 'Product <b>', expression: text, isShared: true },
      'owner@millrace.example',
      0,
    );
    const list = await page('/accounts?segment=1');
    const href = /class="claim-name"/.test(list) ? /href="(\/accounts\/(\d+)\?segment=1)"/.exec(list) : null;
    const [, path = '', id] = href ?? [];
    const lines = (html: string) =>
      [
        ...html.matchAll(
          /<li class="why-(met|unmet)">.*?<code[^>]*>([^<]*)<\/code><span class="score-how">([^<]*)</g,
        ),
      ].map(([, met, condition = '', has]) => [
        met,
        condition.replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
        has,
      ]);
    const said = [
      ['met', 'event("projects_created") > 2', 'projects_created: 3 times'],
      ['met', 'event("users_invited") > 5', 'users_invited: 6 times'],
      ['unmet', 'not country = "DE"', 'country: DE'],
    ];
    const story = await page(path);
    expect(story).toContain('Why it is in “Product &lt;b&gt;”');
    expect(lines(story)).toEqual(said);
    const preview = await page(`/accounts/${id}/preview?segment=1`);
    expect(lines(preview)).toEqual(said);
    expect(await page(`/accounts/${id}/preview`)).not.toContain('why-met');
    const other = await page(`/accounts/${id}?where=${encodeURIComponent('visits > 99')}`);
    expect(other).toContain('Not in this list now');
    expect(lines(other)).toEqual([['unmet', 'visits > 99', '1 visit']]);
    for (const query of ['', '?segment=7', '?segment=x', '?where=visits+%3E'])
      expect(await page(`/accounts/${id}${query}`)).not.toContain('why-here');
    // From a list that an address narrows, the page is told the same.
    expect(await page('/accounts?where=visits+%3E+0')).toContain(`href="/accounts/${id}?where=visits+%3E+0"`);
  });

  test('who saw a product and has not bought leaves as companies and as people, with who is left out', async () => {
    const { store } = dashboard;
    const at = sampleNow - 2 * day;
    const file = { siteId: null, fileName: 'fair.csv', mapping: {} };
    await store.append(
      [
        draft({ visitor: 'v1', company: 'Vireo', at, path: '/product-x/pricing' }),
        draft({ visitor: 'v1', company: 'Vireo', at: at + 1, email: 'Lee@vireo.example' }),
        draft({ visitor: 'v2', company: 'Vireo', at: at + 2, path: '/' }),
        draft({ visitor: 'w', company: 'Wren', at, path: '/product-x' }),
        draft({ visitor: 'w', company: 'Wren', at: at + 1, email: 'ada@wren.example' }),
        draft({
          visitor: 'w',
          company: 'Wren',
          at: at + 2,
          type: 'track',
          detail: { track: { name: 'Purchase', props: {} } },
        }),
        draft({ visitor: 'y', company: 'Yarrow', at: at - 60 * day, path: '/product-x' }),
        draft({ visitor: 'y', company: 'Yarrow', at: at - 60 * day, email: 'old@yarrow.example' }),
      ].map((one, index) => ({ ...one, draft: { ...one.draft, eventKey: `x-${index}` } })),
    );
    const people = await store.beginImport(
      { ...file, kind: 'contacts' },
      'owner@millrace.example',
      sampleNow,
    );
    const company = { name: 'Vireo', domain: 'vireo.example' };
    await store.importContacts(
      [
        contact({ email: 'lee@vireo.example', name: '=Lee', title: 'CFO', company }),
        contact({ email: 'sam@vireo.example', name: 'Sam', company }),
        contact({ name: 'Nameless Mail', company }),
      ],
      sampleNow,
      people,
    );
    const text = 'viewed("/product-x*") within 30 days and event("Purchase") = 0';
    const query = `where=${encodeURIComponent(text)}`;
    const list = await page(`/accounts?${query}`, 'sales');
    expect(companies(list)).toEqual(['Vireo']);
    expect(list).toContain('/segments/people?where=');
    const companyFile = await (await get(`/accounts.csv?${query}`, 'sales')).text();
    expect(companyFile.trimEnd().split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/^Vireo,vireo\.example,.*Purchase/),
    ]);

    const told = (await page(`/segments/people?${query}`, 'sales'))
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(told).toContain('2 people with an e-mail address At 1 company.');
    expect(told).toContain('1 browsers that never said whose they are');
    expect(told).toContain('1 people without an e-mail address');
    expect(told).toContain('0 addresses that are at another');
    const response = await get(`/segments/people.csv?${query}`, 'sales');
    expect(response.headers.get('content-disposition')).toMatch(/footlight-people-.*\.csv/);
    const rows = (await response.text()).trimEnd().split('\r\n');
    expect(rows[0]).toBe(
      'email,name,title,department,company,domain,country,first_visit,last_visit,visits,pages,segment',
    );
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 6))).toEqual([
      ['lee@vireo.example', "'=Lee", 'CFO', '', 'Vireo', 'vireo.example'],
      ['sam@vireo.example', 'Sam', '', '', 'Vireo', 'vireo.example'],
    ]);
    const [entry] = await store.audited({ before: null, limit: 1, what: null, who: null });
    expect(entry).toMatchObject({
      who: 'sales@millrace.example',
      what: 'export',
      subject: 'people',
      detail: { rows: 2, whole: true, namelessBrowsers: 1, withoutEmail: 1, twice: 0, where: text },
    });
    expect((await get('/segments/people.csv?where=visits+%3E')).status).toBe(400);
    expect((await get('/segments/people?segment=77')).status).toBe(400);
  });

  test('with a mistake is not kept, and the mistake is explained below its place', async () => {
    const refused = await post('/segments/new', {
      action: 'save',
      name: 'x',
      text: 'people >= 2 and visit > 2',
      was: '',
    });
    expect(refused.status).toBe(400);
    const html = await refused.text();
    expect(html).toContain('There is nothing called “visit”. Did you mean visits?');
    expect(html).toContain(`people &gt;= 2 and visit &gt; 2\n${' '.repeat(16)}^^^^^`);
    expect(html).toContain('aria-invalid="true"');
    expect(await dashboard.store.savedSegments('marketer@millrace.example')).toEqual([]);
    const nameless = await post('/segments/new', { action: 'save', name: ' ', text: seed, was: '' });
    expect(await nameless.text()).toContain('A name, so that it can be found again.');
  });

  test('says who is new in it since one looked', async () => {
    await dashboard.store.saveSegment(
      null,
      { name: 'All', expression: 'visits >= 1', isShared: true },
      'owner@millrace.example',
      0,
    );
    expect(await page('/segments')).toContain('not looked at yet');
    await page('/accounts?segment=1');
    expect(await page('/segments')).not.toMatch(/not looked at yet|\d new</);
    await dashboard.store.append([draft({ visitor: 'c', company: 'Corvid', at: sampleNow - day })]);
    expect(await page('/segments')).toContain('1 new<');
    expect(await page('/segments', 'owner')).toContain('not looked at yet');
  });

  test('has its number in the rail beside the list, and who is new; the list waits for neither', async () => {
    const user = 'marketer@millrace.example';
    const { store } = dashboard;
    await store.saveSegment(null, { name: 'All', expression: 'visits >= 1', isShared: false }, user, 0);
    await store.saveSegment(null, { name: 'Busy', expression: 'visits >= 99', isShared: false }, user, 0);
    let giveUp: (why: Error) => void = () => undefined;
    const slow = vi.spyOn(store, 'segmentNews').mockImplementationOnce(
      () =>
        new Promise((_resolve, reject) => {
          giveUp = reject;
        }),
    );
    const waiting = await page('/accounts?period=90d&list=new');
    expect(companies(waiting)).toEqual(['Borealis', 'Acme']);
    expect(waiting).not.toContain('class="rail-new"');
    expect(waiting).toContain('data-rail="/segments/rail?period=90d&amp;list=new"');
    giveUp(new Error('that took too long'));
    slow.mockRestore();

    const other = 'sales';
    await store.saveSegment(1, { name: 'All', expression: 'visits >= 1', isShared: true }, user, 0);
    await store.sawSegment(1, 'sales@millrace.example', Float64Array.of(1), 0);
    const lines = await page('/segments/rail?period=90d', other);
    expect(lines).toContain('href="/accounts?period=90d&amp;segment=1"');
    expect(lines).toContain('>+1<span class="hidden"> new since you looked,</span></span><span>2</span>');
    expect(lines).not.toContain('Busy');
    const next = await page('/accounts', other);
    expect(next).toContain('>+1<span');
    expect(next).not.toContain('data-rail');
    expect(await page('/accounts?segment=1', other)).not.toContain('class="rail-new"');
    expect(await page('/accounts', other)).not.toContain('class="rail-new"');
  });

  test('of somebody else is seen where it is shared, and changed by whoever answers for the list', async () => {
    const owner = 'owner@millrace.example';
    await dashboard.store.saveSegment(
      null,
      { name: 'Hers alone', expression: 'visits > 1', isShared: false },
      owner,
      0,
    );
    await dashboard.store.saveSegment(
      null,
      { name: 'For all', expression: 'visits > 2', isShared: true },
      owner,
      0,
    );
    for (const path of ['/segments/1/edit', '/segments/7/edit', '/segments/x/edit'])
      expect((await get(path)).status).toBe(404);
    expect(await page('/segments', 'sales')).not.toContain('Hers alone');
    expect(await page('/accounts?segment=1', 'sales')).not.toContain('Hers alone');
    const fields = { action: 'save', name: 'Changed', text: 'visits > 3', was: '' };
    expect((await post('/segments/2/edit', fields, 'sales')).status).toBe(403);
    expect((await post('/segments/2/remove', {}, 'sales')).status).toBe(403);
    expect((await post('/segments/1/remove', {}, 'marketer')).status).toBe(404);
    expect((await post('/segments/2/edit', { ...fields, shared: 'yes' }, 'marketer')).status).toBe(303);
    expect(await dashboard.store.savedSegment(2, owner)).toMatchObject({
      name: 'Changed',
      owner,
      isShared: true,
    });
    // Sales keep segments of their own, and share none.
    expect((await post('/segments/new', { ...fields, shared: 'yes' }, 'sales')).status).toBe(303);
    expect(await dashboard.store.savedSegment(3, 'sales@millrace.example')).toMatchObject({
      isShared: false,
    });
  });

  test('is escaped wherever it stands', async () => {
    const evil = 'name = "<script>alert(1)</script>"';
    await post('/segments/new', { action: 'save', name: '<b>x</b>', text: evil, was: '' });
    for (const path of [
      '/segments',
      '/segments/1/edit',
      '/accounts?segment=1',
      `/accounts?where=${encodeURIComponent(evil)}`,
    ]) {
      const html = await page(path);
      expect(html, path).not.toContain('<script>alert');
      expect(html, path).not.toContain('<b>x</b>');
    }
    const { rows, result } = (await (
      await post('/segments/check', { text: evil, was: '' })
    ).json()) as Record<string, string>;
    expect(`${rows}${result}`).not.toContain('<script>alert');
  });
});

describe('rows and text', () => {
  const row = (index: number, fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`r${index}-${name}`, value]));

  test('follow each other: changed rows write the text, a changed text fills the rows', async () => {
    const first = await page(`/segments/new?text=${encodeURIComponent('people >= 2')}`);
    const stamp = /name="rows-were" value="([^"]*)"/.exec(first)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const sent = { text: 'people >= 2', was: 'people >= 2', 'rows-were': stamp, join: 'and' };
    const rows = {
      ...row(0, { term: 'people', operator: '>=', value: '2' }),
      ...row(1, { term: 'viewed', name: '/pricing*', operator: '>=', value: '2', days: '7', people: '2' }),
    };
    const check = async (fields: Record<string, string>) =>
      (await (await post('/segments/check', fields)).json()) as {
        text: string;
        rows: string;
        isReadable: boolean;
      };
    const byRows = await check({ ...sent, ...rows });
    expect(byRows.text).toBe('people >= 2 and viewed("/pricing*") >= 2 within 7 days by >= 2 people');
    expect(byRows.isReadable).toBe(true);
    // The text was changed as well: what was typed is not thrown away.
    expect((await check({ ...sent, ...rows, text: 'visits > 3' })).text).toBe('visits > 3');
    // Nothing was changed in the rows: they say nothing.
    expect((await check({ ...sent, ...row(0, { term: 'people', operator: '>=', value: '2' }) })).text).toBe(
      'people >= 2',
    );
    const byText = await check({ ...sent, text: 'country in (DE, AT) or size > 200' });
    expect(byText.rows).toContain('value="DE, AT"');
    expect(byText.rows).toMatch(/value="or"[^>]*checked/);
    // A row that is not done yet stays, and is not in the text.
    const begun = await check({
      ...sent,
      ...row(0, { term: 'people', operator: '>=', value: '2' }),
      ...row(1, { term: 'event' }),
    });
    expect(begun.text).toBe('people >= 2');
    expect(begun.rows).toMatch(/<option value="event" selected/);
    expect((await check({ ...sent, text: 'not people > 2' })).rows).toContain('more than rows can');
  });
});

describe('names', () => {
  const names = async (text: string) =>
    (await (await get(`/segments/names?text=${encodeURIComponent(text)}&at=${text.length}`)).json()) as {
      from: number;
      to: number;
      choices: { insert: string; says: string }[];
    };

  test('are offered where they belong', async () => {
    expect(await names('event("pro')).toEqual({
      from: 6,
      to: 10,
      choices: [{ insert: '"Project Created"', says: '12' }],
    });
    expect((await names('visits > 2 and us')).choices).toEqual([
      { insert: 'event("Users Invited")', says: '11' },
    ]);
    expect((await names('vi')).choices.map(({ insert }) => insert)).toEqual(['viewed("', 'visits ']);
    expect((await names('visits > ')).choices).toEqual([]);
    expect((await (await get('/segments/names?text=x&at=-1')).json()) as object).toMatchObject({
      choices: [],
    });
  });

  test('are nobody’s who has not signed in', async () => {
    expect((await dashboard.app.request(`${origin}/segments/names?text=e&at=1`)).status).toBe(303);
    expect((await dashboard.app.request(`${origin}/segments/check`, form({ text: seed }))).status).toBe(401);
  });
});
