/** Who is behind the address. After this step the address itself is not needed any more. */
import type { Network } from '../draft.ts';
import { cutAddress, lineOf } from '../reveal/address.ts';
import type { Verdict } from '../reveal/verdict.ts';
import type { Step } from './step.ts';

export function companyStep(): Step {
  return {
    name: 'company',
    run(draft, { network }, { resolver, addressKey, contextOf, isSuspect }) {
      // A server tells no address of the visitor's, and its own is nobody's visit.
      if (draft.via === 'server')
        return { network: { ...network, verdict: { ...network.verdict, operator: 'Told by your server' } } };
      const key = addressKey(lineOf(draft.address));
      const found = {
        ...network,
        prefix: cutAddress(draft.address),
        addressKey: key,
        asNumber: resolver.asNumber(draft.address),
        verdict: resolver.resolve(draft.address, contextOf(draft.address, key, draft.at)),
      };
      return { network: namesSomebody(found.verdict) && isSuspect(found) ? withoutCompany(found) : found };
    },
  };
}

/** What the owner said of the network in so many words is right even there. */
function namesSomebody({ tier, evidence }: Verdict): boolean {
  return tier !== 'none' && !evidence.some(({ source }) => source === 'rule');
}

/** Kept with the event like any verdict, so that a rebuild gives the same. */
function withoutCompany(network: Network): Network {
  const says = 'Most visits share this address: it looks like your own proxy';
  return {
    ...network,
    verdict: {
      ...network.verdict,
      kind: 'private',
      company: null,
      confidence: 0,
      tier: 'none',
      evidence: [{ source: 'blocker', says, confidence: 0, dataOf: null }],
    },
  };
}
