/** Reads what this installation itself knows of one address: who was taught, and its host name. */
import { type Claim, reasonAgainst } from './claim.ts';
import type { AsFacts } from './facts.ts';
import { readHostName } from './host-name.ts';
import type { Context, Evidence, Kind, LearnedCompany } from './verdict.ts';

export interface Known {
  claims: readonly Claim[];
  /** The host name is a crawler's. */
  bot: { kind: Kind; evidence: Evidence } | null;
}

const nothing: Known = { claims: [], bot: null };

/** Reads a context. Pure. @param as of the address, so that a provider's host names name nobody */
export function readContext(context: Context | undefined, as: AsFacts | null): Known {
  if (context === undefined) return nothing;
  const { learned, reverseName } = context;
  const host = reverseName === null ? null : readHostName(reverseName, as);
  if (host !== null && 'crawler' in host) {
    const says = `“${reverseName}” is a host name of ${host.crawler}, a crawler`;
    return { ...nothing, bot: { kind: 'bot', evidence: reasonAgainst(says, null) } };
  }
  const claims: Claim[] = [];
  if (learned !== null) claims.push(ofLearned(learned));
  if (host !== null) {
    const { company, confidence } = host;
    const says = `Reverse DNS calls the address “${reverseName}”, and that name leads back to it`;
    claims.push({
      company,
      kind: 'business',
      evidence: { source: 'reverse-dns', says, confidence, dataOf: null },
    });
  }
  return { claims, bot: null };
}

function ofLearned({ company, people, confidence }: LearnedCompany): Claim {
  const who =
    people === 1 ? 'One person with a business e-mail' : `${people} people with a business e-mail each`;
  const says = `${who} of ${company.name} came from this very address`;
  return {
    company,
    kind: 'business',
    evidence: { source: 'learned', says, confidence, dataOf: null },
  };
}
