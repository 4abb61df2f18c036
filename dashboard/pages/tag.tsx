/** The tag of a site to copy, and the wait for its first event. */
import type { Context } from 'hono';
import type { Site } from '../../collector/store/store.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { type LatestEvent, LatestEvents } from '../parts/latest-events.tsx';
import { SeenAs, seenAs } from '../parts/seen-as.tsx';
import { Steps } from '../parts/steps.tsx';
import { problem } from './problem.tsx';

const shownEvents = 5;

async function siteOf(c: Context<Env>, house: House): Promise<Site | undefined> {
  const sites = await house.store.sites();
  return sites.find((site) => String(site.id) === c.req.param('id'));
}

function noSuchSite(c: Context<Env>, house: House) {
  return problem(c, house, 404, 'No such site', 'Its address may have been mistyped; Sites lists them all.');
}

function Snippet({ tag }: { tag: string }) {
  return (
    <div class="snippet">
      <pre id="tag" tabindex={0}>
        <code>{tag}</code>
      </pre>
      {/* Shown by its script, since without one it could not do anything. */}
      <button type="button" class="button" data-copy="tag" hidden>
        <Icon name="copy" />
        <span data-copy-label>Copy</span>
      </button>
    </div>
  );
}

function Waiting(props: { site: Site; events: readonly LatestEvent[]; now: number }) {
  const { site, events, now } = props;
  const isWaiting = events.length === 0;
  return (
    <section class="card" data-waiting={isWaiting ? `/sites/${site.id}/status` : undefined}>
      <p class={isWaiting ? 'signal' : 'signal signal-on'} role="status">
        <span class="signal-lamp" aria-hidden="true" />
        <strong>{isWaiting ? 'Waiting for the first event…' : 'Events are arriving'}</strong>
      </p>
      {isWaiting ? (
        <p class="muted">
          Open {site.domain} in another tab. This page notices by itself.{' '}
          <a href={`/sites/${site.id}/tag`}>Look again</a>
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
    const site = await siteOf(c, house);
    if (!site) return noSuchSite(c, house);
    const origin = ownOrigin(house, c);
    const events = await house.store.latestEvents(site.id, shownEvents);
    return render(
      c,
      house,
      { title: `Tag of ${site.domain}`, place: 'sites', scripts: ['copy', 'waiting'] },
      <div class="narrow">
        <Steps current={events.length === 0 ? 1 : 3} />
        <section class="card">
          <h1>Add the tag to {site.domain}</h1>
          <p class="lead">
            Paste this line into the <code>&lt;head&gt;</code> of every page, or into your tag manager.
          </p>
          <Snippet tag={`<script defer src="${origin}/t.js" data-site="${site.key}"></script>`} />
        </section>
        <Waiting site={site} events={events} now={house.now()} />
        <SeenAs seen={seenAs(house, c)} />
        <Troubleshooting site={site} origin={origin} isWaiting={events.length === 0} />
      </div>,
    );
  };
}

/** What the waiting page asks every few seconds. */
export function siteStatus(house: House): Page {
  return async (c) => {
    const site = await siteOf(c, house);
    if (!site) return c.json({ error: 'no such site' }, 404);
    const lastEventAt = await house.store.lastEventAt(site.id);
    return c.json({ lastEventAt: lastEventAt === null ? null : new Date(lastEventAt).toISOString() });
  };
}
