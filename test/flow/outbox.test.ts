/** What becomes of messages that do not arrive at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evaluateSegments } from '../../collector/deliver/watch.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { type AlertWorld, kim, openAlertWorld } from '../support/alerts.ts';
import { companyVerdict, day, draft, hour, minute } from '../support/drafts.ts';
import { serveProgram } from '../support/process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';

const second = 1_000;

describe('a message', () => {
  let world: AlertWorld;
  beforeEach(async () => {
    world = await openAlertWorld();
  });
  afterEach(() => world.close());
  const counts = (channel: 'mail' | 'slack' = 'mail') => world.server.rooms.store.outboxCounts(channel);
  const useSlack = (where = '/services/T1/B1/secret') =>
    world.server.alerts.setSlack(`http://${world.slack.host}${where}`);
  const enter = async (company: string) => {
    await world.visit(company);
    await world.pass(0);
  };

  test('that a mail server cannot take now is tried again, later each time, under the same key', async () => {
    await world.rule('visits >= 1', ['mail']);
    world.smtp.replies.push('451 come back later', '451 come back later');
    await enter('Acme');
    expect(await counts()).toMatchObject({ waiting: 1, failing: 1, dead: 0 });
    expect((await counts()).lastProblem).toContain('451 come back later');
    await world.pass(4 * second);
    expect(world.smtp.mails).toHaveLength(1);
    await world.pass(3 * second);
    expect(world.smtp.mails).toHaveLength(2);
    await world.pass(4 * minute);
    expect(world.smtp.mails).toHaveLength(2);
    await world.pass(3 * minute);
    expect(world.smtp.mails).toHaveLength(3);
    expect(await counts()).toMatchObject({ waiting: 0, dead: 0, delivered: 1 });
    expect(new Set(world.smtp.mails.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
    expect(new Set(world.smtp.mails.map(({ headers }) => headers.get('x-footlight-key'))).size).toBe(1);
    await world.pass(day);
    expect(world.smtp.mails).toHaveLength(3);
  });

  test('that a mail server refuses for good is put aside with the reason, and can be tried again', async () => {
    await world.rule('visits >= 1', ['mail']);
    world.smtp.replies.push('550 no such person here');
    await enter('Acme');
    const { store } = world.server.rooms;
    const [dead] = await store.deadLetters(9);
    expect(dead).toMatchObject({ channel: 'mail', recipient: kim, tries: 1 });
    expect(dead?.problem).toContain('550 no such person here');
    await world.pass(day);
    expect(world.smtp.mails).toHaveLength(1);
    expect(await store.reviveMessage(dead?.id ?? 0, world.clock.now)).toBe(true);
    await world.pass(0);
    expect(world.smtp.mails).toHaveLength(2);
    expect(await store.deadLetters(9)).toEqual([]);
    expect(await store.reviveMessage(dead?.id ?? 0, world.clock.now)).toBe(false);
  });

  test('to a mail server that says nothing does not wait for ever', async () => {
    await world.rule('visits >= 1', ['mail']);
    world.smtp.replies.push('hang');
    await enter('Acme');
    expect(await counts()).toMatchObject({ waiting: 1, failing: 1 });
    await world.pass(minute);
    expect(await counts()).toMatchObject({ delivered: 1 });
  });

  test('that nobody ever takes is given up after some three days, and says so', async () => {
    await world.rule('visits >= 1', ['mail']);
    world.smtp.replies.push(...Array.from({ length: 50 }, () => '421 closed' as const));
    await enter('Acme');
    for (let tries = 0; tries < 30; tries += 1) await world.pass(6 * hour);
    const [dead] = await world.server.rooms.store.deadLetters(9);
    expect(dead).toMatchObject({ tries: 10 });
    expect(dead?.problem).toContain('given up after 10 tries');
    expect(world.smtp.mails).toHaveLength(10);
  });

  test('for Slack goes there as blocks, with what visitors wrote escaped', async () => {
    expect(await useSlack()).toBeNull();
    await world.rule('visits >= 1', ['slack']);
    await enter('Acme <!channel> & Sons');
    const [hook] = world.slack.hooks;
    expect(hook?.path).toBe('/services/T1/B1/secret');
    const { text, blocks } = JSON.parse(hook?.body ?? '{}') as { text: string; blocks: object[] };
    expect(text).toContain('Acme &lt;!channel&gt; &amp; Sons came into');
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks.slice(1))).not.toContain('<!channel>');
    expect(JSON.stringify(blocks)).toContain('https://footlight.lumen.example/accounts/1');
    expect(world.smtp.mails).toEqual([]);
  });

  test('for Slack is told once, though two people asked for it', async () => {
    await useSlack();
    const { segmentId } = await world.rule('visits >= 1', ['slack']);
    const lee = { user: 'lee@lumen.example', channels: ['slack' as const], coolingDays: 7, quiet: null };
    await world.server.rooms.store.saveAlertRule({ segmentId, timeZone: 'UTC', ...lee }, world.clock.now);
    await world.pass(0);
    await enter('Acme');
    await world.pass(minute);
    expect(world.slack.hooks).toHaveLength(1);
  });

  test('for Slack waits as long as Slack asks, and so do those behind it', async () => {
    await useSlack();
    await world.rule('visits >= 1', ['slack']);
    world.slack.replies.push({ status: 429, headers: { 'retry-after': '600' } });
    await enter('Acme');
    await enter('Borealis');
    expect(world.slack.hooks).toHaveLength(1);
    await world.pass(9 * minute);
    expect(world.slack.hooks).toHaveLength(1);
    await world.pass(2 * minute);
    await world.pass(2 * second);
    expect(world.slack.hooks).toHaveLength(3);
    expect(await counts('slack')).toMatchObject({ waiting: 0, delivered: 2 });
  });

  test('for Slack goes no more than once a second', async () => {
    await useSlack();
    await world.rule('visits >= 1', ['slack']);
    for (const name of ['Acme', 'Borealis', 'Corvid']) await enter(name);
    expect(world.slack.hooks).toHaveLength(1);
    await world.pass(999);
    expect(world.slack.hooks).toHaveLength(1);
    await world.pass(1);
    expect(world.slack.hooks).toHaveLength(2);
    await world.pass(second);
    expect(world.slack.hooks).toHaveLength(3);
  });

  test.each([
    [{ status: 500 }, 'waiting', 'Slack answered 500'],
    [{ status: 0 }, 'waiting', 'no answer came within 1 s'],
    [{ status: 404, body: 'no_service' }, 'dead', 'Slack answered 404: no_service'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'dead', 'redirects are not followed'],
  ])('that Slack answers with %o is %s', async (reply, state, says) => {
    await useSlack();
    await world.rule('visits >= 1', ['slack']);
    world.slack.replies.push(reply);
    await enter('Acme');
    expect(world.slack.hooks).toHaveLength(1);
    expect(await counts('slack')).toMatchObject(state === 'dead' ? { dead: 1 } : { waiting: 1, failing: 1 });
    const [dead] = await world.server.rooms.store.deadLetters(1);
    expect(dead?.problem ?? (await counts('slack')).lastProblem).toContain(says);
  });

  test('of one way does not wait for another that is broken', async () => {
    await useSlack();
    await world.rule('visits >= 1', ['mail', 'slack', 'browser']);
    world.slack.replies.push({ status: 0 });
    world.smtp.replies.push('take');
    await enter('Acme');
    expect(await counts('mail')).toMatchObject({ delivered: 1 });
    expect(await counts('slack')).toMatchObject({ waiting: 1 });
    expect(await world.server.rooms.store.unreadNotices(kim)).toBe(1);
  });

  test('under way is let go when the server stops, and kept', async () => {
    await world.rule('visits >= 1', ['mail']);
    world.smtp.replies.push('hang');
    await world.visit('Acme');
    world.clock.now += 1;
    const running = world.server.alerts.run();
    await world.smtp.given(1);
    await world.server.alerts.close();
    await running;
    expect((await counts()).waiting).toBe(1);
  });
});

test('a server killed between the fact and its delivery loses nothing, and tells it again under the same key', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-outbox-'));
  const file = path.join(folder, 'footlight.db');
  const smtp = await startSmtpServer();
  const now = Date.now();
  const { store } = await openSqliteStore({ path: file });
  const site = await store.addSite('lumen.example', [], now);
  const segment = await store.saveSegment(
    null,
    { name: 'Anybody', expression: 'visits >= 1', isShared: false },
    kim,
    now,
  );
  await store.saveAlertRule(
    { segmentId: segment.id, user: kim, channels: ['mail'], coolingDays: 7, quiet: null, timeZone: 'UTC' },
    now,
  );
  await evaluateSegments({ store, now: () => now, log: () => undefined });
  await store.append([draft({ site: site.id, verdict: companyVerdict('Acme'), at: now - minute })]);
  await store.close();

  const env = { FOOTLIGHT_SMTP_URL: smtp.url, FOOTLIGHT_MAIL_FROM: 'footlight@lumen.example' };
  // Whether the mail server keeps a mail that it did not answer, nobody can know.
  smtp.replies.push('hang');
  const first = await serveProgram(folder, env);
  await smtp.given(1);
  await first.kill();

  const second = await serveProgram(folder, env);
  await smtp.given(2);
  expect(await second.stop()).toBe(0);
  const keys = smtp.mails.map(({ headers }) => headers.get('x-footlight-key'));
  expect(keys[0]).toMatch(/^entered\./);
  expect(keys[1]).toBe(keys[0]);
  expect(smtp.mails[1]?.headers.get('message-id')).toBe(smtp.mails[0]?.headers.get('message-id'));

  const { store: after } = await openSqliteStore({ path: file });
  expect(await after.segmentEntries(1, 9)).toHaveLength(1);
  expect(await after.notices(kim, null, 9)).toHaveLength(1);
  expect(await after.outboxCounts('mail')).toMatchObject({ waiting: 0, dead: 0, delivered: 1 });
  expect(await after.verify()).toEqual([]);
  await after.close();
  await smtp.close();
  await rm(folder, { recursive: true });
}, 60_000);
