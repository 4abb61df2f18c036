/** Files of touchpoints and people, taken into a running server and taken back, as a salesperson sees it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { touchpointWords } from '../../collector/journey/words.ts';
import { openImports } from '../../collector/receive/import/service.ts';
import type { JourneySession } from '../../collector/store/store.ts';
import { fileWith, importFile, openFile } from '../support/imports.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const allTime = { from: 0, to: Date.UTC(2100, 0, 1) };
const store = () => server.rooms.store;
const accountsListed = () =>
  store().accounts({
    siteId: null,
    period: allTime,
    search: '',
    sort: 'last',
    descending: true,
    offset: 0,
    limit: 50,
  });

async function idOf(search: string): Promise<number> {
  const [found] = await store().findAccounts(search, 1);
  if (found === undefined) throw new Error(`there is no account ${search}`);
  return found.id;
}

async function journeyOf(accountId: number): Promise<JourneySession[]> {
  return (await store().journey({ accountId, siteId: null, visitorId: null, before: null, limit: 50 }))
    .sessions;
}

/** Touchpoints of an account in words, newest first. */
async function storyOf(search: string): Promise<string[]> {
  const sessions = await journeyOf(await idOf(search));
  return sessions.flatMap(({ touchpoints }) =>
    touchpoints.map((event) => {
      const { verb, object, note } = touchpointWords(event);
      return [verb, object, note].filter(Boolean).join(' · ');
    }),
  );
}

async function visit(email: string | null): Promise<void> {
  const events = [pageView(), ...(email === null ? [] : [pageView({ type: 'identify', traits: { email } })])];
  expect((await server.send(batch(server.site.key, events))).status).toBeLessThan(300);
}

const isClean = async () => expect(await store().verify()).toEqual([]);

const crm = [
  'Type,Subject,Due date,Person - Email,Organization,Note,Amount,Activity ID,Region',
  'Call,Renewal talk,2024-03-04 10:00,kim@harbour-tools.com,,They want two years,,77,North',
  'Meeting,Kick-off,2024-03-05 09:00,,Mill & Sons GmbH,,,78,',
  'Payment,Invoice 12,2024-03-06,billing@harbour-tools.com,,,"1.200,00 €",79,',
  'Ticket,Printer,2024-03-07 08:00,lee@gmail.com,harbour-tools.com,,,80,',
].join('\n');
const pipedrive = {
  map: { 'Person - Email': 'email' },
  settings: { source: 'Pipedrive', timeZone: 'Europe/Berlin' },
};

