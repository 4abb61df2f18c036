/** Campaign tags and click ids in a page's query. Of a click id only the name is kept: its value is a person's. */
import { maskSecrets } from '../url.ts';
import { knownSource } from './sources.ts';

export interface Campaign {
  source: string;
  medium: string;
  campaign: string;
  term: string;
  content: string;
  /** Name of the click id that was present; empty if none. */
  clickId: string;
}

/** Characters of one value; campaign names are longer than they should be, but not that long. */
const maxLength = 200;

/**
 * Click ids in the order in which they are believed, and what they say where tags leave it open.
 * `fbclid` stands on every link out of Facebook, paid or not; ids of e-mail tools name their channel.
 */
const clickIds: { name: string; source: string; medium: string }[] = [
  { name: 'gclid', source: 'google', medium: 'cpc' },
  { name: 'gbraid', source: 'google', medium: 'cpc' },
  { name: 'wbraid', source: 'google', medium: 'cpc' },
  { name: 'dclid', source: 'google', medium: 'cpc' },
  { name: 'gclsrc', source: 'google', medium: 'cpc' },
  { name: 'msclkid', source: 'bing', medium: 'cpc' },
  { name: 'li_fat_id', source: 'linkedin', medium: 'cpc' },
  { name: 'ttclid', source: 'tiktok', medium: 'cpc' },
  { name: 'twclid', source: 'x', medium: 'cpc' },
  { name: 'rdt_cid', source: 'reddit', medium: 'cpc' },
  { name: 'yclid', source: 'yandex', medium: 'cpc' },
  { name: 'epik', source: 'pinterest', medium: 'cpc' },
  { name: 'sccid', source: 'snapchat', medium: 'cpc' },
  { name: 'mc_cid', source: 'mailchimp', medium: 'email' },
  { name: 'mc_eid', source: 'mailchimp', medium: 'email' },
  { name: '_hsenc', source: 'hubspot', medium: 'email' },
  { name: 'fbclid', source: 'facebook', medium: 'social' },
  { name: 'igshid', source: 'instagram', medium: 'social' },
];

/**
 * @param search the query with its `?`
 * @returns null if it says nothing of where the visit came from
 */
export function campaignOf(search: string): Campaign | null {
  if (search.length < 2) return null;
  const params = new URLSearchParams(search);
  const values = new Map<string, string>();
  // Names are written in any case; the first of a name counts.
  for (const [name, value] of params) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, maskSecrets(value.trim().slice(0, maxLength)));
  }
  const tag = (name: string) => values.get(`utm_${name}`) ?? '';
  const click = clickIds.find(({ name }) => values.get(name));
  const [source, medium, campaign] = [tag('source'), tag('medium'), tag('campaign')];
  if (!source && !medium && !campaign && !click) return null;
  // A paid click on a link with half its tags is still paid; one that names another source is not that source's.
  const isSameSource = source === '' || knownSource(source.toLowerCase())?.name === click?.source;
  return {
    source: source || (click?.source ?? ''),
    medium: medium || (isSameSource ? (click?.medium ?? '') : ''),
    campaign,
    term: tag('term'),
    content: tag('content'),
    clickId: click?.name ?? '',
  };
}
