/** How each operation of the API is called so that it succeeds, on the server with the made-up year. */
import type { ApiServer } from './api.ts';
import { draft } from './drafts.ts';
import { importFile } from './imports.ts';
import { sampleNow } from './sample-traffic.ts';

export interface Step {
  path?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
}

/** How each operation is called so that it succeeds; what comes back must hold something. */
export const steps: Record<string, (server: ApiServer) => Promise<Step> | Step> = {
  'list-accounts': () => ({ query: { period: 'all', search: 'e', sort: 'pages', limit: '3' } }),
  'export-accounts': () => ({ query: { period: 'all', where: 'visits >= 3', sort: 'score', list: 'all' } }),
  'find-accounts': () => ({ query: { search: 'bright' } }),
  'get-account': () => ({ path: { id: 1 }, query: { site: '1' } }),
  'list-visits': () => ({ path: { id: 1 }, query: { limit: '5' } }),
  'list-visitors': () => ({ path: { id: 1 } }),
  'list-people': async (server) => ({ path: { id: (await employee(server)).account } }),
  'get-person': async (server) => ({ path: { id: (await employee(server)).person } }),
  'say-role': async (server) => {
    const { account, person } = await employee(server);
    return { path: { id: account }, body: { person, role: 'champion' } };
  },
  'list-account-networks': () => ({ path: { id: 1 } }),
  'get-overview': () => ({ query: { from: '2026-01-01', to: '2026-11-20' } }),
  'get-traffic': () => ({ query: { period: '12m', rows: '3' } }),
  'get-live': async ({ rooms, site }) => {
    await rooms.store.append([draft({ visitor: 'here-now', site: site.id, at: sampleNow - 60_000 })]);
    return { query: { site: '1' } };
  },
  'list-networks': () => ({ query: { group: 'providers', period: '12m' } }),
  'list-decisions': async (server) => {
    await split(server);
    return { query: { limit: '2' } };
  },
  'get-decision': async (server) => ({ path: { id: await split(server) } }),
  'make-decision': () => ({ body: { kind: 'merge', account: 9, target: 1, note: 'the same' } }),
  'undo-decision': async (server) => ({ path: { id: await split(server) } }),
  'list-learned': () => ({ query: { limit: '1' } }),
  'import-profiles': () => ({
    body: 'name,domain,country,tier\nHarbour Tools,harbour-tools.com,DE,A\nx,,Nowhere,B\n',
  }),
  'export-events': () => ({ query: { from: '2026-11-01T00:00:00Z', limit: '700' } }),
  'list-sites': () => ({}),
  'add-site': () => ({ body: { domain: 'https://shop.example/', hosts: ['help.shop.example'] } }),
  'get-site': () => ({ path: { id: 1 } }),
  'set-site-settings': () => ({
    path: { id: 1 },
    body: {
      measures: 'usual',
      hash: true,
      domain: 'millrace.example',
      consent: 'google',
      emailDomain: false,
      fieldTiming: false,
      capture: ['company'],
      link: ['shop.example'],
      calls: false,
      debug: false,
    },
  }),
  'latest-events': () => ({ path: { id: 1 } }),
  'get-health': () => ({}),
  'list-drops': () => ({ query: { days: '30' } }),
  'list-data-sources': () => ({}),
  'fetch-data-source': () => ({ path: { source: 'iptoasn' } }),
  'schedule-data-source': () => ({ path: { source: 'dbip' }, body: { schedule: 'off' } }),
  'get-visitor-addresses': () => ({}),
  'dismiss-finding': async (server) => ({ body: { subject: await behindProxy(server) } }),
  'watch-again': () => ({ body: { subject: 'private' } }),
  'list-segments': async (server) => {
    await segment(server);
    return { query: { limit: '1' } };
  },
  'get-segment': async (server) => ({ path: { id: await segment(server) } }),
  'create-segment': () => ({ body: { name: 'Energy', text: 'name like "*e*"', isShared: true } }),
  'change-segment': async (server) => ({
    path: { id: await segment(server) },
    body: { name: 'Came often', text: 'visits >= 4', isShared: true },
  }),
  'remove-segment': async (server) => ({ path: { id: await segment(server) } }),
  'check-segment': () => ({ body: { text: 'visits >= 2 and not people > 90' } }),
  'complete-segment': () => ({ query: { text: 'vi', at: '2' } }),
  'list-segment-accounts': async (server) => ({
    path: { id: await segment(server) },
    query: { limit: '2' },
  }),
  'count-segment': async (server) => ({ path: { id: await segment(server) } }),
  'see-segment': async (server) => ({ path: { id: await segment(server) } }),
  'explain-segment': async (server) => ({ path: { id: await segment(server), account: 1 } }),
  'get-score': () => ({}),
  'list-score-versions': () => ({ query: { limit: '1' } }),
  'preview-score': () => ({ body: { ...scoring, bought: 'visits >= 3' } }),
  'publish-score': () => ({ body: { ...scoring, note: 'those who come back' } }),
  'restore-score': () => ({ path: { id: 0 } }),
  'get-account-score': () => ({ path: { id: 1 } }),
  'list-alert-rules': async (server) => {
    await told(server);
    return {};
  },
  'set-alert-rule': async (server) => ({
    path: { id: await segment(server) },
    body: {
      channels: ['browser', 'slack'],
      quiet: { from: '22:00', to: '07:00' },
      timeZone: 'Europe/Berlin',
    },
  }),
  'remove-alert-rule': async (server) => ({ path: { id: await told(server) } }),
  'list-notices': async (server) => {
    const by = await user(server);
    await notice(server, by);
    return { query: { limit: '1' } };
  },
  'read-notices': () => ({ body: { id: null } }),
  'list-account-entries': async (server) => {
    await notice(server, 'kim@example.com');
    return { path: { id: 1 }, query: { limit: '3' } };
  },
  'get-digest': () => ({ query: { frequency: 'weekly', timeZone: 'Europe/Berlin' } }),
  'list-deliveries': () => ({}),
  'list-dead-letters': async (server) => {
    await deadLetter(server);
    return { query: { limit: '1' } };
  },
  'retry-delivery': async (server) => ({ path: { id: await deadLetter(server) } }),
  'set-slack': ({ slackHost }) => ({ body: { webhook: `http://${slackHost}/services/T000/B000/XXXX` } }),
  'remove-slack': () => ({}),
  'test-slack': async ({ alerts, slackHost }) => {
    await alerts.setSlack(`http://${slackHost}/services/T000/B000/XXXX`);
    return {};
  },
  'get-marks': () => ({ path: { id: 2 } }),
  'mark-accounts': () => ({ body: { do: 'tag', accounts: [2, 3], tag: '  trade   fair ' } }),
  'undo-marks': async ({ rooms }) => {
    const change = { kind: 'tag' as const, tag: 'mistake' };
    return { path: { id: (await rooms.store.mark([4], change, 'kim@example.com', sampleNow)).id } };
  },
  'look-at-account': () => ({ path: { id: 2 } }),
  'list-tags': async ({ rooms }) => {
    await rooms.store.mark([5], { kind: 'tag', tag: 'partner' }, 'kim@example.com', sampleNow);
    return { query: { limit: '1' } };
  },
  'count-lists': () => ({ query: { period: '90d', site: '1' } }),
  'list-notes': async (server) => {
    await note(server);
    return { path: { id: 3 }, query: { limit: '1' } };
  },
  'add-note': () => ({ path: { id: 3 }, body: { text: 'Wants a quote by Friday.\r\nCall again.' } }),
  'edit-note': async (server) => ({ path: { id: await note(server) }, body: { text: 'Has a quote.' } }),
  'remove-note': async (server) => ({ path: { id: await note(server) } }),
  'list-imports': async (server) => {
    await imported(server);
    return { query: { limit: '1' } };
  },
  'check-import': () => ({ body: calls }),
  'start-import': () => ({ body: calls }),
  'get-import': async (server) => ({ path: { id: await imported(server) } }),
  'undo-import': async (server) => ({ path: { id: await imported(server) } }),
  'list-users': async (server) => {
    await somebody(server);
    return { query: { limit: '1' } };
  },
  'invite-user': () => ({ body: { email: 'new@example.com', role: 'sales' } }),
  'set-user-role': async (server) => ({ path: { id: await somebody(server) }, body: { role: 'marketer' } }),
  'remove-user': async (server) => ({ path: { id: await somebody(server) } }),
  'list-keys': () => ({}),
  'revoke-key': async (server) => {
    await server.key('sales');
    const [last] = await server.rooms.store.keys();
    return { path: { id: last?.id ?? 0 } };
  },
  'list-audit': () => ({ query: { what: 'key-made', limit: '2' } }),
};

