import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';
import type { Role } from '../roles.ts';

let dashboard: TestDashboard;
const cookies = new Map<Role, string>();
const emailOf = (role: Role) => `${role}@millrace.example`;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  for (const role of ['owner', 'marketer', 'sales'] as const) cookies.set(role, await dashboard.signIn(role));
  await dashboard.store.addSite('millrace.example', [], sampleNow);
  const segment = { name: 'Anybody', expression: 'visits >= 1', isShared: true };
  await dashboard.store.saveSegment(null, segment, emailOf('owner'), sampleNow);
  await dashboard.store.saveSegment(
    null,
    { ...segment, name: 'Hers alone', isShared: false },
    emailOf('owner'),
    sampleNow,
  );
});
afterEach(async () => {
  await dashboard.alerts.close();
  await dashboard.store.close();
});

const get = async (path: string, role: Role = 'sales') =>
  (await dashboard.app.request(`${origin}${path}`, { headers: { cookie: cookies.get(role) ?? '' } })).text();
const post = (path: string, fields: Record<string, string> = {}, role: Role = 'sales') =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie: cookies.get(role) ?? '' }));
const rules = (role: Role = 'sales') => dashboard.store.alertRules(emailOf(role));
const asked = { 'channel-mail': 'yes', cooling: '7', 'quiet-from': '', 'quiet-to': '', zone: 'UTC' };

describe('being told of a segment', () => {
  test('is one press beside it, pressed twice or not', async () => {
    expect(await get('/segments')).toContain('Tell me when a company enters Anybody');
    const pressed = await post('/settings/alerts/rules', { segment: '1' });
    expect(pressed.headers.get('location')).toBe('/settings/alerts?done=told&segment=1#segment-1');
    expect(await rules()).toMatchObject([{ segmentId: 1, channels: ['browser', 'mail'], coolingDays: 7 }]);
    await post(`/settings/alerts/rules/${(await rules())[0]?.id}`, { ...asked, cooling: '3' });
    await post('/settings/alerts/rules', { segment: '1' });
    expect(await rules()).toMatchObject([{ channels: ['mail'], coolingDays: 3 }]);
    expect(await get('/segments')).toContain('You are told');
    expect(await get('/accounts?segment=1&period=all')).toContain('You are told');
  });

  test('needs a segment that one may see', async () => {
    expect((await post('/settings/alerts/rules', { segment: '2' })).status).toBe(404);
    expect((await post('/settings/alerts/rules', { segment: '99' })).status).toBe(404);
    expect((await post('/settings/alerts/rules', { segment: 'x' })).status).toBe(404);
    expect(await rules()).toEqual([]);
    expect(await get('/settings/alerts')).not.toContain('Hers alone');
  });

  test.each([
    [{ cooling: 'seven' }, '“seven” is no number of days'],
    [{ cooling: '9999' }, '“9999” is no number of days from 0 to 365'],
    [{ 'quiet-from': '22:00' }, 'Quiet hours need a beginning and an end'],
    [{ 'quiet-from': '25:00', 'quiet-to': '07:00' }, 'Quiet hours need a beginning and an end'],
    [{ zone: 'Europe/Nowhere<' }, '“Europe/Nowhere&lt;” is no time zone'],
  ])('with %o is refused, and nothing is changed', async (wrong, says) => {
    await post('/settings/alerts/rules', { segment: '1' });
    const before = await rules();
    const refused = await post(`/settings/alerts/rules/${before[0]?.id}`, { ...asked, ...wrong });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(says);
    expect(await rules()).toEqual(before);
  });

  test('is nobody else’s to change or to end', async () => {
    await post('/settings/alerts/rules', { segment: '1' }, 'owner');
    const before = await rules('owner');
    const id = before[0]?.id;
    await post(`/settings/alerts/rules/${id}`, { ...asked, cooling: '1' }, 'marketer');
    await post(`/settings/alerts/rules/${id}/remove`, {}, 'marketer');
    expect(await rules('owner')).toEqual(before);
    await post(`/settings/alerts/rules/${id}/remove`, {}, 'owner');
    expect(await rules('owner')).toEqual([]);
  });

  test('shows in the log of whoever asked, with names from outside escaped', async () => {
    await post('/settings/alerts/rules', { segment: '1' });
    await dashboard.alerts.run();
    const company = '<script>alert(1)</script>';
    await dashboard.store.append([draft({ company, at: sampleNow - 1_000 })]);
    await dashboard.alerts.run();
    const log = await get('/alerts');
    expect(log).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(log).not.toContain(company);
    expect(log).toContain('Alerts, 1 unread');
    expect(await get('/alerts', 'owner')).toContain('You are told of no segment yet');
    // Somebody else cannot read it away.
    const [notice] = await dashboard.store.notices(emailOf('sales'), null, 1);
    await post('/alerts/read', { id: String(notice?.id) }, 'owner');
    expect(await dashboard.store.unreadNotices(emailOf('sales'))).toBe(1);
    await post('/alerts/read', { id: String(notice?.id) });
    expect(await dashboard.store.unreadNotices(emailOf('sales'))).toBe(0);
  });
});

