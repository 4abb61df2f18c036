/** The country of an address, where a database has it. */
import { isHearsay } from '../draft.ts';
import type { Step } from './step.ts';

export function countryStep(): Step {
  return {
    name: 'country',
    run({ address, via }, { network }, { resolver }) {
      if (isHearsay(via)) return {};
      const country = resolver.country(address);
      return country === network.country ? {} : { network: { ...network, country } };
    },
  };
}