describe('a file of touchpoints', () => {
  test('is told in the stories of its companies, each with where it is from', async () => {
    const { counts } = await importFile(server, 'touchpoints', crm, pipedrive);
    expect(counts).toEqual({ read: 4, stored: 4, duplicates: 0, dropped: {} });
    expect(await storyOf('harbour-tools.com')).toEqual([
      'Support ticket · Printer · from Pipedrive · with lee@gmail.com',
      'Payment · Invoice 12 · from Pipedrive · EUR 1200 · with billing@harbour-tools.com',
      'Call · Renewal talk · from Pipedrive · They want two years · Region: North',
    ]);
    expect(await storyOf('Mill')).toEqual(['Meeting · Kick-off · from Pipedrive']);
    const [, , call] = await journeyOf(await idOf('harbour-tools.com'));
    expect(call).toMatchObject({
      via: 'import',
      startedAt: Date.UTC(2024, 2, 4, 9),
      arrival: null,
      country: null,
    });
    await isClean();
  });

  test('is no visit: neither the list nor the numbers above it know of it, nor the site of an event', async () => {
    await visit('kim@harbour-tools.com');
    const before = [
      await accountsListed(),
      await store().overview(null, allTime),
      await store().lastEventAt(1),
    ];
    const id = await idOf('harbour-tools.com');
    const head = await store().account(id, null, Date.now());
    await importFile(server, 'touchpoints', crm, pipedrive);
    expect([
      await accountsListed(),
      await store().overview(null, allTime),
      await store().lastEventAt(1),
    ]).toEqual(before);
    const now = await store().account(id, null, Date.now());
    expect({ ...now, attributions: [] }).toEqual({ ...head, attributions: [] });
    expect(now?.attributions).toEqual(head?.attributions);
    expect(await store().latestEvents(1, 10)).toHaveLength(2);
    expect(
      (
        await store().networks({
          siteId: null,
          period: allTime,
          group: 'unknown',
          search: '',
          offset: 0,
          limit: 9,
        })
      ).total,
    ).toBe(0);
    await isClean();
    await store().rebuild();
    expect([await accountsListed(), await store().overview(null, allTime)]).toEqual(before.slice(0, 2));
    await isClean();
  });

  test('taken in twice is stored once, also where a note was changed since', async () => {
    await importFile(server, 'touchpoints', crm, pipedrive);
    const again = await importFile(server, 'touchpoints', crm, pipedrive);
    expect(again.counts).toMatchObject({ stored: 0, duplicates: 4 });
    const edited = crm.replace('two years', 'three years');
    expect((await importFile(server, 'touchpoints', edited, pipedrive)).counts).toMatchObject({ stored: 0 });
    const bare = 'date,company,kind\n2024-03-04,Acme,call\n2024-03-04,Acme,call\n2024-03-04,Acme,chat\n';
    expect((await importFile(server, 'touchpoints', bare)).counts).toMatchObject({
      stored: 2,
      duplicates: 1,
    });
  });

  test.each([
    ['no_time', ',Acme,call', 'date', 'is empty'],
    ['bad_date', 'soon,Acme,call', 'date', '"soon" is no date'],
    ['clock', '2099-01-01,Acme,call', 'date', 'is yet to come'],
    ['too_old', '1890-01-01,Acme,call', 'date', 'before 1970'],
    ['no_company', '2024-03-04,,call', null, 'names no company'],
    ['no_company', '2024-03-04,gmail.com,call', null, 'names no company'],
    ['malformed', '2024-03-04,Acme', null, '2 columns where the heading line has 3'],
  ])('has a row left out as %s (%s), and the one beside it stored', async (reason, row, column, says) => {
    const { counts, refused } = await importFile(
      server,
      'touchpoints',
      `date,company,kind\n${row}\n2024-03-04,Acme,call\n`,
    );
    expect(counts).toEqual({ read: 2, stored: 1, duplicates: 0, dropped: { [reason]: 1 } });
    expect(refused).toMatchObject([{ line: 2, column, says: expect.stringContaining(says) }]);
  });

  test('that has no date or nobody in it is refused before anything is stored', async () => {
    await expect(importFile(server, 'touchpoints', 'company,kind\nAcme,call\n')).rejects.toThrow(
      'when it was',
    );
    await expect(importFile(server, 'touchpoints', 'date,kind\n2024-03-04,call\n')).rejects.toThrow(
      'with whom',
    );
    expect((await store().imports({ offset: 0, limit: 9 })).total).toBe(0);
  });

  test('goes with its company when that is merged with another', async () => {
    await importFile(server, 'touchpoints', crm, pipedrive);
    const [mill, harbour] = [await idOf('Mill'), await idOf('harbour-tools.com')];
    await store().decide(
      { kind: 'merge', accountId: mill, targetId: harbour, note: '' },
      'kim@example.com',
      Date.now(),
    );
    expect(await storyOf('harbour-tools.com')).toContain('Meeting · Kick-off · from Pipedrive');
    await isClean();
  });

  test('that is undone leaves nothing in any story, and a second undoing is refused', async () => {
    await visit('kim@harbour-tools.com');
    const before = await storyOf('harbour-tools.com');
    const { id } = await importFile(server, 'touchpoints', crm, pipedrive);
    const undone = await store().undoImport(id, 'kim@example.com', Date.now());
    expect(undone).toMatchObject({ undoneBy: 'kim@example.com', stored: 4 });
    expect(await storyOf('harbour-tools.com')).toEqual(before);
    expect(await journeyOf(await idOf('Mill'))).toEqual([]);
    await isClean();
    expect((await store().health()).events).toBe(2);
    await expect(store().undoImport(id, 'kim@example.com', Date.now())).rejects.toThrow('undone already');
    await expect(store().undoImport(99, 'kim@example.com', Date.now())).rejects.toThrow(
      'there is no import 99',
    );
    expect((await importFile(server, 'touchpoints', crm, pipedrive)).counts).toMatchObject({ stored: 4 });
  });

  test('that another file told too stays until both are undone', async () => {
    const first = await importFile(server, 'touchpoints', crm, pipedrive);
    const second = await importFile(server, 'touchpoints', crm.split('\n').slice(0, 2).join('\n'), pipedrive);
    await store().undoImport(first.id, 'kim@example.com', Date.now());
    expect(await storyOf('harbour-tools.com')).toEqual([
      'Call · Renewal talk · from Pipedrive · They want two years · Region: North',
    ]);
    await store().undoImport(second.id, 'kim@example.com', Date.now());
    expect(await storyOf('harbour-tools.com')).toEqual([]);
    await isClean();
  });
});

