import type { BuyingRole } from '../collector/store/people.ts';

export const buyingRoleWords: Record<BuyingRole, string> = {
  'decision-maker': 'Decision-maker',
  champion: 'Champion',
  influencer: 'Influencer',
  user: 'User',
  gatekeeper: 'Gatekeeper',
};
