/** A year of a B2B site's events, as many as are asked for, put into a file. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Verdict } from '../../collector/reveal/verdict.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import type { Store } from '../../collector/store/store.ts';
import { companyVerdict, type DraftWish, day, draft, ispVerdict, minute, monday } from '../support/drafts.ts';

const perBatch = 2_000;
/** Visits of a browser that comes back, events of a visit: what a B2B site sees. */
const eventsPerVisit = 4;
const visitors = 120_000;
const companies = 3_000;
/** Providers that everybody else comes by. */
const operators = 400;

/** When the year's last event was. */
export const yearsEnd = monday + 365 * day;

/** A data folder with a year in it. */
export interface Year {
  folder: string;
  events: number;
  bytes: number;
  /** That it took to store. */
  seconds: number;
}

/** Years by their number of events, each made once: ten million take their time. */
export function openYears() {
  const years = new Map<number, Promise<Year>>();
  const make = async (events: number): Promise<Year> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'footlight-year-'));
    const file = path.join(folder, 'footlight.db');
    const seconds = await storeYear(file, events);
    return { folder, events, bytes: (await stat(file)).size, seconds };
  };
  return {
    of(events: number): Promise<Year> {
      const year = years.get(events) ?? make(events);
      years.set(events, year);
      return year;
    },
    async remove(): Promise<void> {
      for (const year of years.values()) await rm((await year).folder, { recursive: true, force: true });
    },
  };
}

export type Years = ReturnType<typeof openYears>;

/** @returns seconds that it took */
async function storeYear(file: string, events: number): Promise<number> {
  const { store } = await openSqliteStore({ path: file });
  await store.addSite('lumen.example', [], monday);
  const start = performance.now();
  await storeEvents(store, events);
  const seconds = (performance.now() - start) / 1000;
  await store.close();
  return seconds;
}

/** The cookie of the nth browser of the year. */
export const visitorKey = (number: number) => `m3x9k2p0${String(number % visitors).padStart(10, '0')}`;

/** Takes in a year of a site's events. */
export async function storeEvents(store: Store, events: number): Promise<void> {
  const verdicts = new Map<number, Verdict>();
  const providers = Array.from({ length: operators }, (_, number) => ({
    ...ispVerdict,
    operator: `Telecom ${number}`,
  }));
  for (let number = 0; number < events; number += perBatch)
    await store.append(
      Array.from({ length: perBatch }, (_, index) =>
        draft(wish(number + index, events, verdicts, providers), number + index),
      ),
    );
}

/** The nth of a year's events: visits in order of time, browsers that come back, one visit in seven a company's. */
function wish(
  number: number,
  events: number,
  verdicts: Map<number, Verdict>,
  providers: readonly Verdict[],
): DraftWish {
  const visit = Math.floor(number / eventsPerVisit);
  const step = number % eventsPerVisit;
  // A fixed stride visits all browsers without a pattern that an index would like.
  const visitor = (visit * 7_919) % visitors;
  const company = visitor % companies;
  const known = verdicts.get(company) ?? companyVerdict(`Company ${company}`);
  verdicts.set(company, known);
  return {
    visitor: visitorKey(visitor),
    at: monday + Math.floor((visit / (events / eventsPerVisit)) * 365 * day) + step * minute,
    path: `/section-${(visit + step) % 40}/page-${(visit * 3 + step) % 500}`,
    title: `Page ${(visit * 3 + step) % 500} of the site`,
    arrival: step === 0 && visit % 2 === 0 ? { campaign: `campaign-${visit % 60}` } : null,
    address: visitor,
    verdict: visitor % 7 === 0 ? known : (providers[visitor % operators] ?? ispVerdict),
    ...(step === 3 && visit % 20 === 0
      ? {
          type: 'form',
          detail: { form: { step: 'submit', name: 'contact', id: 'contact', action: '/send' } },
        }
      : {}),
  };
}