const scoring = {
  rules: [
    { label: 'Came back', expression: 'visits >= 2', per: 'time', points: 5, cap: 30, halfLifeDays: 30 },
    { expression: 'people >= 2', per: 'once', points: 20 },
  ],
  cap: 100,
  warm: 20,
  hot: 40,
};

/** Makes a decision that can be looked at and taken back; each its own. */
async function split({ rooms }: ApiServer): Promise<number> {
  const pairs = (await rooms.store.findAccounts('', 40)).slice(20);
  for (const { id } of pairs) {
    if ((await rooms.store.accountHome(id)) !== id) continue;
    const made = await rooms.store.decide(
      { kind: 'merge', accountId: id, targetId: 1, note: '' },
      'kim@example.com',
      0,
    );
    return made.id;
  }
  throw new Error('no account is left to merge');
}

/** Visits as they look where a proxy says nothing of whom it passes on; what is found of them. */
async function behindProxy({ rooms, site }: ApiServer): Promise<string> {
  await rooms.store.append(
    Array.from({ length: 600 }, (_, number) =>
      draft({
        visitor: `proxied-${number}`,
        site: site.id,
        at: sampleNow - number * 1_000,
        prefix: '10.0.0.0/24',
        address: 10,
      }),
    ),
  );
  for (const { subject } of await rooms.doctor.dismissed()) await rooms.doctor.watchAgain(subject);
  const found = await rooms.doctor.look();
  if (found === null) throw new Error('the doctor found nothing');
  return found.subject;
}

