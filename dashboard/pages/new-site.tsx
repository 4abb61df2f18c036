/** Naming a site: the first step of the way in, and how further sites are added. */
import type { Context } from 'hono';
import { siteDomain } from '../../collector/site-domain.ts';
import type { Site } from '../../collector/store/store.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { SiteForm } from '../parts/site-form.tsx';
import { Steps } from '../parts/steps.tsx';

function newSite(
  c: Context<Env>,
  house: House,
  shown: { domain: string; hosts: string; problem: string | null },
) {
  return render(
    c,
    house,
    { title: 'Add a site', place: 'sites', status: shown.problem ? 400 : 200 },
    <div class="narrow">
      <Steps current={0} />
      <section class="card card-form">
        <h1>Which site shall we watch?</h1>
        <p class="lead">The address people type to get there. No need for https:// or www.</p>
        <SiteForm action="/sites/new" {...shown} />
      </section>
    </div>,
  );
}

/** A host as it is kept: `www.` is a subdomain like any other, and those are included anyway. */
function readHost(typed: string): string {
  const host = siteDomain(typed);
  if (!host.includes('.') && !/^localhost(:\d+)?$/.test(host)) {
    throw new Error(`"${typed}" is not a domain; write it as example.com`);
  }
  return host;
}

function readSite(
  domain: string,
  hosts: string,
  sites: readonly Site[],
): { domain: string; hosts: string[] } {
  const read = readHost(domain);
  if (sites.some((site) => site.domain === read)) {
    throw new Error(`${read} is among your sites already; its tag is under Sites`);
  }
  return {
    domain: read,
    hosts: hosts
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(readHost),
  };
}

export function newSitePage(house: House): Page {
  return (c) => newSite(c, house, { domain: '', hosts: '', problem: null });
}

export function addSite(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const typed = { domain: form('domain').trim(), hosts: form('hosts') };
    let read: { domain: string; hosts: string[] };
    try {
      read = readSite(typed.domain, typed.hosts, await house.store.sites());
    } catch (error) {
      return newSite(c, house, { ...typed, problem: error instanceof Error ? error.message : String(error) });
    }
    const site = await house.store.addSite(read.domain, read.hosts, house.now());
    return c.redirect(`/sites/${site.id}/tag`, 303);
  };
}
