/** How long every page takes, how large it is, and what the server holds in memory, by how much is stored: the slope is what matters. */
import path from 'node:path';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { addressOf, guardedPages } from '../support/every-page.ts';
import { liveIn, tokenOf } from '../support/lived-in.ts';
import { type MeasuredServer, startMeasured } from './measured-server.ts';
import { type Years, yearsEnd } from './year.ts';

export interface PageResult {
  page: string;
  /** Median and worst of the requests, ms, in the order of `sizes`. */
  ms: { median: number; worst: number }[];
  /** Of HTML, in the order of `sizes`. */
  bytes: number[];
}

export interface PagesResult {
  sizes: readonly number[];
  pages: PageResult[];
  /** Memory of the server after all of it, in the order of `sizes`. */
  rssBytes: number[];
}

const requests = 15;

export async function benchPages(years: Years, sizes: readonly number[]): Promise<PagesResult> {
  const pages = new Map<string, PageResult>();
  const rssBytes: number[] = [];
  for (const events of sizes) {
    const { folder } = await years.of(events);
    const { places, server } = await openLivedIn(folder);
    try {
      const get = async (address: string) => {
        const response = await fetch(server.url + address, {
          headers: { cookie: server.cookie },
          redirect: 'manual',
        });
        if (response.status !== 200) throw new Error(`GET ${address} answered ${response.status}`);
        return response.arrayBuffer();
      };
      const busiest = await busiestAccount(get);
      for (const [page, address] of addresses({ ...places, '/accounts/:id': busiest })) {
        const times: number[] = [];
        let bytes = 0;
        for (let number = 0; number <= requests; number += 1) {
          const start = performance.now();
          bytes = (await get(address)).byteLength;
          // The first one compiles and fills caches.
          if (number > 0) times.push(performance.now() - start);
        }
        times.sort((a, b) => a - b);
        const known = pages.get(page) ?? { page, ms: [], bytes: [] };
        known.ms.push({ median: times[requests >> 1] ?? 0, worst: times.at(-1) ?? 0 });
        known.bytes.push(bytes);
        pages.set(page, known);
      }
      rssBytes.push((await server.usage()).rssBytes);
    } finally {
      await server.stop();
    }
  }
  return { sizes, pages: [...pages.values()], rssBytes };
}

/** A server on a year in which people have worked, too: every page has something to show. */
async function openLivedIn(
  folder: string,
): Promise<{ places: Readonly<Record<string, string>>; server: MeasuredServer }> {
  const { store } = await openSqliteStore({ path: path.join(folder, 'footlight.db'), now: () => yearsEnd });
  const { places } = await liveIn({ store }, 'kim@example.com', yearsEnd);
  await store.close();
  const server = await startMeasured('footlight', [folder, 'full', String(yearsEnd)]);
  return { places: { ...places, '/imports/file/:token': await uploadTo(server) }, server };
}

/** @returns what stands for the file in addresses */
async function uploadTo(server: MeasuredServer): Promise<string> {
  const body = new FormData();
  const rows = Array.from(
    { length: 500 },
    (_, row) => `call,Talk ${row},2026-03-04 10:00,kim@company-${row}.com`,
  );
  body.set(
    'file',
    new File([`Type,Subject,Date,Email\n${rows.join('\n')}`], 'crm.csv', { type: 'text/csv' }),
  );
  const response = await fetch(`${server.url}/imports/new?kind=touchpoints`, {
    method: 'POST',
    body,
    headers: { cookie: server.cookie, origin: server.url },
    redirect: 'manual',
  });
  const place = response.headers.get('location');
  if (place === null) throw new Error(`a file was not taken: ${response.status}`);
  return tokenOf(place);
}

async function busiestAccount(get: (address: string) => Promise<ArrayBuffer>): Promise<string> {
  const list = new TextDecoder().decode(await get('/accounts?sort=visits'));
  const first = /href="\/accounts\/(\d+)[?"]/.exec(list)?.[1];
  if (first === undefined) throw new Error('the list of accounts links to none');
  return first;
}

const segment = 'viewed("/section-1/*") >= 2 within 30 days and visits >= 3';

/** What a page shows further that may cost more, and files. */
const more: [page: string, address: string][] = [
  ['/accounts, all of time', '/accounts?period=all'],
  ['/accounts, by visits, 12 months', '/accounts?sort=visits&period=12m'],
  ['/accounts, by people, 30 days', '/accounts?sort=people'],
  ['/accounts, of a segment', `/accounts?where=${encodeURIComponent(segment)}`],
  ['/accounts, search', '/accounts?q=Company%2012'],
  ['/accounts, networks that are no account', '/accounts?view=providers'],
  ['/overview, 12 months', '/overview?period=12m'],
  ['/accounts.csv, all accounts of 30 days', '/accounts.csv'],
];

function addresses(places: Readonly<Record<string, string>>): [page: string, address: string][] {
  return [
    ...guardedPages.map((route): [string, string] => [route.replace('GET ', ''), addressOf(route, places)]),
    ...more,
  ];
}
