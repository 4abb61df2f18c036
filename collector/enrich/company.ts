/** Who is behind the address. After this step the address itself is not needed any more. */
import { cutAddress, lineOf } from '../reveal/address.ts';
import type { Step } from './step.ts';

export function companyStep(): Step {
  return {
    name: 'company',
    run(draft, { network }, { resolver, addressKey, contextOf }) {
      const key = addressKey(lineOf(draft.address));
      return {
        network: {
          ...network,
          prefix: cutAddress(draft.address),
          addressKey: key,
          asNumber: resolver.asNumber(draft.address),
          verdict: resolver.resolve(draft.address, contextOf(draft.address, key, draft.at)),
        },
      };
    },
  };
}
