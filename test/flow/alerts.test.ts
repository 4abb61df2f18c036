import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AlertWorld, base, kim, openAlertWorld } from '../support/alerts.ts';
import { day, hour, minute, monday } from '../support/drafts.ts';
import { mailText } from '../support/smtp-server.ts';

let world: AlertWorld;

beforeEach(async () => {
  world = await openAlertWorld();
});
afterEach(() => world.close());

const pricing = 'viewed("/pricing*") >= 2 within 7 days';
const entries = async (accountId = 1) => world.server.rooms.store.segmentEntries(accountId, 10);

describe('who asked to be told when a company enters a segment', () => {
  test('is told by mail who it is and why, with links, and nothing that reports back', async () => {
    await world.rule(pricing, ['mail']);
    await world.visit('Acme', ['/pricing', '/pricing/team', '/docs']);
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
    const [mail] = world.smtp.mails;
    if (mail === undefined) return;
    expect(mail.to).toEqual([kim]);
    expect(mail.from).toBe('footlight@lumen.example');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    const text = mailText(mail);
    expect(text).toContain('Acme came into');
    expect(text).toContain('viewed("/pricing*") >= 2 within 7 days: 2');
    expect(text).toContain(`${base}/accounts/1`);
    expect(text).not.toMatch(/<img|<script|url\(/);
    expect(await world.server.rooms.store.unreadNotices(kim)).toBe(0);
    expect(await world.server.rooms.store.notices(kim, null, 9)).toMatchObject([
      { account: { name: 'Acme' }, isUnread: false },
    ]);
  });

  test('is told in the browser alone, where they chose so', async () => {
    await world.rule(pricing, ['browser']);
    await world.visit('Acme', ['/pricing', '/pricing']);
    await world.pass();
    expect(await world.server.rooms.store.unreadNotices(kim)).toBe(1);
    expect(await world.server.rooms.store.unreadNotices('lee@lumen.example')).toBe(0);
    expect(world.smtp.mails).toEqual([]);
    expect(world.slack.hooks).toEqual([]);
  });

  test('is told nothing of those who are in already', async () => {
    await world.visit('Acme', ['/pricing', '/pricing']);
    await world.rule(pricing, ['mail', 'browser']);
    await world.pass();
    expect(world.smtp.mails).toEqual([]);
    expect(await entries()).toMatchObject([{ cause: null, leftAt: null }]);
    await world.visit('Borealis', ['/pricing', '/pricing']);
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
    expect(mailText(world.smtp.mails[0] ?? never())).not.toContain('Acme');
  });

  test('is told nothing either where somebody else is told of the segment already', async () => {
    const { segmentId } = await world.rule(pricing, ['mail']);
    await world.visit('Acme', ['/pricing', '/pricing']);
    // Lee asks before anybody has looked.
    const lee = { user: 'lee@lumen.example', channels: ['mail' as const], coolingDays: 7, quiet: null };
    await world.server.rooms.store.saveAlertRule({ segmentId, timeZone: 'UTC', ...lee }, world.clock.now);
    await world.pass();
    expect(world.smtp.mails.map(({ to }) => to)).toEqual([[kim]]);
    await world.visit('Borealis', ['/pricing', '/pricing']);
    await world.pass();
    expect(world.smtp.mails.map(({ to }) => to[0])).toEqual([kim, kim, 'lee@lumen.example']);
  });

  test('is told once, however often it is looked, and by however many at once', async () => {
    await world.rule(pricing, ['mail', 'browser']);
    await world.visit('Acme', ['/pricing', '/pricing']);
    await Promise.all([world.pass(0), world.pass(0), world.pass(0)]);
    await world.visit('Acme', ['/pricing']);
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
    expect(await world.server.rooms.store.unreadNotices(kim)).toBe(1);
    expect(await entries()).toHaveLength(1);
  });

  test('is told of many that came together in one mail', async () => {
    await world.rule('visits >= 1', ['mail']);
    for (let number = 0; number < 25; number += 1) await world.visit(`Company ${number}`);
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
    const text = mailText(world.smtp.mails[0] ?? never());
    expect(text).toContain('25 companies came into');
    expect(text).toContain('and 5 more');
    expect(await world.server.rooms.store.notices(kim, null, 99)).toHaveLength(25);
  });

  test('hears no more of it after taking the rule away, or when the segment is no longer shared', async () => {
    const rule = await world.rule(pricing, ['mail'], { user: 'lee@lumen.example' });
    const { store } = world.server.rooms;
    const segment = await store.savedSegment(rule.segmentId, 'lee@lumen.example');
    if (segment === null) return never();
    const mine = { user: kim, channels: ['mail' as const], coolingDays: 7, quiet: null, timeZone: 'UTC' };
    const own = await store.saveAlertRule({ segmentId: segment.id, ...mine }, world.clock.now);
    await world.pass(0);
    await store.saveSegment(segment.id, { ...segment, isShared: false }, segment.owner, world.clock.now);
    await world.visit('Acme', ['/pricing', '/pricing']);
    await world.pass();
    expect(world.smtp.mails.map(({ to }) => to[0])).toEqual(['lee@lumen.example']);
    expect(await store.removeAlertRule(own.id, 'lee@lumen.example')).toBe(false);
    expect(await store.removeAlertRule(rule.id, 'lee@lumen.example')).toBe(true);
    await world.visit('Borealis', ['/pricing', '/pricing']);
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
  });
});

describe('an account that comes back', () => {
  test('within the cooling time is not told again; after it, it is', async () => {
    await world.rule('visits >= 1 within 3 days', ['mail'], { coolingDays: 7 });
    await world.visit('Acme');
    await world.pass();
    // The window passes, though nothing happens.
    await world.pass(5 * day);
    expect(await entries()).toMatchObject([{ enteredAt: monday + hour, leftAt: monday + hour + 5 * day }]);
    await world.visit('Acme');
    await world.pass();
    expect(world.smtp.mails).toHaveLength(1);
    expect(await entries()).toHaveLength(2);
    await world.pass(5 * day);
    await world.pass(8 * day);
    await world.visit('Acme');
    await world.pass();
    expect(world.smtp.mails).toHaveLength(2);
  });

  test('is told at once where no cooling time is wanted', async () => {
    await world.rule('visits >= 1 within 3 days', ['mail'], { coolingDays: 0 });
    await world.visit('Acme');
    await world.pass();
    await world.pass(4 * day);
    await world.visit('Acme');
    await world.pass();
    expect(world.smtp.mails).toHaveLength(2);
  });

  test('by a merge is nothing new', async () => {
    await world.visit('Borealis', ['/docs']);
    await world.rule(pricing, ['mail']);
    await world.visit('Acme', ['/pricing', '/pricing']);
    await world.pass();
    const { store } = world.server.rooms;
    const [acme] = await store.findAccounts('Acme', 1);
    const [borealis] = await store.findAccounts('Borealis', 1);
    if (acme === undefined || borealis === undefined) return never();
    const merge = { kind: 'merge' as const, accountId: acme.id, targetId: borealis.id, note: '' };
    await store.decide(merge, kim, world.clock.now);
    await world.pass();
    expect(await entries(borealis.id)).toHaveLength(1);
    expect(world.smtp.mails).toHaveLength(1);
  });
});

test('a segment whose text is changed has nobody who is new', async () => {
  const rule = await world.rule('visits >= 5', ['mail']);
  await world.visit('Acme');
  await world.pass();
  const { store } = world.server.rooms;
  const easier = { name: 'Anybody', expression: 'visits >= 1', isShared: false };
  await store.saveSegment(rule.segmentId, easier, kim, world.clock.now);
  await world.pass();
  expect(world.smtp.mails).toEqual([]);
  await world.visit('Borealis');
  await world.pass();
  expect(world.smtp.mails).toHaveLength(1);
});

test('quiet hours hold mail until the morning of whoever is asleep, and lose none', async () => {
  // 09:00 UTC is 05:00 in New York.
  const quiet = { from: 22 * 60, to: 7 * 60 };
  await world.rule(pricing, ['mail', 'browser'], { quiet, timeZone: 'America/New_York' });
  await world.visit('Acme', ['/pricing', '/pricing']);
  await world.pass(30 * minute);
  expect(world.smtp.mails).toEqual([]);
  // What makes no sound is there at once.
  expect(await world.server.rooms.store.unreadNotices(kim)).toBe(1);
  await world.pass(hour);
  expect(world.smtp.mails).toEqual([]);
  await world.pass(31 * minute);
  expect(world.smtp.mails).toHaveLength(1);
});

test('events that arrive are looked at by themselves', async () => {
  await world.rule(pricing, ['mail']);
  await world.visit('Acme', ['/pricing', '/pricing']);
  // Nobody asks for a run here: the commit does.
  await world.smtp.given(1);
  expect(world.smtp.mails).toHaveLength(1);
}, 30_000);

test('a restart tells nothing twice', async () => {
  await world.close();
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-alerts-'));
  const file = path.join(folder, 'footlight.db');
  world = await openAlertWorld(file);
  await world.rule(pricing, ['mail', 'browser']);
  await world.visit('Acme', ['/pricing', '/pricing']);
  await world.pass();
  expect(world.smtp.mails).toHaveLength(1);
  await world.close();
  world = await openAlertWorld(file);
  await world.pass();
  await world.pass(day);
  expect(world.smtp.mails).toEqual([]);
  expect(await world.server.rooms.store.unreadNotices(kim)).toBe(1);
  await rm(folder, { recursive: true });
}, 30_000);

function never(): never {
  throw new Error('it is not there');
}
