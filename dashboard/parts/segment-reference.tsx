/** Every term of the language of segments with an example, below the field that it is written in. */
import { terms } from '../../collector/segment/terms.ts';

export function SegmentReference() {
  return (
    <section class="card segment-reference" id="terms" aria-labelledby="terms-title">
      <h2 id="terms-title">What can be said</h2>
      <p class="field-hint">
        The bare name of an event counts it: <code>projects_created {'>'} 2</code>. Behind what is counted may
        come <code>within 7 days</code>, <code>before</code>, <code>after</code> or{' '}
        <code>between 2026-01-01 and 2026-01-31</code>, and <code>by {'>='} 2 people</code>. Days are those of
        UTC, today is the last of them. Texts are alike whatever their case; in <code>like</code>,{' '}
        <code>*</code> stands for anything.
      </p>
      <table class="plain">
        <caption class="hidden">Terms</caption>
        <thead>
          <tr>
            <th scope="col">Term</th>
            <th scope="col">For instance</th>
          </tr>
        </thead>
        <tbody>
          {Object.values(terms).map(({ says, example }) => (
            <tr>
              <th scope="row">{says}</th>
              <td>
                <a href={`/segments/new?text=${encodeURIComponent(example)}`}>
                  <code>{example}</code>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
