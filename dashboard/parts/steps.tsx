/** Where one is on the way in. */
import { Icon } from './icon.tsx';

const steps = ['Name the site', 'Add the tag', 'See the first visit'];

/** @param current index of the step at hand; one beyond the last: all done */
export function Steps({ current }: { current: number }) {
  return (
    <ol class="steps" aria-label="Setting up">
      {steps.map((label, index) => (
        <li
          class={index < current ? 'step step-done' : 'step'}
          aria-current={index === current ? 'step' : undefined}
        >
          <span class="step-mark" aria-hidden="true">
            {index < current ? <Icon name="check" /> : index + 1}
          </span>
          {label}
          {index < current && <span class="hidden"> (done)</span>}
        </li>
      ))}
    </ol>
  );
}
