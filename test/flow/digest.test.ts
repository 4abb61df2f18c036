import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dueSlot } from '../../collector/deliver/digest-time.ts';
import { afterQuiet } from '../../collector/deliver/quiet.ts';
import type { Digest, DigestDraft } from '../../collector/store/alerts.ts';
import { type AlertWorld, base, kim, openAlertWorld } from '../support/alerts.ts';
import { day, hour, minute, monday } from '../support/drafts.ts';
import { mailText } from '../support/smtp-server.ts';

let world: AlertWorld;

beforeEach(async () => {
  world = await openAlertWorld();
});
afterEach(() => world.close());

/** Every day at eight; `monday` is nine o'clock. */
const daily: DigestDraft = {
  user: kim,
  frequency: 'daily',
  weekday: 1,
  hour: 8,
  timeZone: 'UTC',
  whenEmpty: 'nothing',
};
const want = (more: Partial<DigestDraft> = {}) =>
  world.server.rooms.store.saveDigest({ ...daily, ...more }, world.clock.now);
const texts = () => world.smtp.mails.map(mailText);

describe('a digest', () => {
  test('says who came since the last one, what they did, and where to read on', async () => {
    await world.visit('Older', ['/docs']);
    world.clock.now += 3 * day;
    await world.server.rooms.store.saveSegment(
      null,
      { name: 'Price readers', expression: 'viewed("/pricing")', isShared: false },
      kim,
      world.clock.now,
    );
    await want();
    world.clock.now += hour;
    await world.visit('Acme', ['/pricing', '/docs', '/docs']);
    await world.visit('Older', ['/docs']);
    await world.pass(23 * hour);
    const [text = ''] = texts();
    expect(text).toContain('2 companies visited');
    expect(text).toMatch(/NEW COMPANIES\s+- Acme/);
    expect(text).toContain('1 visit, 3 pages: docs, pricing');
    expect(text).toContain('IN THE SEGMENT “PRICE READERS”');
    expect(text).toMatch(/MOST ACTIVE\s+- Acme[\s\S]*- Older/);
    expect(text).toContain(`${base}/accounts/2`);
    expect(text.slice(text.indexOf('NEW COMPANIES'), text.indexOf('IN THE'))).not.toContain('Older');
    // The day after, it is about that day alone.
    await world.visit('Older', ['/pricing']);
    await world.pass(day);
    expect(texts()[1]).toContain('1 company visited');
    expect(texts()[1]).not.toContain('Acme');
  });

  test('comes at its hour and not before, once, however often it is looked', async () => {
    await want();
    await world.visit('Acme');
    await world.pass(22 * hour + 59 * minute);
    expect(world.smtp.mails).toEqual([]);
    await world.pass(minute);
    await Promise.all([world.pass(0), world.pass(minute), world.pass(minute)]);
    expect(world.smtp.mails).toHaveLength(1);
    await world.pass(20 * hour);
    expect(world.smtp.mails).toHaveLength(1);
  });

  test('does not come where nobody did', async () => {
    await want();
    for (let days = 0; days < 20; days += 1) await world.pass(day);
    expect(world.smtp.mails).toEqual([]);
  });

  test('that nobody is in comes as one line a week, where that is wanted', async () => {
    await want({ whenEmpty: 'line' });
    for (let days = 0; days < 15; days += 1) await world.pass(day);
    expect(world.smtp.mails).toHaveLength(2);
    expect(texts()[0]).toContain('No companies visited');
  });

  test('comes on its day of the week', async () => {
    await want({ frequency: 'weekly', weekday: 3 });
    await world.visit('Acme');
    await world.pass(day);
    expect(world.smtp.mails).toEqual([]);
    await world.pass(day);
    expect(world.smtp.mails).toHaveLength(1);
    await world.visit('Acme');
    await world.pass(6 * day);
    expect(world.smtp.mails).toHaveLength(1);
    await world.pass(day);
    expect(world.smtp.mails).toHaveLength(2);
  });

  test('that was wanted no more does not come', async () => {
    await want();
    await world.visit('Acme');
    await world.server.rooms.store.removeDigest(kim);
    await world.pass(2 * day);
    expect(world.smtp.mails).toEqual([]);
  });

  test('is shown as it would be sent now, and sends nothing', async () => {
    await world.visit('Acme');
    world.clock.now += hour;
    expect(await world.server.alerts.preview(kim, null)).toMatchObject({
      visited: 1,
      mostActive: [{ name: 'Acme', did: '1 visit, 1 page: pricing' }],
    });
    await world.pass();
    expect(world.smtp.mails).toEqual([]);
  });
});

