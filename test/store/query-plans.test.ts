/** The plans that SQLite makes for what pages and the hot path ask: by an index, never through a whole table. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedNow } from '../../collector/score/keep.ts';
import { readSegment } from '../../collector/segment/index.ts';
import { noNames } from '../../collector/segment/names.ts';
import type { PersonRef } from '../../collector/store/person.ts';
import { addFunctions } from '../../collector/store/sqlite/functions.ts';
import { type OpenStore, openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { answerWanted } from '../../collector/store/sqlite/wanted.ts';
import type { Store } from '../../collector/store/store.ts';
import { openDashboard, origin } from '../support/dashboard.ts';
import { contact, day, draft, hour, monday, touchpoint } from '../support/drafts.ts';
import { addressOf, furtherLooks, guardedPages } from '../support/every-page.ts';
import { liveIn } from '../support/lived-in.ts';
import { sampleNow } from '../support/sample-traffic.ts';

let folder: string;
let opened: OpenStore;
let statements: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-plans-'));
  opened = await openSqliteStore({
    path: path.join(folder, 'footlight.db'),
    onStatement: (sql) => statements.push(sql),
  });
  await opened.store.addSite('lumen.example', [], monday);
  await opened.store.append(
    Array.from({ length: 400 }, (_, number) =>
      draft({
        visitor: `visitor-${number % 40}`,
        at: monday + number * hour,
        company: number % 3 === 0 ? `Company ${number % 12}` : null,
        arrival: number % 2 === 0 ? {} : null,
      }),
    ),
  );
});
afterAll(async () => {
  await opened.store.close();
  await rm(folder, { recursive: true, force: true });
});

/** What SQLite does for everything that `ask` runs, a line a table. */
async function plansOf(ask: (store: Store) => Promise<unknown>): Promise<string[]> {
  statements = [];
  await ask(opened.store);
  return explained(statements, path.join(folder, 'footlight.db'));
}

/** What SQLite does for statements, a line a table. */
function explained(all: readonly string[], file: string): string[] {
  const asked = all.filter((sql) => /^\s*(select|with|insert|update|delete)/i.test(sql));
  expect(asked).not.toEqual([]);
  const reader = new Sqlite(file, { readonly: true });
  answerWanted(reader);
  addFunctions(reader);
  try {
    return asked.flatMap((sql) =>
      reader
        .prepare<[], { detail: string }>(`explain query plan ${sql}`)
        .all()
        .map((row) => row.detail),
    );
  } finally {
    reader.close();
  }
}

/** Full reads of tables that grow with traffic. */
const wholeTables = (plans: readonly string[]) =>
  plans.filter((line) =>
    /^SCAN (event|session|visitor|network|activity|recent_message|breakdown_day|breakdown_span|segment_entry|notice|outbox|e|s|n|v)\b(?! USING)/.test(
      line,
    ),
  );

function segmentOf(typed: string) {
  const read = readSegment(typed, noNames);
  if (read.problem !== null) throw new Error(read.problem.says);
  return read.segment;
}

const period = { from: monday, to: monday + 30 * day };

