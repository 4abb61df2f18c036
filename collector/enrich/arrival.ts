/** How a visit reached the site: its campaign tags, else its referrer, and the channel that follows. */
import type { Arrival } from '../draft.ts';
import { remember, rememberShort } from '../remember.ts';
import { hostName, pageAddress } from '../url.ts';
import { campaignOf } from './campaign.ts';
import { channelOf } from './channel.ts';
import { knownSource, type SourceCategory } from './sources.ts';
import type { Step } from './step.ts';

/** Medium of a visit without tags, by what referred it. */
const mediums: { [Category in SourceCategory]: string } = {
  search: 'organic',
  social: 'social',
  video: 'video',
  shopping: 'referral',
  ai: 'referral',
  email: 'email',
  chat: 'referral',
};

/**
 * Only page views arrive. One without a referrer or a campaign has no arrival: within a visit that is the usual
 * thing, and a session none of whose events has one came directly.
 */
export function arrivalStep(): Step {
  const byWords = remember(10_000, (key) => {
    const [search = '', referrer = ''] = key.split('\u0000');
    return arrivalOf(search, referrer);
  });
  const hostOf = rememberShort(5_000, 300, refererHost);
  return {
    name: 'arrival',
    run(draft, _facts, tools) {
      if (draft.type !== 'page' || (draft.search === '' && draft.referrer === '')) return {};
      const host = draft.referrer === '' ? null : hostOf(draft.referrer);
      const isOwn = host !== null && tools.isOwnHost(draft.siteId, host);
      return { arrival: byWords(`${draft.search}\u0000${isOwn ? '' : draft.referrer}`) };
    },
  };
}

/**
 * @param search   the page's query
 * @param referrer address of a page on somebody else's site, or `android-app://…`; empty if none
 */
export function arrivalOf(search: string, referrer: string): Arrival | null {
  const campaign = campaignOf(search);
  const from = refererOf(referrer);
  if (campaign === null && from === null) return null;
  // A tag without a source still says that this is no ordinary link: the referrer fills in what it leaves open.
  const source = campaign?.source || from?.source || '(not set)';
  const medium =
    campaign?.medium || (campaign?.source ? mediumOf(campaign.source) : from?.medium) || '(not set)';
  return {
    channel: channelOf(source, medium, campaign?.campaign ?? ''),
    source,
    medium,
    campaign: campaign?.campaign ?? '',
    term: campaign?.term ?? '',
    content: campaign?.content ?? '',
    clickId: campaign?.clickId ?? '',
    referrer: from?.place ?? '',
  };
}

/** Some tools tag links with their name alone (`utm_source=chatgpt.com`). */
function mediumOf(source: string): string {
  const known = knownSource(source.toLowerCase());
  return known === null ? '(not set)' : mediums[known.category];
}

function refererOf(referrer: string): { source: string; medium: string; place: string } | null {
  const host = refererHost(referrer);
  if (host === null) return null;
  const known = knownSource(host);
  const path = pageAddress(referrer)?.page.path ?? '';
  return {
    source: known?.name ?? host.replace(/^www\./, ''),
    medium: known === null ? 'referral' : mediums[known.category],
    place: `${host}${path}`,
  };
}

/** Host of a page, or id of an Android app. */
function refererHost(referrer: string): string | null {
  if (referrer === '') return null;
  const app = /^android-app:\/\/([\w.]{3,100})/i.exec(referrer)?.[1];
  if (app !== undefined) return app.toLowerCase();
  const address = pageAddress(referrer);
  return address === null ? null : hostName(address.page.host);
}