test('a digest that fell into the time when the server was down is made up for, once', async () => {
  await world.close();
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-digest-'));
  const file = path.join(folder, 'footlight.db');
  world = await openAlertWorld(file);
  await want();
  await world.visit('Acme');
  await world.close();
  world = await openAlertWorld(file);
  await world.pass(2 * day + hour);
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('Acme');
  await world.close();
  world = await openAlertWorld(file);
  await world.pass(2 * day + 2 * hour);
  expect(texts()).toEqual([]);
  await rm(folder, { recursive: true });
}, 30_000);

describe('an hour by the clock on the wall', () => {
  const digest = (more: Partial<Digest>): Digest => ({
    ...daily,
    changedAt: 0,
    lastSlot: 0,
    coveredTo: null,
    sentAt: null,
    timeZone: 'Europe/Berlin',
    ...more,
  });

  test('is the same before and after the clocks change', () => {
    // Summer time ends on 25 October 2026 and begins on 29 March 2026.
    const autumn = Date.UTC(2026, 9, 24, 12);
    expect(dueSlot(digest({ lastSlot: autumn }), autumn + day)).toBe(Date.UTC(2026, 9, 25, 7));
    const summer = Date.UTC(2026, 9, 23, 12);
    expect(dueSlot(digest({ lastSlot: summer }), summer + day)).toBe(Date.UTC(2026, 9, 24, 6));
    const spring = Date.UTC(2026, 2, 28, 12);
    expect(dueSlot(digest({ lastSlot: spring }), spring + day)).toBe(Date.UTC(2026, 2, 29, 6));
  });

  test('that spring leaves out, or autumn has twice, counts once', () => {
    for (const [month, date] of [
      [2, 29],
      [9, 25],
    ] as const) {
      const start = Date.UTC(2026, month, date - 1, 12);
      const slots = new Set<number>();
      let lastSlot = start;
      for (let at = start; at < start + 2 * day; at += 10 * minute) {
        const slot = dueSlot(digest({ hour: 2, lastSlot }), at);
        if (slot === null) continue;
        slots.add(slot);
        lastSlot = slot;
      }
      expect(slots.size).toBe(2);
    }
  });

  test.each([
    // [now, hours of quiet, when it may be sent]
    [Date.UTC(2026, 5, 1, 12), 22 * 60, 7 * 60, Date.UTC(2026, 5, 1, 12)],
    [Date.UTC(2026, 5, 1, 21), 22 * 60, 7 * 60, Date.UTC(2026, 5, 2, 5)],
    [Date.UTC(2026, 5, 1, 3), 22 * 60, 7 * 60, Date.UTC(2026, 5, 1, 5)],
    [Date.UTC(2026, 5, 1, 5), 22 * 60, 7 * 60, Date.UTC(2026, 5, 1, 5)],
    [Date.UTC(2026, 5, 1, 11), 12 * 60, 14 * 60, Date.UTC(2026, 5, 1, 12)],
    // The night in which an hour is left out: seven is at five by UTC.
    [Date.UTC(2026, 2, 28, 22), 22 * 60, 7 * 60, Date.UTC(2026, 2, 29, 5)],
  ])('at %d, quiet from %d to %d ends at %d', (at, from, to, end) => {
    expect(afterQuiet(at, { from, to }, 'Europe/Berlin')).toBe(end);
    expect(afterQuiet(at, null, 'Europe/Berlin')).toBe(at);
  });
});

test('a link in the mail ends the mails without a sign-in, by one click of a mail program', async () => {
  await want();
  const rule = await world.rule('visits >= 1', ['mail', 'browser']);
  await world.visit('Acme');
  await world.pass(day);
  const links = world.smtp.mails.map((mail) => mail.headers.get('list-unsubscribe') ?? '');
  expect(links).toHaveLength(2);
  for (const [index, link] of links.entries()) {
    expect(world.smtp.mails[index]?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const address = link.slice(1, -1).replace(base, world.server.url);
    // Scanners that open it end nothing.
    const opened = await fetch(address);
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain('Stop these mails?');
    expect((await fetch(`${address.slice(0, -2)}xx`, { method: 'POST' })).status).toBe(400);
    const { store } = world.server.rooms;
    const state = async () => [
      (await store.digest(kim)) !== null,
      (await store.alertRules(kim))[0]?.channels,
    ];
    const before = await state();
    expect(before).toContainEqual(expect.anything());
    const stopped = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(stopped.status).toBe(200);
    expect(await state()).not.toEqual(before);
  }
  expect(await world.server.rooms.store.digest(kim)).toBeNull();
  expect(await world.server.rooms.store.alertRules(kim)).toMatchObject([
    { id: rule.id, channels: ['browser'] },
  ]);
  await world.visit('Borealis');
  await world.pass(2 * day);
  expect(world.smtp.mails).toHaveLength(2);
  expect(monday).toBeLessThan(world.clock.now);
});
