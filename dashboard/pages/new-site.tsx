/** Naming a site: the first step of the way in, and how further sites are added. */
import type { Context } from 'hono';
import { readSite } from '../../collector/typed/site.ts';
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

export function newSitePage(house: House): Page {
  return (c) => newSite(c, house, { domain: '', hosts: '', problem: null });
}

export function addSite(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const typed = { domain: form('domain').trim(), hosts: form('hosts') };
    let read: { domain: string; hosts: string[] };
    try {
      read = readSite(typed.domain, typed.hosts.split(/[\s,]+/).filter(Boolean), await house.store.sites());
    } catch (error) {
      return newSite(c, house, { ...typed, problem: error instanceof Error ? error.message : String(error) });
    }
    const site = await house.store.addSite(read.domain, read.hosts, house.now());
    const who = c.get('user').email;
    await house.store.record({ who, what: 'site-added', subject: site.domain }, house.now());
    return c.redirect(`/sites/${site.id}/tag`, 303);
  };
}
