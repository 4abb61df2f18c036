/** From a call of Segment's API to a draft like any other. Pure, but for ids where the client sent none. */
import { createHash, randomUUID } from 'node:crypto';
import { maxAgoMs, maxUrlLength, type VisitorKey } from '../../../tracker/wire.ts';
import type { Draft, PageAddress } from '../../draft.ts';
import { detailOf, parseEvent } from '../../events.ts';
import type { KeyedHash } from '../../keyed-hash.ts';
import type { Site } from '../../store/store.ts';
import { maskSecrets, pageAddress } from '../../url.ts';
import type { Drop } from '../reasons.ts';
import { boundedAgent } from '../user-agent.ts';
import { type CallType, type Fields, fieldsOf, idOf, textOf } from './call.ts';
import { momentOf } from './moment.ts';

/** A client's clock may be this much ahead between two readings of it before we call it wrong. */
const maxAheadMs = 5 * 60_000;

/** History may be brought along from another tool, but none is older than the web. */
const webBegan = Date.UTC(1991, 0, 1);

/** Ids that may be seen in the store as they are; any other is kept as a hash, for it may be somebody's e-mail. */
const plainId = /^[\w.:-]{8,64}$/;

/** As Segment's browser libraries make them: whoever aliases such an id means a browser. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface Caller {
  site: Site;
  receivedAt: number;
  /** The visitor's own browser calls; else a server does, and nothing of the request is the visitor's. */
  browser: { address: string; userAgent: string } | null;
}

export interface CallTools {
  keyed: Pick<KeyedHash, 'visitorOfId'>;
  isOwnHost(siteId: number, host: string): boolean;
}

/** The draft that a call becomes, or why it cannot. */
export function draftOfCall(type: CallType, call: Fields, caller: Caller, tools: CallTools): Draft | Drop {
  const { site, receivedAt, browser } = caller;
  const who = whoOf(type, call);
  if (who === null) return { drop: 'schema' };
  const at = momentOf(call, receivedAt);
  if (at === undefined) return { drop: 'schema' };
  if (at > receivedAt + maxAheadMs) return { drop: 'clock' };
  if (at < (browser === null ? webBegan : receivedAt - maxAgoMs)) return { drop: 'too_old' };

  const context = fieldsOf(call.context);
  const place = placeOf(type, call, context, site);
  if (place.isSeen && !tools.isOwnHost(site.id, place.page.host)) return { drop: 'wrong_host' };
  const event = parseEvent({
    ...wordsOf(type, call, context, who),
    id: eventKeyOf(call),
    url: `https://${site.domain}/`,
    title: place.title,
  });
  if (event === null) return { drop: 'schema' };
  const detail = detailOf(event);
  if (detail.track && type === 'screen') detail.track.screen = true;
  if (detail.identify && who.was !== null) detail.identify.was = who.was;
  return {
    siteId: site.id,
    eventKey: event.id,
    // Message ids are the source's, whoever they are about.
    isKeyOfSite: true,
    via: browser === null ? 'server' : 'tag',
    type: event.type,
    at: Math.min(Math.round(at), receivedAt),
    receivedAt,
    visitorKey: visitorOf(site.id, who, tools.keyed),
    // Never one that the body names: anybody could write any there.
    address: browser?.address ?? '',
    userAgent: browser?.userAgent ?? boundedAgent(textOf(context.userAgent)),
    page: place.page,
    search: type === 'page' ? place.search : '',
    title: maskSecrets(event.title ?? ''),
    referrer: type === 'page' ? place.referrer : '',
    detail: browser === null ? { ...detail, server: true } : detail,
    ...(who.user !== null && { user: who.user }),
  };
}

/** Whom a call is about: a browser, a person, or both. */
interface Who {
  anonymous: string | null;
  user: string | null;
  /** `alias`: what the person was called before. */
  was: string | null;
}

/** Null if it says nobody, or somebody whom we could mix up with another. */
function whoOf(type: CallType, call: Fields): Who | null {
  const anonymous = idOf(call.anonymousId);
  const user = idOf(call.userId);
  const was = type === 'alias' ? idOf(call.previousId) : null;
  if (anonymous === undefined || user === undefined || was === undefined) return null;
  if (anonymous === null && user === null) return null;
  if (type !== 'alias') return { anonymous, user, was };
  if (user === null || was === null) return null;
  return { anonymous: anonymous ?? (uuid.test(was) ? was : null), user, was };
}

