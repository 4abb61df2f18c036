import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evaluateSegments } from '../../../collector/deliver/watch.ts';
import type { Membership } from '../../../collector/store/alerts.ts';
import type { Store } from '../../../collector/store/store.ts';
import { day, draft, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const kim = 'kim@lumen.example';

describe.each(engines)('$name', ({ open }) => {
  let store: Store;
  let segmentId: number;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
    const kept = { name: 'Anybody', expression: 'visits >= 1', isShared: true };
    segmentId = (await store.saveSegment(null, kept, kim, monday)).id;
    const wish = { user: kim, channels: ['browser' as const, 'mail' as const], coolingDays: 7, quiet: null };
    await store.saveAlertRule({ segmentId, timeZone: 'UTC', ...wish }, monday);
  });
  afterEach(() => store.close());

  const evaluate = (at = monday, maxAtOnce?: number) =>
    evaluateSegments({
      store,
      now: () => at,
      log: (line, detail) => {
        throw new Error(line, { cause: detail });
      },
      ...(maxAtOnce === undefined ? {} : { maxAtOnce }),
    });
  const visit = (...companies: string[]) =>
    store.append(companies.map((company) => draft({ visitor: company, company })));
  const names = Array.from({ length: 7 }, (_, number) => `Company ${number}`);
  const entered = (more: Partial<Membership> = {}): Membership => ({
    segmentId,
    expression: 'visits >= 1',
    version: 1,
    at: monday,
    isLast: true,
    entered: [{ accountId: 1, cause: [] }],
    left: [],
    activated: [],
    notices: [],
    messages: [
      {
        key: 'the same',
        channel: 'mail',
        recipient: kim,
        message: { kind: 'test', askedBy: kim },
        dueAt: monday,
      },
    ],
    ...more,
  });

  test('a fact, what is told of it and what waits to be sent are kept together or not at all', async () => {
    await visit('Acme');
    expect(await store.recordMembership(entered({ version: 5 }))).toBe(false);
    expect(await store.segmentEntries(1, 9)).toEqual([]);
    expect(await store.dueMessages('mail', monday, 9)).toEqual([]);
    expect(await store.recordMembership(entered({ version: null }))).toBe(true);
    expect(await store.segmentEntries(1, 9)).toHaveLength(1);
    expect(await store.dueMessages('mail', monday, 9)).toHaveLength(1);
    // Two evaluations at once: the second has looked at what is no longer so.
    expect(await store.recordMembership(entered({ version: null, at: monday + 1 }))).toBe(false);
    expect(await store.segmentEntries(1, 9)).toHaveLength(1);
  });

  test('a message with a key that is known is the same message', async () => {
    const { messages } = entered();
    expect(await store.queueMessages(messages, monday)).toBe(1);
    expect(await store.queueMessages(messages, monday)).toBe(0);
    const [message] = await store.dueMessages('mail', monday, 9);
    await store.settleMessage(message?.id ?? 0, { outcome: 'delivered' }, monday);
    expect(await store.queueMessages(messages, monday)).toBe(0);
    expect(await store.dueMessages('mail', monday + day, 9)).toEqual([]);
  });

  test('many that are in from the start are written part by part, and none of them is told', async () => {
    await visit(...names);
    expect((await evaluate(monday, 3)).isNews).toBe(false);
    expect(await store.openEntries(segmentId)).toHaveLength(7);
    expect(await store.notices(kim, null, 99)).toEqual([]);
    expect(await store.outboxCounts('mail')).toMatchObject({ waiting: 0 });
    const [watched] = await store.watchedSegments();
    expect(watched).toMatchObject({ watch: { version: 1 }, rules: [{ activeSince: monday }] });
  });

  test('many that enter at once are written part by part, and each is told once', async () => {
    await evaluate();
    await visit(...names);
    expect((await evaluate(monday + 1, 3)).isNews).toBe(true);
    expect((await evaluate(monday + 2, 3)).isNews).toBe(false);
    const notices = await store.notices(kim, null, 99);
    expect(notices.map(({ account }) => account.name).sort()).toEqual(names);
    const messages = await store.dueMessages('mail', monday + day, 99);
    expect(messages.map(({ message }) => (message.kind === 'entered' ? message.total : 0))).toEqual([
      3, 3, 1,
    ]);
    expect(await store.verify()).toEqual([]);
    await store.rebuild();
    expect(await store.openEntries(segmentId)).toHaveLength(7);
  });

  test('a segment that is taken away takes its rules and facts along, and leaves the log', async () => {
    await evaluate();
    await visit('Acme');
    await evaluate(monday + 1);
    await store.removeSegment(segmentId);
    expect(await store.alertRules(kim)).toEqual([]);
    expect(await store.watchedSegments()).toEqual([]);
    expect(await store.segmentEntries(1, 9)).toEqual([]);
    expect(await store.notices(kim, null, 9)).toMatchObject([{ segment: { id: null, name: 'Anybody' } }]);
    expect(await store.recordMembership(entered({ version: 2 }))).toBe(false);
  });

  test('who is here no more is told nothing more, and nothing is kept of what they were told', async () => {
    await evaluate();
    const lee = { user: 'lee@lumen.example', channels: ['mail' as const], coolingDays: 7, quiet: null };
    await store.saveAlertRule({ segmentId, timeZone: 'UTC', ...lee }, monday);
    const digest = { frequency: 'daily' as const, weekday: 1, hour: 8, whenEmpty: 'nothing' as const };
    await store.saveDigest({ user: kim, timeZone: 'UTC', ...digest }, monday);
    await evaluate(monday + 1);
    await visit('Acme');
    await evaluate(monday + 2);
    await store.forgetAlertsOf(kim);
    expect(await store.alertRules(kim)).toEqual([]);
    expect(await store.digests()).toEqual([]);
    expect(await store.notices(kim, null, 9)).toEqual([]);
    const waiting = await store.dueMessages('mail', monday + day, 9);
    expect(waiting.map(({ recipient }) => recipient)).toEqual(['lee@lumen.example']);
    expect(await store.watchedSegments()).toMatchObject([{ rules: [{ user: 'lee@lumen.example' }] }]);
  });

  test('what was delivered or read is forgotten after its time; what waits is not', async () => {
    await evaluate();
    await visit('Acme', 'Borealis');
    await evaluate(monday + 1);
    const [first] = await store.notices(kim, null, 9);
    await store.markRead('lee@lumen.example', first?.id ?? 0, monday);
    expect(await store.unreadNotices(kim)).toBe(2);
    await store.markRead(kim, first?.id ?? 0, monday);
    await store.forgetMessages(monday + day);
    expect(await store.notices(kim, null, 9)).toHaveLength(1);
    expect(await store.outboxCounts('mail')).toMatchObject({ waiting: 1 });
  });
});
