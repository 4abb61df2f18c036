import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presetScoring } from '../../collector/score/preset.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { type DraftWish, day, draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';
import { ruleField } from '../score-input.ts';

let dashboard: TestDashboard;
let owner: string;
let sales: string;

const at = sampleNow - 2 * day;
const longAgo = sampleNow - 80 * day;
const purchase: Pick<DraftWish, 'type' | 'detail'> = {
  type: 'track',
  detail: { track: { name: 'Order Paid', props: {} } },
};
/** Twenty-one who read prices long before they bought; and one who never did. */
const buyers: DraftWish[] = Array.from({ length: 21 }, (_, number) => [
  { visitor: `b${number}`, company: `Buyer ${number}`, at: longAgo, path: '/pricing' },
  { visitor: `b${number}`, company: `Buyer ${number}`, at: longAgo + 40 * day, ...purchase },
]).flat();

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('millrace.example', [], longAgo);
  const wishes: DraftWish[] = [
    { visitor: 'a', company: 'Aster', at, path: '/pricing' },
    { visitor: 'b', company: 'Birch', at, path: '/careers' },
    { visitor: 'c', company: 'Cedar', at: longAgo, path: '/' },
  ];
  await dashboard.store.append(wishes.map((wish, index) => draft({ ...wish, key: `event-${index}` })));
  await dashboard.scores.refresh();
  owner = await dashboard.signIn('owner');
  sales = await dashboard.signIn('sales');
});
afterAll(() => dashboard.store.close());

const get = async (path: string, cookie = owner) => {
  const response = await dashboard.app.request(`${origin}${path}`, { headers: { cookie } });
  return { status: response.status, text: await response.text() };
};
async function post(path: string, fields: Record<string, string>, cookie = owner) {
  const response = await dashboard.app.request(`${origin}${path}`, form(fields, { cookie }));
  return {
    status: response.status,
    to: response.headers.get('location'),
    text: await response.text(),
  };
}

interface Wish {
  label?: string;
  expression: string;
  points: string;
  per?: string;
  cap?: string;
  halfLife?: string;
}
const fields = (rules: Wish[], more: Record<string, string> = {}): Record<string, string> => ({
  cap: '100',
  warm: '20',
  hot: '50',
  ...Object.fromEntries(
    rules.flatMap((rule, index) =>
      Object.entries(rule).map(([name, value]) => [ruleField(index, name as keyof Wish), value]),
    ),
  ),
  ...more,
});
const prices: Wish = { label: 'Looked at prices', expression: 'viewed("/pricing")', points: '60' };
const versions = () => dashboard.store.scoreVersions(50);

