/** The country of an address, where a database has it. */
import type { Step } from './step.ts';

export function countryStep(): Step {
  return {
    name: 'country',
    run: (draft, { network }, { resolver }) =>
      draft.via === 'server' ? {} : { network: { ...network, country: resolver.country(draft.address) } },
  };
}
