/** The site that a page's address names. */
import type { Context } from 'hono';
import type { Site } from '../collector/store/store.ts';
import type { Env, House } from './house.ts';
import { problem } from './pages/problem.tsx';

/** The site whose id stands in the path; undefined if there is none. */
export async function siteInPath(c: Context<Env>, house: House): Promise<Site | undefined> {
  const sites = await house.store.sites();
  return sites.find((site) => String(site.id) === c.req.param('id'));
}

export function noSuchSite(c: Context<Env>, house: House) {
  return problem(c, house, 404, 'No such site', 'Its address may have been mistyped; Sites lists them all.');
}
