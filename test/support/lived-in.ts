/** A dashboard that people have worked in: there is one of everything that a page can show. */
import { makeApiKey } from '../../collector/access/api-key.ts';
import { makeShareToken } from '../../collector/access/share-link.ts';
import type { Alerts } from '../../collector/deliver/index.ts';
import { presetScoring } from '../../collector/score/preset.ts';
import type { Store } from '../../collector/store/store.ts';
import { draft } from './drafts.ts';
import type { Places } from './every-page.ts';

export interface LivedIn {
  /** What the parameters of its pages stand for. */
  places: Places;
  /** A company of which a file of people tells, and nobody came from. */
  knownAlone: number;
}

/** Posts a form with a file as a browser does; gives where it led to. */
export type Upload = (address: string, file: { name: string; content: string }) => Promise<string>;

const people = {
  email: 'kim@only-known.com',
  name: 'Kim Lund',
  role: 'champion',
  title: 'Buyer',
  department: null,
  phone: '+49 40 1234',
  linkedin: 'https://www.linkedin.com/in/kim',
  attributes: {},
  company: { name: 'Only Known', domain: 'only-known.com' },
} as const;

const calls = [
  'Type;Subject;Due date;Contact email;Region',
  'Call;Renewal talk;2026-11-02 10:00;kim@cobalt-works.com;North',
  'Ticket;The printer;2026-11-07 08:00;kim@gmail.com;',
].join('\n');

/**
 * @param by whose the work is
 * @param alerts left out: nobody has been told anything
 * @param upload left out: no file waits to be taken in
 */
export async function liveIn(
  { store, alerts, upload }: { store: Store; alerts?: Alerts; upload?: Upload },
  by: string,
  now: number,
): Promise<LivedIn> {
  await store.decide(
    {
      kind: 'network',
      match: '198.51.1.0/24',
      addressKey: null,
      says: 'own',
      accountId: 1,
      note: 'the workshop',
    },
    by,
    now,
  );
  const file = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
  const imported = await store.beginImport(file, by, now);
  await store.importContacts([people], now, imported);
  const counts = { read: 2, stored: 1, duplicates: 0, dropped: { bad_email: 1 } };
  await store.noteImport(imported, counts, now, { sha256: 'a1', problem: null });
  const knownAlone = (await store.findAccounts('only-known', 1))[0]?.id ?? 0;
  const uploaded = await upload?.('/imports/new?kind=touchpoints', { name: 'crm.csv', content: calls });

  await store.mark(
    [1, 2],
    { kind: 'tag', tag: 'A tag as long as tags can be, in all 40 l'.slice(0, 40) },
    by,
    now,
  );
  await store.mark([1], { kind: 'follow' }, by, now);
  await store.addNote(1, `${'long '.repeat(50)}\nnote${'e'.repeat(90)}`, by, now);
  const { kept } = makeApiKey({ name: 'warehouse', role: 'marketer', scopes: ['events:read'] });
  await store.makeKey(kept, by, now);
  await store.publishScoring(presetScoring, by, 'Prices say the most', now);

  const keep = (name: string, expression: string) =>
    store.saveSegment(null, { name, expression, isShared: true }, by, now);
  const segment = await keep(
    'Came back after a long silence, and read the prices more than once',
    'visits >= 9',
  );
  const watched = await keep('Reads the prices', 'viewed("/prices*") >= 2 within 7 days');
  await keep('Written with a slip', 'visit > 1');
  const quiet = { from: 22 * 60, to: 7 * 60 };
  const wish = { user: by, channels: ['browser' as const, 'mail' as const], coolingDays: 7, quiet };
  await store.saveAlertRule({ segmentId: watched.id, timeZone: 'Europe/Berlin', ...wish }, now);
  await alerts?.run();
  for (const company of ['Harbour Tools', 'Kestrel <b>Works</b>'])
    await store.append(
      [1, 2].map((number) =>
        draft(
          { visitor: company, company, at: now - number * 60_000, path: '/prices', title: 'Prices' },
          number,
        ),
      ),
    );
  await alerts?.run();
  const digest = { frequency: 'weekly' as const, weekday: 1, hour: 8, timeZone: 'Europe/Berlin' };
  await store.saveDigest({ user: by, whenEmpty: 'nothing', ...digest }, now);
  const lost = { kind: 'test', askedBy: by } as const;
  await store.queueMessages(
    [{ key: 'lost', channel: 'slack', recipient: '', message: lost, dueAt: now }],
    now,
  );
  const [due] = await store.dueMessages('slack', now, 1);
  await store.settleMessage(
    due?.id ?? 0,
    { outcome: 'dead', problem: 'Slack answered 404: no_service' },
    now,
  );

  const { token, hash } = makeShareToken();
  const link = { accountId: 1, hash, password: null, showsPeople: false, expiresAt: now + 86_400_000 };
  await store.makeShare(link, by, now);

  return {
    places: {
      '/accounts/:id': '1',
      '/people/:id': await somebody(store),
      '/shared/:token': token,
      '/docs/:resource': 'decisions',
      '/imports/:id': String(imported),
      ...(uploaded === undefined ? {} : { '/imports/file/:token': tokenOf(uploaded) }),
      '/segments/:id': String(segment.id),
      '/sites/:id': '1',
    },
    knownAlone,
  };
}

/** Somebody who told who they are; where nobody did, a browser. */
async function somebody(store: Store): Promise<string> {
  for (const { id } of await store.findAccounts('', 40)) {
    const found = (await store.people(id)).find(({ personId }) => personId !== null);
    if (found?.personId) return String(found.personId);
  }
  return 'v1';
}

/** What stands for an uploaded file in addresses. @param place where its upload led to */
export const tokenOf = (place: string) => place.split('/').at(-1) ?? '';
