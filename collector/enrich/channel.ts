/**
 * The channel of an arrival, by Google Analytics 4's default channel group: rules in order, the first that fits.
 * @see https://support.google.com/analytics/answer/9756891
 */
import { knownSource, type SourceCategory } from './sources.ts';

/** What the rules look at, in lower case. */
interface Origin {
  source: string;
  medium: string;
  campaign: string;
  category: SourceCategory | null;
}

const paid = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const shoppingCampaign = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const email = /^(email|e-mail|e_mail|e mail)$/;
const displayMediums = ['display', 'banner', 'expandable', 'interstitial', 'cpm'];
const socialMediums = ['social', 'social-network', 'social-media', 'sm', 'social network', 'social media'];

const isPaid = ({ medium }: Origin) => paid.test(medium);
const isShopping = ({ category, campaign }: Origin) =>
  category === 'shopping' || shoppingCampaign.test(campaign);

const rules: { channel: string; fits(origin: Origin): boolean }[] = [
  {
    channel: 'Direct',
    fits: ({ source, medium }) => source === '(direct)' && ['(none)', '(not set)'].includes(medium),
  },
  { channel: 'Cross-network', fits: ({ campaign }) => campaign.includes('cross-network') },
  { channel: 'Paid Shopping', fits: (origin) => isShopping(origin) && isPaid(origin) },
  { channel: 'Paid Search', fits: (origin) => origin.category === 'search' && isPaid(origin) },
  { channel: 'Paid Social', fits: (origin) => origin.category === 'social' && isPaid(origin) },
  { channel: 'Paid Video', fits: (origin) => origin.category === 'video' && isPaid(origin) },
  { channel: 'Display', fits: ({ medium }) => displayMediums.includes(medium) },
  { channel: 'Paid Other', fits: isPaid },
  { channel: 'Organic Shopping', fits: isShopping },
  {
    channel: 'Organic Social',
    fits: ({ category, medium }) =>
      socialMediums.includes(medium) || (category === 'social' && !email.test(medium)),
  },
  { channel: 'Organic Video', fits: ({ category, medium }) => category === 'video' || /video/.test(medium) },
  {
    channel: 'Organic Search',
    fits: ({ category, medium }) => category === 'search' || medium === 'organic',
  },
  {
    channel: 'Email',
    fits: ({ source, medium, category }) => email.test(source) || email.test(medium) || category === 'email',
  },
  { channel: 'Affiliates', fits: ({ medium }) => /^affiliates?$/.test(medium) },
  // Not one of Google's: they stand among the referrals there.
  { channel: 'AI Assistants', fits: ({ category }) => category === 'ai' },
  { channel: 'Referral', fits: ({ medium }) => ['referral', 'app', 'link'].includes(medium) },
  { channel: 'Audio', fits: ({ medium }) => medium === 'audio' },
  { channel: 'SMS', fits: ({ source, medium }) => source === 'sms' || medium === 'sms' },
  {
    channel: 'Mobile Push',
    fits: ({ source, medium }) =>
      medium.endsWith('push') || /mobile|notification/.test(medium) || source === 'firebase',
  },
];

/** @returns one of the rules' channels, or `Unassigned` */
export function channelOf(source: string, medium: string, campaign: string): string {
  const lower = source.toLowerCase();
  const origin: Origin = {
    source: lower,
    medium: medium.toLowerCase(),
    campaign: campaign.toLowerCase(),
    category: knownSource(lower)?.category ?? null,
  };
  return rules.find((rule) => rule.fits(origin))?.channel ?? 'Unassigned';
}
