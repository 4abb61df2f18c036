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
            <span class="attribution-source">
              {evidence.source === 'learned' ? (
                <a href="/learned">{sourceWords[evidence.source]}</a>
              ) : (
                sourceWords[evidence.source]
              )}
            </span>
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

export function Attributions(props: { attributions: readonly AttributionFacts[]; now: number }) {
  const { attributions } = props;
  // Of a company that only files tell of, there is nothing to say of networks.
  if (attributions.length === 0) return null;
  const rest = attributions.slice(shown);
  const item = (attribution: AttributionFacts) => <Attribution item={attribution} now={props.now} />;
  return (
    <section class="card" aria-labelledby="why-title">
      <div class="card-head">
        <h2 id="why-title">How we know</h2>
      </div>
      <ul>{attributions.slice(0, shown).map(item)}</ul>
      {rest.length > 0 && (
        <details class="more">
          <summary>{counted(rest.length, 'more reason')}</summary>
          <ul>{rest.map(item)}</ul>
        </details>
      )}
    </section>
  );
}
