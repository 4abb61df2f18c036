/** What a program does with the API beyond reading lists: segments, marks, scores, alerts, imports, users. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../support/api.ts';
import { companyVerdict, draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

let server: ApiServer;
let crm: Caller;
let other: Caller;

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each looked at by its test
  body: any;
}
type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

async function caller(...given: Parameters<ApiServer['key']>): Promise<Caller> {
  const secret = await server.key(...given);
  return async (method, path, body) => {
    const init = { method, ...(body !== undefined && { body }) };
    const response = await server.call(secret, `/api/v1${path}`, init);
    return { status: response.status, body: await response.json() };
  };
}

beforeAll(async () => {
  server = await startApiServer();
  crm = await caller('marketer');
  other = await caller('sales');
});
afterAll(() => server?.close());

async function everyPage(call: Caller, path: string): Promise<{ id: number }[]> {
  const rows: { id: number }[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { body }: Answer = await call('GET', next === '' ? path : `${path}&cursor=${next}`);
    rows.push(...body.data);
    next = body.next;
  }
  return rows;
}

describe('a segment', () => {
  test('that a key keeps is seen by others once it is shared, and changed by those who answer for the list', async () => {
    const made = await other('POST', '/segments', { name: 'Mine', text: 'visits >= 2' });
    expect(made).toMatchObject({ status: 201, body: { isShared: false, text: 'visits >= 2' } });
    const path = `/segments/${made.body.id}`;
    expect((await crm('GET', path)).status).toBe(404);
    expect((await crm('GET', `${path}/accounts`)).status).toBe(404);
    expect((await crm('GET', `/accounts?segment=${made.body.id}`)).status).toBe(404);
    // Sales keep their own, and share none.
    const shared = { name: 'Mine', text: 'visits >= 2', isShared: true };
    expect(await other('PUT', path, shared)).toMatchObject({ status: 403 });
    const kept = await crm('POST', '/segments', shared);
    expect(await other('GET', `/segments/${kept.body.id}`)).toMatchObject({ status: 200 });
    expect(await other('DELETE', `/segments/${kept.body.id}`)).toMatchObject({ status: 403 });
    expect(await crm('DELETE', `/segments/${kept.body.id}`)).toMatchObject({ status: 200 });
    expect((await crm('GET', `/segments/${kept.body.id}`)).status).toBe(404);
  });

  test('that cannot be read is refused with the characters at fault, and what was meant', async () => {
    const text = 'people >= 2 and visit >= 3';
    const checked = await crm('POST', '/segments/check', { text });
    const { problem } = checked.body;
    expect(text.slice(problem.offset, problem.offset + problem.length)).toBe('visit');
    expect(problem.meant).toBe('visits');
    expect(checked.body).toMatchObject({ total: null, accounts: [], printed: null });
    const refused = await crm('POST', '/segments', { name: 'Typo', text });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ where: 'body.text', offset: problem.offset, length: 5, meant: 'visits' }] },
    });
    const list = await crm('GET', `/accounts?where=${encodeURIComponent(text)}`);
    expect(list).toMatchObject({ status: 400, body: { errors: [{ where: 'query.where', offset: 16 }] } });
  });

  test('has the same companies counted, listed page by page, in the list, as a stream, and one by one', async () => {
    const { body: made } = await crm('POST', '/segments', { name: 'Back', text: 'visits >= 3' });
    const { body: counted } = await crm('GET', `/segments/${made.id}/count`);
    const members = await everyPage(crm, `/segments/${made.id}/accounts?limit=2`);
    expect(members.length).toBe(counted.total);
    expect(members.length).toBeGreaterThan(2);
    expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
    const listed = await everyPage(crm, `/accounts?period=all&segment=${made.id}&limit=3`);
    expect(listed.map(({ id }) => id).sort((a, b) => a - b)).toEqual(members.map(({ id }) => id));
    const key = await server.key('sales');
    const stream = await server.call(key, '/api/v1/accounts.ndjson?period=all&where=visits%20%3E%3D%203');
    const lines = (await stream.text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(members.map(({ id }) => id).sort());
    const [first] = members;
    const explained = await crm('GET', `/segments/${made.id}/accounts/${first?.id}`);
    expect(explained.body).toMatchObject({
      isMatch: true,
      conditions: [{ condition: 'visits >= 3', isMet: true }],
    });
    expect(explained.body.conditions[0].found).toBeGreaterThanOrEqual(3);
    const others = (await everyPage(crm, '/accounts?period=all&limit=50')).filter(
      ({ id }) => !members.some((one) => one.id === id),
    );
    const not = await crm('GET', `/segments/${made.id}/accounts/${others[0]?.id}`);
    expect(not.body).toMatchObject({ isMatch: false, conditions: [{ isMet: false }] });
  });

  test('tells a key who is new since it looked', async () => {
    const { body: made } = await crm('POST', '/segments', { name: 'New', text: 'viewed("/only-here")' });
    expect((await crm('GET', `/segments/${made.id}/count`)).body).toEqual({ total: 0, unseen: null });
    await crm('POST', `/segments/${made.id}/seen`);
    await server.rooms.store.append([
      draft({
        visitor: 'new-one',
        site: server.site.id,
        at: sampleNow - 1_000,
        path: '/only-here',
        verdict: companyVerdict('new-one'),
      }),
    ]);
    expect((await crm('GET', `/segments/${made.id}/count`)).body).toEqual({ total: 1, unseen: 1 });
  });
});

describe('marks', () => {
  test('of many companies are made at once, shown in the list, and taken back', async () => {
    const made = await crm('POST', '/marks', { do: 'tag', accounts: [1, 2], tag: 'Fair  2026' });
    expect(made).toMatchObject({ status: 200, body: { changed: 2, tag: 'Fair 2026' } });
    expect(
      (await crm('POST', '/marks', { do: 'tag', accounts: [1, 2], tag: 'fair 2026' })).body.changed,
    ).toBe(0);
    expect((await other('GET', '/accounts/1/marks')).body.tags).toContain('Fair 2026');
    // Sales may mark; what a marketer's key did it may not take back.
    expect((await other('POST', `/marks/${made.body.id}/undo`)).status).toBe(403);
    await crm('POST', `/marks/${made.body.id}/undo`);
    expect((await other('GET', '/accounts/1/marks')).body.tags).not.toContain('Fair 2026');
  });

  test('that are a key’s own are nobody else’s, and hidden companies leave its list', async () => {
    await crm('POST', '/marks', { do: 'hide', accounts: [3] });
    expect((await crm('GET', '/accounts/3/marks')).body.isHidden).toBe(true);
    expect((await other('GET', '/accounts/3/marks')).body.isHidden).toBe(false);
    const ids = async (call: Caller, query: string) =>
      (await everyPage(call, `/accounts?period=all&limit=100${query}`)).map(({ id }) => id);
    expect(await ids(crm, '&list=all')).not.toContain(3);
    expect(await ids(crm, '&list=hidden')).toEqual([3]);
    expect(await ids(crm, '')).toContain(3);
    expect(await ids(other, '&list=all')).toContain(3);
  });

  test('name what is not there: an account, or an owner who cannot sign in', async () => {
    const none = await crm('POST', '/marks', { do: 'follow', accounts: [1, 99_999] });
    expect(none).toMatchObject({ status: 422, body: { detail: expect.stringContaining('99999') } });
    const owner = await crm('POST', '/marks', { do: 'assign', accounts: [1], owner: 'who@example.com' });
    expect(owner).toMatchObject({ status: 422, body: { errors: [{ where: 'body.owner' }] } });
    expect((await crm('GET', '/accounts/1/marks')).body).toMatchObject({ isFollowed: false, owner: null });
  });

  test('a note is changed by the key that wrote it and by no other', async () => {
    const { body: note } = await crm('POST', '/accounts/1/notes', { text: ' Call again.\r\n' });
    expect(note.text).toBe('Call again.');
    expect((await other('PUT', `/notes/${note.id}`, { text: 'x' })).status).toBe(403);
    expect((await other('DELETE', `/notes/${note.id}`)).status).toBe(403);
    expect((await crm('POST', '/accounts/1/notes', { text: '  ' })).status).toBe(422);
    expect((await other('GET', '/accounts/1/notes')).body.data).toMatchObject([{ text: 'Call again.' }]);
    await crm('DELETE', `/notes/${note.id}`);
    expect((await other('GET', '/accounts/1/notes')).body.data).toEqual([]);
  });
});

describe('the score', () => {
  const rule = { expression: 'visits >= 1', per: 'once', points: 40 };
  const score = { rules: [rule], cap: 100, warm: 30, hot: 60 };

  test('is tried out, published, seen on companies at once, and published again only if it differs', async () => {
    const owner = await caller('owner');
    const { body: preview } = await owner('POST', '/score/preview', score);
    expect(preview.now.changed).toBeGreaterThan(0);
    expect((await owner('GET', '/score')).body.version).toBe(0);
    const published = await owner('POST', '/score/versions', { ...score, note: 'simple' });
    expect(published.body).toMatchObject({ version: 1, isInForce: true, note: 'simple' });
    expect((await owner('POST', '/score/versions', score)).body.version).toBe(1);
    const { body: list } = await owner('GET', '/accounts?period=all&limit=1');
    expect(list.data[0].score).toEqual({
      score: 40,
      band: 'warm',
      reasons: [{ label: 'visits >= 1', points: 40 }],
    });
    const { body: why } = await other('GET', `/accounts/${list.data[0].id}/score`);
    expect(why).toMatchObject({ version: 1, score: 40, rules: [{ isMet: true, points: 40 }] });
    expect((await owner('POST', '/score/versions/0/restore')).body).toMatchObject({ version: 2 });
    expect((await owner('GET', '/audit?what=settings&limit=1')).body.data[0]).toMatchObject({
      subject: 'the score',
      detail: { version: 2 },
    });
  });

  test('says of each rule what is wrong with it', async () => {
    const owner = await caller('owner');
    const rules = [
      { ...rule, expression: 'visit >= 1' },
      { ...rule, per: 'time' },
    ];
    const { status, body } = await owner('POST', '/score/preview', { ...score, rules, hot: 20 });
    expect(status).toBe(422);
    expect(body.errors.map(({ where }: { where: string }) => where)).toEqual([
      'body.rules.0.expression',
      'body.rules.1.cap',
      'body.hot',
    ]);
    expect(body.errors[0]).toMatchObject({ offset: 0, length: 5, meant: 'visits' });
  });
});

describe('alerts', () => {
  test('a key reads who came into a segment, and is told of nothing more once it is revoked', async () => {
    const secret = await server.key('sales');
    const [key] = await server.rooms.store.keys();
    const call: Caller = async (method, path, body) => {
      const init = { method, ...(body !== undefined && { body }) };
      const response = await server.call(secret, `/api/v1${path}`, init);
      return { status: response.status, body: await response.json() };
    };
    const { body: segment } = await call('POST', '/segments', { name: 'Wants', text: 'viewed("/wanted")' });
    const rule = { channels: ['browser'], quiet: { from: '22:00', to: '07:00' } };
    expect((await call('PUT', `/segments/${segment.id}/alert`, rule)).body).toMatchObject(rule);
    expect((await call('PUT', `/segments/${segment.id}/alert`, { channels: ['mail'] })).status).toBe(422);
    await server.alerts.run();
    await server.rooms.store.append([
      draft({
        visitor: 'wanting',
        site: server.site.id,
        at: sampleNow - 900,
        path: '/wanted',
        verdict: companyVerdict('wanting'),
      }),
    ]);
    await server.alerts.run();
    const { body: notices } = await call('GET', '/notices');
    expect(notices).toMatchObject({
      unread: 1,
      data: [{ segment: { id: segment.id }, isUnread: true, cause: [{ condition: 'viewed("/wanted")' }] }],
    });
    expect((await crm('GET', '/notices')).body.data).toEqual([]);
    const [{ account }] = notices.data;
    expect((await call('GET', `/accounts/${account.id}/entries`)).body.data).toMatchObject([
      { segment: segment.id, leftAt: null },
    ]);
    // Of somebody else's own segment nothing is told.
    expect((await crm('GET', `/accounts/${account.id}/entries`)).body.data).toEqual([]);
    expect((await call('POST', '/notices/read', { id: null })).body).toEqual({ unread: 0 });
    await server.rooms.store.revokeKey(key?.id ?? 0, 'kim@example.com', sampleNow);
    expect(await server.rooms.store.alertRules(`key ${key?.name}`)).toEqual([]);
    expect(await server.rooms.store.notices(`key ${key?.name}`, null, 10)).toEqual([]);
  });

  test('what Slack did not take is seen with its reason, tried again, and delivered', async () => {
    const owner = await caller('owner');
    expect((await owner('POST', '/deliveries/slack/test')).status).toBe(422);
    const elsewhere = await owner('PUT', '/deliveries/slack', { webhook: 'https://example.com/x' });
    expect(elsewhere).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('hooks.slack.com') },
    });
    const webhook = `http://${server.slackHost}/services/T000/B000/XXXX`;
    expect((await owner('PUT', '/deliveries/slack', { webhook })).status).toBe(200);
    server.slack.replies.push({ status: 404, body: 'no_service' });
    await owner('POST', '/deliveries/slack/test');
    await server.alerts.run();
    const { body: dead } = await owner('GET', '/deliveries/dead');
    expect(dead.data).toMatchObject([{ channel: 'slack', problem: expect.stringContaining('404') }]);
    expect((await other('GET', '/health')).body.messages).toMatchObject([
      { channel: 'mail', givenUp: 0 },
      { channel: 'slack', givenUp: 1, delivered: 0 },
    ]);
    expect((await owner('POST', `/deliveries/${dead.data[0].id}/retry`)).status).toBe(202);
    await server.alerts.run();
    expect((await owner('POST', `/deliveries/${dead.data[0].id}/retry`)).status).toBe(404);
    expect((await owner('GET', '/deliveries/dead')).body.data).toEqual([]);
    const { body: audit } = await owner('GET', '/audit?what=settings');
    expect(JSON.stringify(audit)).toContain('alerts to Slack');
    expect(JSON.stringify(audit)).not.toContain('/services/');
  });
});

describe('a file', () => {
  const content =
    'Wann,Was,E-Mail\n12.11.2026 10:00,Intro,kim@harbour-tools.com\nirgendwann,x,lee@harbour-tools.com\n';
  const sent = {
    kind: 'touchpoints',
    content,
    columns: { Wann: 'at', Was: 'title' },
    order: 'dmy',
    touchpointKind: 'call',
    timeZone: 'Europe/Berlin',
  };

  test('is looked through with nothing stored, taken in, taken in again as nothing new, and taken back', async () => {
    const { body: checked } = await crm('POST', '/imports/check', sent);
    expect(checked).toMatchObject({ missing: null, read: 2, good: 1, dropped: { bad_date: 1 } });
    expect(checked.refused).toMatchObject([{ line: 3, reason: 'bad_date', column: 'Wann' }]);
    expect(checked.rows).toMatchObject([{ at: Date.UTC(2026, 10, 12, 9) }]);
    expect((await crm('GET', '/imports')).body.total).toBe(0);
    const started = await crm('POST', '/imports', sent);
    expect(started).toMatchObject({ status: 202, body: { state: 'done', stored: 1, duplicates: 0 } });
    expect((await crm('POST', '/imports', sent)).body).toMatchObject({ stored: 0, duplicates: 1 });
    const { body: one } = await crm('GET', `/imports/${started.body.id}`);
    expect(one.refused).toMatchObject([{ line: 3, says: expect.stringContaining('irgendwann') }]);
    expect(one.reasons).toMatchObject([{ reason: 'bad_date', rows: 1 }]);
    expect(one.accounts).toMatchObject([{ domain: 'harbour-tools.com', rows: 1 }]);
    expect((await crm('POST', `/imports/${started.body.id}/undo`)).body.state).toBe('undone');
    expect((await crm('POST', `/imports/${started.body.id}/undo`)).status).toBe(422);
  });

  test('with a column that is not there, or without what is needed, is refused', async () => {
    const wrong = await crm('POST', '/imports', { ...sent, columns: { When: 'at' } });
    expect(wrong).toMatchObject({ status: 422, body: { detail: expect.stringContaining('"When"') } });
    const less = await crm('POST', '/imports', { kind: 'touchpoints', content: 'a,b\n1,2\n' });
    expect(less.status).toBe(422);
    expect(
      (await crm('POST', '/imports/check', { kind: 'touchpoints', content: 'a,b\n1,2\n' })).body,
    ).toMatchObject({
      missing: expect.any(String),
      read: 0,
    });
    expect((await other('POST', '/imports', sent)).status).toBe(403);
  });
});

describe('users', () => {
  test('a key lets somebody in by a link that works once, and nobody as an owner or as somebody else', async () => {
    const owner = await caller('owner');
    await server.auth.inviteUser('boss@example.com', 'owner');
    const invited = await owner('POST', '/users', { email: 'Lee@Example.com', role: 'sales' });
    expect(invited).toMatchObject({
      status: 201,
      body: { user: { email: 'lee@example.com', role: 'sales' } },
    });
    // The answer was lost: there is another link.
    const again = await owner('POST', '/users', { email: 'lee@example.com', role: 'sales' });
    const token = new URL(again.body.link).searchParams.get('token') ?? '';
    expect(await server.auth.acceptInvite(token)).toMatchObject({ email: 'lee@example.com' });
    expect(await server.auth.acceptInvite(token)).toHaveProperty('refused');
    expect((await owner('POST', '/users', { email: 'kim@example.com', role: 'owner' })).status).toBe(422);
    expect((await owner('POST', '/users', { email: 'boss@example.com', role: 'sales' })).status).toBe(422);
    const id = invited.body.user.id;
    expect((await owner('PUT', `/users/${id}/role`, { role: 'owner' })).status).toBe(422);
    expect((await owner('PUT', `/users/${id}/role`, { role: 'marketer' })).body.role).toBe('marketer');
    const boss = (await owner('GET', '/users')).body.data.find(
      ({ role }: { role: string }) => role === 'owner',
    );
    expect((await owner('PUT', `/users/${boss.id}/role`, { role: 'sales' })).status).toBe(422);
    expect((await owner('DELETE', `/users/${boss.id}`)).status).toBe(422);
    expect((await owner('DELETE', `/users/${id}`)).status).toBe(200);
    expect((await owner('GET', '/users')).body.total).toBe(1);
    const { body: audit } = await owner('GET', '/audit?limit=20');
    expect(audit.data.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['user-invited', 'user-role', 'user-removed']),
    );
    expect(JSON.stringify(audit)).not.toContain(token);
  });
});

describe('a call that is made again under its Idempotency-Key', () => {
  const again = async (secret: string, name: string, text: string) => {
    const init = { method: 'POST', body: { text }, headers: { 'idempotency-key': name } };
    const response = await server.call(secret, '/api/v1/accounts/6/notes', init);
    return { status: response.status, body: (await response.json()) as { id: number; detail: string } };
  };
  const written = async () => (await server.rooms.store.notes(6)).length;

  test('is done once, and answered as before, also while the first is under way', async () => {
    const secret = await server.key('sales');
    const [one, two] = await Promise.all([again(secret, 'a-1', 'Call.'), again(secret, 'a-1', 'Call.')]);
    expect(one).toEqual(two);
    expect(one.status).toBe(201);
    expect(await again(secret, 'a-1', 'Call.')).toEqual(one);
    expect(await written()).toBe(1);
    // Each key has names of its own.
    expect((await again(await server.key('sales'), 'a-1', 'Call.')).body.id).not.toBe(one.body.id);
    expect(await written()).toBe(2);
  });

  test('is refused where it asks for something else, or by a name that is none', async () => {
    const secret = await server.key('sales');
    await again(secret, 'b-1', 'Call.');
    const before = await written();
    expect(await again(secret, 'b-1', 'Write.')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('another call') },
    });
    expect((await again(secret, 'x'.repeat(201), 'Call.')).status).toBe(400);
    expect((await again(secret, 'a b', 'Call.')).status).toBe(400);
    expect(await written()).toBe(before);
  });

  test('may be tried again where it was refused', async () => {
    const secret = await server.key('sales');
    expect((await again(secret, 'c-1', ' ')).status).toBe(422);
    expect((await again(secret, 'c-1', 'Call.')).status).toBe(201);
  });
});

test('the overview is compared with the days before, and somebody who is here is seen', async () => {
  const { body: traffic } = await other('GET', '/traffic?period=30d&rows=2');
  expect(traffic.sums.visits).toBe(
    traffic.days.reduce((sum: number, { visits }: { visits: number }) => sum + visits, 0),
  );
  expect(traffic.before.to).toBe(traffic.period.from);
  expect(traffic.sources.length).toBeLessThanOrEqual(2);
  expect((await other('GET', '/traffic?period=all')).body).toMatchObject({ before: null, sumsBefore: null });
  await server.rooms.store.append([
    draft({
      visitor: 'here',
      site: server.site.id,
      at: sampleNow - 500,
      path: '/here',
      verdict: companyVerdict('here-now'),
    }),
  ]);
  const { body: live } = await other('GET', '/live');
  expect(live.companies[0]).toMatchObject({ page: { path: '/here' }, people: 1 });
  expect(live.minutes).toHaveLength(30);
});
