/** The tag of a site to copy, for each place it may go to, and the wait for its first event. */
import type { Site } from '../../collector/store/store.ts';
import { type Build, buildOf } from '../../collector/tag-settings.ts';
import { type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { type LatestEvent, LatestEvents } from '../parts/latest-events.tsx';
import { RecipeSteps } from '../parts/recipe.tsx';
import { SeenAs, seenAs } from '../parts/seen-as.tsx';
import { Steps } from '../parts/steps.tsx';
import { type Place, type ProxyName, places, proxyNames, proxyRecipe, recipes } from '../recipes/index.ts';
import type { TagOf } from '../recipes/recipe.ts';
import { noSuchSite, siteInPath } from '../site-in-path.ts';

const shownEvents = 5;

const measured: Record<Build, string> = {
  't.least.js': 'It counts page views only.',
  't.js': 'It measures the usual: pages, how they were read, forms, links.',
  't.full.js': 'It measures the usual, and does what you chose beyond that.',
};

/** Where the tag is to go, and through which proxy, by the page's address. */
interface Chosen {
  place: Place;
  proxy: ProxyName;
}

function chosenOf(place: string | undefined, proxy: string | undefined): Chosen {
  return {
    place: places.find((one) => one === place) ?? 'html',
    proxy: proxyNames.find((one) => one.toLowerCase() === proxy) ?? 'nginx',
  };
}

function Tabs({ label, tabs }: { label: string; tabs: { href: string; label: string; isHere: boolean }[] }) {
  return (
    <nav class="segments places" aria-label={label}>
      {tabs.map((tab) => (
        <a href={tab.href} aria-current={tab.isHere ? 'page' : undefined}>
          {tab.label}
        </a>
      ))}
    </nav>
  );
}

function Tag({ site, tag, chosen: { place, proxy } }: { site: Site; tag: TagOf; chosen: Chosen }) {
  const here = `/sites/${site.id}/tag`;
  return (
    <section class="card">
      <h1>Add the tag to {site.domain}</h1>
      <p class="lead">
        {measured[buildOf(site.tag)]} <a href={`/sites/${site.id}/settings`}>Tag settings</a>
      </p>
      <Tabs
        label="Where it goes"
        tabs={places.map((name) => ({
          href: `${here}?for=${name}`,
          label: name === 'proxy' ? 'Proxy' : recipes[name].label,
          isHere: name === place,
        }))}
      />
      {place === 'proxy' && (
        <Tabs
          label="Your web server or host"
          tabs={proxyNames.map((name) => ({
            href: `${here}?for=proxy&with=${name.toLowerCase()}`,
            label: name,
            isHere: name === proxy,
          }))}
        />
      )}
      <RecipeSteps recipe={place === 'proxy' ? proxyRecipe(tag, proxy) : recipes[place].make(tag)} />
    </section>
  );
}

function Waiting(props: { site: Site; events: readonly LatestEvent[]; now: number; here: string }) {
  const { site, events, now, here } = props;
  const isWaiting = events.length === 0;
  return (
    <section class="card" data-waiting={isWaiting ? `/sites/${site.id}/status` : undefined}>
      <p class={isWaiting ? 'signal' : 'signal signal-on'} role="status">
        <span class="signal-lamp" aria-hidden="true" />
        <strong>{isWaiting ? 'Waiting for the first event…' : 'Events are arriving'}</strong>
      </p>
      {isWaiting ? (
        <p class="muted">
          Open {site.domain} in another tab. This page notices by itself. <a href={here}>Look again</a>
        </p>
      ) : (
        <>
          <LatestEvents events={events} now={now} />
          <a class="button button-primary" href={`/accounts?site=${site.id}`}>
            See the companies
          </a>
        </>
      )}
    </section>
  );
}

function Troubleshooting({ site, origin, isWaiting }: { site: Site; origin: string; isWaiting: boolean }) {
  return (
    <details class="card trouble" open={isWaiting}>
      <summary>
        Nothing arrives?
        <Icon name="down" />
      </summary>
      <ul>
        <li>
          <strong>The tag is missing.</strong> View the page’s source and search for <code>{site.key}</code>.
          A cache or a content delivery network may still serve the page from before.
        </li>
        <li>
          <strong>Something blocks it.</strong> Try a window without ad blocker. If your site sends a
          Content-Security-Policy, add <code>{origin}</code> to script-src and connect-src.
        </li>
        <li>
          <strong>It is sent from another domain.</strong> Events are taken from {site.domain}
          {site.hosts.length > 0 && `, ${site.hosts.join(', ')}`} and their subdomains only.
        </li>
        <li>
          <strong>It is refused.</strong> <a href="/health">Health</a> counts every refused event with its
          reason.
        </li>
      </ul>
    </details>
  );
}

export function tagPage(house: House): Page {
  return async (c) => {
    const site = await siteInPath(c, house);
    if (!site) return noSuchSite(c, house);
    const origin = ownOrigin(house, c);
    const { pathname, search } = new URL(c.req.url);
    const events = await house.store.latestEvents(site.id, shownEvents);
    const { key } = site;
    const tag = { origin, key, waitsForConsent: site.tag.consent !== 'none', hasCalls: site.tag.calls };
    return render(
      c,
      house,
      { title: `Tag of ${site.domain}`, place: 'sites', scripts: ['copy', 'waiting'] },
      <div class="narrow">
        <Steps current={events.length === 0 ? 1 : 3} />
        <Tag site={site} tag={tag} chosen={chosenOf(c.req.query('for'), c.req.query('with'))} />
        <Waiting site={site} events={events} now={house.now()} here={pathname + search} />
        <SeenAs seen={seenAs(house, c)} />
        <Troubleshooting site={site} origin={origin} isWaiting={events.length === 0} />
      </div>,
    );
  };
}

/** What the waiting page asks every few seconds. */
export function siteStatus(house: House): Page {
  return async (c) => {
    const site = await siteInPath(c, house);
    if (!site) return c.json({ error: 'no such site' }, 404);
    const lastEventAt = await house.store.lastEventAt(site.id);
    return c.json({ lastEventAt: lastEventAt === null ? null : new Date(lastEventAt).toISOString() });
  };
}
