/** What to do next about a company, each with its reason and the way there. */
import type { NextStep, StepKind } from '../../collector/journey/next-step.ts';
import { mailHref } from '../mail-href.ts';
import { tabHref } from './account-tabs.tsx';

/** Where a step is done; null: away from here. */
function placeOf(kind: StepKind, accountId: number): string | null {
  switch (kind) {
    case 'assign':
      return '#owner';
    case 'roles':
    case 'write':
      return tabHref(accountId, 'people');
    case 'contacts':
      return tabHref(accountId, 'prospects');
    case 'look':
    case 'prices':
    case 'back':
    case 'answer':
      return `${tabHref(accountId, 'activity')}#visits`;
    case 'quiet':
      return null;
  }
}

function Step({ step, accountId }: { step: NextStep; accountId: number }) {
  const href = step.email === null ? placeOf(step.kind, accountId) : mailHref(step.email);
  return (
    <li>
      {href === null ? <strong>{step.does}</strong> : <a href={href}>{step.does}</a>}
      <span class="next-why">{step.why}</span>
    </li>
  );
}

export function AccountNext({ steps, accountId }: { steps: readonly NextStep[]; accountId: number }) {
  return (
    <section class="card" aria-labelledby="next-title">
      <div class="card-head">
        <h2 id="next-title">What to do next</h2>
      </div>
      {steps.length === 0 ? (
        <p class="muted">Nothing waits here.</p>
      ) : (
        <ol class="next-steps">
          {steps.map((step) => (
            <Step step={step} accountId={accountId} />
          ))}
        </ol>
      )}
    </section>
  );
}
