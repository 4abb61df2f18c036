/** THE LIST of enrichment steps, in their order. A new one is one file and one line here. */
import type { Draft, EnrichedDraft, Facts } from '../draft.ts';
import { type Drop, isDrop } from '../receive/reasons.ts';
import { agentStep } from './agent.ts';
import { arrivalStep } from './arrival.ts';
import { botStep } from './bot.ts';
import { companyStep } from './company.ts';
import { countryStep } from './country.ts';
import type { Step, Tools } from './step.ts';

const steps = (): Step[] => [botStep(), agentStep(), arrivalStep(), countryStep(), companyStep()];

/** What is known before the first step. */
const nothingKnown: Readonly<Facts> = {
  agent: { browser: 'Unknown', os: 'Unknown', device: 'other' },
  arrival: null,
  network: {
    prefix: '',
    addressKey: 0,
    country: null,
    asNumber: null,
    verdict: { kind: 'unknown', company: null, operator: null, confidence: 0, tier: 'none', evidence: [] },
  },
};

/** How long a step took since the start. */
export interface StepTiming {
  name: string;
  count: number;
  totalUs: number;
}

export interface Enricher {
  /** The draft with all facts, or the first refusal. */
  enrich(draft: Draft): EnrichedDraft | Drop;
  timings(): StepTiming[];
}

/** @param clockUs microseconds from any start; replaced in tests */
export function createEnricher(
  tools: Tools,
  clockUs: () => number = () => performance.now() * 1000,
): Enricher {
  const list = steps().map((step) => ({ step, timing: { name: step.name, count: 0, totalUs: 0 } }));
  return {
    enrich(draft) {
      const facts: Facts = { ...nothingKnown };
      let before = clockUs();
      for (const { step, timing } of list) {
        const found = step.run(draft, facts, tools);
        const after = clockUs();
        timing.count += 1;
        timing.totalUs += after - before;
        before = after;
        if (isDrop(found)) return found;
        Object.assign(facts, found);
      }
      // Looked up and cut: the address goes no further.
      return { draft: { ...draft, address: '' }, facts };
    },
    timings: () => list.map(({ timing }) => ({ ...timing })),
  };
}
