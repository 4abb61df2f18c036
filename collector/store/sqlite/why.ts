/** Why a session is its account's, in words: the person's e-mail, the owner's decision, what was learned, the look-up. */
import { sql } from 'kysely';
import { learnedEvidence } from '../../identify/learn.ts';
import type { Evidence, Tier, Verdict } from '../../reveal/verdict.ts';
import type { StoredSay } from './say.ts';

/** What of a session, its network and its employer the reason is made of. */
export interface WhyRow {
  employer_id: number | null;
  by_learned: number;
  content: string;
  rests_on_learning: number;
  address_key: number;
  employer_evidence: string | null;
  decided_match: string | null;
  decided_name: string | null;
  decided_note: string | null;
  account_name: string | null;
  started_at: number;
}

/** Columns for a session `s`, beside `started_at`; with `whyTables`. */
export const whyColumns = sql`s.employer_id, s.by_learned, v.content, v.rests_on_learning, n.address_key,
  m.account_evidence as employer_evidence, d.match as decided_match, t.name as decided_name, d.note as decided_note,
  o.name as account_name`;

export const whyTables = sql`
  join network n on n.id = s.network_id
  join verdict v on v.id = n.verdict_id
  left join account o on o.id = s.account_id
  left join person m on m.id = s.employer_id
  left join decision d on d.id = s.decision_id and d.kind = 'network'
  left join account t on t.id = d.target_id`;

export type Why = (row: WhyRow) => { confidence: number; evidence: Evidence[]; tier: Tier };

/** @param say knows what was learned of an address */
export function whyOf(say: Pick<StoredSay, 'learned'>): Why {
  return (row) => {
    if (row.employer_id !== null && row.employer_evidence !== null)
      return alone(JSON.parse(row.employer_evidence) as Evidence);
    if (row.decided_match !== null) {
      const note = row.decided_note ? ` (“${row.decided_note}”)` : '';
      const says = `Your rule for ${row.decided_match} says that this is ${row.decided_name ?? 'nobody'}${note}`;
      return alone({ source: 'rule', says, confidence: 1, dataOf: null });
    }
    const { confidence, evidence, tier } = JSON.parse(row.content) as Verdict;
    // Where the look-up took it into account, its words have it.
    if (row.by_learned === 0 || row.rests_on_learning === 1) return { confidence, evidence, tier };
    const learned = say.learned(row.address_key, row.started_at);
    const first = learnedEvidence(learned, row.account_name ?? '');
    return { confidence: learned.confidence, evidence: [first, ...evidence], tier: 'account' };
  };
}

function alone(evidence: Evidence): ReturnType<Why> {
  return { confidence: evidence.confidence, evidence: [evidence], tier: 'account' };
}