/**
 * A browser is known by its own id, the one that its cookie has. A person of whom only a server tells has one made of
 * the site's id for them: the same for ever, so that what servers tell of a person is one story.
 */
function visitorOf(siteId: number, { anonymous, user }: Who, keyed: CallTools['keyed']): VisitorKey {
  if (anonymous !== null)
    return plainId.test(anonymous) ? anonymous : keyed.visitorOfId(siteId, 'anonymous', anonymous);
  return keyed.visitorOfId(siteId, 'user', user ?? '');
}

interface Place {
  page: PageAddress;
  /** The call says which page it is about. */
  isSeen: boolean;
  search: string;
  title: string;
  referrer: string;
}

/** The page that a call is about. Without one there is the site alone, and of a page call its name. */
function placeOf(type: CallType, call: Fields, context: Fields, site: Site): Place {
  const seen = fieldsOf(context.page);
  const said = type === 'page' ? fieldsOf(call.properties) : {};
  const tell = (name: string) => (textOf(said[name]) || textOf(seen[name])).slice(0, maxUrlLength);
  const url = tell('url');
  const address = pageAddress(url.includes('?') ? url : url + tell('search'));
  const name = type === 'page' ? [textOf(call.category), textOf(call.name)].filter(Boolean).join(' · ') : '';
  return {
    page: address?.page ?? { host: site.domain, path: '' },
    isSeen: address !== null,
    search: withCampaign(address?.search ?? '', fieldsOf(context.campaign)),
    title: tell('title') || name,
    referrer: tell('referrer'),
  };
}

/** The page's query, with the campaign that the client took out of it, or that it knows from elsewhere. */
function withCampaign(search: string, campaign: Fields): string {
  if (/[?&]utm_(source|medium|campaign)=/i.test(search)) return search;
  const tags = new URLSearchParams();
  for (const [field, tag] of Object.entries(campaignTags)) {
    const value = textOf(campaign[field]);
    if (value !== '') tags.set(tag, value);
  }
  if (tags.size === 0) return search;
  return `${search}${search === '' ? '?' : '&'}${tags}`.slice(0, maxUrlLength);
}

const campaignTags = {
  source: 'utm_source',
  medium: 'utm_medium',
  name: 'utm_campaign',
  term: 'utm_term',
  content: 'utm_content',
};

/** What a call says beyond page and time, in the words of the wire; the catalogue of events checks them. */
function wordsOf(type: CallType, call: Fields, context: Fields, { user }: Who): Fields {
  switch (type) {
    case 'page':
      return { type: 'page' };
    case 'track':
      return { type: 'track', name: textOf(call.event), props: fieldsOf(call.properties) };
    case 'screen':
      return { type: 'track', name: textOf(call.name) || 'Screen', props: fieldsOf(call.properties) };
    case 'identify':
      return {
        type: 'identify',
        ...(user !== null && { user }),
        traits: { ...fieldsOf(context.traits), ...fieldsOf(call.traits) },
      };
    case 'group':
      return { type: 'group', group: idOf(call.groupId) ?? '', traits: fieldsOf(call.traits) };
    case 'alias':
      return { type: 'identify', user };
  }
}

/**
 * The key by which a call is known when it comes again: its message id. Without one, what it says and when; and where
 * it does not say when, each is a call of its own.
 */
function eventKeyOf(call: Fields): string {
  const message = idOf(call.messageId);
  if (message !== null && message !== undefined && message.length >= 8 && message.length <= 64)
    return message;
  const known = textOf(call.messageId) || (message ?? '');
  if (known === '' && (call.originalTimestamp ?? call.timestamp ?? null) === null) return randomUUID();
  // Of the rest of it, nothing that a second sending changes.
  const { sentAt: _, ...said } = call;
  return createHash('sha256')
    .update(known || JSON.stringify(said))
    .digest('base64url')
    .slice(0, 32);
}
