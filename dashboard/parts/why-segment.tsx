/** Each condition of a segment with what a company has of it: in the list's preview, and on the company's page. */
import type { WhyLine, WhySegment } from '../why-segment.ts';
import { Icon } from './icon.tsx';

export function WhyLines({ lines }: { lines: readonly WhyLine[] }) {
  return (
    <ul class="why-lines">
      {lines.map(({ condition, holds, has }) => (
        <li class={holds ? 'why-met' : 'why-unmet'}>
          <Icon name={holds ? 'check' : 'close'} />
          <span>
            <span class="hidden">{holds ? 'Holds: ' : 'Does not hold: '}</span>
            <code class="why-condition">{condition}</code>
            <span class="score-how">{has}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

export const whyWords = ({ isMatch, id, name }: WhySegment) =>
  `${isMatch ? 'Why it is in' : 'Not in'} ${id === null ? 'this list' : `“${name}”`}${isMatch ? '' : ' now'}`;

export function WhyHere({ why }: { why: WhySegment | null }) {
  if (why === null) return null;
  return (
    <section class="card why-here" aria-labelledby="why-here-title">
      <h2 id="why-here-title">{whyWords(why)}</h2>
      <WhyLines lines={why.lines} />
    </section>
  );
}