/** Whoever was given a key last: the one that the operation is called with. */
async function user({ rooms }: ApiServer): Promise<string> {
  const [last] = await rooms.store.keys();
  return `key ${last?.name}`;
}

/** A segment that this key is told of. */
async function told(server: ApiServer): Promise<number> {
  const segmentId = await segment(server);
  const wish = { channels: ['browser' as const], coolingDays: 7, quiet: null, timeZone: 'UTC' };
  await server.rooms.store.saveAlertRule({ segmentId, user: await user(server), ...wish }, sampleNow);
  return segmentId;
}

/** That an account came into a segment, as it is recorded. */
async function notice(server: ApiServer, by: string): Promise<void> {
  const segmentId = await segment(server);
  const cause = [{ condition: 'visits >= 2', found: 3, people: null }];
  await server.rooms.store.recordMembership({
    segmentId,
    expression: 'visits >= 2',
    version: null,
    at: sampleNow,
    isLast: true,
    entered: [{ accountId: 1, cause }],
    left: [],
    activated: [],
    notices: [
      {
        key: `${segmentId}.${by}`,
        user: by,
        segmentId,
        segmentName: 'Came back',
        accountId: 1,
        cause,
        isUnread: true,
      },
    ],
    messages: [],
  });
}

async function deadLetter({ rooms }: ApiServer): Promise<number> {
  const { store } = rooms;
  const key = `dead ${(await store.deadLetters(200)).length} ${performance.now()}`;
  const letter = { key, channel: 'slack', recipient: '', dueAt: sampleNow } as const;
  // Far ahead, so that the worker does not take it first.
  const dueAt = sampleNow + 9e9;
  await store.queueMessages(
    [{ ...letter, dueAt, message: { kind: 'test', askedBy: 'kim@example.com' } }],
    sampleNow,
  );
  const waiting = await store.dueMessages('slack', dueAt, 200);
  const made = waiting.find((one) => one.key === key);
  if (made === undefined) throw new Error('the message is gone');
  await store.settleMessage(made.id, { outcome: 'dead', problem: 'no such place' }, sampleNow);
  return made.id;
}

const calls = {
  kind: 'touchpoints',
  content:
    'Date,What,E-mail,Type\n2026-11-12 10:00,Intro,kim@harbour-tools.com,call\nsome day,x,kim@x.com,call\n',
  fileName: 'calls.csv',
  columns: { What: 'title' },
  timeZone: 'Europe/Berlin',
};

/** A file that was taken in to its end. */
async function imported({ rooms, site }: ApiServer): Promise<number> {
  return (await importFile({ rooms, site }, 'touchpoints', calls.content)).id;
}

/** Somebody beside the owner who may sign in. */
async function somebody({ auth }: ApiServer): Promise<string> {
  await auth.inviteUser('somebody@example.com', 'sales');
  const found = (await auth.listUsers()).find(({ email }) => email === 'somebody@example.com');
  return found?.id ?? '';
}

async function note({ rooms }: ApiServer): Promise<number> {
  return (await rooms.store.addNote(3, 'Wants a quote.', 'kim@example.com', sampleNow)).id;
}

/** A segment that everybody sees. */
export async function segment({ rooms }: ApiServer, expression = 'visits >= 2'): Promise<number> {
  const kept = { name: 'Came back', expression, isShared: true };
  return (await rooms.store.saveSegment(null, kept, 'kim@example.com', sampleNow)).id;
}

/** Somebody of whom a role can be said, and where they work. */
async function employee({ rooms, site }: ApiServer): Promise<{ account: number; person: number }> {
  const email = 'kim@harbour-tools.com';
  await rooms.store.append([draft({ visitor: 'kim', site: site.id, at: sampleNow, email })]);
  const [account] = await rooms.store.findAccounts('harbour-tools', 1);
  const found = (await rooms.store.people(account?.id ?? 0)).find(({ label }) => label === email);
  if (account === undefined || found?.personId == null) throw new Error('nobody is there');
  return { account: account.id, person: found.personId };
}
