/** Whom one can be on the demo web site: somebody at a company, a provider's customer, somebody behind a VPN. */
import { firstAddress } from '../addresses.ts';
import { demoCompanies } from '../companies.ts';
import { type OperatorKind, operators } from '../operators.ts';

export interface Guise {
  /** Stands in the cookie and in the selector. */
  id: string;
  group: 'Companies' | 'Public bodies' | 'Known by a handle only' | 'No company';
  /** Ends the sentence "You are visiting as …", before the name. */
  as: string;
  name: string;
  /** What the collector will see. */
  address: string;
  /** Where the dashboard shows this visit; path and query. */
  seenAt: string;
}

const about: { [K in OperatorKind]: Pick<Guise, 'group' | 'as'> & { view: string } } = {
  isp: { group: 'No company', as: 'a customer of', view: 'providers' },
  mobile: { group: 'No company', as: 'a customer of', view: 'providers' },
  hosting: { group: 'No company', as: 'a machine at', view: 'hosting' },
  vpn: { group: 'No company', as: 'somebody behind', view: 'hosting' },
  education: { group: 'Public bodies', as: 'someone at', view: 'companies' },
  government: { group: 'Public bodies', as: 'someone at', view: 'companies' },
  handle: { group: 'Known by a handle only', as: 'someone on the network', view: 'possible' },
};

/** The dashboard's list, narrowed to one name; a handle is shown shortened, so that its list is not. */
function listed(view: string, q: string): string {
  const query: Record<string, string> = view === 'companies' ? {} : { view };
  if (view !== 'possible') query.q = q;
  return `/accounts?${new URLSearchParams(query)}`;
}

const companies: Guise[] = demoCompanies.flatMap(({ name, domain, networks }) => {
  const [network] = networks;
  // Who works from home alone has no address of the company's own to come from.
  if (network === undefined) return [];
  const address = firstAddress(network);
  return [
    {
      id: domain,
      group: 'Companies' as const,
      as: 'someone at',
      name,
      address,
      seenAt: listed('companies', domain),
    },
  ];
});

const others: Guise[] = operators.flatMap(({ kind, name, domain, networks }) => {
  const [network] = networks;
  // The worldwide providers have one entry a country and no IPv4; the regional ones show the same thing.
  if (network === undefined || network.includes(':')) return [];
  const { group, as, view } = about[kind];
  return [
    {
      id: domain || name,
      group,
      as,
      name,
      address: firstAddress(network),
      seenAt: listed(view, name),
    },
  ];
});

/** Everybody one can be, companies by name first. */
export const guises: readonly Guise[] = [
  ...companies.sort((a, b) => a.name.localeCompare(b.name, 'en')),
  ...others,
];

const firstGuise = 'nordhavn-robotics.example';

/** The guise of that id; somebody at Nordhavn Robotics where there is none. */
export function guiseOf(id: string | undefined): Guise {
  const found = guises.find((guise) => guise.id === id) ?? guises.find((guise) => guise.id === firstGuise);
  if (found === undefined)
    throw new Error(`the demo has no company ${firstGuise}; it is who one is at first`);
  return found;
}