/** Each index with a question that it is there for; most are asked by more. */
const questions: { page: string; index: string; ask: (store: Store) => Promise<unknown> }[] = [
  ...(
    [
      ['last', 'session#account_id#started_at'],
      ['name', 'session#account_id#started_at'],
      ['visits', 'PRIMARY KEY (span>'],
      ['pages', 'PRIMARY KEY (span>'],
      ['people', 'session#account_id#started_at'],
      ['change', 'PRIMARY KEY (account_id=? AND site_id=? AND day>'],
    ] as const
  ).map(([sort, index]) => ({
    page: `the accounts list by ${sort}`,
    index,
    ask: (store: Store) =>
      store.accounts({
        siteId: 1,
        period: { from: monday + 2 * day, to: monday + 100 * day },
        search: '',
        sort,
        descending: true,
        offset: 0,
        limit: 50,
      }),
  })),
  {
    page: 'how many companies each list has',
    index: 'PRIMARY KEY (account_id=?)',
    ask: (store) => store.listCounts(1, period, 'kim@example.com'),
  },
  {
    page: 'what is marked on companies',
    index: 'PRIMARY KEY (user=? AND kind=?)',
    ask: (store) => store.marks([1, 2], 'kim@example.com'),
  },
  { page: 'the tags that there are', index: 'account_tag#word', ask: (store) => store.tags() },
  {
    page: 'an account’s notes',
    index: 'account_note#account_id',
    ask: (store) => store.notes(1),
  },
  {
    page: 'the list of networks',
    index: 'network#verdict_id#country',
    ask: (store) =>
      store.networks({ siteId: 1, period, group: 'providers', search: '', offset: 0, limit: 50 }),
  },
  ...(['session#started_at#account_id', 'session#started_at#network_id'] as const).map((index) => ({
    page: `the look at the latest visits (${index})`,
    index,
    ask: (store: Store) => store.recentVisits({ since: monday, limit: 2_000, newest: 20 }),
  })),
  ...(
    [
      [
        'days beside whole spans',
        'breakdown_day USING PRIMARY KEY (site_id=? AND aspect=? AND day>? AND day<?)',
      ],
      ['whole spans', 'breakdown_span USING PRIMARY KEY (site_id=? AND aspect=? AND span>? AND span<?)'],
      [
        'the period before, for the rows shown alone',
        'breakdown_day USING PRIMARY KEY (site_id=? AND aspect=? AND day=? AND value_id=?)',
      ],
      ['visitors', 'visitor_day USING INDEX sqlite_autoindex_visitor_day_1 (site_id=? AND day>? AND day<?)'],
      ['each day', 'site_day USING PRIMARY KEY (site_id=? AND day>? AND day<?)'],
    ] as const
  ).map(([what, index]) => ({
    page: `the overview’s ${what}`,
    index,
    ask: async (store: Store) => {
      // A month and a half of visits has a whole span in it.
      await store.append([draft({ visitor: 'visitor-8', at: monday + 43 * day })]);
      await store.traffic({
        siteId: 1,
        period: { from: monday - 100 * day, to: monday + 100 * day },
        before: { from: monday, to: monday + 5 * day },
        rows: 10,
      });
    },
  })),
  { page: 'the numbers above the list', index: 'PRIMARY KEY', ask: (store) => store.overview(1, period) },
  {
    page: 'an account’s head',
    index: 'session#account_id#started_at',
    ask: (store) => store.account(1, 1, monday + 30 * day),
  },
  {
    page: 'an account’s lanes',
    index: 'session#account_id#started_at',
    ask: (store) => store.lanes(1, null),
  },
  {
    page: 'an account’s journey',
    index: 'event#visitor_id#at',
    ask: (store) => store.journey({ accountId: 1, siteId: null, visitorId: null, before: null, limit: 20 }),
  },
  {
    page: 'the newest events of a site',
    index: 'event#site_id#id',
    ask: (store) => store.latestEvents(1, 5),
  },
  ...(['e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)', 'session#visitor_id#started_at'] as const).map(
    (index) => ({
      page: `what is live (${index})`,
      index,
      ask: (store: Store) => store.liveEvents({ afterId: null, since: monday + 15 * day, limit: 100 }),
    }),
  ),
  { page: 'when a site was last heard of', index: 'event#site_id#id', ask: (store) => store.lastEventAt(1) },
  {
    page: 'taking in an event',
    index: 'session#visitor_id#started_at',
    ask: (store) =>
      store.append([draft({ visitor: 'visitor-7', at: monday + 40 * day, company: 'Company 0' })]),
  },
  {
    page: 'taking in an event that is late',
    index: 'event#visitor_id#at',
    ask: (store) => store.append([draft({ visitor: 'visitor-7', at: monday + 1, company: 'Company 0' })]),
  },
  {
    page: 'taking in that a page was left',
    index: 'session#visitor_id#started_at',
    ask: (store) =>
      store.append([
        draft({
          visitor: 'visitor-7',
          at: monday + 40 * day,
          key: 'left-page',
          type: 'leave',
          detail: { leave: { seconds: 9, scroll: 9 } },
        }),
      ]),
  },
  {
    page: 'letting go of old message ids',
    index: 'recent_message USING INTEGER PRIMARY KEY (rowid<?)',
    ask: (store) =>
      store.append([draft({ visitor: 'visitor-7', at: monday + 60 * day, isKeyOfSite: true, key: 'call' })]),
  },
  {
    page: 'that a visit’s counts are somebody else’s now',
    index: 'activity USING PRIMARY KEY',
    ask: (store) =>
      store
        .decide({ kind: 'never', accountId: 1, note: '' }, 'kim@lumen.example', 0)
        .then(({ id }) => store.undo(id, 'kim@lumen.example', 0)),
  },
  {
    page: 'taking in an e-mail',
    index: 'session#person_id#account_id',
    ask: (store) =>
      store.append([
        draft({ visitor: 'visitor-new', at: monday + 41 * day, email: 'kim@harbour-tools.com' }),
      ]),
  },
  {
    page: 'taking in an e-mail from a taught address',
    index: 'session#network_id#started_at',
    ask: (store) =>
      store.append([
        draft({ visitor: 'visitor-6', at: monday + 42 * day, email: 'kim@harbour-tools.com' }),
        draft({ visitor: 'visitor-5', at: monday + 42 * day, email: 'lee@harbour-tools.com' }),
      ]),
  },
  {
    page: 'the networks of an account',
    index: 'session#account_id#started_at',
    ask: (store) => store.accountNetworks(1),
  },
  {
    page: 'that two accounts are one',
    index: 'session#account_id#started_at',
    ask: (store) =>
      store.decide({ kind: 'merge', accountId: 2, targetId: 1, note: '' }, 'kim@lumen.example', 0),
  },
  {
    page: 'that an account is no company, and that this was a mistake',
    index: 'session#decision_id',
    ask: async (store) => {
      const { id } = await store.decide({ kind: 'never', accountId: 3, note: '' }, 'kim@lumen.example', 0);
      await store.undo(id, 'kim@lumen.example', 0);
    },
  },
  {
    page: 'that an address is forgotten',
    index: 'session#network_id#started_at',
    ask: (store) =>
      store.decide({ kind: 'forget', addressKey: 3, match: 'an address', note: '' }, 'kim@lumen.example', 0),
  },
  ...(
    [
      [
        'viewed("/pricing*") >= 2 within 7 days by >= 2 people',
        'activity USING PRIMARY KEY (subject_id=? AND day>?',
      ],
      ['event("Project Created") > 2 within 7 days', 'activity USING PRIMARY KEY (subject_id=? AND day>?'],
      ['visits > 2 within 7 days', 'session#started_at#account_id'],
      ['people > 2 within 7 days', 'session#started_at#account_id'],
      ['people("decision-maker") >= 1', 'session#person_id#account_id'],
      ['people("decision-maker") >= 1 within 7 days', 'contact#role'],
      ['source = "google" within 7 days', 'session#arrival_id#account_id'],
      ['trait.plan = "pro"', 'event#visitor_id#person_id'],
      ['country = "DE"', 'session#account_id#started_at'],
      ['score >= 50', 'account_score#score'],
    ] as const
  ).map(([typed, index]) => ({
    page: `the list of a segment, ${typed},`,
    index,
    ask: (store: Store) => store.segmentAccounts({ segment: segmentOf(typed), now: monday + 10 * day }, 10),
  })),
  {
    page: 'why one account is in a segment',
    index: 'session#account_id#started_at',
    ask: (store) =>
      store.explainSegment(
        { segment: segmentOf('visits > 2 within 7 days and trait.plan = "pro"'), now: monday + 10 * day },
        1,
      ),
  },
  {
    page: 'the score of every account',
    index: 'activity USING PRIMARY KEY (subject_id=?)',
    ask: async (store) => store.staleScores(await askedNow(store, monday + 10 * day), 10),
  },
  {
    page: 'why one account has its score',
    index: 'SEARCH account_day USING PRIMARY KEY (account_id=?)',
    ask: async (store) => store.explainScore(await askedNow(store, monday + 10 * day), 1),
  },
  {
    page: 'the scores of a page of the list',
    index: 'SEARCH account_score USING INTEGER PRIMARY KEY',
    ask: (store) => store.scoresOf([1, 2, 3]),
  },
  ...(['event', 'page', 'trait', 'source', 'industry'] as const).map((kind) => ({
    page: `names to choose from (${kind})`,
    index: {
      event: 'subject_1',
      page: 'subject_1',
      trait: 'event#visitor_id#person_id',
      source: 'session#arrival_id#account_id',
      industry: '',
    }[kind],
    ask: (store: Store) => store.segmentNames(kind, 'a', 10, monday + 10 * day),
  })),
  {
    page: 'the log of an account’s decisions',
    index: 'decision#account_id',
    ask: (store) => store.decisions(1, 20),
  },
  {
    page: 'addresses that were taught',
    index: 'network_1',
    ask: (store) => store.learned({ offset: 0, limit: 50 }, monday),
  },
  {
    page: 'who the visitor was by now',
    index: 'event#visitor_id#person_id',
    ask: (store) =>
      store.append([draft({ visitor: 'visitor-9', at: monday + 43 * day, email: 'ali@harbour-tools.com' })]),
  },
  {
    page: 'the log of decisions that led to an account',
    index: 'decision#target_id',
    ask: (store) => store.decisions(1, 20),
  },
  {
    page: 'that an account whose people taught addresses is no company',
    index: 'teaching#account_id',
    ask: (store) => store.decide({ kind: 'never', accountId: 4, note: '' }, 'kim@lumen.example', 0),
  },
  {
    page: 'events that are taken away',
    index: 'event#site_id#id',
    ask: (store) => store.rawEvents({ siteId: 1, ...period, after: 7, limit: 50 }),
  },
  {
    page: 'whose visit an event that is taken away belongs to',
    index: 'session#visitor_id#started_at',
    ask: (store) => store.rawEvents({ siteId: null, ...period, after: 7, limit: 50 }),
  },
  {
    page: 'that a key is made whose name is taken',
    index: 'api_key#name',
    ask: async (store) => {
      const key = { name: 'warehouse', prefix: 'fl_abc', role: 'sales', scopes: [] };
      await store.makeKey({ ...key, hash: 'a' }, 'kim@lumen.example', 0);
      await expect(store.makeKey({ ...key, hash: 'b' }, 'kim@lumen.example', 0)).rejects.toThrow('already');
    },
  },
  {
    page: 'which key a call has',
    index: 'sqlite_autoindex_api_key_1',
    ask: (store) => store.keyInUse('a', 0),
  },
  {
    page: 'who did one thing',
    index: 'audit#what',
    ask: (store) => store.audited({ what: 'merge', who: null, before: 9, limit: 50 }),
  },
  {
    page: 'what one did',
    index: 'audit#who',
    ask: (store) => store.audited({ what: null, who: 'kim@lumen.example', before: null, limit: 50 }),
  },
  ...(
    [
      ['latest visits', 'session#person_id#started_at'],
      ['other ids', 'person_alias#person_id'],
      ['browsers, and who they were there', 'event#visitor_id#person_id'],
    ] as const
  ).map(([what, index]) => ({
    page: `a person’s ${what}`,
    index,
    ask: async (store: Store) => store.person(await somebody(store)),
  })),
  {
    page: 'a person’s timeline',
    index: 'session#person_id#started_at',
    ask: async (store) => store.personJourney({ ref: await somebody(store), before: null, limit: 20 }),
  },
  {
    page: 'a browser’s timeline',
    index: 'session#visitor_id#started_at',
    ask: (store) => store.personJourney({ ref: { kind: 'visitor', id: 1 }, before: null, limit: 20 }),
  },
  {
    page: 'a browser',
    index: 'session#visitor_id#started_at',
    ask: (store) => store.person({ kind: 'visitor', id: 1 }),
  },
  {
    page: 'whose account an e-mail address is',
    index: 'session#person_id#started_at',
    ask: (store) => store.accountBy({ email: 'kim@harbour-tools.com' }),
  },
  {
    page: 'where people of an account got stuck',
    index: 'event#visitor_id#at',
    ask: (store) => store.painPoints(1, null),
  },
  { page: 'the links to an account', index: 'share#account_id', ask: (store) => store.shares(1, 50) },
  {
    page: 'which link is opened',
    index: 'sqlite_autoindex_share_1',
    ask: (store) => store.shareInUse('hash', monday),
  },
  {
    page: 'what happened at an account lately',
    index: 'event#visitor_id#at',
    ask: (store) => store.accountSigns(1, 'kim@lumen.example', monday + 10 * day),
  },
  {
    page: 'since when it is new',
    index: 'session#account_id#started_at',
    ask: (store) => store.accountSigns(1, 'kim@lumen.example', monday + 10 * day),
  },
  {
    page: 'what people of an account did last',
    index: 'session#person_id#account_id',
    ask: (store) => store.latelyDone(1, [1, -1]),
  },
  {
    page: 'who came when',
    index: 'session#account_id#started_at',
    ask: (store) => store.lanes(1, null),
  },
  { page: 'the people of an account', index: 'contact#account_id', ask: (store) => store.people(1) },
  {
    page: 'the people of an account who were seen',
    index: 'session#account_id#started_at',
    ask: (store) => store.people(1),
  },
  {
    page: 'what an import told',
    index: 'import_said#import_id',
    ask: async (store) => store.importedAccounts(await contacts(store), 10),
  },
  {
    page: 'that an import of touchpoints is undone',
    index: 'import_event#event_id',
    ask: async (store) => store.undoImport(await touchpoints(store), 'kim@lumen.example', monday + 60 * day),
  },
  {
    page: 'that an import of people is undone',
    index: 'import_said#import_id',
    ask: async (store) => store.undoImport(await contacts(store), 'kim@lumen.example', monday + 60 * day),
  },
  {
    page: 'who is in a watched segment',
    index: 'segment_entry#segment_id#account_id#open',
    ask: (store) => store.openEntries(1),
  },
  {
    page: 'the people of a list',
    index: 'session#account_id#started_at',
    ask: (store) => store.audience([1, 2]),
  },
  {
    page: 'who left a segment not long ago',
    index: 'segment_entry#segment_id#left_at',
    ask: (store) => store.lastLeft(1, [1, 2]),
  },
  {
    page: 'the segments that an account came into',
    index: 'segment_entry#account_id',
    ask: (store) => store.segmentEntries(1, 20),
  },
  { page: 'the bell', index: 'notice#user#unread', ask: (store) => store.unreadNotices('kim@lumen.example') },
  {
    page: 'the log of alerts',
    index: 'notice#user#id',
    ask: (store) => store.notices('kim@lumen.example', null, 50),
  },
  {
    page: 'what is due to be sent',
    index: 'outbox#channel#due_at',
    ask: (store) => store.dueMessages('mail', monday, 1),
  },
  {
    page: 'how much waits to be sent',
    index: 'outbox#channel#due_at',
    ask: (store) => store.outboxWaiting(),
  },
  { page: 'what was not delivered', index: 'outbox#state#id', ask: (store) => store.deadLetters(50) },
];

