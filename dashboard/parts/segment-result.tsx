/** Who is in a segment, as far as there is room beside its text. */
import type { SegmentLook } from '../look-at-segment.ts';
import { ago, counted } from '../words.ts';

export function SegmentResult({ look, now }: { look: SegmentLook; now: number }) {
  const { read, found } = look;
  if (read === null) {
    return (
      <>
        <h2>Companies in it</h2>
        <p class="field-hint">Write a condition, and the companies that fit appear here. For instance:</p>
        <ul class="segment-examples">
          {[
            'viewed("/pricing*") >= 2 within 7 days and people >= 2',
            'first_seen within 14 days and country in ("DE", "AT", "CH")',
            'source = "newsletter" within 30 days',
          ].map((example) => (
            <li>
              <a href={`/segments/new?text=${encodeURIComponent(example)}`}>
                <code>{example}</code>
              </a>
            </li>
          ))}
        </ul>
      </>
    );
  }
  if (read.problem !== null) {
    return (
      <>
        <h2>Companies in it</h2>
        <p class="field-hint">As soon as the text can be read.</p>
      </>
    );
  }
  if (found === null) {
    return (
      <>
        <h2>Companies in it</h2>
        <p class="field-hint">Counting them took too long just now. You can keep the segment all the same.</p>
      </>
    );
  }
  return (
    <>
      <h2>{counted(found.total, 'company', 'companies')} in it</h2>
      {found.total === 0 ? (
        <p class="field-hint">
          Nobody fits. That may be so; or a window is short, or a name is spelt otherwise.
        </p>
      ) : (
        <ol class="segment-accounts">
          {found.rows.map(({ id, name, domain, lastAt }) => (
            <li>
              <a href={`/accounts/${id}`}>{name}</a>
              {domain !== null && <span class="claim-domain">{domain}</span>}
              <span class="segment-last">{ago(lastAt, now)}</span>
            </li>
          ))}
        </ol>
      )}
      {found.total > 0 && (
        <p>
          <a href={`/accounts?period=all&where=${encodeURIComponent(look.text.trim())}`}>
            {found.total > found.rows.length ? `See all ${found.total} in the list` : 'See them in the list'}
          </a>
        </p>
      )}
    </>
  );
}
