/** Who is behind the address. After this step the address itself is not needed any more. */
import { isHearsay, type Network } from '../draft.ts';
import { rememberShort } from '../remember.ts';
import { cutAddress, lineOf } from '../reveal/address.ts';
import type { Verdict } from '../reveal/verdict.ts';
import type { Step } from './step.ts';

/** Addresses whose cut and hash are kept: both cost more than the look-up itself. */
const maxAddresses = 8_000;
/** Longer than any address with a zone. */
const maxAddressLength = 64;

/** What an address always gives, and the network that it gave last. */
interface KnownAddress {
  prefix: string;
  line: string;
  key: number | null;
  network: Network | null;
}

export function companyStep(): Step {
  const known = rememberShort<KnownAddress>(maxAddresses, maxAddressLength, (address) => ({
    prefix: cutAddress(address),
    line: lineOf(address),
    key: null,
    network: null,
  }));
  return {
    name: 'company',
    run({ address, at, via }, { network }, { resolver, addressKey, contextOf, isSuspect }) {
      // A server tells no address of the visitor's, and its own is nobody's visit.
      if (isHearsay(via)) {
        const operator = via === 'server' ? 'Told by your server' : 'Told by an import';
        return { network: { ...network, verdict: { ...network.verdict, operator } } };
      }
      const { country } = network;
      const of = known(address);
      of.key ??= addressKey(of.line);
      const asNumber = resolver.asNumber(address);
      const verdict = resolver.resolve(address, contextOf(address, of.key, at));
      const last = of.network;
      // The very object again where nothing has changed, so that the store need not compare what is in it.
      const isSame = last?.verdict === verdict && last.asNumber === asNumber && last.country === country;
      const found = isSame ? last : { prefix: of.prefix, addressKey: of.key, country, asNumber, verdict };
      of.network = found;
      return { network: namesSomebody(verdict) && isSuspect(found) ? withoutCompany(found) : found };
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
