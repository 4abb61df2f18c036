/** Why visits were given to an account: the evidence in plain words, how sure it is and how old its data. */
import type { AccountDetail } from '../../collector/store/store.ts';
import { confidenceWords, counted, evidenceWords, sourceWords } from '../words.ts';
import { Moment } from './moment.tsx';

const shown = 4;

type AttributionFacts = AccountDetail['attributions'][number];

function Attribution({ item, now }: { item: AttributionFacts; now: number }) {
  return (
    <li class="attribution">
      <p class="attribution-head">
        <strong>{confidenceWords(item.confidence)}</strong>
        <span class="muted">
          {counted(item.visits, 'visit')}, last <Moment at={item.lastAt} now={now} />
        </span>
      </p>
      <ul>
        {item.evidence.map((evidence) => (
          <li>
            <span class="attribution-source">{sourceWords[evidence.source]}</span>
            <span>{evidenceWords(evidence)}</span>
          </li>
        ))}
        {item.prefix && (
          <li>
            <span class="attribution-source">Network</span>
            <span>
              <code>{item.prefix}</code>
            </span>
          </li>
        )}
      </ul>
    </li>
  );
}

/** Those that read the same as one, with their visits together: ten colleagues' e-mails are one reason. */
function mergeAlike(attributions: readonly AttributionFacts[]): AttributionFacts[] {
  const merged = new Map<string, AttributionFacts>();
  for (const item of attributions) {
    const key = JSON.stringify([item.prefix, item.confidence, item.evidence.map(evidenceWords)]);
    const alike = merged.get(key);
    merged.set(key, {
      ...item,
      visits: item.visits + (alike?.visits ?? 0),
      lastAt: Math.max(item.lastAt, alike?.lastAt ?? 0),
    });
  }
  return [...merged.values()];
}

export function Attributions(props: { attributions: readonly AttributionFacts[]; now: number }) {
  const merged = mergeAlike(props.attributions);
  const rest = merged.slice(shown);
  const item = (attribution: AttributionFacts) => <Attribution item={attribution} now={props.now} />;
  return (
    <section class="card" aria-labelledby="why-title">
      <div class="card-head">
        <h2 id="why-title">How we know</h2>
      </div>
      <ul>{merged.slice(0, shown).map(item)}</ul>
      {rest.length > 0 && (
        <details class="more">
          <summary>{counted(rest.length, 'more reason')}</summary>
          <ul>{rest.map(item)}</ul>
        </details>
      )}
    </section>
  );
}
