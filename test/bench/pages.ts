/** How long pages take, and what the server holds in memory, by how much is stored: the slope is what matters. */
import { startMeasured } from './measured-server.ts';
import { type Years, yearsEnd } from './year.ts';

export interface PageResult {
  page: string;
  /** Median and worst of the requests, ms, in the order of `sizes`. */
  ms: { median: number; worst: number }[];
}

export interface PagesResult {
  sizes: readonly number[];
  pages: PageResult[];
  /** Memory of the server after all of it, in the order of `sizes`. */
  rssBytes: number[];
}

const requests = 15;

export async function benchPages(years: Years, sizes: readonly number[]): Promise<PagesResult> {
  const pages = new Map<string, PageResult['ms']>();
  const rssBytes: number[] = [];
  for (const events of sizes) {
    const { folder } = await years.of(events);
    const server = await startMeasured('footlight', [folder, 'full', String(yearsEnd)]);
    try {
      const get = async (address: string) => {
        const response = await fetch(server.url + address, {
          headers: { cookie: server.cookie },
          redirect: 'manual',
        });
        if (response.status !== 200) throw new Error(`GET ${address} answered ${response.status}`);
        return response.text();
      };
      for (const [page, address] of await addresses(get)) {
        const times: number[] = [];
        for (let number = 0; number <= requests; number += 1) {
          const start = performance.now();
          await get(address);
          // The first one compiles and fills caches.
          if (number > 0) times.push(performance.now() - start);
        }
        times.sort((a, b) => a - b);
        const found = { median: times[requests >> 1] ?? 0, worst: times.at(-1) ?? 0 };
        pages.set(page, [...(pages.get(page) ?? []), found]);
      }
      rssBytes.push((await server.usage()).rssBytes);
    } finally {
      await server.stop();
    }
  }
  return { sizes, pages: [...pages].map(([page, ms]) => ({ page, ms })), rssBytes };
}

const segment = 'viewed("/section-1/*") >= 2 within 30 days and visits >= 3';

async function addresses(get: (address: string) => Promise<string>): Promise<[string, string][]> {
  const list = await get('/accounts?sort=visits');
  const first = /href="(\/accounts\/\d+)[?"]/.exec(list)?.[1];
  if (first === undefined) throw new Error('the list of accounts links to none');
  return [
    ['accounts list and overview, 30 days', '/accounts'],
    ['accounts list and overview, all of time', '/accounts?period=all'],
    ['accounts list by visits, 12 months', '/accounts?sort=visits&period=12m'],
    ['accounts list by people, 30 days', '/accounts?sort=people'],
    ['accounts list of a segment', `/accounts?where=${encodeURIComponent(segment)}`],
    ['overview, 30 days', '/overview'],
    ['overview, 12 months', '/overview?period=12m'],
    ['live', '/live'],
    ['account with the most visits', first],
    ['search', '/accounts?q=Company%2012'],
    ['networks that are no account', '/accounts?view=providers'],
    ['export as CSV of all accounts of 30 days', '/accounts.csv'],
    ['health', '/health'],
  ];
}
