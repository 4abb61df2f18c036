/** The live view: who is here now, and a stream of what they do. Without a script it shows the moment it was opened. */
import type { Context } from 'hono';
import type { LiveEvent } from '../../collector/store/live.ts';
import { type AccountsFilter, readFilter } from '../accounts-filter.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import type { Moment } from '../live/feed.ts';
import { liveState, streamed } from '../live/state.ts';
import { openEventStream } from '../live/stream.ts';
import { LiveLine, LiveNow } from '../parts/live-state.tsx';
import { NoSite } from '../parts/no-site.tsx';
import { SiteSwitch } from '../parts/period-bar.tsx';

const path = '/live';

/** Lines of the stream that a page shows. */
const shownLines = 20;

const linesOf = (events: readonly LiveEvent[], site: number | null) => (
  <>
    {streamed(events, site)
      .slice(0, shownLines)
      .map((event) => (
        <LiveLine event={event} site={site} />
      ))}
  </>
);

async function siteOf(c: Context<Env>, house: House): Promise<AccountsFilter> {
  return readFilter({ site: c.req.query('site') ?? '' }, await house.store.sites());
}

export function livePage(house: House): Page {
  return async (c) => {
    const page = { title: 'Live', place: 'live' as const };
    const sites = await house.store.sites();
    if (sites.length === 0) return render(c, house, page, <NoSite user={c.get('user')} />);
    const filter = await siteOf(c, house);
    const { site } = filter;
    const moment = await house.live.now();
    return render(
      c,
      house,
      { ...page, scripts: ['filters', 'live'] },
      <div data-live={`/live/events${site === null ? '' : `?site=${site}`}`} data-lines={shownLines}>
        <div class="page-head">
          <h1>Live</h1>
          <span class="page-actions">
            {sites.length > 1 && <SiteSwitch path={path} filter={filter} sites={sites} />}
            <button type="button" class="button" data-live-pause hidden>
              Pause
            </button>
          </span>
        </div>
        <p class="signal live-signal" data-live-signal>
          <span class="signal-lamp" aria-hidden="true" />
          <span role="status" data-live-says>
            As it was when this page was opened.
          </span>
        </p>
        <noscript>
          <p class="muted">
            Reload the page to see what has happened since; with JavaScript it moves by itself.
          </p>
        </noscript>
        <div class="live-columns">
          <div data-live-state>
            <LiveNow state={liveState(moment, site)} site={site} />
          </div>
          <section class="card live-stream">
            <h2>As it happens</h2>
            <ol data-live-stream>{linesOf(moment.events, site)}</ol>
            <p class="muted live-none">What companies do appears here.</p>
          </section>
        </div>
      </div>,
    );
  };
}

/** One for all who watch the same site: what they see is the same, so it is written once. */
interface Told {
  /** For whoever has seen the moment before. */
  next: string;
  /** For whoever has just come. */
  first: string;
}

/** Writes moments as the page's script takes them. */
export function createTelling(): (moment: Moment, site: number | null) => Told {
  const told = new WeakMap<readonly LiveEvent[], Map<number | null, Told>>();
  return (moment, site) => {
    const ofMoment = told.get(moment.events) ?? new Map<number | null, Told>();
    told.set(moment.events, ofMoment);
    const known = ofMoment.get(site);
    if (known !== undefined) return known;
    const state = String(<LiveNow state={liveState(moment, site)} site={site} />);
    const made = {
      next: JSON.stringify({ state, seen: String(linesOf(moment.fresh, site)) }),
      first: JSON.stringify({ state, stream: String(linesOf(moment.events, site)) }),
    };
    ofMoment.set(site, made);
    return made;
  };
}

/** The stream behind the page. */
export function liveStream(house: House): Page {
  const telling = createTelling();
  return async (c) => {
    const { site } = await siteOf(c, house);
    const { headers } = c.req.raw;
    let leave: (() => void) | null = null;
    const stream = openEventStream(() => leave?.());
    let isFirst = true;
    const endWithSession = async () => {
      if ((await house.auth.currentUser(headers)) !== null) return stream.beat();
      stream.send('end', 'You are signed out.');
      stream.close();
    };
    leave = house.live.watch({
      moment(moment) {
        const { first, next } = telling(moment, site);
        stream.send('moment', isFirst ? first : next);
        isFirst = false;
      },
      beat: () => void endWithSession().catch(() => stream.beat()),
      end: stream.close,
    });
    if (leave === null) {
      stream.close();
      return c.text('too many watch already; try again later', 503, { 'retry-after': '60' });
    }
    return c.body(stream.body, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // nginx would keep it until there is enough of it.
      'x-accel-buffering': 'no',
      // What ends a stream ends its connection: a server that stops would wait for one that is kept.
      connection: 'close',
    });
  };
}