describe('a file of contacts', () => {
  const people = async (search: string) =>
    (await store().people(await idOf(search))).map(({ label, name, title, role, visits, touchpoints }) => ({
      label,
      name,
      title,
      role,
      visits,
      touchpoints,
    }));
  const file = [
    'Email,First name,Last name,Job title,Buying role,Company,Phone,Seat',
    'Kim@Harbour-Tools.com,Kim,Lund,Head of IT,Decision maker,,+49 40 1234,4A',
    'lee@gmail.com,Lee,,Engineer,user,Harbour-Tools.com,,',
    ',Sam,Ode,Buyer,,Harbour-Tools.com,,',
    'nobody@gmail.com,Ada,,,,,,',
  ].join('\n');

  test('are the people of their companies, beside those whom the site has seen', async () => {
    await visit('kim@harbour-tools.com');
    await importFile(server, 'touchpoints', crm, pipedrive);
    expect((await importFile(server, 'contacts', file)).counts).toEqual({
      read: 4,
      stored: 4,
      duplicates: 0,
      dropped: {},
    });
    const nobody = { role: null, visits: 0, touchpoints: 0 };
    expect(await people('harbour-tools.com')).toEqual([
      {
        label: 'kim@harbour-tools.com',
        name: 'Kim Lund',
        title: 'Head of IT',
        role: 'decision-maker',
        visits: 1,
        touchpoints: 1,
      },
      { ...nobody, label: 'lee@gmail.com', name: 'Lee', title: 'Engineer', role: 'user' },
      { ...nobody, label: 'Sam Ode', name: 'Sam Ode', title: 'Buyer' },
    ]);
    expect(await store().findAccounts('gmail', 5)).toEqual([]);
    await isClean();
  });

  test('with more in a second file are completed by it, and as before when that is undone', async () => {
    await importFile(server, 'contacts', file);
    const again = await importFile(server, 'contacts', file);
    expect(again.counts).toMatchObject({ stored: 0, duplicates: 4 });
    const before = await people('harbour-tools.com');
    const more = await importFile(server, 'contacts', 'email,title,seat\nkim@harbour-tools.com,CIO,\n');
    expect(more.counts).toMatchObject({ stored: 1 });
    expect(await people('harbour-tools.com')).toMatchObject([{ name: 'Kim Lund', title: 'CIO' }, {}, {}]);
    await store().undoImport(more.id, 'kim@example.com', Date.now());
    expect(await people('harbour-tools.com')).toEqual(before);
    const [first] = (await store().imports({ offset: 2, limit: 1 })).rows;
    await store().undoImport(first?.id ?? 0, 'kim@example.com', Date.now());
    expect(await people('harbour-tools.com')).toEqual(before);
    await store().undoImport(again.id, 'kim@example.com', Date.now());
    expect(await people('harbour-tools.com')).toEqual([]);
  });

  test.each([
    ['bad_email', 'kim at example,Kim,,,,,,', 'Email'],
    ['bad_role', 'kim@harbour-tools.com,Kim,,,King,,,', 'Buying role'],
    ['no_person', ',Kim,,,,,,', null],
  ])('has a row left out as %s, and the one beside it stored', async (reason, row, column) => {
    const [heading, ...rest] = file.split('\n');
    const { counts, refused } = await importFile(server, 'contacts', [heading, row, rest[0]].join('\n'));
    expect(counts).toEqual({ read: 2, stored: 1, duplicates: 0, dropped: { [reason]: 1 } });
    expect(refused).toMatchObject([{ line: 2, column }]);
  });
});

