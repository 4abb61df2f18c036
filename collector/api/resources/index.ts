/** THE LIST of resources. A new one is a file beside this and one line here; the contract test then asks for its walk. */
import type { Resource } from '../operation.ts';
import { accounts } from './accounts.ts';
import { alerts } from './alerts.ts';
import { audit } from './audit.ts';
import { companyData } from './company-data.ts';
import { decisions } from './decisions.ts';
import { deliveries } from './deliveries.ts';
import { events } from './events.ts';
import { health } from './health.ts';
import { imports } from './imports.ts';
import { journeys } from './journeys.ts';
import { keys } from './keys.ts';
import { learned } from './learned.ts';
import { marks } from './marks.ts';
import { overview } from './overview.ts';
import { people } from './people.ts';
import { profiles } from './profiles.ts';
import { scores } from './scores.ts';
import { segments } from './segments.ts';
import { sites } from './sites.ts';
import { users } from './users.ts';
import { visitorAddresses } from './visitor-addresses.ts';

export const resources: readonly Resource[] = [
  accounts,
  journeys,
  segments,
  scores,
  marks,
  alerts,
  people,
  overview,
  decisions,
  learned,
  profiles,
  imports,
  events,
  sites,
  health,
  deliveries,
  companyData,
  visitorAddresses,
  users,
  keys,
  audit,
];