const file = { fileName: 'file.csv', siteId: 1, mapping: {} };

/** Somebody who told who they are, under an id too. */
async function somebody(store: Store): Promise<PersonRef> {
  const email = 'kim@harbour-tools.com';
  await store.append([draft({ visitor: 'visitor-3', at: monday + 44 * day, email, user: '42' })]);
  const people = await store.people((await store.accountBy({ email })) ?? 0);
  const id = people.find((person) => person.email === email)?.personId;
  if (typeof id !== 'number') throw new Error(`${email} was not stored`);
  return { kind: 'person', id };
}

async function touchpoints(store: Store): Promise<number> {
  const id = await store.beginImport({ ...file, kind: 'touchpoints' }, 'kim@lumen.example', monday);
  await store.append([touchpoint({ email: 'kim@harbour-tools.com', importId: id })]);
  return id;
}

async function contacts(store: Store): Promise<number> {
  const id = await store.beginImport({ ...file, kind: 'contacts' }, 'kim@lumen.example', monday);
  await store.importContacts([contact({ email: 'kim@harbour-tools.com' })], monday, id);
  return id;
}

test.each(questions)('$page is read by an index', async ({ index, ask }) => {
  const plans = await plansOf(ask);
  expect(plans.join('\n')).toContain(index);
  expect(wholeTables(plans)).toEqual([]);
});