describe('a digest', () => {
  const wish = { frequency: 'weekly', weekday: '3', hour: '7', zone: 'Asia/Tokyo', empty: 'line' };

  test('is chosen, changed and ended by oneself', async () => {
    await post('/settings/alerts/digest', wish);
    expect(await dashboard.store.digest(emailOf('sales'))).toMatchObject({
      frequency: 'weekly',
      weekday: 3,
      hour: 7,
      timeZone: 'Asia/Tokyo',
      whenEmpty: 'line',
    });
    expect(await get('/settings/alerts')).toContain('The next one is due on Wednesday');
    for (const wrong of [{ hour: '24' }, { weekday: '7' }, { zone: 'Mars' }])
      expect((await post('/settings/alerts/digest', { ...wish, ...wrong })).status).toBe(400);
    await post('/settings/alerts/digest', { frequency: 'off' });
    expect(await dashboard.store.digest(emailOf('sales'))).toBeNull();
  });

  test('can be looked at before it is wanted', async () => {
    expect(await get('/settings/alerts/digest')).toContain('Nobody came, so by itself it would not be sent.');
    await dashboard.store.append([draft({ company: 'Acme', at: sampleNow - 1_000, path: '/pricing' })]);
    const preview = await get('/settings/alerts/digest');
    expect(preview).toContain('1 company visited');
    expect(preview).toContain('1 visit, 1 page: /pricing');
    expect(await dashboard.store.outboxCounts('mail')).toMatchObject({ waiting: 0 });
  });
});

describe('Slack', () => {
  const webhook = 'https://hooks.slack.com/services/T0/B0/a-secret';

  test('is set by an owner, kept as a secret, and never shown again', async () => {
    expect((await post('/settings/alerts/slack', { webhook }, 'marketer')).status).toBe(403);
    expect((await post('/settings/alerts/slack', { webhook }, 'owner')).status).toBe(303);
    const page = await get('/settings/alerts', 'owner');
    expect(page).toContain('A webhook is set');
    expect(page).not.toContain('a-secret');
    expect(await dashboard.store.setting('slack_webhook')).not.toContain('a-secret');
    await post('/settings/alerts/slack/remove', {}, 'owner');
    expect(await get('/settings/alerts', 'owner')).not.toContain('A webhook is set');
  });

  test.each([
    'http://hooks.slack.com/services/x',
    'https://hooks.slack.com.evil.example/x',
    'https://evil.example/services/x',
    'https://hooks.slack.com:8443/services/x',
    'https://user:pass@hooks.slack.com/x',
    'https://127.0.0.1/x',
    'file:///etc/passwd',
    'no address',
  ])('is not taken as %s', async (wrong) => {
    const refused = await post('/settings/alerts/slack', { webhook: wrong }, 'owner');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('https://hooks.slack.com/');
    expect(await dashboard.alerts.isSet('slack')).toBe(false);
  });

  test('is tried by owners alone, since others read it; mail by anybody, for themselves', async () => {
    await post('/settings/alerts/slack', { webhook }, 'owner');
    expect((await post('/settings/alerts/test', { destination: 'slack' }, 'marketer')).status).toBe(400);
    expect((await post('/settings/alerts/test', { destination: 'pigeon' }, 'owner')).status).toBe(400);
    expect(await dashboard.store.outboxCounts('slack')).toMatchObject({ waiting: 0 });
    expect((await post('/settings/alerts/test', { destination: 'mail' }, 'marketer')).status).toBe(303);
    // The test's own mail server is not there.
    expect(await dashboard.store.outboxCounts('mail')).toMatchObject({ waiting: 1 });
  });
});

test('what did not arrive is seen with its reason by owners alone, and tried again by them', async () => {
  const message = { kind: 'test' as const, askedBy: 'kim@millrace.example' };
  const letter = { key: 'a', channel: 'mail' as const, recipient: 'kim@millrace.example', message };
  await dashboard.store.queueMessages([{ ...letter, dueAt: sampleNow }], sampleNow);
  const problem = '550 <no> such person';
  await dashboard.store.settleMessage(1, { outcome: 'dead', problem }, sampleNow);
  const page = await get('/settings/alerts', 'owner');
  expect(page).toContain('550 &lt;no&gt; such person');
  expect(page).toContain('Mail to kim@millrace.example');
  expect(await get('/settings/alerts', 'marketer')).not.toContain('550');
  expect((await post('/settings/alerts/letters/1/retry', {}, 'marketer')).status).toBe(403);
  expect(await dashboard.store.deadLetters(9)).toHaveLength(1);
  expect((await post('/settings/alerts/letters/1/retry', {}, 'owner')).status).toBe(303);
  expect(await dashboard.store.deadLetters(9)).toEqual([]);
});

test('a link to stop mails is believed with its mark alone, and forms from elsewhere are not', async () => {
  const bad = await dashboard.app.request(`${origin}/stop?what=eyJraW5kIjoiZGlnZXN0In0&mark=x`, {
    method: 'POST',
  });
  expect(bad.status).toBe(400);
  const foreign = await dashboard.app.request(`${origin}/settings/alerts/rules`, {
    ...form({ segment: '1' }, { cookie: cookies.get('sales') ?? '', origin: 'https://evil.example' }),
  });
  expect(foreign.status).toBe(403);
  expect(await rules()).toEqual([]);
});