describe('a file of company profiles that is undone', () => {
  const headOf = async (id: number) => {
    const head = await store().account(id, null, Date.now());
    return { name: head?.name, profile: head?.profile };
  };

  test('leaves what was there before it', async () => {
    await visit('kim@harbour-tools.com');
    const id = await idOf('harbour-tools.com');
    const before = await headOf(id);
    const first = await importFile(
      server,
      'profiles',
      'name,domain,industry\nHarbour AG,harbour-tools.com,Tools\n',
    );
    const afterFirst = await headOf(id);
    expect(afterFirst).toMatchObject({ name: 'Harbour AG', profile: { industry: 'Tools' } });
    const second = await importFile(
      server,
      'profiles',
      'name,domain,size\nHarbour SE,harbour-tools.com,300\n',
    );
    expect(await headOf(id)).toMatchObject({ name: 'Harbour SE', profile: { industry: null, size: '300' } });
    await store().undoImport(second.id, 'kim@example.com', Date.now());
    expect(await headOf(id)).toEqual(afterFirst);
    await store().undoImport(first.id, 'kim@example.com', Date.now());
    expect(await headOf(id)).toEqual(before);
    await isClean();
  });

  test('leaves what a later one says', async () => {
    const first = await importFile(server, 'profiles', 'name,domain\nHarbour AG,harbour-tools.com\n');
    await importFile(server, 'profiles', 'name,domain\nHarbour SE,harbour-tools.com\n');
    await store().undoImport(first.id, 'kim@example.com', Date.now());
    expect(await headOf(await idOf('harbour-tools.com'))).toMatchObject({ name: 'Harbour SE' });
  });
});

test('an import that the server’s stopping ends is told as stopped; the same file again goes on from there', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, row) => `2024-03-04 10:00,call,Talk ${row},kim@company-${row % 50}.com`,
  );
  const content = `date,kind,subject,email\n${rows.join('\n')}\n`;
  const failures: unknown[] = [];
  const imports = openImports({ ...server.rooms, now: Date.now }, (error) => failures.push(error));
  const asked = await openFile('touchpoints', await fileWith(content), {});
  let begun: (() => void) | undefined;
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { id } = await imports.start({
    kind: 'touchpoints',
    fileName: 'calls.csv',
    site: server.site,
    by: 'kim@example.com',
    ...asked,
    onProgress: () => begun?.(),
  });
  await first;
  await imports.close();
  expect(failures).toHaveLength(1);
  const stopped = await store().import(id);
  expect(stopped).toMatchObject({ sha256: null, problem: expect.stringContaining('the server was stopped') });
  expect(stopped?.stored).toBeGreaterThan(0);
  expect(stopped?.stored).toBeLessThan(20_000);
  await isClean();
  const { counts } = await importFile(server, 'touchpoints', content);
  expect(counts.stored).toBe(20_000 - (stopped?.stored ?? 0));
  expect(counts.duplicates).toBe(stopped?.stored);
}, 120_000);

test('a file of thirty thousand rows keeps no visitor waiting, and can be taken back the same way', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, row) => `2024-03-04 10:00,call,Talk ${row},kim${row % 5_000}@company-${row % 500}.com`,
  );
  const content = `date,kind,subject,email\n${rows.join('\n')}\n`;
  let worst = 0;
  let answered = 0;
  let isOver = false;
  const meanwhile = (async () => {
    while (!isOver) {
      const began = performance.now();
      await visit(null);
      worst = Math.max(worst, performance.now() - began);
      answered += 1;
    }
  })();
  const heapBefore = process.memoryUsage().heapUsed;
  const { id, counts } = await importFile(server, 'touchpoints', content);
  const grown = process.memoryUsage().heapUsed - heapBefore;
  expect(counts).toMatchObject({ read: 30_000, stored: 30_000 });
  const during = answered;
  await store().undoImport(id, 'kim@example.com', Date.now());
  isOver = true;
  await meanwhile;
  console.info(
    `${during} visits during the import, ${answered - during} during its undoing, the slowest ${Math.round(worst)} ms; ${Math.round(grown / 2 ** 20)} MB`,
  );
  // Many got through during each: nobody waited for the whole of it.
  expect(during).toBeGreaterThan(50);
  expect(answered - during).toBeGreaterThan(20);
  expect(await store().verify()).toEqual([]);
}, 240_000);
