/**
 * Every page of the dashboard, from its own table of who may open what: a new page is looked at, measured and asked for
 * its reads as soon as it has its line there.
 */
import { pageAccess } from '../../dashboard/access.ts';

/** Addresses that answer with something else than a whole page, and with what. */
export const noPages: Readonly<Record<string, string>> = {
  'GET /': 'leads to the list',
  'GET /accounts.csv': 'a file',
  'GET /accounts/:id/preview': 'a part of the list',
  'GET /accounts/by': 'leads to a company',
  'GET /accounts/import': 'leads to where files are imported now',
  'GET /assets/:name': 'a script, the styles, the icon',
  'GET /imports/:id/state': 'what a page asks again and again',
  'GET /live/events': 'a stream',
  'GET /segments/names': 'names to choose from',
  'GET /segments/people.csv': 'a file',
  'GET /segments/rail': 'a part of the list',
  'GET /settings/audit.csv': 'a file',
  'GET /settings/data/state': 'what a page asks again and again',
  'GET /sites/:id/status': 'what a page asks again and again',
};

/** Pages in front of the guard: anybody may open them. */
export const openPages = [
  'GET /docs',
  'GET /docs/:resource',
  'GET /invite',
  'GET /shared/:token',
  'GET /sign-in',
  'GET /stop',
  'GET /welcome',
] as const;

/** Pages behind it. */
export const guardedPages: readonly string[] = Object.keys(pageAccess).filter(
  (route) => route.startsWith('GET ') && !Object.hasOwn(noPages, route),
);

/** What the parameters of routes stand for, by the route as far as the parameter: `/accounts/:id` → `1`. */
export type Places = Readonly<Record<string, string>>;

/** Of a route without parameters all is known. */
export const hasParameter = (route: string) => route.includes('/:');

/** @throws Error that says where to write down what a parameter stands for */
export function addressOf(route: string, places: Places): string {
  let address = route.replace(/^GET /, '');
  for (let parameter = /^.*?\/:\w+/.exec(address)?.[0]; parameter !== undefined; ) {
    const value = places[parameter];
    if (value === undefined)
      throw new Error(
        `${route} is visited by no test: say what "${parameter}" is, in liveIn of test/support/lived-in.ts, or, where it is no page, in noPages of test/support/every-page.ts`,
      );
    address = address.replace(/:\w+/, value);
    parameter = /^.*?\/:\w+/.exec(address)?.[0];
  }
  return address;
}

/** Further states of pages, by their query. */
export const furtherLooks: readonly string[] = [
  '/overview?period=12m',
  '/overview?period=custom&from=2020-01-01&to=2020-01-02',
  '/accounts?period=all&page=2',
  '/accounts?q=nobody-at-all',
  '/accounts?period=all&view=providers',
  '/accounts?sort=score',
  '/accounts?segment=1&period=all',
  '/accounts?segment=3',
  '/accounts/1?done=1',
  '/accounts/1/correct?q=a',
  '/accounts/1?segment=1',
  '/accounts/1/prospects',
  '/people/v1',
  '/people/c1',
  '/overview?compare=year&weekdays=1',
  '/imports/new?kind=contacts',
  '/segments/new?text=visit',
  `/segments/new?text=${encodeURIComponent('viewed("/pricing*") >= 2 within 7 days by >= 2 people and event("Nothing") > 2')}`,
  '/settings/alerts?segment=2&done=told',
  ...['gtm', 'wordpress', 'shopify', 'nextjs', 'proxy&with=cloudflare'].map(
    (way) => `/sites/1/tag?for=${way}`,
  ),
];