describe('the page of the score', () => {
  test('has the rules that a new installation comes with, each of which can be asked', async () => {
    const { text } = await get('/settings/score');
    for (const { label } of presetScoring.rules) expect(text).toContain(label);
    expect(text).not.toContain('field-error');
    expect(text).toContain('As it came');
  });

  test('is read by everybody and changed by owners alone', async () => {
    const { status, text } = await get('/settings/score', sales);
    expect(status).toBe(200);
    expect(text).toContain('Looked at prices');
    expect(text).not.toMatch(/<textarea|Publish<|Go back</);
    const publish = fields([prices], { action: 'publish' });
    expect((await post('/settings/score', publish, sales)).status).toBe(403);
    expect((await post('/settings/score/0/restore', {}, sales)).status).toBe(403);
    expect((await post('/settings/score/check', { text: 'visits > 1' }, sales)).status).toBe(403);
    expect(await versions()).toEqual([]);
  });

  test.each<[string, Wish[], Record<string, string>, string]>([
    ['an expression with a slip', [{ ...prices, expression: 'visit > 1' }], {}, 'Did you mean visits?'],
    [
      'a score of scores',
      [{ ...prices, expression: 'score > 10' }],
      {},
      '“score” cannot be asked here: a score cannot rest on itself.',
    ],
    ['no expression', [{ ...prices, expression: '' }], {}, 'Write who gets the points.'],
    ['points that are no number', [{ ...prices, points: 'many' }], {}, 'From −100 to 100, and not 0.'],
    ['no points', [{ ...prices, points: '0' }], {}, 'From −100 to 100, and not 0.'],
    ['each time without a most', [{ ...prices, per: 'time' }], {}, 'The most it gives: 1 to 100.'],
    [
      'people each time',
      [{ ...prices, expression: 'people > 1', per: 'time', cap: '10' }],
      {},
      'Points for each time need something that is done on days',
    ],
    [
      'fading of what is not done',
      [{ ...prices, expression: 'size > 200', halfLife: '7' }],
      {},
      'Points that fade need something that is done on days',
    ],
    ['a half-life of nothing', [{ ...prices, halfLife: '0' }], {}, '1 to 730 days, or nothing.'],
    ['hot below warm', [prices], { warm: '60', hot: '50' }, 'More than for warm.'],
    ['hot above everything', [prices], { cap: '40' }, 'No score is more than the most it can be.'],
    ['no rule', [], {}, 'write one at least'],
  ])('refuses %s and keeps what was typed', async (_, rules, more, says) => {
    const answer = await post(
      '/settings/score',
      fields(rules, { ...more, action: 'publish', note: 'my note' }),
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(says.replace(/"/g, '&quot;'));
    expect(answer.text).toContain('my note');
    expect(await versions()).toEqual([]);
  });

  test('says while it is typed what is wrong with a rule', async () => {
    const check = async (text: string) =>
      JSON.parse((await post('/settings/score/check', { text })).text) as Record<string, unknown>;
    expect(await check('visits > 1')).toEqual({ isReadable: true, messages: '' });
    expect(await check('')).toMatchObject({ messages: '' });
    const circle = await check('visits > 1 and score > 10');
    expect(circle.isReadable).toBe(false);
    expect(circle.messages).toContain('a score cannot rest on itself');
  });

  test('takes a rule away, and nothing else', async () => {
    const two = [prices, { label: 'Came', expression: 'visits >= 1', points: '5' }];
    const { status, text } = await post('/settings/score', fields(two, { action: 'remove-0' }));
    expect(status).toBe(200);
    expect(text).not.toContain('value="Looked at prices"');
    expect(text).toContain('value="Came"');
    expect(await versions()).toEqual([]);
  });

  test('shows who would change before it is published, and changes nobody', async () => {
    const before = await dashboard.store.scoresOf([1, 2, 3]);
    const { status, text } = await post('/settings/score', fields([prices], { action: 'preview' }));
    expect(status).toBe(200);
    expect(text).toMatch(/would have another score/);
    expect(text).toMatch(/Aster<\/a> 7 → 60/);
    expect(text).toContain('Companies 30 days ago');
    expect(text).toContain('Say above how it is known that somebody bought');
    expect(await dashboard.store.scoresOf([1, 2, 3])).toEqual(before);
    expect(await versions()).toEqual([]);
  });

  test('says that there is not enough data where few bought', async () => {
    const bought = fields([prices], { action: 'preview', bought: 'viewed("/careers")' });
    const { text } = await post('/settings/score', bought);
    expect(text).toContain('Not enough data.');
    expect(text).not.toContain('who did not buy');
    const never = fields([prices], { action: 'preview', bought: 'people > 2' });
    expect((await post('/settings/score', never)).text).toContain('When they bought is not said by this');
    const slip = fields([prices], { action: 'preview', bought: 'visit > 2' });
    expect((await post('/settings/score', slip)).text).toContain('Did you mean visits?');
  });

  test('shows how those who later bought would have scored', async () => {
    await dashboard.store.append(buyers.map((wish, index) => draft({ ...wish, key: `buyer-${index}` })));
    // An event that sounds like buying is offered.
    expect((await get('/settings/score')).text).toContain('value="event(&quot;Order Paid&quot;)"');
    const bought = fields([prices], { action: 'preview', bought: 'event("Order Paid")' });
    const { text } = await post('/settings/score', bought);
    expect(text).toContain('21 companies bought; 21 of them had come 30 days before.');
    expect(text).toContain('this draft (n = 21)');
    // All of them had read prices by then; and of those who did not buy, only Cedar had come.
    expect(text).toMatch(/hot<\/span><\/th><td>0 %<\/td><td>100 %<\/td><td>0 %<\/td>/);
    expect(text).toMatch(/cold<\/span><\/th><td>100 %<\/td><td>0 %<\/td><td>100 %<\/td>/);
  });

  test('is published with its reason, shown in the list and on the company’s page, and taken back', async () => {
    const note = 'Prices count for more';
    const published = await post('/settings/score', fields([prices], { action: 'publish', note }));
    expect([published.status, published.to]).toEqual([303, '/settings/score?published=1']);
    const page = (await get('/settings/score?published=1')).text;
    expect(page).toContain('Version 1 is in force.');
    expect(page).toContain('owner@millrace.example');
    expect(page).toContain(note);
    const list = (await get('/accounts?sort=score&period=all', sales)).text;
    expect(list).toMatch(/<strong>60<\/strong> <span class="score-band score-hot">hot<\/span>/);
    expect(list).toMatch(/title="[^"]*Looked at prices \+60/);
    const [aster] = await dashboard.store.findAccounts('Aster', 1);
    const account = (await get(`/accounts/${aster?.id}`, sales)).text;
    expect(account).toMatch(/score-points">\+60<\/strong><span>Looked at prices/);
    expect(account).toContain('1 view of /pricing');
    expect((await get('/accounts?period=all&where=score%20%3D%20hot')).text).toContain('Aster');

    const back = await post('/settings/score/0/restore', {});
    expect(back.to).toBe('/settings/score?published=2');
    const [second, first] = await versions();
    expect(second).toMatchObject({ id: 2, note: 'Back to how it came', scoring: presetScoring });
    expect(first).toMatchObject({ id: 1, note });
    expect((await get('/accounts?sort=score&period=all')).text).not.toContain('<strong>60</strong>');
    expect((await post('/settings/score/1/restore', {})).to).toBe('/settings/score?published=3');
    expect((await versions())[0]).toMatchObject({ note: 'Back to version 1', scoring: first?.scoring });
    for (const who of [owner, sales]) {
      const old = (await get('/settings/score?version=0', who)).text;
      expect(old).toContain('These are the rules that came with the program');
      expect(old).toContain('Came back');
      expect((await get('/settings/score?version=3', who)).text).not.toContain('These are the rules');
      expect((await get('/settings/score?version=99', who)).text).not.toContain('These are the rules');
    }
    expect((await post('/settings/score/99/restore', {})).status).toBe(404);
    expect((await post('/settings/score/x/restore', {})).status).toBe(404);
  });

  test('shows hostile words as words', async () => {
    const label = '"><script>alert(1)</script>';
    await post('/settings/score', fields([{ ...prices, label }], { action: 'publish', note: label }));
    const [aster] = await dashboard.store.findAccounts('Aster', 1);
    for (const path of ['/settings/score', '/accounts?period=all', `/accounts/${aster?.id}`])
      expect((await get(path)).text).not.toContain('<script>alert');
  });
});