test('every index there is, is listed above with its question', () => {
  const reader = new Sqlite(path.join(folder, 'footlight.db'), { readonly: true });
  const indexes = reader
    .prepare<[], string>(
      `select name from sqlite_schema where type = 'index' and sql is not null order by name`,
    )
    .pluck()
    .all();
  reader.close();
  const listed = new Set(questions.map(({ index }) => index));
  // The unique one needs no reader: it is what makes an event sent twice one event.
  listed.add('event#visitor_id#message');
  expect(indexes.length).toBeGreaterThan(10);
  expect(indexes.filter((name) => !listed.has(name))).toEqual([]);
});

test('no page reads the whole of a table that grows with traffic', { timeout: 60_000 }, async () => {
  const file = path.join(folder, 'pages.db');
  let ran: string[] = [];
  const dashboard = await openDashboard({ traffic: true, path: file, onStatement: (sql) => ran.push(sql) });
  const cookie = await dashboard.signIn('owner');
  const { places } = await liveIn(
    { store: dashboard.store, upload: dashboard.upload(cookie) },
    'owner@millrace.example',
    sampleNow,
  );
  const found: Record<string, string[]> = {};
  for (const address of [...guardedPages.map((route) => addressOf(route, places)), ...furtherLooks]) {
    ran = [];
    const response = await dashboard.app.request(origin + address, { headers: { cookie } });
    await response.text();
    expect.soft(response.status, address).toBe(200);
    const whole = wholeTables(explained([...new Set(ran)], file));
    if (whole.length > 0) found[address] = whole;
  }
  await dashboard.store.close();
  expect(found).toEqual({});
});
