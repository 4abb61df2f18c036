/** What an event takes on the disk, with its indexes, its session and every sum, at a million of them. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import type { Store } from '../../collector/store/store.ts';
import { companyVerdict, type DraftWish, day, draft, ispVerdict, minute, monday } from '../support/drafts.ts';

export interface StorageResult {
  events: number;
  bytesPerEvent: number;
  secondsToStore: number;
}

const perBatch = 500;
/** Visits of a browser that comes back, events of a visit: what a B2B site sees. */
const eventsPerVisit = 4;
const visitors = 120_000;
const companies = 3_000;

export async function benchStorage(events = 1_000_000): Promise<StorageResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-bytes-'));
  const file = path.join(folder, 'footlight.db');
  const { store } = await openSqliteStore({ path: file });
  try {
    await store.addSite('lumen.example', [], monday);
    const start = performance.now();
    await fill(store, events);
    const secondsToStore = (performance.now() - start) / 1000;
    await store.close();
    return { events, bytesPerEvent: (await stat(file)).size / events, secondsToStore };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes in a year of a site's events. */
export async function fill(store: Store, events: number): Promise<void> {
  for (let number = 0; number < events; number += perBatch)
    await store.append(
      Array.from({ length: perBatch }, (_, index) => draft(wish(number + index, events), number + index)),
    );
}

/** The nth of a year's events: visits in order of time, browsers that come back, one visit in seven a company's. */
function wish(number: number, events: number): DraftWish {
  const visit = Math.floor(number / eventsPerVisit);
  const step = number % eventsPerVisit;
  // A fixed stride visits all browsers without a pattern that an index would like.
  const visitor = (visit * 7_919) % visitors;
  const isCompany = visitor % 7 === 0;
  return {
    visitor: `m3x9k2p0${String(visitor).padStart(10, '0')}`,
    at: monday + Math.floor((visit / (events / eventsPerVisit)) * 365 * day) + step * minute,
    path: `/section-${(visit + step) % 40}/page-${(visit * 3 + step) % 500}`,
    title: `Page ${(visit * 3 + step) % 500} of the site`,
    arrival: step === 0 && visit % 2 === 0 ? { campaign: `campaign-${visit % 60}` } : null,
    address: visitor,
    verdict: isCompany ? companyVerdict(`Company ${visitor % companies}`) : ispVerdict,
    ...(step === 3 && visit % 20 === 0
      ? {
          type: 'form',
          detail: { form: { step: 'submit', name: 'contact', id: 'contact', action: '/send' } },
        }
      : {}),
  };
}
